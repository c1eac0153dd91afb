import type { Label } from '@iter/platform/words';
import { incompatibleGrants } from '../duties.ts';
import { named } from '../seats.ts';
import { roles as everyRole } from '../types.ts';
import type { Grant, Role } from '../types.ts';
import { covered, isAhead, shareDays } from './substitution.ts';
import type { Substitution, SubstitutionEvent } from './substitution.ts';

export interface ArrangeSubstitution {
  readonly type: 'ArrangeSubstitution';
  readonly substitute: string;
  readonly from: string;
  readonly to: string;
  readonly roles: readonly Role[] | null;
  readonly bodies: readonly string[] | null;
  readonly reason: string;
}

export interface EndSubstitution {
  readonly type: 'EndSubstitution';
  readonly id: string;
  readonly reason: string;
}

export type SubstitutionCommand = ArrangeSubstitution | EndSubstitution;

export interface SubstitutionRejection {
  readonly code:
    | 'substitution-invalid'
    | 'substitution-overlaps'
    | 'substitution-chained'
    | 'substitution-not-found'
    | 'account-not-found'
    | 'roles-incompatible'
    | 'reason-required'
    | 'limit-exceeded';
  readonly message: Label;
}

/** Somebody as far as standing in for one another is concerned. */
export interface Person {
  readonly username: string;
  readonly grants: readonly Grant[];
  readonly disabled: boolean;
  /** Of this person, when absent. */
  readonly substitutions: readonly Substitution[];
}

/** What is around a command: the time, and the others. */
export interface Around {
  readonly now: string;
  /** The day in Rome. */
  readonly today: string;
  find(username: string): Person | null;
  /** Those in which this account is the substitute. */
  standingIn(username: string): readonly Substitution[];
  /** The bodies that a Province serves today. */
  serves(body: string): readonly string[];
}

const longestDays = 366;
/** How many may lie ahead: of one absent person, and of one substitute. */
const mostAhead = 24;

const refuse = (code: SubstitutionRejection['code'], message: Label): SubstitutionRejection => ({
  code,
  message,
});

/**
 * Arranges who stands in for an absent person. Not for the past, not for oneself, never in a chain: whoever is absent
 * himself on one of the days stands in for nobody. Of one person no two may cover the same office on the same day. Whoever
 * stands in has an office in the bodies whose offices are covered, or in the Province that serves them: their cases are nobody
 * else’s.
 * Others are read as they stand; were two arranged at the same instant into a chain, it would give nothing all the same
 * (`inPlaceOf`). Pure.
 */
export function arrange(
  absent: Person,
  command: ArrangeSubstitution,
  around: Around,
): readonly SubstitutionEvent[] | SubstitutionRejection {
  const { substitute: to, ...asked } = command;
  const wrong = checkDays(asked, around.today);
  if (wrong !== null) return refuse('substitution-invalid', wrong);
  if (command.reason.trim() === '')
    return refuse('reason-required', { it: 'Occorre indicare il motivo.', en: 'A reason is needed.' });
  if (to === absent.username)
    return refuse('substitution-invalid', {
      it: 'Nessuno può sostituire sé stesso.',
      en: 'Nobody can stand in for themselves.',
    });
  const substitute = around.find(to);
  if (!substitute || substitute.disabled) {
    return refuse('account-not-found', {
      it: `L’utenza ${to.slice(0, 64)} non esiste o non è attiva.`,
      en: `The account ${to.slice(0, 64)} does not exist or is not active.`,
    });
  }
  if (substitute.grants.some(({ role }) => role === 'WORKER')) {
    return refuse('substitution-invalid', {
      it: 'Un programma non può sostituire una persona.',
      en: 'A program cannot stand in for a person.',
    });
  }
  if (asked.roles?.some((role) => !(everyRole as readonly string[]).includes(role))) {
    return refuse('substitution-invalid', {
      it: 'Uno dei ruoli indicati non esiste.',
      en: 'One of the roles does not exist.',
    });
  }
  const grants = covered(absent.grants, asked);
  if (grants.length === 0) {
    return refuse('substitution-invalid', {
      it: 'Chi si assenta non ha nessuno dei ruoli indicati.',
      en: 'The absent person has none of these roles.',
    });
  }
  if (!grants.every((grant) => substitute.grants.some((own) => isNear(own, grant, around)))) {
    return refuse('substitution-invalid', {
      it: 'Sostituisce solo chi ha un ufficio nello stesso ente, o nella Provincia che lo serve.',
      en: 'Only somebody with an office in the same body, or in the Province that serves it, can stand in.',
    });
  }
  const pair = incompatibleGrants([...substitute.grants, ...grants]);
  if (pair) {
    return refuse('roles-incompatible', {
      it: `I ruoli ${pair[0]} e ${pair[1]} non possono stare insieme.`,
      en: `The roles ${pair[0]} and ${pair[1]} cannot be held together.`,
    });
  }
  return checkOthers(absent, substitute, grants, command, around) ?? [arranged(absent, command)];
}

