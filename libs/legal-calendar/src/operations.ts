import { daysBetween, isRealDate } from './dates.ts';
import { refuse } from './errors.ts';
import { grainOfTerm } from './reach.ts';
import { computeTerm } from './term.ts';
import type { Circumstances } from './term.ts';
import type { CalendarError, LocalDate, Setting, TermDates, TermRule } from './types.ts';

/** A term that runs: what its dates are computed from, anew and as a whole after every operation. */
export interface RunningTerm {
  readonly term: TermRule;
  readonly base: string;
  /** Calendar days that suspensions and extensions have added to the nominal date. */
  readonly extraDays: number;
  /** The day it was suspended on; null while it runs. */
  readonly suspendedOn: LocalDate | null;
  /** What an act has set in place of the norm's length. */
  readonly setting: Setting | null;
}

/** A term at its beginning, nothing added. */
export function startTerm(term: TermRule, base: string, setting: Setting | null = null): RunningTerm {
  return { term, base, extraDays: 0, suspendedOn: null, setting };
}

/** Keeps the days that are left. @returns `operation-not-allowed` if suspended already, or for hours */
export function suspendTerm(running: RunningTerm, on: LocalDate): RunningTerm | CalendarError {
  const problem = checkDays(running) ?? checkDate(on);
  if (problem) return problem;
  if (running.suspendedOn === null) return { ...running, suspendedOn: on };
  return refuse('operation-not-allowed', {
    it: 'Il termine è già sospeso.',
    en: 'The term is suspended already.',
  });
}

/** The nominal date moves by the calendar days of the suspension. @returns `operation-not-allowed` unless suspended earlier */
export function resumeTerm(running: RunningTerm, on: LocalDate): RunningTerm | CalendarError {
  const problem = checkDate(on);
  if (problem) return problem;
  if (running.suspendedOn === null)
    return refuse('operation-not-allowed', {
      it: 'Il termine non è sospeso.',
      en: 'The term is not suspended.',
    });
  const days = daysBetween(running.suspendedOn, on);
  if (days < 0)
    return refuse('operation-not-allowed', {
      it: 'La ripresa non può precedere la sospensione.',
      en: 'It cannot resume before it was suspended.',
    });
  return { ...running, extraDays: running.extraDays + days, suspendedOn: null };
}

/** The nominal date moves by so many calendar days. @returns `days-invalid` unless a whole number from 1 on */
export function extendTerm(running: RunningTerm, days: number): RunningTerm | CalendarError {
  const problem = checkDays(running);
  if (problem) return problem;
  if (Number.isInteger(days) && days >= 1) return { ...running, extraDays: running.extraDays + days };
  return refuse('days-invalid', {
    it: 'La proroga è un numero intero di giorni, da 1 in su.',
    en: 'The extension is a whole number of days, 1 or more.',
  });
}

/** The term is cancelled and a new, full one starts. */
export function interruptTerm(running: RunningTerm, base: string): RunningTerm {
  return startTerm(running.term, base, running.setting);
}

/** The base was wrong: the same term, with its suspensions and extensions, from the right one. */
export function rebaseTerm(running: RunningTerm, base: string): RunningTerm {
  return { ...running, base };
}

/** The dates as they stand; the holiday shift is applied once, at the end. Source: legal-calendar.md § 2 */
export function datesOf(
  { term, base, extraDays, setting }: RunningTerm,
  circumstances: Omit<Circumstances, 'extraDays' | 'setting'>,
): TermDates | CalendarError {
  return computeTerm(term, base, { ...circumstances, extraDays, setting });
}

function checkDays({ term }: RunningTerm): CalendarError | null {
  if (grainOfTerm(term) === 'day') return null;
  return refuse('operation-not-allowed', {
    it: 'Un termine a ore non si sospende e non si proroga a giorni.',
    en: 'A term in hours is neither suspended nor extended by days.',
  });
}

function checkDate(date: LocalDate): CalendarError | null {
  return isRealDate(date)
    ? null
    : refuse('date-invalid', {
        it: `«${date}» non è un giorno del calendario (AAAA-MM-GG).`,
        en: `“${date}” is not a day of the calendar (YYYY-MM-DD).`,
      });
}
