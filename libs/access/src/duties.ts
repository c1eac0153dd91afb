import { confidential } from './acts.ts';
import type { CaseFacts, Deed, Denial, Grant, Role } from './types.ts';

/** Who may, by law, hold together what the house keeps apart. */
export interface LawfulUnion {
  readonly process: string;
  readonly role: Role;
  readonly norm: string;
  readonly why: string;
}

/**
 * The exceptions that the law itself makes to the separation of duties.
 * Source: domain/README.md, Incompatibilities; domain/disciplinary.md §§ 6, 9.
 */
export const lawfulUnions: readonly LawfulUnion[] = [
  {
    process: 'disciplinary-accelerated',
    role: 'STRUCTURE_HEAD',
    norm: 'D.Lgs. 165/2001 art. 55-quater c. 3-bis, 3-ter',
    why: 'The head who finds the employee in the act suspends and charges with one act.',
  },
  {
    process: 'disciplinary-verbal-reprimand',
    role: 'STRUCTURE_HEAD',
    norm: 'D.Lgs. 165/2001 art. 55-bis c. 1',
    why: 'The verbal reprimand belongs to the head, who reports, hears and decides.',
  },
];

/** Signing tasks whose drafting task does not follow the naming convention. */
const drafts: Readonly<Record<string, string>> = {
  t_reportProsecutor: 't_draftExternalReport',
  t_reportCourtOfAuditors: 't_draftExternalReport',
  // The desk proposes the act of resumption, or that there is none, with its grounds.
  t_assessResumption: 't_registerCommunication',
};

/** The drafting task of the act that this task signs: `t_signX`, `t_adoptX`, `t_approveX` sign what `t_draftX` drafts. */
export function draftOf(element: string): string | null {
  const name = /^t_(?:sign|adopt|approve)([A-Z].*)$/.exec(element)?.[1];
  return drafts[element] ?? (name ? `t_draft${name}` : null);
}

/**
 * Whether somebody may act in this role here, given what was done before in the case:
 * who drafted an act does not sign it, and who reported the facts does not sit in the office that judges them.
 * It holds for both persons of a substitution: what the one did, the other did.
 * @param people who acts, and those in whose place
 * @param element the user task at hand; null for other acts
 * @returns the denial, or null
 * Norm: D.Lgs. 165/2001 art. 55-bis; principle of impartiality, Cost. art. 97 [design choice].
 */
export function dutyConflict(
  people: readonly string[],
  grant: Grant,
  facts: CaseFacts,
  element: string | null,
): Denial | null {
  if (lawfulUnions.some((union) => union.process === facts.process && union.role === grant.role)) return null;
  const deeds = (facts.deeds ?? []).filter((deed) => people.some((person) => isDeedOf(deed, person)));
  if (grant.role === 'UPD' && deeds.some((deed) => isHeadsDeed(deed, facts.process))) {
    return 'reporter-may-not-judge';
  }
  const draft = element && draftOf(element);
  return draft && deeds.some((deed) => deed.element === draft) ? 'drafter-may-not-sign' : null;
}

/**
 * Whether somebody acts as the disciplinary office who is declared incompatible with the person judged. It is about whoever
 * acts: a substitute may judge in the place of somebody incompatible, and not the other way round.
 * Norms: c.p.c. art. 51; L. 241/1990 art. 6-bis; D.P.R. 62/2013 art. 7.
 */
export const isIncompatible = (account: string, { role }: Grant, { incompatible = [] }: CaseFacts): boolean =>
  role === 'UPD' && incompatible.includes(account);

/**
 * Whether somebody acted as the head of structure: in a case about a person also the Segretario, in the place of a head whom
 * it is about. Elsewhere the Segretario answers for the body, and keeps no head away.
 */
export const isHeadsDeed = ({ role }: Deed, process: string): boolean =>
  role === 'STRUCTURE_HEAD' || (role === 'SEGRETARIO' && confidential(process));

/** Whether somebody did it, or another did it in their place. */
export const isDeedOf = ({ account, onBehalfOf }: Deed, person: string): boolean =>
  account === person || onBehalfOf === person;

/** Pairs of roles that nobody may hold together. Source: domain/README.md, Incompatibilities. */
const apart: readonly (readonly [Role, Role])[] = [
  ['SYSTEM_OPERATOR', 'AUDITOR'],
  ['SYSTEM_OPERATOR', 'DPO'],
];

/** A program is nobody: its account holds no role of a person. @returns the first pair of roles among the grants that nobody may hold together; null when there is none */
export function incompatibleGrants(grants: readonly Grant[]): readonly [Role, Role] | null {
  const held = new Set(grants.map((grant) => grant.role));
  const [person] = [...held].filter((role) => role !== 'WORKER');
  if (held.has('WORKER') && person) return ['WORKER', person];
  return apart.find(([a, b]) => held.has(a) && held.has(b)) ?? null;
}
