import type { Session } from '../api/model.ts';

/** Offices of a Comune: they ask the desk of the Province, and answer it. */
const guests: ReadonlySet<string> = new Set(['STRUCTURE_HEAD', 'COMUNE_HR', 'SEGRETARIO']);

/** Roles held for one thing only, with the address where that begins. */
const parts: Readonly<Record<string, string>> = {
  COMMISSION: '/part/board',
  TRAINER: '/part/trainer',
  PARTICIPANT: '/part/participant',
  PROVINCE_TUTOR: '/part/tutor',
  PROVINCE_PARTICIPANT: '/part/province',
};

/** Whether somebody comes to the desk from a Comune. */
export const isGuest = ({ grants }: Pick<Session, 'grants'>): boolean =>
  grants.length > 0 && grants.every(({ role }) => guests.has(role));

/** Where the work of somebody begins who takes part in one thing only, or comes from a Comune; null: at the desk. */
export function ownEntrance(session: Pick<Session, 'grants'>): string | null {
  if (isGuest(session)) return '/entrance';
  const own = new Set(session.grants.map(({ role }) => parts[role]));
  // Both hold what is to be done and what is done, whichever role it is for.
  if (own.has(parts['PROVINCE_TUTOR'])) own.delete(parts['PROVINCE_PARTICIPANT']);
  const [first] = own;
  return own.size === 1 && first !== undefined ? first : null;
}
