import { acts, confidential } from './acts.ts';
import type { Act, Way } from './acts.ts';
import { dutyConflict } from './duties.ts';
import { named, seats, sitsIn } from './seats.ts';
import { roles as everyRole } from './types.ts';
import type { ActFacts, Decision, Denial, Grant, Principal, Role } from './types.ts';

const messages: Readonly<Record<Denial, string>> = {
  'not-your-role': 'Il ruolo non consente questa operazione.',
  'not-your-body': 'L’operazione spetta a un altro ente o a un altro ufficio.',
  'not-your-case': 'Il fascicolo è riservato a chi vi ha preso parte.',
  'assigned-to-another': 'L’attività è riservata ad altre persone.',
  'reason-required': 'Occorre indicare il motivo, che resta registrato.',
  'drafter-may-not-sign': 'Chi ha redatto l’atto non può firmarlo.',
  'reporter-may-not-judge': 'Chi ha segnalato i fatti non può far parte dell’ufficio che li giudica.',
  'act-unknown': 'Operazione sconosciuta.',
};

/** The later in this list, the nearer the actor came: the message tells the nearest. */
const nearness: readonly Denial[] = [
  'act-unknown',
  'not-your-role',
  'not-your-body',
  'not-your-case',
  'assigned-to-another',
  'reason-required',
  'drafter-may-not-sign',
  'reporter-may-not-judge',
];

/**
 * Whether someone may do this, and in which of their roles. Pure; the only place where it is decided.
 * @param act a name of the table; one that is not in it is denied to all
 * @param facts the case as it stands now (read it before asking, in the same command), the task at hand …
 * @returns the grant in which it is done, or why not; `hidden` when not even the case may be known to the actor
 */
export function mayAct(principal: Principal, act: Act, facts: ActFacts): Decision {
  const decided = decide(principal, act, facts);
  if (typeof decided !== 'string') return { allowed: true, ...decided };
  const hidden =
    facts.case !== undefined && act !== 'SeeCase' && act !== 'StartCase' && !seesAnything(principal, facts);
  return {
    allowed: false,
    why: decided,
    message: messages[decided],
    hidden: hidden || (act === 'SeeCase' && facts.case !== undefined),
  };
}

const seesAnything = (principal: Principal, facts: ActFacts): boolean =>
  (['SeeCase', 'ReadTask', 'AcknowledgeEscalation'] as const).some(
    (act) => typeof decide(principal, act, { reason: 'x', ...facts }) !== 'string',
  );

function decide(
  principal: Principal,
  act: Act,
  facts: ActFacts,
): { as: Grant; pseudonymised: boolean } | Denial {
  const ways = Object.hasOwn(acts, act) ? acts[act] : null;
  if (!ways) return 'act-unknown';
  let nearest: Denial = 'not-your-role';
  for (const way of ways) {
    for (const grant of principal.grants) {
      const denial = tryWay(way, grant, principal, act, facts);
      if (denial === null) return { as: grant, pseudonymised: way.pseudonymised ?? false };
      if (nearness.indexOf(denial) > nearness.indexOf(nearest)) nearest = denial;
    }
  }
  return nearest;
}

function tryWay(way: Way, grant: Grant, principal: Principal, act: Act, facts: ActFacts): Denial | null {
  if (!rolesOf(way, facts).includes(grant.role)) return 'not-your-role';
  if (way.open && facts.case && confidential(facts.case.process)) return 'not-your-role';
  if (way.notLegal && facts.legal) return 'not-your-role';
  const stands = relate(way, grant, principal, facts);
  if (stands !== null) return stands;
  if (facts.case && way.relation !== 'anywhere') {
    const element =
      act === 'CompleteUserTask' || act === 'ClaimUserTask' ? (facts.task?.element ?? null) : null;
    const conflict = dutyConflict(principal.account, grant, facts.case, element);
    if (conflict) return conflict;
  }
  return way.reason && !facts.reason?.trim() ? 'reason-required' : null;
}

function rolesOf(way: Way, facts: ActFacts): readonly Role[] {
  switch (way.roles) {
    case 'anyone':
      return everyRole;
    case 'called':
      return (facts.addressees ?? []) as readonly Role[];
    case 'lane':
      return (facts.task?.roles ?? []) as readonly Role[];
    default:
      return way.roles;
  }
}

function relate(way: Way, grant: Grant, principal: Principal, facts: ActFacts): Denial | null {
  const { account } = principal;
  switch (way.relation) {
    case 'anywhere':
      return null;
    case 'self':
      return facts.account === account ? null : 'not-your-role';
    case 'others':
      return facts.account !== undefined && facts.account !== account ? null : 'not-your-role';
    case 'body':
      return facts.body === grant.body || principal.serves[grant.body]?.includes(facts.body ?? '')
        ? null
        : 'not-your-body';
    case 'office':
    case 'took-part':
    case 'reported':
      if (!facts.case || !sitsIn(grant, principal, facts.case)) return 'not-your-body';
      if (way.relation === 'reported') return facts.case.startedBy === account ? null : 'not-your-case';
      if (way.relation === 'took-part') return tookPart(account, facts) ? null : 'not-your-case';
      return way.roles === 'lane' ? mayTake(account, grant, facts) : null;
  }
}

/**
 * A task reserved to some people is theirs only. A head of structure sees only his own reports: once a head
 * has acted in a case, the other heads of the Comune stay out.
 */
function mayTake(account: string, grant: Grant, facts: ActFacts): Denial | null {
  const heads = (facts.case?.deeds ?? []).filter((deed) => deed.role === 'STRUCTURE_HEAD');
  if (
    grant.role === 'STRUCTURE_HEAD' &&
    heads.length > 0 &&
    heads.every((deed) => deed.account !== account)
  ) {
    return 'not-your-case';
  }
  const task = facts.task;
  if (!task) return null;
  const reserved = [
    ...task.candidateUsers,
    ...(task.assignee && named.has(grant.role) ? [task.assignee] : []),
  ];
  if (reserved.length === 0 || reserved.includes(account) || task.assignee === account) return null;
  return 'assigned-to-another';
}

const tookPart = (account: string, facts: ActFacts): boolean =>
  facts.case?.startedBy === account ||
  (facts.case?.deeds ?? []).some((deed) => deed.account === account) ||
  facts.task?.assignee === account ||
  (facts.task?.candidateUsers.includes(account) ?? false);

/** Acts that someone's roles allow at least somewhere: what a desk may offer; each is decided case by case. */
export const possibleActs = (principal: Principal): readonly Act[] =>
  (Object.keys(acts) as Act[]).filter((act) =>
    acts[act].some(({ roles }) => {
      if (roles === 'anyone') return true;
      if (roles === 'lane' || roles === 'called') return principal.grants.some(inCases);
      return principal.grants.some((grant) => roles.includes(grant.role));
    }),
  );

const inCases = ({ role }: Grant): boolean => seats[role] !== 'none';
