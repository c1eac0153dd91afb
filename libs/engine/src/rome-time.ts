import type { Instant } from './events.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** 01:00 UTC of the last Sunday of a month (0–11), when all of the EU changes its clocks. */
function clockChange(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month + 1, 0));
  return last.getTime() - last.getUTCDay() * dayMs + hourMs;
}

/** How far clocks in Rome are ahead of UTC. Source: Directive 2000/84/EC */
function romeOffsetMs(at: number): number {
  const year = new Date(at).getUTCFullYear();
  return at >= clockChange(year, 2) && at < clockChange(year, 9) ? 2 * hourMs : hourMs;
}

/** The wall clock in Rome at an instant, as if it were UTC. */
function wallOf(at: number): number {
  return at + romeOffsetMs(at);
}

/** The instant of a wall time in Rome; of two the first, of none the time after the gap. */
function instantOf(wall: number): number {
  const summer = wall - 2 * hourMs;
  return romeOffsetMs(summer) === 2 * hourMs ? summer : wall - hourMs;
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
    at = instantOf(wall.getTime() + days * dayMs);
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
  if (Number.isNaN(written) || !realDate(date)) return null;
  return toInstant(offset === undefined ? instantOf(written) : written);
}

/** Whether `YYYY-MM-DD` is a day of the calendar (30 February is not). */
export function realDate(date: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return false;
  const at = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date);
}

function toInstant(at: number): Instant | null {
  const year = new Date(at).getUTCFullYear();
  return year >= 1 && year <= 9999 ? new Date(at).toISOString() : null;
}
