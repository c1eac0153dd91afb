import * as decimal from './decimal.ts';
import type { Run } from './run.ts';
import { addMonths, farthestYear } from './temporal/calendar.ts';
import { DaysDuration, MonthsDuration } from './temporal/duration.ts';
import { DateTime, FeelDate, FeelTime, dateOf, nanosPerDay } from './temporal/temporal.ts';
import type { Value } from './values.ts';

/**
 * The arithmetic operators. What they are not defined for gives null.
 * Source: DMN 1.3 §10.3.2.15, the tables of addition to exponentiation
 */

export function add(a: Value, b: Value, run: Run): Value {
  if (typeof a === 'number') return typeof b === 'number' ? decimal.add(a, b) : null;
  if (typeof a === 'string') return typeof b === 'string' ? run.text(a + b) : null;
  if (a instanceof MonthsDuration) {
    if (b instanceof MonthsDuration) return monthsOf(a.months + b.months);
    return b instanceof FeelDate || b instanceof DateTime ? shift(b, a, 1) : null;
  }
  if (a instanceof DaysDuration) {
    if (b instanceof DaysDuration) return DaysDuration.of(a.seconds + b.seconds, a.nanos + b.nanos);
    return isTemporal(b) ? shift(b, a, 1) : null;
  }
  return isTemporal(a) && isDuration(b) ? shift(a, b, 1) : null;
}

export function subtract(a: Value, b: Value): Value {
  if (typeof a === 'number') return typeof b === 'number' ? decimal.subtract(a, b) : null;
  if (a instanceof MonthsDuration) return b instanceof MonthsDuration ? monthsOf(a.months - b.months) : null;
  if (a instanceof DaysDuration) {
    return b instanceof DaysDuration ? DaysDuration.of(a.seconds - b.seconds, a.nanos - b.nanos) : null;
  }
  if (isTemporal(a) && isDuration(b)) return shift(a, b, -1);
  if (a instanceof FeelTime) return b instanceof FeelTime ? betweenTimes(a, b) : null;
  return isDay(a) && isDay(b) ? between(a, b) : null;
}

export function multiply(a: Value, b: Value): Value {
  if (typeof a === 'number') {
    if (typeof b === 'number') return decimal.multiply(a, b);
    return isDuration(b) ? times(b, a) : null;
  }
  return isDuration(a) && typeof b === 'number' ? times(a, b) : null;
}

export function divide(a: Value, b: Value): Value {
  if (typeof a === 'number') return typeof b === 'number' ? decimal.divide(a, b) : null;
  if (a instanceof MonthsDuration && b instanceof MonthsDuration) return decimal.divide(a.months, b.months);
  if (a instanceof DaysDuration && b instanceof DaysDuration) return decimal.divide(a.value, b.value);
  if (!isDuration(a) || typeof b !== 'number' || b === 0) return null;
  if (a instanceof MonthsDuration) return monthsOf(Math.trunc(a.months / b));
  return seconds(decimal.divide(a.value, b));
}

export function power(a: Value, b: Value): Value {
  return typeof a === 'number' && typeof b === 'number' ? decimal.power(a, b) : null;
}

/** `-e` is `0 - e`; of a duration, its opposite. */
export function negate(a: Value): Value {
  if (typeof a === 'number') return 0 - a;
  if (a instanceof MonthsDuration) return monthsOf(0 - a.months);
  return a instanceof DaysDuration ? a.negated() : null;
}

type Temporal = FeelDate | FeelTime | DateTime;
type Duration = MonthsDuration | DaysDuration;

const isTemporal = (it: Value): it is Temporal =>
  it instanceof FeelDate || it instanceof DateTime || it instanceof FeelTime;
const isDay = (it: Value): it is FeelDate | DateTime => it instanceof FeelDate || it instanceof DateTime;
const isDuration = (it: Value): it is Duration => it instanceof DaysDuration || it instanceof MonthsDuration;

const monthsOf = (months: number): MonthsDuration | null =>
  Number.isSafeInteger(months) ? new MonthsDuration(months + 0) : null;

function times(duration: Duration, factor: number): Value {
  if (duration instanceof MonthsDuration) return monthsOf(Math.trunc(duration.months * factor));
  return seconds(decimal.multiply(duration.value, factor));
}

/** A number of seconds as a duration. */
function seconds(count: number | null): DaysDuration | null {
  if (count === null) return null;
  const whole = Math.floor(count);
  return DaysDuration.of(whole, Math.round((decimal.subtract(count, whole) ?? 0) * 1e9));
}

/** Years and months keep the day of the month, days and time are counted in seconds. */
function shift(at: Temporal, by: Duration, sign: 1 | -1): Value {
  if (by instanceof MonthsDuration) {
    if (at instanceof FeelTime) return null;
    const day = inRange(dateOf(addMonths(new FeelDate(at.day).civil, sign * by.months)));
    if (day === null || at instanceof FeelDate) return day;
    return at.zone === null
      ? new DateTime(day.day, at.nanosOfDay, at.offset)
      : DateTime.inZone(day.day, at.nanosOfDay, at.zone);
  }
  const { seconds: moved, nanos } = sign === 1 ? by : by.negated();
  if (at instanceof FeelTime) {
    const raw = at.nanosOfDay + (moved % 86_400) * 1e9 + nanos;
    return new FeelTime(((raw % nanosPerDay) + nanosPerDay) % nanosPerDay, at.offset, at.zone);
  }
  if (at instanceof FeelDate) return inRange(new FeelDate(at.day + Math.floor(moved / 86_400)));
  const sum = at.nanos + nanos;
  const epoch = at.epochSeconds + moved + Math.floor(sum / 1e9);
  if (!Number.isSafeInteger(epoch)) return null;
  // A local one counts as if in UTC, and stays local.
  const found = DateTime.at(epoch, sum % 1e9, at.zone ?? at.offset ?? 0);
  return inRange(at.offset === null ? new DateTime(found.day, found.nanosOfDay, null) : found);
}

const inRange = <T extends FeelDate | DateTime>(it: T): T | null =>
  Math.abs(new FeelDate(it.day).civil.year) <= farthestYear ? it : null;

/** A date counts as midnight in UTC; with an offset on one side only there is no answer. */
function between(a: FeelDate | DateTime, b: FeelDate | DateTime): Value {
  if (a instanceof FeelDate && b instanceof FeelDate) return DaysDuration.of((a.day - b.day) * 86_400);
  const [x, y] = [midnight(a), midnight(b)];
  if ((x.offset === null) !== (y.offset === null)) return null;
  return DaysDuration.of(x.epochSeconds - y.epochSeconds, x.nanos - y.nanos);
}

const midnight = (it: FeelDate | DateTime): DateTime =>
  it instanceof FeelDate ? new DateTime(it.day, 0, 0) : it;

function betweenTimes(a: FeelTime, b: FeelTime): Value {
  if ((a.offset === null) !== (b.offset === null)) return null;
  return DaysDuration.of((b.offset ?? 0) - (a.offset ?? 0), a.nanosOfDay - b.nanosOfDay);
}
