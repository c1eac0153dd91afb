import { civilOf, dayOf, daysInMonth, parseDay, plusMonths } from './day.ts';
import type { Day } from './day.ts';
import { refuse } from './errors.ts';
import { localDateOf } from './rome.ts';
import { countInEnglish, countInWords, inWords } from './words.ts';
import type { CalendarDay, CalendarError, Setting, Span, TermRule } from './types.ts';

/** How far a term reaches once it is known what an act has set. */
export type SettledReach = Span | { readonly on: CalendarDay } | { readonly end: string };

/** Whether a term counts by days of the calendar or by instants. */
export function grainOfTerm(term: TermRule): 'day' | 'instant' {
  return ('unit' in term && term.unit === 'h') || ('until' in term && term.until === 'instant')
    ? 'instant'
    : 'day';
}

/**
 * What counts: the norm's length, or what an act sets in its place where the norm lets it.
 * @returns or `term-fixed`, `end-missing`, `amount-invalid`, `term-inconsistent`; `checkBounds` is for afterwards
 */
export function settle(term: TermRule, setting: Setting | null): SettledReach | CalendarError {
  if (setting === null) {
    if (!('until' in term)) return term;
    return refuse('end-missing', {
      it: 'La scadenza è fissata caso per caso da un atto: manca la sua data.',
      en: 'The due date is set by an act, case by case: its date is missing.',
    });
  }
  if (term.bounds === undefined && !('until' in term)) {
    return refuse('term-fixed', {
      it: 'La durata è fissata dalla norma: nessun atto può stabilirne un’altra.',
      en: 'The length is set by the norm: no act can set another.',
    });
  }
  if ('until' in setting) return { end: setting.until };
  if (!('unit' in term))
    return refuse('term-inconsistent', {
      it: 'Di questo termine si fissa la fine, non la durata.',
      en: 'Of this term the end is set, not the length.',
    });
  const { amount } = setting;
  if (!Number.isInteger(amount) || amount < 1 || amount > 1_000_000) {
    return refuse('amount-invalid', {
      it: 'La durata del termine è un numero intero da 1 in su.',
      en: 'The length of the term is a whole number, 1 or more.',
    });
  }
  return { amount, unit: term.unit };
}

/** The last day of a count, before any shift (R1, R5, R6, R7, R11). */
export function countFrom(start: Day, { amount, unit }: Span, term: TermRule): Day {
  const sign = term.direction === 'backward' ? -1 : 1;
  const span =
    unit === 'd' ? start + sign * amount : plusMonths(start, sign * amount * (unit === 'y' ? 12 : 1));
  return span + (term.freeDays ? sign : 0) - (term.duration ? 1 : 0);
}

/** The nominal day of a reach. @returns or `date-invalid` for an end that is no day */
export function reachFrom(start: Day, reach: SettledReach, term: TermRule): Day | CalendarError {
  if ('amount' in reach) return countFrom(start, reach, term);
  if ('on' in reach) return calendarDayFrom(start, reach.on);
  const date = localDateOf(reach.end);
  const end = date === null ? null : parseDay(date);
  return (
    end ??
    refuse('date-invalid', {
      it: `«${reach.end.slice(0, 40)}» non è un giorno del calendario (AAAA-MM-GG).`,
      en: `“${reach.end.slice(0, 40)}” is not a day of the calendar (YYYY-MM-DD).`,
    })
  );
}

/** A day that its month lacks is the month's last. */
function calendarDayFrom(start: Day, on: CalendarDay): Day {
  const { year, month } = civilOf(start);
  const dayIn = (y: number, m: number): Day => dayOf(y, m, Math.min(on.day, daysInMonth(y, m)));
  if ('month' in on) {
    const thisYear = dayIn(year, on.month);
    return thisYear >= start ? thisYear : dayIn(year + 1, on.month);
  }
  const index = year * 12 + (month - 1) + on.monthsAfter;
  return dayIn(Math.floor(index / 12), (index % 12) + 1);
}

/**
 * Whether what an act set lies within what the norm lets it set.
 * @param shift the holiday shift of the term: the longest term may end on the day that its last day moves to
 * @returns the refusal `term-too-short` or `term-too-long`, or null
 */
export function checkBounds(
  start: Day,
  nominal: Day,
  term: TermRule,
  shift: (day: Day) => Day,
): CalendarError | null {
  const away = (day: Day): number => (term.direction === 'backward' ? start - day : day - start);
  if (away(nominal) < 0) {
    const where =
      term.direction === 'backward'
        ? {
            it: 'segue il giorno da cui si conta a ritroso',
            en: 'comes after the day from which it is counted back',
          }
        : { it: 'precede l’inizio', en: 'comes before the start' };
    return refuse('term-too-short', {
      it: `La scadenza fissata ${where.it}.`,
      en: `The due date that was set ${where.en}.`,
    });
  }
  const { min, max } = term.bounds ?? {};
  if (min && away(nominal) < away(countFrom(start, min, term))) {
    return refuse('term-too-short', {
      it: `Il termine fissato è più breve del minimo di ${countInWords(min.amount, min.unit)}.`,
      en: `The term that was set is shorter than the minimum of ${countInEnglish(min.amount, min.unit)}.`,
    });
  }
  if (max && away(nominal) > away(shift(countFrom(start, max, term)))) {
    return refuse('term-too-long', {
      it: `Il termine fissato è più lungo del massimo di ${countInWords(max.amount, max.unit)}.`,
      en: `The term that was set is longer than the maximum of ${countInEnglish(max.amount, max.unit)}.`,
    });
  }
  return null;
}

/** How the nominal date was found, in Italian, up to its name. */
export function explainReach(reach: SettledReach, term: TermRule, setting: Setting | null): string {
  if ('end' in reach) return `La scadenza è fissata dall’atto${explainBounds(term)}`;
  if ('on' in reach) return explainCalendarDay(reach.on);
  const { amount, unit } = reach;
  const free = term.freeDays ? ' liberi, esclusi entrambi gli estremi (R7)' : '';
  const set = setting === null ? '' : `, come l’atto ha fissato${explainBounds(term)}`;
  return unit === 'd'
    ? `Si contano ${countInWords(amount, unit)}${free}, festivi compresi (R2; art. 155 c. 3 c.p.c.)${set}`
    : `Si contano ${countInWords(amount, unit)}${free} secondo il calendario comune, fino al giorno di ugual numero o, se manca, all’ultimo del mese (R5; art. 2963 c. 4–5 c.c.)${term.duration ? ', meno un giorno' : ''}${set}`;
}

function explainBounds({ bounds }: TermRule): string {
  const { min, max } = bounds ?? {};
  const parts = [
    ...(min ? [`almeno ${countInWords(min.amount, min.unit)}`] : []),
    ...(max ? [`al massimo ${countInWords(max.amount, max.unit)}`] : []),
  ];
  return parts.length === 0 ? '' : ` (la norma vuole ${parts.join(' e ')})`;
}

function explainCalendarDay(on: CalendarDay): string {
  if ('month' in on) {
    const [, day, month] = inWords(
      `2000-${String(on.month).padStart(2, '0')}-${String(on.day).padStart(2, '0')}`,
    ).split(' ');
    return `Il termine cade in un giorno fisso dell’anno, il ${day} ${month}`;
  }
  const when =
    on.monthsAfter === 0
      ? 'dello stesso mese'
      : on.monthsAfter === 1
        ? 'del mese successivo'
        : `di ${countInWords(on.monthsAfter, 'm')} dopo`;
  return `Il termine cade il giorno ${on.day} ${when}`;
}
