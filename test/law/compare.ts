import { join } from 'node:path';
import { computeTerm, grainOfTerm, proposedDate } from '@iter/legal-calendar';
import type { LegalCalendar, Setting, Term, TermRule } from '@iter/legal-calendar';
import { loadCatalogue } from '@iter/process-catalog/catalogue';
import { countTerm } from './by-hand/clerk.ts';
import type { Given } from './by-hand/clerk.ts';
import type { Office } from './by-hand/office.ts';

/** The terms and ladders as they are deployed. */
export const catalogue = loadCatalogue(join(import.meta.dirname, '../../processes'));

/** A Comune as the calendar knows it, and as the clerk knows it. */
export interface Place {
  readonly comune: string | null;
  readonly office: Office;
}

export const italy: Place = { comune: null, office: {} };

export interface Asked extends Place {
  readonly extraDays?: number;
  /** What an act sets; undefined: nothing. */
  readonly set?: number | string | undefined;
}

/** Every day of 2024 to 2032. */
export const bases: readonly string[] = Array.from(
  { length: (Date.UTC(2033, 0, 1) - Date.UTC(2024, 0, 1)) / 86_400_000 },
  (_, i) => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10),
);

/** Terms by name and version, for the titles of specs. */
export function named(terms: readonly Term[]): readonly (readonly [string, Term])[] {
  return terms.map((term) => [`${term.key} since ${term.validFrom}`, term]);
}

export function countsByDays(term: TermRule): boolean {
  return grainOfTerm(term) === 'day';
}

export function settingOf(set: number | string | undefined): Setting | null {
  if (set === undefined) return null;
  return typeof set === 'string' ? { until: set } : { amount: set };
}

const text = (dates: readonly (string | null)[]): string => dates.map((date) => date ?? '–').join(' ');

/** Nominal, legal, safe, earliest and proposed date by the calendar, in one line; or the code of its refusal. */
export function byTheCalendar(term: TermRule, base: string, asked: Asked, calendar: LegalCalendar): string {
  const { comune, extraDays = 0, set } = asked;
  const circumstances = { calendar, comune, extraDays, setting: settingOf(set) };
  const dates = computeTerm(term, base, circumstances);
  if ('code' in dates) return dates.code;
  const { nominalDate, legalDueDate, safeActionDate, earliestActionDate } = dates;
  return text([
    nominalDate,
    legalDueDate,
    safeActionDate,
    earliestActionDate,
    proposedDate(dates, circumstances),
  ]);
}

/** The same by hand. */
export function byHand(term: TermRule, base: string, { office, extraDays = 0, set }: Asked): string {
  const given: Given = { office, extraDays, ...(set === undefined ? {} : { set }) };
  const { nominal, legal, safe, earliest, proposed } = countTerm(term, base, given);
  return text([nominal, legal, safe, earliest, proposed]);
}

/**
 * The first few bases from which the two differ.
 * @param ask what is asked of the nth base; null: nothing
 */
export function disagreements(
  term: TermRule,
  calendar: LegalCalendar,
  ask: (base: string, n: number) => Asked | null,
): readonly string[] {
  const found: string[] = [];
  for (const [n, base] of bases.entries()) {
    const asked = ask(base, n);
    if (asked === null) continue;
    const [calendars, hands] = [byTheCalendar(term, base, asked, calendar), byHand(term, base, asked)];
    if (calendars === hands) continue;
    found.push(`${base} ${JSON.stringify(asked)}: ${calendars}; by hand ${hands}`);
    if (found.length === 5) break;
  }
  return found;
}
