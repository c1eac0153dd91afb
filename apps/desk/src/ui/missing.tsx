import { useTranslation } from 'react-i18next';
import { Icon } from './icon.tsx';

/** Under a field that must not be empty and is. @param id by which the field names it as its description */
export function Missing({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  return (
    <p id={id} className="desk-field-error">
      <Icon name="error" size="xs" />
      {t('form.faults.required')}
    </p>
  );
}
