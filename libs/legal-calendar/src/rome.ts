import summerTimes from './data/summer-time.json' with { type: 'json' };
import { civilOf, dayOf, daysInMonth, formatDay, parseDay, weekdayOf } from './day.ts';
import { refuse } from './errors.ts';
import type { CalendarError, Instant, LocalDate } from './types.ts';

const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;

const rules: readonly { validTo: number | null; startMonth: number; endMonth: number }[] = summerTimes;

/** 01:00 UTC of the last Sunday of a month, when the clocks change. */
function clockChange(year: number, month: number): number {
  const last = dayOf(year, month, daysInMonth(year, month));
  return (last - weekdayOf(last)) * dayMs + hourMs;
}

/**
 * How far clocks in Rome are ahead of UTC at an instant (milliseconds since 1970), in milliseconds. Years before
 * the first rule of the data are answered by that rule.
 * Norm: directive 2000/84/EC and its predecessors
 */
export function romeOffsetMs(at: number): number {
  const { year } = civilOf(Math.floor(at / dayMs));
  const rule = rules.find(({ validTo }) => validTo === null || year <= validTo);
  if (!rule) throw new RangeError(`No rule for the clocks of ${year}`);
  const isSummer = at >= clockChange(year, rule.startMonth) && at < clockChange(year, rule.endMonth);
  return isSummer ? 2 * hourMs : hourMs;
}

/** The same in hours, 1 or 2. */
export function romeOffsetHours(at: number): number {
  return romeOffsetMs(at) / hourMs;
}

/** The instants whose wall clock in Rome shows `wall` (as if it were UTC): one, two or none; earliest first. */
export function instantsAtWall(wall: number): readonly number[] {
  return [wall - 2 * hourMs, wall - hourMs].filter((at) => at + romeOffsetMs(at) === wall);
}

/** The instant of a wall time: of two the first; of none the time that much after the gap. */
export function instantAtWall(wall: number): number {
  return instantsAtWall(wall)[0] ?? wall - hourMs;
}

/** An instant with Rome's offset, `2026-03-12T09:20:00+01:00`. */
export function formatRome(at: number): Instant {
  const offset = romeOffsetMs(at);
  const wall = new Date(at + offset).toISOString();
  return `${wall.slice(0, wall.endsWith('.000Z') ? 19 : 23)}+0${offset / hourMs}:00`;
}

const instantPattern =
  /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:([Zz])|([+-])(\d{2}):(\d{2}))?$/;

interface ReadTime {
  /** The written clock, as if it were UTC. */
  readonly wall: number;
  /** Null: no offset was written. */
  readonly offsetMs: number | null;
}

