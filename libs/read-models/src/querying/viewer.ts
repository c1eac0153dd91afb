import { bodiesOf, mayAct, processesAnywhere, standsFor } from '@iter/access';
import type { Act, ActFacts, Grant, Headship, Principal, Standing } from '@iter/access';

/** How much of a row someone sees. */
export type Sight = 'whole' | 'masked' | 'nothing';

/** Who asks for a list. SQL narrows by the bodies, then every row is asked about with the facts of its case. */
export interface Viewer {
  readonly account: string;
  /** Absent accounts in whose place it acts. */
  readonly standsFor: readonly string[];
  /** Roles held; a task's group is among them. */
  readonly roles: readonly string[];
  /** IPA codes of the bodies whose cases may be seen at all. */
  readonly comuni: 'all' | readonly string[];
  /** Those of them in which an office of its own sees cases that it took no part in. */
  readonly throughout: 'all' | readonly string[];
  /** Those of whose staff it is: what colleagues have begun there is seen where the body shares the service. */
  readonly staffOf: readonly string[];
  /** Keys of processes whose cases may be seen whatever the body. */
  readonly processes: readonly string[];
  /** Bodies beside those in whose joining and leaving it works (`territoryOf`): of no others are joinings counted. */
  readonly territory: readonly string[];
  /** Only cases that this account started, worked in or is called to: whoever holds no office. */
  readonly involvedOnly: boolean;
  /** The exact rule: what is seen of a thing of this case for any one of the acts. */
  sees(acts: readonly Act[], facts: ActFacts): Sight;
}

/** Roles that see a case because of their office, not because they took part in it. */
const offices = new Set([
  'DESK_OPERATOR',
  'DESK_SUPERVISOR',
  'UPD',
  'COMUNE_HR',
  'SEGRETARIO',
  'AUDITOR',
  'DPO',
  'SYSTEM',
  'SYSTEM_OPERATOR',
  'PROGRAMME_MANAGER',
  'EXPERT',
  'COMMUNITY_EDITOR',
  'PROVINCE_PARTICIPANT',
  'PROVINCE_TUTOR',
]);

/** Of the offices the one that sees of its body what it took part in, what calls it, and what the body shares. */
const staff = 'COMUNE_HR';

/** Of the offices those that by their body alone see no case: a data protection officer sees the tasks that ask for one. */
const called = new Set([staff, 'DPO']);

/**
 * Everyone signed in, as the table of acts has them.
 * @param territory asked for by figures alone: the rows of lists are each asked about
 */
export function viewerOf(principal: Principal, territory: readonly string[] = []): Viewer {
  const { account, grants, serves } = principal;
  const roles = [...new Set(grants.map(({ role }) => role))];
  const isAll = roles.some((role) => role === 'SYSTEM' || role === 'SYSTEM_OPERATOR');
  const comuniOf = (of: readonly Grant[]): readonly string[] => bodiesOf({ grants: of, serves }).toSorted();
  return {
    account,
    standsFor: standsFor(principal),
    roles,
    comuni: isAll ? 'all' : comuniOf(grants),
    throughout: isAll ? 'all' : comuniOf(grants.filter(({ role }) => offices.has(role) && !called.has(role))),
    staffOf: [...new Set(grants.filter(({ role }) => role === staff).map(({ body }) => body))].sort(),
    processes: processesAnywhere(roles),
    territory,
    involvedOnly: !roles.some((role) => offices.has(role)),
    sees(acts, facts) {
      const decided = acts.map((act) => mayAct(principal, act, facts)).filter(({ allowed }) => allowed);
      if (decided.length === 0) return 'nothing';
      return decided.some((it) => it.allowed && !it.pseudonymised) ? 'whole' : 'masked';
    },
  };
}

/** Sees all, whole: the house itself, and tests of queries. */
export const everything: Viewer = {
  account: 'system',
  standsFor: [],
  roles: [],
  comuni: 'all',
  throughout: 'all',
  staffOf: [],
  processes: [],
  territory: [],
  involvedOnly: false,
  sees: () => 'whole',
};

/** What lists ask about bodies and their boards; the registers answer. */
export interface Standings {
  /** Where the body of a case stands for a process on a day. */
  standing(body: string, process: string, on: string): Standing;
  /** The accounts that may not judge somebody as the disciplinary office. */
  incompatible(judged: {
    readonly employeeRef: string | null;
    readonly reporters: readonly string[];
  }): readonly string[];
  /** Who is the head of somebody who works for a body. */
  headship(body: string, employeeRef: string): Headship;
}
