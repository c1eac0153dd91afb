import { incompatibleGrants } from '../duties.ts';
import type { Grant, Role } from '../types.ts';

/** Somebody stands in for an absent person: on each of these days, with what that person holds. */
export interface Substitution {
  /** Number among those of the absent person, from 1. */
  readonly id: string;
  readonly substitute: string;
  /** First and last day in Rome, both included. */
  readonly from: string;
  readonly to: string;
  /** What is covered of the absent person's grants; null: all roles, all bodies. */
  readonly roles: readonly Role[] | null;
  readonly bodies: readonly string[] | null;
  /** Empty once the person was erased. */
  readonly reason: string;
  /** From this instant on it holds no more; null: it was not ended before its last day. */
  readonly endedAt: string | null;
}

/** In the absent person's own stream `account-<username>`. */
export type SubstitutionEvent =
  | { type: 'SubstitutionArranged'; data: Omit<Substitution, 'endedAt'> }
  | { type: 'SubstitutionEnded'; data: { id: string; at: string; reason: string } };

/** Why somebody is away, and why it ended, is sealed. */
export const substitutionClearFields: Readonly<Record<SubstitutionEvent['type'], readonly string[]>> = {
  SubstitutionArranged: ['id', 'substitute', 'from', 'to', 'roles', 'bodies'],
  SubstitutionEnded: ['id', 'at'],
};

/** The substitutions of a person after one more event. Pure. */
export function evolveSubstitutions(
  before: readonly Substitution[],
  event: SubstitutionEvent,
): readonly Substitution[] {
  if (event.type === 'SubstitutionArranged') {
    return [...before, { ...event.data, reason: event.data.reason ?? '', endedAt: null }];
  }
  const { id, at } = event.data;
  return before.map((it) => (it.id === id ? { ...it, endedAt: at } : it));
}

const inRome = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome' });
let known = { hour: '', day: '' };

/** The civil date in Italy of an instant in UTC, `YYYY-MM-DD`. It is asked at every request and changes on the hour. */
export function romeDay(instant: string): string {
  const hour = instant.slice(0, 13);
  if (known.hour !== hour) known = { hour, day: inRome.format(new Date(instant)) };
  return known.day;
}

/** Whether it counts at an instant. */
export const holdsAt = (it: Substitution, at: string): boolean =>
  isWithin(it, romeDay(at)) && (it.endedAt === null || at < it.endedAt);

export const isWithin = ({ from, to }: Pick<Substitution, 'from' | 'to'>, day: string): boolean =>
  from <= day && day <= to;

/** Neither over nor ended. */
export const isAhead = ({ to, endedAt }: Substitution, today: string): boolean =>
  endedAt === null && to >= today;

export const shareDays = (
  a: Pick<Substitution, 'from' | 'to'>,
  b: Pick<Substitution, 'from' | 'to'>,
): boolean => a.from <= b.to && b.from <= a.to;

type Scope = Pick<Substitution, 'roles' | 'bodies'>;

export const covers = ({ roles, bodies }: Scope, grant: Grant): boolean =>
  !impersonal.has(grant.role) &&
  (roles === null || roles.includes(grant.role)) &&
  (bodies === null || bodies.includes(grant.body));

/** Programs are nobody, and nobody stands in for them. */
const impersonal: ReadonlySet<Role> = new Set(['SYSTEM', 'WORKER']);

/** Of what somebody holds, what a substitution covers. */
export const covered = (grants: readonly Grant[], scope: Scope): readonly Grant[] =>
  grants.filter((grant) => covers(scope, grant));

/**
 * What a substitute holds in an absent person's place. Only what that person holds himself: nobody stands in for one who
 * stands in. What would make a pair that nobody may hold together is left out.
 * @param own what the substitute holds himself
 */
export function inPlaceOf(
  own: readonly Grant[],
  absent: { readonly username: string; readonly grants: readonly Grant[] },
  scope: Scope,
): readonly Grant[] {
  return covered(absent.grants, scope)
    .filter((grant) => incompatibleGrants([...own, grant]) === null)
    .map(({ role, body }) => ({ role, body, onBehalfOf: absent.username }));
}