function readTime(text: string): ReadTime | null {
  const match = instantPattern.exec(text);
  const day = match?.[1] === undefined ? null : parseDay(match[1]);
  if (!match || day === null) return null;
  const [hour, minute, second] = [Number(match[2]), Number(match[3]), Number(match[4] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return null;
  const ms = Number((match[5] ?? '').padEnd(3, '0').slice(0, 3));
  const wall = day * dayMs + hour * hourMs + minute * minuteMs + second * 1000 + ms;
  if (match[6] !== undefined) return { wall, offsetMs: 0 };
  if (match[7] === undefined) return { wall, offsetMs: null };
  const [hours, minutes] = [Number(match[8]), Number(match[9])];
  if (hours > 23 || minutes > 59) return null;
  return { wall, offsetMs: (match[7] === '-' ? -1 : 1) * (hours * hourMs + minutes * minuteMs) };
}

/**
 * Milliseconds since 1970 of an RFC 3339 instant, or of a local time in Rome without offset.
 * @param which of a local time that the clocks show twice
 * @returns `instant-invalid`; `time-not-existing` for a time that the clocks skip in spring, also when written
 *   with one of Rome's two offsets; `time-ambiguous` for one they show twice in autumn, unless `which` is said
 */
export function readInstant(text: string, which?: 'first' | 'second'): number | CalendarError {
  const time = readTime(text);
  if (!time)
    return refuse('instant-invalid', {
      it: `«${text}» non è una data con ora valida (AAAA-MM-GGTHH:MM).`,
      en: `“${text}” is not a valid date with a time (YYYY-MM-DDTHH:MM).`,
    });
  const candidates = instantsAtWall(time.wall);
  const maybeRome = time.offsetMs === null || time.offsetMs === hourMs || time.offsetMs === 2 * hourMs;
  if (maybeRome && candidates.length === 0) {
    return refuse('time-not-existing', {
      it: `${text} in Italia non esiste: quel giorno l’ora legale salta dalle 02:00 alle 03:00.`,
      en: `${text} does not exist in Italy: that day the clocks go forward from 02:00 to 03:00.`,
    });
  }
  if (time.offsetMs !== null) return time.wall - time.offsetMs;
  if (candidates.length === 2 && which === undefined) {
    return refuse('time-ambiguous', {
      it: `${text} ricorre due volte quella notte: indicare la prima (+02:00) o la seconda (+01:00).`,
      en: `${text} comes twice that night: say the first (+02:00) or the second (+01:00).`,
    });
  }
  return (which === 'second' ? candidates.at(-1) : candidates[0]) as number;
}

/**
 * An instant from a local time in Rome, `2026-03-10T09:20`, as people type it; an offset, when written, counts.
 * @param which for a time that the clocks show twice: the first (summer time) or the second
 * @returns the instant with Rome's offset, or the refusal of `readInstant`
 * Source: legal-calendar.md § 3
 */
export function parseLocalInstant(text: string, which?: 'first' | 'second'): Instant | CalendarError {
  const at = readInstant(text, which);
  return typeof at === 'number' ? formatRome(at) : at;
}

function instantOrThrow(text: string): number {
  const at = readInstant(text);
  if (typeof at === 'number') return at;
  throw new RangeError(at.message.it);
}

/**
 * The day on the calendar in Rome at an instant: what a legal term compares.
 * @throws RangeError for what is no instant
 */
export function romeDate(instant: Instant): LocalDate {
  const at = instantOrThrow(instant);
  return formatDay(Math.floor((at + romeOffsetMs(at)) / dayMs));
}

const timePattern = /^([01]\d|2[0-3]):([0-5]\d)$/;

/**
 * The instant at which clocks in Rome show a time; of two the first, in the gap of spring an hour later.
 * @param time `HH:MM`
 * @returns in UTC with milliseconds
 * @throws RangeError for what is no date or time
 */
export function atRome(date: LocalDate, time: string): Instant {
  const day = parseDay(date);
  const match = timePattern.exec(time);
  if (day === null || !match) throw new RangeError(`Not a local time: ${date} ${time}`);
  const wall = day * dayMs + Number(match[1]) * hourMs + Number(match[2]) * minuteMs;
  return new Date(instantAtWall(wall)).toISOString();
}

/**
 * 00:00 in Rome of the day after: from then on a term that ends on the date is over (R1).
 * @throws RangeError for what is no date
 */
export function startOfNextDay(date: LocalDate): Instant {
  const day = parseDay(date);
  if (day === null) throw new RangeError(`Not a date (YYYY-MM-DD): ${date}`);
  return new Date(instantAtWall((day + 1) * dayMs)).toISOString();
}

/**
 * The legal date of a fact: a date as it is, an instant or a local time as the day in Rome.
 * @returns null when the text is none of these
 */
export function localDateOf(text: string): LocalDate | null {
  if (parseDay(text) !== null) return text;
  const time = readTime(text);
  if (!time) return null;
  if (time.offsetMs === null) return text.slice(0, 10);
  const at = time.wall - time.offsetMs;
  return formatDay(Math.floor((at + romeOffsetMs(at)) / dayMs));
}
