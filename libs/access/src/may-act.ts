import type { Label } from '@iter/platform/words';
import { acts, confidential } from './acts.ts';
import type { Act, Way } from './acts.ts';
import { dutyConflict, isDeedOf, isIncompatible } from './duties.ts';
import { isAnotherHead, standsAsHead } from './heads.ts';
import { bodiesOf, isServed, joinsItself, named, seats, sitsIn } from './seats.ts';
import { roles as everyRole } from './types.ts';
import type { ActFacts, CaseFacts, Decision, Denial, Grant, Principal, Role } from './types.ts';

const messages: Readonly<Record<Denial, Label>> = {
  'not-your-role': { it: 'Il ruolo non consente questa operazione.', en: 'Your role does not allow this.' },
  'not-your-body': {
    it: 'L’operazione spetta a un altro ente o a un altro ufficio.',
    en: 'This is for another body or another office to do.',
  },
  'not-your-case': {
    it: 'Il fascicolo è riservato a chi vi ha preso parte.',
    en: 'The file is reserved to those who took part in the case.',
  },
  'assigned-to-another': {
    it: 'L’attività è riservata ad altre persone.',
    en: 'The task is reserved to other people.',
  },
  'reason-required': {
    it: 'Occorre indicare il motivo, che resta registrato.',
    en: 'A reason is needed; it stays on record.',
  },
  'drafter-may-not-sign': {
    it: 'Chi ha redatto l’atto non può firmarlo.',
    en: 'Whoever drew up the act cannot sign it.',
  },
  'reporter-may-not-judge': {
    it: 'Chi ha segnalato i fatti non può far parte dell’ufficio che li giudica.',
    en: 'Whoever reported the facts cannot sit in the office that judges them.',
  },
  'member-incompatible': {
    it: 'Chi è stato dichiarato incompatibile con la persona interessata non può trattare il procedimento: spetta a un supplente.',
    en: 'Whoever was declared incompatible with the person concerned cannot handle the proceeding: it is for a substitute member.',
  },
  'not-the-head': {
    it: 'Non sei indicato come responsabile della struttura di questa persona: provvede chi dirige il suo ufficio o, se la persona stessa lo dirige, chi sta sopra o il Segretario. Se il registro degli uffici non è aggiornato, lo correggono l’ufficio personale o lo sportello.',
    en: 'You are not named as the head of the structure of this person: whoever heads their office acts or, when it is they who head it, whoever is above or the Segretario. If the register of offices is out of date, the personnel office or the desk corrects it.',
  },
  'person-concerned': {
    it: 'La pratica riguarda te: non puoi prendervi parte. Provvede chi sta sopra il tuo ufficio o il Segretario.',
    en: 'The case is about you: you cannot take part in it. Whoever is above your office acts, or the Segretario.',
  },
  'act-unknown': { it: 'Operazione sconosciuta.', en: 'Unknown operation.' },
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
  'member-incompatible',
  'not-the-head',
  'person-concerned',
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
  if (act === 'StartCase' && facts.case && joinsItself(facts.case)) return 'not-your-body';
  let nearest: Denial = 'not-your-role';
  for (const way of ways) {
    for (const grant of grantsFor(principal, facts)) {
      const denial = tryWay(way, grant, principal, act, facts);
      if (denial === null) return { as: grant, pseudonymised: way.pseudonymised ?? false };
      if (nearness.indexOf(denial) > nearness.indexOf(nearest)) nearest = denial;
    }
  }
  return nearest;
}

/**
 * What a person holds already, a substitute does in that person's place also when he could do it in his own name: it is
 * not taken from anybody.
 */
function grantsFor({ account, grants }: Principal, { task, called }: ActFacts): readonly Grant[] {
  const theirs = task ? [task.assignee] : (called ?? []);
  if (theirs.includes(account)) return grants;
  const isTheirs = ({ onBehalfOf }: Grant): boolean =>
    onBehalfOf !== undefined && theirs.includes(onBehalfOf);
  if (!grants.some(isTheirs)) return grants;
  return [...grants.filter(isTheirs), ...grants.filter((grant) => !isTheirs(grant))];
}

/** The accounts in whose place somebody acts today. */
export const standsFor = ({ grants }: Principal): readonly string[] => [
  ...new Set(grants.flatMap(({ onBehalfOf }) => (onBehalfOf === undefined ? [] : [onBehalfOf]))),
];

function tryWay(way: Way, grant: Grant, principal: Principal, act: Act, facts: ActFacts): Denial | null {
  if (!rolesOf(way, facts, personOf(grant, principal), act).includes(grant.role)) return 'not-your-role';
  if (way.open && facts.case && confidential(facts.case.process)) return 'not-your-role';
  if (way.notLegal && facts.legal) return 'not-your-role';
  if (way.notOthers && facts.others) return 'not-your-role';
  if (facts.case && way.relation !== 'anywhere' && way.relation !== 'holder') {
    const { own = [] } = facts.case.headship ?? {};
    if ([principal.account, personOf(grant, principal)].some((one) => own.includes(one)))
      return 'person-concerned';
  }
  const stands = relate(way, grant, principal, facts);
  if (stands !== null) return stands;
  // Who must stay out of a case is the first who should give back what it has of it.
  if (facts.case && way.relation !== 'anywhere' && way.relation !== 'holder') {
    const element =
      act === 'CompleteUserTask' || act === 'ClaimUserTask' ? (facts.task?.element ?? null) : null;
    const people = [principal.account, ...standsFor(principal)];
    const conflict = dutyConflict(people, grant, facts.case, element);
    if (conflict) return conflict;
    // That the case is there they may know, to be told why they stay out of it.
    if (act !== 'SeeCase' && isIncompatible(principal.account, grant, facts.case))
      return 'member-incompatible';
  }
  return way.reason && !facts.reason?.trim() ? 'reason-required' : null;
}