/** What is held for one procedure or edition is no office: it brings one near to the same alone. */
const isNear = (own: Grant, { role, body }: Grant, { serves }: Around): boolean =>
  (!named.has(own.role) || own.role === role) && (own.body === body || serves(own.body).includes(body));

function arranged({ substitutions }: Person, command: ArrangeSubstitution): SubstitutionEvent {
  const { substitute, from, to, roles, bodies, reason } = command;
  const id = String(substitutions.length + 1);
  return { type: 'SubstitutionArranged', data: { id, substitute, from, to, roles, bodies, reason } };
}

function checkDays({ from, to }: Pick<Substitution, 'from' | 'to'>, today: string): Label | null {
  if (!isDay(from) || !isDay(to))
    return { it: 'I giorni si scrivono AAAA-MM-GG.', en: 'Days are written YYYY-MM-DD.' };
  if (to < from)
    return { it: 'L’ultimo giorno viene prima del primo.', en: 'The last day comes before the first.' };
  if (from < today)
    return {
      it: 'Una sostituzione non può cominciare nel passato.',
      en: 'A substitution cannot begin in the past.',
    };
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  if (days > longestDays)
    return {
      it: `Una sostituzione dura al massimo ${longestDays} giorni.`,
      en: `A substitution lasts at most ${longestDays} days.`,
    };
  return Date.parse(from) - Date.parse(today) > longestDays * 86_400_000
    ? {
        it: 'Una sostituzione si dispone al massimo con un anno di anticipo.',
        en: 'A substitution is arranged at most a year ahead.',
      }
    : null;
}

const isDay = (day: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(day) &&
  !Number.isNaN(Date.parse(day)) &&
  new Date(day).toISOString().startsWith(day);

function checkOthers(
  absent: Person,
  substitute: Person,
  grants: readonly Grant[],
  days: ArrangeSubstitution,
  { today, standingIn }: Around,
): SubstitutionRejection | null {
  const ahead = absent.substitutions.filter((it) => isAhead(it, today));
  const others = standingIn(substitute.username).filter((it) => isAhead(it, today));
  if (ahead.length >= mostAhead || others.length >= mostAhead) {
    return refuse('limit-exceeded', {
      it: `Le sostituzioni già disposte sono ${mostAhead}: nessuno può averne di più. Revocarne una che non serve, o scegliere un’altra persona.`,
      en: `${mostAhead} substitutions are arranged already: nobody can have more. End one that is not needed, or choose somebody else.`,
    });
  }
  const twice = ahead.find((it) => shareDays(it, days) && covered(grants, it).length > 0);
  if (twice) {
    const { from, to } = twice;
    return refuse('substitution-overlaps', {
      it: `Dal ${from} al ${to} c’è già una sostituzione per gli stessi ruoli: va prima terminata.`,
      en: `From ${from} to ${to} the same roles are covered already: end that substitution first.`,
    });
  }
  const isAway = substitute.substitutions.some((it) => isAhead(it, today) && shareDays(it, days));
  if (isAway) {
    return refuse('substitution-chained', {
      it: 'Chi dovrebbe sostituire è a sua volta assente in quei giorni.',
      en: 'The person who should stand in is absent on those days too.',
    });
  }
  return standingIn(absent.username).some((it) => isAhead(it, today) && shareDays(it, days))
    ? refuse('substitution-chained', {
        it: 'Chi si assenta sostituisce un’altra persona in quei giorni: quella sostituzione va prima terminata.',
        en: 'The absent person stands in for somebody else on those days: end that substitution first.',
      })
    : null;
}

/** It ends at once. What is over already, or was ended, adds nothing. Pure. */
export function end(
  { substitutions }: Person,
  { id, reason }: EndSubstitution,
  { now, today }: Around,
): readonly SubstitutionEvent[] | SubstitutionRejection {
  const found = substitutions.find((it) => it.id === id);
  if (!found)
    return refuse('substitution-not-found', {
      it: 'La sostituzione non esiste.',
      en: 'There is no such substitution.',
    });
  if (reason.trim() === '')
    return refuse('reason-required', { it: 'Occorre indicare il motivo.', en: 'A reason is needed.' });
  if (!isAhead(found, today)) return [];
  return [{ type: 'SubstitutionEnded', data: { id, at: now, reason } }];
}
