import { is } from '../compare.ts';
import {
  addMonths,
  dayOf,
  dayOfYear,
  daysInMonth,
  isDate,
  weekdayOf,
  weekOfYear,
} from '../temporal/calendar.ts';
import { MonthsDuration } from '../temporal/duration.ts';
import { parseDate, parseDateTime, parseDuration, parseTime } from '../temporal/parse.ts';
import { DateTime, FeelDate, FeelTime } from '../temporal/temporal.ts';
import { isZone } from '../temporal/zone.ts';
import type { Value } from '../values.ts';
import {
  any,
  builtIn,
  date,
  dateTime,
  day,
  daysDuration,
  integer,
  number,
  optional,
  signature,
  string,
  time,
} from './define.ts';

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** Looking at a zone's rules takes as long as this many steps. */
const zoneSteps = 50;

function combined(on: FeelDate | DateTime, at: FeelTime): DateTime {
  return at.zone === null
    ? new DateTime(on.day, at.nanosOfDay, at.offset)
    : DateTime.inZone(on.day, at.nanosOfDay, at.zone);
}

/** The same instant on the clock of a zone; a local time is taken to be in UTC. */
function inZone(it: DateTime, zone: string): Value {
  if (/^[zZ]$/.test(zone)) return DateTime.at(it.epochSeconds, it.nanos, 0);
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(zone) ?? [];
  if (sign !== undefined) {
    const offset = (Number(hours) * 60 + Number(minutes)) * 60;
    return offset > 14 * 3_600
      ? null
      : DateTime.at(it.epochSeconds, it.nanos, sign === '-' ? -offset : offset);
  }
  return isZone(zone) ? DateTime.at(it.epochSeconds, it.nanos, zone) : null;
}

function timeOf(hour: number, minute: number, second: number, offset: number | null): Value {
  const inDay = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
  if (!inDay || (offset !== null && Math.abs(offset) > 14 * 3_600)) return null;
  return new FeelTime((hour * 60 + minute) * 60e9 + Math.round(second * 1e9), offset);
}

/** Whole months that have passed, counted from the first date; negative backwards. */
function monthsBetween(from: FeelDate | DateTime, to: FeelDate | DateTime): Value {
  if (from.kind !== to.kind) return null;
  const [a, b] = [new FeelDate(from.day).civil, new FeelDate(to.day).civil];
  const rough = (b.year - a.year) * 12 + b.month - a.month;
  const clock = (it: FeelDate | DateTime) => (it instanceof DateTime ? it.nanosOfDay : 0);
  // The last month counts when the day, and the time of day, has been reached.
  const arrival = dayOf(addMonths(a, rough));
  const passed = (arrival - to.day) * 864e11 + clock(from) - clock(to);
  if (rough > 0 && passed > 0) return new MonthsDuration(rough - 1);
  if (rough < 0 && passed < 0) return new MonthsDuration(rough + 1);
  return new MonthsDuration(rough);
}

/** DMN 1.3 §10.3.4.1, §10.3.4.6, §10.3.4.8; Camunda 8, "Temporal functions" and "Conversion functions". */
export const temporalFunctions = {
  date: builtIn(
    signature('from', [string], parseDate),
    signature('from', [day], (it) => new FeelDate(it.day)),
    signature('year, month, day', [integer, integer, integer], (year, month, of) => {
      const civil = { year, month, day: of };
      return isDate(civil) ? new FeelDate(dayOf(civil)) : null;
    }),
  ),
  time: builtIn(
    signature('from', [string], parseTime),
    signature('from', [time], (it) => it),
    signature('from', [dateTime], (it) => new FeelTime(it.nanosOfDay, it.offset, it.zone)),
    // A date is its midnight in UTC.
    signature('from', [date], () => new FeelTime(0, 0)),
    signature(
      'hour, minute, second, offset?',
      [integer, integer, number, optional(daysDuration)],
      (hour, minute, second, offset) => timeOf(hour, minute, second, offset && offset.seconds),
    ),
  ),
  'date and time': builtIn(
    signature('from', [string], (text, run) => {
      run.spend(zoneSteps);
      return parseDateTime(text);
    }),
    signature('from', [dateTime], (it) => it),
    signature('from', [date], (it) => new DateTime(it.day, 0, 0)),
    signature('date, time', [day, time], (on, at, run) => {
      run.spend(zoneSteps);
      return combined(on, at);
    }),
    signature('date, timezone', [dateTime, string], (it, zone, run) => {
      run.spend(zoneSteps);
      return inZone(it, zone);
    }),
  ),
  duration: builtIn(signature('from', [string], parseDuration)),
  'years and months duration': builtIn(signature('from, to', [day, day], monthsBetween)),
  now: builtIn(signature('', [], (run) => run.now())),
  today: builtIn(signature('', [], (run) => new FeelDate(run.now().day))),
  is: builtIn(signature('value1, value2', [any, any], is)),
  'day of year': builtIn(signature('date', [day], (it) => dayOfYear(it.day))),
  'day of week': builtIn(signature('date', [day], (it) => weekdays[weekdayOf(it.day) - 1] ?? null)),
  'month of year': builtIn(
    signature('date', [day], (it) => months[new FeelDate(it.day).civil.month - 1] ?? null),
  ),
  'week of year': builtIn(signature('date', [day], (it) => weekOfYear(it.day))),
  'last day of month': builtIn(
    signature('date', [day], (it) => {
      const { year, month } = new FeelDate(it.day).civil;
      return new FeelDate(dayOf({ year, month, day: daysInMonth(year, month) }));
    }),
  ),
};
