import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useNameOf } from '../api/people.ts';
import { useReach } from '../session/session.tsx';

/** A role in people's words; a role we do not know keeps its code. */
export function RoleName({ role }: { readonly role: string }) {
  const { t, i18n } = useTranslation();
  const key = `role.${role}`;
  return i18n.exists(key) ? t(key as 'role.UPD') : role;
}

/** What calls a body by its name, where the person may know of it; else by its code. */
export function useBodyName(): (code: string) => string {
  const bodies = useReach();
  return useCallback((code) => bodies.find((body) => body.code === code)?.name ?? code, [bodies]);
}

export const BodyName = ({ code }: { readonly code: string }) => useBodyName()(code);

/** Who did something, in which role, as far as the reader may know. @param by null: hidden from the reader */
export function Author({ by, role }: { readonly by: string | null; readonly role: string }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  if (role === 'SYSTEM') return t('deadlineCard.byMachine');
  return (
    <>
      {by !== null && `${nameOf(by)}, `}
      <RoleName role={role} />
    </>
  );
}

interface DoerProps {
  readonly account: string;
  readonly role: string;
  readonly onBehalfOf?: string | null | undefined;
}

/** Who did something by name, in which role, and in whose place. */
export function Doer({ account, role, onBehalfOf }: DoerProps) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  if (role === 'SYSTEM') return t('replay.system');
  return (
    <>
      {nameOf(account)} (<RoleName role={role} />)
      {onBehalfOf && `, ${t('substitutions.inPlaceOf', { who: nameOf(onBehalfOf) })}`}
    </>
  );
}

type ActorProps = Readonly<Record<'account' | 'role' | 'body', string>>;

/** Who acted, in which role and of which body; the system is nobody's. */
export function Actor({ account, role, body }: ActorProps) {
  if (role === 'SYSTEM') return <RoleName role={role} />;
  return (
    <>
      {account}
      <span className="desk-sub">
        <RoleName role={role} /> · <BodyName code={body} />
      </span>
    </>
  );
}

const given = [
  ...(['DESK_OPERATOR', 'DESK_SUPERVISOR', 'UPD', 'STRUCTURE_HEAD', 'COMUNE_HR', 'SEGRETARIO'] as const),
  ...(['COMMISSION', 'TRAINER', 'PARTICIPANT', 'PROGRAMME_MANAGER', 'EXPERT', 'COMMUNITY_EDITOR'] as const),
  ...(['PROVINCE_TUTOR', 'PROVINCE_PARTICIPANT', 'AUDITOR', 'DPO', 'SYSTEM_OPERATOR', 'WORKER'] as const),
];

/** Roles that people and programs may be given, with their names. */
export const roleNames = (t: TFunction): readonly (readonly [string, string])[] =>
  given.map((role) => [role, t(`role.${role}`)] as const);
