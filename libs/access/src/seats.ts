import type { CaseFacts, Grant, Principal, Role } from './types.ts';

/**
 * Whose body a role is, for a case: the office that acts in it belongs to that body.
 *
 * - `province`: the Province that serves the Comune by a convention that covers the process;
 * - `comune`: the body whose case it is;
 * - `author`: the legal author of the act: the Province under `FULL_UPD`, else the Comune;
 * - `either`: the Comune or the Province that serves it;
 * - `none`: no case at all.
 */
export type Seat = 'province' | 'comune' | 'author' | 'either' | 'none';

/**
 * Source: domain/README.md, Roles; domain/disciplinary.md § 2.
 * Norm: D.Lgs. 165/2001 art. 55-bis c. 3 (unified office by convention) for `author`.
 */
export const seats: Readonly<Record<Role, Seat>> = {
  DESK_OPERATOR: 'province',
  DESK_SUPERVISOR: 'province',
  UPD: 'author',
  STRUCTURE_HEAD: 'comune',
  COMUNE_HR: 'comune',
  SEGRETARIO: 'comune',
  COMMISSION: 'either',
  TRAINER: 'either',
  PARTICIPANT: 'either',
  AUDITOR: 'either',
  DPO: 'either',
  PROGRAMME_MANAGER: 'none',
  PROVINCE_TUTOR: 'none',
  PROVINCE_PARTICIPANT: 'none',
  EXPERT: 'none',
  COMMUNITY_EDITOR: 'none',
  SYSTEM_OPERATOR: 'none',
  WORKER: 'none',
  SYSTEM: 'none',
};

/** Whether a role, also one that nobody knows, is an office in some case. */
export const isOffice = (role: string): role is Role =>
  Object.hasOwn(seats, role) && seats[role as Role] !== 'none';

/** Roles held for one procedure or edition, not for an office: who they are is said by the task. */
export const named: ReadonlySet<Role> = new Set(['COMMISSION', 'TRAINER', 'PARTICIPANT']);

/** Whether this grant is the office that its role has in this case. */
export function sitsIn(grant: Grant, principal: Principal, facts: CaseFacts): boolean {
  const own = grant.body === facts.comune;
  const serving =
    !own && facts.serviceModel !== null && (principal.serves[grant.body]?.includes(facts.comune) ?? false);
  switch (seats[grant.role]) {
    case 'province':
      return serving;
    case 'comune':
      return own;
    case 'author':
      return facts.serviceModel === 'FULL_UPD' ? serving : own;
    case 'either':
      return own || serving;
    case 'none':
      return false;
  }
}