/** In whose name something is done. */
const personOf = ({ onBehalfOf }: Grant, { account }: Principal): string => onBehalfOf ?? account;

function rolesOf(way: Way, facts: ActFacts, person: string, act: Act): readonly Role[] {
  const asked = (of: readonly string[]): readonly Role[] =>
    (standsAsHead(person, of, facts, act === 'StartCase') ? [...of, 'SEGRETARIO'] : of) as readonly Role[];
  switch (way.roles) {
    case 'anyone':
      return everyRole;
    case 'called':
      // Whom it is for has an office here, whichever it is.
      return facts.called?.includes(person) ? everyRole : asked(facts.addressees ?? []);
    case 'lane':
      return asked(facts.task?.roles ?? []);
    default:
      return way.roles;
  }
}

/** Watch over the house: who stands in for them is not for the head of a service to say. */
const overseers: ReadonlySet<Role> = new Set(['AUDITOR', 'DPO', 'SYSTEM_OPERATOR']);

function relate(way: Way, grant: Grant, principal: Principal, facts: ActFacts): Denial | null {
  const { account } = principal;
  const person = personOf(grant, principal);
  switch (way.relation) {
    case 'anywhere':
      return null;
    case 'self':
      return facts.account === account ? null : 'not-your-role';
    case 'holder':
      return facts.task?.assignee === account ? null : 'not-your-role';
    case 'others':
      return isOfOthers([account, person], facts) ? null : 'not-your-role';
    case 'colleagues': {
      if (!isOfOthers([account, person], facts)) return 'not-your-role';
      const held = facts.covered ?? [];
      const isTheirs = held.every(({ role, body }) => body === grant.body && !overseers.has(role));
      return held.length > 0 && isTheirs ? null : 'not-your-body';
    }
    case 'own-body':
      return facts.body === grant.body ? null : 'not-your-body';
    case 'body':
      return facts.body === grant.body || isServed(principal, grant.body, facts.body ?? '')
        ? null
        : 'not-your-body';
    case 'office':
    case 'took-part':
    case 'shared':
    case 'reported':
      if (!facts.case || !sitsIn(grant, principal, facts.case, facts.task?.body)) return 'not-your-body';
      if (way.relation === 'reported') return started(person, facts.case) ? null : 'not-your-case';
      if (isAnotherHead([account, person], grant, facts))
        return (facts.case.headship?.heads ?? []).length > 0 ? 'not-the-head' : 'not-your-case';
      if (way.relation === 'shared' && facts.case.shared) return null;
      if (way.relation === 'took-part' || way.relation === 'shared')
        return tookPart(person, facts) ? null : 'not-your-case';
      return way.roles === 'lane' ? mayTake(account, person, grant, facts) : null;
  }
}

const isOfOthers = (own: readonly string[], { account, gains }: ActFacts): boolean =>
  account !== undefined && !own.includes(account) && (gains === undefined || !own.includes(gains));

const started = (person: string, { startedBy, deeds = [] }: CaseFacts): boolean =>
  startedBy === person || deeds.some((deed) => deed.element === null && isDeedOf(deed, person));

/** A task reserved to some people is theirs only; one of the head is the head's of today as well. */
function mayTake(account: string, person: string, grant: Grant, facts: ActFacts): Denial | null {
  const task = facts.task;
  if (!task) return null;
  const { heads = [] } = facts.case?.headship ?? {};
  if (task.roles.includes('STRUCTURE_HEAD') && [account, person].some((one) => heads.includes(one)))
    return null;
  const reserved = [
    ...task.candidateUsers,
    ...(task.assignee && named.has(grant.role) ? [task.assignee] : []),
  ];
  const isReserved = reserved.length > 0 && !reserved.includes(account) && !reserved.includes(person);
  if (!isReserved || task.assignee === account || task.assignee === person) return null;
  return 'assigned-to-another';
}

const tookPart = (person: string, facts: ActFacts): boolean =>
  facts.case?.startedBy === person ||
  (facts.case?.deeds ?? []).some((deed) => isDeedOf(deed, person)) ||
  facts.task?.assignee === person ||
  (facts.task?.candidateUsers.includes(person) ?? false);

/** Acts that someone's roles allow at least somewhere: what a desk may offer; each is decided case by case. */
export const possibleActs = (principal: Principal): readonly Act[] =>
  (Object.keys(acts) as Act[]).filter((act) =>
    acts[act].some(({ roles }) => {
      if (roles === 'anyone') return true;
      if (roles === 'lane' || roles === 'called') return principal.grants.some(inCases);
      return principal.grants.some((grant) => roles.includes(grant.role));
    }),
  );

/**
 * Whether someone's roles read what cases of a process say: unmasked, and without giving a reason. Which cases, each one
 * decides for itself.
 */
export const readsContent = ({ grants }: Principal, process: string): boolean =>
  acts.ReadCase.some(
    ({ roles, reason, pseudonymised, open }) =>
      !reason &&
      !pseudonymised &&
      !(open && confidential(process)) &&
      grants.some(({ role }) => (roles as readonly Role[]).includes(role)),
  );

/**
 * The same for the cases of all bodies of which someone sees any: who reads the cases of one body and only counts those of
 * another is not told what the counted ones say.
 */
export function readsContentThroughout(principal: Principal, process: string): boolean {
  const { grants, serves } = principal;
  const reading = grants.filter((grant) => readsContent({ ...principal, grants: [grant] }, process));
  const read = new Set(bodiesOf({ grants: reading, serves }));
  return reading.length > 0 && bodiesOf(principal).every((body) => read.has(body));
}

const inCases = ({ role }: Grant): boolean => seats[role] !== 'none';
