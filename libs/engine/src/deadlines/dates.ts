import type { Label } from '@iter/process-model';
import { isRealDate, romeDate } from '@iter/legal-calendar';
import type { Json } from '@iter/process-model';
import { Stuck } from '../execution.ts';
import type { Execution } from '../execution.ts';
import { clockFault, parseInstant } from '../rome-time.ts';

/** How precisely a term counts: by days of the calendar in Rome, or by instants. */
export type Grain = 'day' | 'instant';

export function grainOf(date: string): Grain {
  return date.length === 10 ? 'day' : 'instant';
}

const hasOffset = /(Z|[+-]\d{2}:\d{2})$/;
const namesItsZone = /(Z|[+-]\d{2}:\d{2}|@Europe\/Rome|\[Europe\/Rome\])$/;

/**
 * A legally relevant date from what forms, FEEL and people give.
 * @returns `YYYY-MM-DD` in Rome, or for hour terms the instant, with its offset as it was written; null for null
 * @throws Stuck `date-invalid` for what is no date, and for hour terms for a day without a time and offset,
 *   and for a time that the clocks in Rome skip
 */
export function legalDate(value: Json, grain: Grain, what: Label): string | null {
  if (value === null) return null;
  if (typeof value === 'string') {
    const instant = parseInstant(value);
    if (grain === 'instant' && instant && namesItsZone.test(value)) {
      const never = hasOffset.test(value) ? clockFault(value) : null;
      if (never) {
        const { it, en } = never.message;
        throw new Stuck('date-invalid', { it: `${what.it}: ${it}`, en: `${what.en}: ${en}` });
      }
      return hasOffset.test(value) ? value : instant;
    }
    if (grain === 'day' && isRealDate(value)) return value;
    if (grain === 'day' && instant) return romeDate(instant);
  }
  const [it, en] =
    grain === 'day'
      ? ['una data (AAAA-MM-GG)', 'a date (YYYY-MM-DD)']
      : ['una data con l’ora e il fuso', 'a date with a time and offset'];
  throw new Stuck('date-invalid', { it: `${what.it} dev’essere ${it}.`, en: `${what.en} must be ${en}.` });
}

/** What the grain makes of the time at which the command's fact happened. */
export function occurred(x: Execution, grain: Grain): string {
  return grain === 'day' ? romeDate(x.env.occurredAt) : x.env.occurredAt;
}

/** Negative, zero or positive, as `a` is before, at or after `b`. */
export function compareDates(a: string, b: string): number {
  if (grainOf(a) === 'day' && grainOf(b) === 'day') return a < b ? -1 : a > b ? 1 : 0;
  return Date.parse(a) - Date.parse(b);
}

/** Whether a fact of that date has not happened yet. */
export function isFuture(x: Execution, date: string): boolean {
  return grainOf(date) === 'day' ? date > romeDate(x.env.now) : Date.parse(date) > Date.parse(x.env.now);
}
