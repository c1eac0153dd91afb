import { mayAct, processesAnywhere, standsFor } from '@iter/access';
import type { Act, ActFacts, Principal, Standing } from '@iter/access';

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
  /** Keys of processes whose cases may be seen whatever the body. */
  readonly processes: readonly string[];
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
  'SYSTEM',
  'SYSTEM_OPERATOR',
  'PROGRAMME_MANAGER',
  'EXPERT',
  'COMMUNITY_EDITOR',
  'PROVINCE_PARTICIPANT',
  'PROVINCE_TUTOR',
]);

/** Everyone signed in, as the table of acts has them. */
export function viewerOf(principal: Principal): Viewer {
  const { account, grants, serves } = principal;
  const roles = [...new Set(grants.map(({ role }) => role))];
  const isAll = roles.some((role) => role === 'SYSTEM' || role === 'SYSTEM_OPERATOR');
  const comuni = [...new Set(grants.flatMap(({ body }) => [body, ...(serves[body] ?? [])]))].sort();
  return {
    account,
    standsFor: standsFor(principal),
    roles,
    comuni: isAll ? 'all' : comuni,
    processes: processesAnywhere(roles),
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
  processes: [],
  involvedOnly: false,
  sees: () => 'whole',
};

/** Where the body of a case stands for a process on a day; the registers answer. */
export interface Standings {
  standing(body: string, process: string, on: string): Standing;
}
