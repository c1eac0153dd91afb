import { useTranslation } from 'react-i18next';

/** A role in people's words; a role we do not know keeps its code. */
export function RoleName({ role }: { readonly role: string }) {
  const { t, i18n } = useTranslation();
  const key = `role.${role}`;
  return i18n.exists(key) ? t(key as 'role.UPD') : role;
}
