import { computeTerm, grainOfTerm, italianCalendar, proposedDate } from '@iter/legal-calendar';
import type { TermRule } from '@iter/legal-calendar';
import { countHours, whenRomeShows } from '../by-hand/clocks.ts';
import { countTerm, countToInstant } from '../by-hand/clerk.ts';
import type { Office } from '../by-hand/office.ts';
import { catalogue, settingOf } from '../compare.ts';
import { readPrinted } from './printed.ts';
import { readRule } from './rules.ts';
import type { DatesRow } from './table.ts';

// The dates of a row of a golden table, by the calendar and by hand; and what the row prints of them.

export const calendar = italianCalendar({ bodies: { c_patron: { patron: '06-24' } } });
const offices: Readonly<Record<string, Office>> = {
  c_patron: { patrons: [{ on: '06-24' }] },
  c_h501: { isRome: true },
};

/** @throws Error when the catalogue has no such term on that day */
export function ruleOf({ rule, term, from, inForce }: DatesRow): TermRule {
  if (rule !== undefined) return readRule(rule);
  const found = catalogue.term(term ?? '', readPrinted(inForce ?? from).slice(0, 10));
  if (found) return found;
  throw new Error(`The catalogue has no ${term} for ${inForce ?? from}`);
}

export function setOf({ set }: DatesRow): number | string | undefined {
  return typeof set === 'string' ? readPrinted(set) : set;
}

/** The days of suspensions, of deferred hearings and of other extensions. */
function extraDaysOf({ extraDays = 0, suspended = [], deferred = [] }: DatesRow): number {
  const days = (text: string): number => Date.parse(readPrinted(text)) / 86_400_000;
  return [...suspended, ...deferred].reduce((sum, { from, to }) => sum + days(to) - days(from), extraDays);
}

/** What the row prints of the dates. */
export function printedDates({ nominal, legal, safe, earliest, proposed }: DatesRow): object {
  const dates = Object.entries({ nominal, legal, safe, earliest, proposed });
  return Object.fromEntries(
    dates.flatMap(([name, text]) => (text === undefined ? [] : [[name, readPrinted(text)]])),
  );
}

type Dates = Readonly<
  Partial<Record<'nominal' | 'legal' | 'safe' | 'earliest' | 'proposed' | 'code', string | null>>
>;

/** The dates by the calendar, or the code of its refusal. */
export function byTheCalendar(row: DatesRow): Dates {
  const circumstances = {
    calendar,
    comune: row.comune ?? null,
    extraDays: extraDaysOf(row),
    setting: settingOf(setOf(row)),
  };
  const dates = computeTerm(ruleOf(row), readPrinted(row.from), circumstances);
  if ('code' in dates) return { code: dates.code };
  return {
    nominal: dates.nominalDate,
    legal: dates.legalDueDate,
    safe: dates.safeActionDate,
    earliest: dates.earliestActionDate,
    proposed: proposedDate(dates, circumstances),
  };
}

/** The dates by hand. */
export function byHand(row: DatesRow): Dates {
  const rule = ruleOf(row);
  const [base, set] = [readPrinted(row.from), setOf(row)];
  const office = offices[row.comune ?? ''] ?? {};
  if (grainOfTerm(rule) === 'day') {
    return countTerm(rule, base, {
      office,
      extraDays: extraDaysOf(row),
      ...(set === undefined ? {} : { set }),
    });
  }
  if (typeof set === 'string') return countToInstant(rule, set, office);
  const hasOffset = /[+-]\d{2}:\d{2}$/.test(base);
  const [at] = hasOffset ? [new Date(base)] : whenRomeShows(base);
  if (!at || !('unit' in rule)) throw new Error(`No instant to count from: ${base}`);
  const { elapsed, safe, legal } = countHours(rule.amount, at);
  return { nominal: elapsed, safe, legal };
}
