import { dayOf, isDate } from './calendar.ts';
import { DaysDuration, MonthsDuration, nanosPerSecond } from './duration.ts';
import { DateTime, FeelDate, FeelTime, nanosPerDay } from './temporal.ts';
import { isZone } from './zone.ts';

/**
 * Texts as dates, times and durations. Each gives null for what is none.
 * Source: DMN 1.3 §10.3.4.1 (lexical spaces of XML Schema part 2, and `@zone` behind a local time); Camunda's
 * `+01:00[Europe/Berlin]` besides
 */

const datePattern = /^(-?(?:[1-9]\d{3,8}|0\d{3}))-(\d\d)-(\d\d)$/;
const timePattern =
  /^T?(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:([Zz])|([+-])(\d\d):(\d\d)(?::(\d\d))?)?(?:@([^@[\]]+)|\[([^@[\]]+)\])?$/;
const monthsPattern = /^(-)?P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?$/;
const daysPattern = /^(-)?P(?=[\dT])(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?)?$/;

/** A fraction's digits as nanoseconds; finer ones are dropped. */
const nanosOf = (fraction = ''): number => Number(fraction.slice(0, 9).padEnd(9, '0'));

function parseDay(text: string): number | null {
  const [, year, month, day] = datePattern.exec(text) ?? [];
  const civil = { year: Number(year), month: Number(month), day: Number(day) };
  return isDate(civil) ? dayOf(civil) : null;
}

export function parseDate(text: string): FeelDate | null {
  const day = parseDay(text);
  return day === null ? null : new FeelDate(day);
}

const farthestOffset = 14 * 3_600;

interface Clock {
  readonly nanosOfDay: number;
  readonly offset: number | null;
  readonly zone: string | null;
}

/** 24:00:00 is the end of a day: as many nanoseconds as it has. */
function parseClock(text: string): Clock | null {
  const found = timePattern.exec(text);
  if (!found) return null;
  const [, h, m, s, fraction, utc, sign, offsetH, offsetM, offsetS, zone = null, bracketed = null] = found;
  const [hour, minute, second] = [Number(h), Number(m), Number(s)];
  const nanosOfDay = ((hour * 60 + minute) * 60 + second) * nanosPerSecond + nanosOf(fraction);
  if (minute > 59 || second > 59 || nanosOfDay > nanosPerDay) return null;
  const named = zone ?? bracketed;
  if (named !== null) {
    // Two answers to one question, unless it is the bracketed form.
    if (zone !== null && (utc ?? sign) !== undefined) return null;
    return isZone(named) ? { nanosOfDay, offset: null, zone: named } : null;
  }
  if (utc !== undefined) return { nanosOfDay, offset: 0, zone: null };
  if (sign === undefined) return { nanosOfDay, offset: null, zone: null };
  const offset = (Number(offsetH) * 60 + Number(offsetM)) * 60 + Number(offsetS ?? 0);
  if (Number(offsetM) > 59 || Number(offsetS ?? 0) > 59 || offset > farthestOffset) return null;
  return { nanosOfDay, offset: sign === '-' ? -offset + 0 : offset, zone: null };
}

export function parseTime(text: string): FeelTime | null {
  const clock = parseClock(text);
  if (!clock) return null;
  const nanosOfDay = clock.nanosOfDay % nanosPerDay;
  return clock.zone === null
    ? new FeelTime(nanosOfDay, clock.offset)
    : FeelTime.inZone(nanosOfDay, clock.zone);
}

/** A date alone is its midnight. */
export function parseDateTime(text: string): DateTime | null {
  const at = text.indexOf('T');
  const day = parseDay(at === -1 ? text : text.slice(0, at));
  if (day === null) return null;
  if (at === -1) return new DateTime(day, 0, null);
  const clock = parseClock(text.slice(at + 1));
  if (!clock || text[at + 1] === 'T') return null;
  const ends = clock.nanosOfDay === nanosPerDay;
  const [onDay, nanosOfDay] = ends ? [day + 1, 0] : [day, clock.nanosOfDay];
  return clock.zone === null
    ? new DateTime(onDay, nanosOfDay, clock.offset)
    : DateTime.inZone(onDay, nanosOfDay, clock.zone);
}

export function parseDuration(text: string): MonthsDuration | DaysDuration | null {
  const months = monthsPattern.exec(text);
  if (months) {
    const all = Number(months[2] ?? 0) * 12 + Number(months[3] ?? 0);
    return Number.isSafeInteger(all) ? new MonthsDuration(months[1] ? -all + 0 : all) : null;
  }
  const days = daysPattern.exec(text);
  if (!days) return null;
  const [, sign, d = 0, h = 0, m = 0, s = 0, fraction] = days;
  const all = DaysDuration.of(
    Number(d) * 86_400 + Number(h) * 3_600 + Number(m) * 60 + Number(s),
    nanosOf(fraction),
  );
  return all !== null && sign ? all.negated() : all;
}

/** What stands behind `@`: a date, a time, a date and time or a duration. */
export function parseTemporal(
  text: string,
): FeelDate | FeelTime | DateTime | MonthsDuration | DaysDuration | null {
  return (
    parseDuration(text) ??
    parseDate(text) ??
    parseTime(text) ??
    (text.includes('T') ? parseDateTime(text) : null)
  );
}
