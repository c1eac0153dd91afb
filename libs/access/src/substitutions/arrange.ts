import { incompatibleGrants } from '../duties.ts';
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
  readonly message: string;
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
}

const longestDays = 366;
/** How many may lie ahead: of one absent person, and of one substitute. */
const mostAhead = 24;

const refuse = (code: SubstitutionRejection['code'], message: string): SubstitutionRejection => ({
  code,
  message,
});

/**
 * Arranges who stands in for an absent person. Not for the past, not for oneself, never in a chain: whoever is absent
 * himself on one of the days stands in for nobody. Of one person no two may cover the same office on the same day.
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
  if (command.reason.trim() === '') return refuse('reason-required', 'Occorre indicare il motivo.');
  if (to === absent.username) return refuse('substitution-invalid', 'Nessuno può sostituire sé stesso.');
  const substitute = around.find(to);
  if (!substitute || substitute.disabled) {
    return refuse('account-not-found', `L’utenza ${to.slice(0, 64)} non esiste o non è attiva.`);
  }
  if (substitute.grants.some(({ role }) => role === 'WORKER')) {
    return refuse('substitution-invalid', 'Un programma non può sostituire una persona.');
  }
  if (asked.roles?.some((role) => !(everyRole as readonly string[]).includes(role))) {
    return refuse('substitution-invalid', 'Uno dei ruoli indicati non esiste.');
  }
  const grants = covered(absent.grants, asked);
  if (grants.length === 0) {
    return refuse('substitution-invalid', 'Chi si assenta non ha nessuno dei ruoli indicati.');
  }
  const pair = incompatibleGrants([...substitute.grants, ...grants]);
  if (pair) {
    return refuse('roles-incompatible', `I ruoli ${pair[0]} e ${pair[1]} non possono stare insieme.`);
  }
  return checkOthers(absent, substitute, grants, command, around) ?? [arranged(absent, command)];
}

function arranged({ substitutions }: Person, command: ArrangeSubstitution): SubstitutionEvent {
  const { substitute, from, to, roles, bodies, reason } = command;
  const id = String(substitutions.length + 1);
  return { type: 'SubstitutionArranged', data: { id, substitute, from, to, roles, bodies, reason } };
}

function checkDays({ from, to }: Pick<Substitution, 'from' | 'to'>, today: string): string | null {
  if (!isDay(from) || !isDay(to)) return 'I giorni si scrivono AAAA-MM-GG.';
  if (to < from) return 'L’ultimo giorno viene prima del primo.';
  if (from < today) return 'Una sostituzione non può cominciare nel passato.';
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  if (days > longestDays) return `Una sostituzione dura al massimo ${longestDays} giorni.`;
  return Date.parse(from) - Date.parse(today) > longestDays * 86_400_000
    ? 'Una sostituzione si dispone al massimo con un anno di anticipo.'
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
    return refuse(
      'limit-exceeded',
      `Le sostituzioni già disposte sono ${mostAhead}: nessuna può averne di più. Revocarne una che non serve, o scegliere un’altra persona.`,
    );
  }
  const twice = ahead.find((it) => shareDays(it, days) && covered(grants, it).length > 0);
  if (twice) {
    const { from, to } = twice;
    return refuse(
      'substitution-overlaps',
      `Dal ${from} al ${to} c’è già una sostituzione per gli stessi ruoli: va prima terminata.`,
    );
  }
  const isAway = substitute.substitutions.some((it) => isAhead(it, today) && shareDays(it, days));
  if (isAway) {
    return refuse('substitution-chained', 'Chi dovrebbe sostituire è a sua volta assente in quei giorni.');
  }
  return standingIn(absent.username).some((it) => isAhead(it, today) && shareDays(it, days))
    ? refuse(
        'substitution-chained',
        'Chi si assenta sostituisce un’altra persona in quei giorni: quella sostituzione va prima terminata.',
      )
    : null;
}

/** It ends at once. What is over already, or was ended, adds nothing. Pure. */
export function end(
  { substitutions }: Person,
  { id, reason }: EndSubstitution,
  { now, today }: Around,
): readonly SubstitutionEvent[] | SubstitutionRejection {
  const found = substitutions.find((it) => it.id === id);
  if (!found) return refuse('substitution-not-found', 'La sostituzione non esiste.');
  if (reason.trim() === '') return refuse('reason-required', 'Occorre indicare il motivo.');
  if (!isAhead(found, today)) return [];
  return [{ type: 'SubstitutionEnded', data: { id, at: now, reason } }];
}
