import { FeelRange } from './range.ts';
import type { Run } from './run.ts';
import { DaysDuration, MonthsDuration } from './temporal/duration.ts';
import { DateTime, FeelDate, FeelTime } from './temporal/temporal.ts';
import { entryOf, isContext, isList, kindOf } from './values.ts';
import type { Value } from './values.ts';

/** True, false, or null for what cannot be said; DMN 1.3 §10.3.2.4. */
export type Truth = boolean | null;

export const negate = (truth: Truth): Truth => (truth === null ? null : !truth);

export function and(a: Truth, b: Truth): Truth {
  if (a === false || b === false) return false;
  return a === null || b === null ? null : true;
}

export function or(a: Truth, b: Truth): Truth {
  if (a === true || b === true) return true;
  return a === null || b === null ? null : false;
}

/**
 * Whether two values are equal: null for values of different kinds, unless one is null.
 * Lists and contexts are equal when all that they hold is; a zoned and a local time never are.
 * Source: DMN 1.3 §10.3.2.15, "General semantics of equality and inequality"
 */
export function equals(a: Value, b: Value, run: Run): Truth {
  if (a === null || b === null) return a === b;
  const kind = kindOf(a);
  if (kind !== kindOf(b)) return null;
  switch (kind) {
    case 'list':
      return sameItems(a as readonly Value[], b as readonly Value[], run);
    case 'context':
      return isContext(a) && isContext(b) && sameEntries(a, b, run);
    case 'range':
      return a instanceof FeelRange && b instanceof FeelRange && sameRange(a, b, run);
    case 'time':
    case 'date and time':
      return isLocal(a) === isLocal(b) && order(a, b) === 0;
    case 'function':
      return a === b;
    default:
      return a === b || order(a, b) === 0;
  }
}

/** Equality as a plain answer: what cannot be compared is not the same. */
export const same = (a: Value, b: Value, run: Run): boolean => equals(a, b, run) === true;

function sameItems(a: readonly Value[], b: readonly Value[], run: Run): boolean {
  run.spend(Math.min(a.length, b.length));
  return a.length === b.length && a.every((item, index) => same(item, b[index] ?? null, run));
}

function sameEntries(a: { readonly [key: string]: Value }, b: typeof a, run: Run): boolean {
  const keys = Object.keys(a);
  run.spend(keys.length);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => {
    const other = entryOf(b, key);
    return other !== undefined && same(a[key] ?? null, other, run);
  });
}

function sameRange(a: FeelRange, b: FeelRange, run: Run): boolean {
  return (
    a.startIncluded === b.startIncluded &&
    a.endIncluded === b.endIncluded &&
    same(a.start, b.start, run) &&
    same(a.end, b.end, run)
  );
}

const isLocal = (value: Value): boolean =>
  (value instanceof FeelTime || value instanceof DateTime) && value.offset === null;

/**
 * Negative, zero or positive as one value comes before the other; null when they have no order.
 * Where one of two times has no offset it is taken to have the other's.
 * Source: DMN 1.3 §10.3.2.15, "Specific semantics of inequality"
 */
export function order(a: Value, b: Value): number | null {
  if (typeof a === 'number') return typeof b === 'number' ? a - b : null;
  if (typeof a === 'string') return typeof b === 'string' ? orderOfTexts(a, b) : null;
  if (a instanceof FeelDate) return b instanceof FeelDate ? a.day - b.day : null;
  if (a instanceof DateTime) {
    if (!(b instanceof DateTime)) return null;
    const zoned = a.offset !== null && b.offset !== null;
    const seconds = zoned
      ? a.epochSeconds - b.epochSeconds
      : a.epochSeconds + (a.offset ?? 0) - b.epochSeconds - (b.offset ?? 0);
    return seconds || a.nanos - b.nanos;
  }
  if (a instanceof FeelTime) {
    if (!(b instanceof FeelTime)) return null;
    const shift = a.offset !== null && b.offset !== null ? (a.offset - b.offset) * 1e9 : 0;
    return a.nanosOfDay - shift - b.nanosOfDay;
  }
  if (a instanceof DaysDuration) {
    return b instanceof DaysDuration ? a.seconds - b.seconds || a.nanos - b.nanos : null;
  }
  if (a instanceof MonthsDuration) return b instanceof MonthsDuration ? a.months - b.months : null;
  return null;
}

/** By code points: JavaScript compares the halves of surrogate pairs. */
function orderOfTexts(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  if (at === length) return a.length - b.length;
  const [x, y] = [a.charCodeAt(at), b.charCodeAt(at)];
  const isHalf = (code: number) => code >= 0xd800 && code <= 0xdfff;
  // A half of a pair stands for a code point beyond all that have none.
  return isHalf(x) === isHalf(y) ? x - y : isHalf(x) ? 1 : -1;
}

export function less(a: Value, b: Value): Truth {
  const found = order(a, b);
  return found === null ? null : found < 0;
}

/** `a < b or a = b`, which is not the order alone: a zoned and a local time are never equal. */
export function lessOrEqual(a: Value, b: Value): Truth {
  const found = order(a, b);
  if (found === null) return null;
  return found < 0 || (found === 0 && isLocal(a) === isLocal(b));
}

/** Whether two values are the very same element of FEEL's domain: offsets and zones count. DMN 1.3 §10.3.4.6 */
export function is(a: Value, b: Value, run: Run): boolean {
  if ((a instanceof FeelTime && b instanceof FeelTime) || (a instanceof DateTime && b instanceof DateTime)) {
    return a.toString() === b.toString();
  }
  if (isList(a) && isList(b)) {
    run.spend(a.length);
    return a.length === b.length && a.every((item, index) => is(item, b[index] ?? null, run));
  }
  return same(a, b, run);
}
