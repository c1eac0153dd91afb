import { atRome, isRealDate, parseLocalInstant } from '@iter/legal-calendar';
import type { CalendarError } from '@iter/legal-calendar';
import type { Instant } from './events.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

const minuteMs = 60_000;

/** The instant of a wall time in Rome; of two the first, of none the time after the gap. Within the years 1 to 9999. */
function instantOf(wall: number): number {
  const [date = '', time = ''] = new Date(wall).toISOString().split('T');
  const beyond = ((wall % minuteMs) + minuteMs) % minuteMs;
  return Date.parse(atRome(date, time.slice(0, 5))) + beyond;
}

/** The wall clock in Rome at an instant, as if it were UTC: two hours ahead where that leads back to it, else one. */
function wallOf(at: number): number {
  const summer = at + 2 * hourMs;
  return instantOf(summer) === at ? summer : at + hourMs;
}

function isWithinYears(at: number): boolean {
  const year = new Date(at).getUTCFullYear();
  return year >= 2 && year <= 9998;
}

export interface Duration {
  readonly months: number;
  readonly days: number;
  readonly ms: number;
}

const durationPattern =
  /^P(?=[\dT])(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/;

/** An ISO 8601 duration; null when it is none. */
export function parseDuration(text: string): Duration | null {
  const match = durationPattern.exec(text.trim());
  if (!match || text.length > 40) return null;
  const [years, months, weeks, days, hours, minutes, seconds] = match.slice(1).map((it) => Number(it ?? 0));
  return {
    months: (years ?? 0) * 12 + (months ?? 0),
    days: (weeks ?? 0) * 7 + (days ?? 0),
    ms: Math.round((hours ?? 0) * hourMs + (minutes ?? 0) * 60_000 + (seconds ?? 0) * 1000),
  };
}

/**
 * An instant later: first calendar months and days on the wall clock in Rome, so that `P1D` is the same time
 * tomorrow also when the clocks change, then real hours, minutes and seconds.
 * @returns null beyond the range of dates
 */
export function addDuration(from: Instant, { months, days, ms }: Duration): Instant | null {
  let at = Date.parse(from);
  if (months !== 0 || days !== 0) {
    const wall = new Date(wallOf(at));
    const day = wall.getUTCDate();
    wall.setUTCDate(1);
    wall.setUTCMonth(wall.getUTCMonth() + months);
    const lastDay = new Date(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() + 1, 0)).getUTCDate();
    wall.setUTCDate(Math.min(day, lastDay));
    const later = wall.getTime() + days * dayMs;
    if (!isWithinYears(later)) return null;
    at = instantOf(later);
  }
  return toInstant(at + ms);
}

const instantPattern =
  /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:\d{2})?)?(?:@Europe\/Rome|\[Europe\/Rome\])?$/;

/**
 * An instant from what forms and FEEL give: a date (its first moment in Rome), a local time (Rome's) or a
 * time with offset; null when it is none of these.
 */
export function parseInstant(text: string): Instant | null {
  const match = instantPattern.exec(text.trim());
  if (!match?.[1]) return null;
  const [, date, time = '00:00', offset] = match;
  const written = Date.parse(`${date}T${time}${offset ?? 'Z'}`);
  if (Number.isNaN(written) || !isRealDate(date)) return null;
  return toInstant(offset === undefined ? instantOf(written) : written);
}

/**
 * Why a date with a time, as people give it, is no instant in Rome: the clocks skip it in spring, also when it is written
 * with one of Rome's offsets, or show it twice in autumn and no offset says which; null: it is one.
 * Source: legal-calendar.md § 3
 */
export function clockFault(text: string): CalendarError | null {
  const read = parseLocalInstant(text);
  return typeof read === 'string' ? null : read;
}

function toInstant(at: number): Instant | null {
  return isWithinYears(at) ? new Date(at).toISOString() : null;
}
