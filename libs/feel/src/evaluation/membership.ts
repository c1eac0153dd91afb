import { and, equals, less, lessOrEqual, or, same } from './compare.ts';
import type { Truth } from './compare.ts';
import { FeelRange } from './range.ts';
import type { Run } from './run.ts';
import { isList, kindOf } from './values.ts';
import type { Value } from './values.ts';

const endpoints = new Set([
  'number',
  'string',
  'date',
  'time',
  'date and time',
  'days and time duration',
  'years and months duration',
]);

/**
 * A range between two values.
 * @returns null when the endpoints are of different kinds, of a kind without an order, or in the wrong order
 */
export function rangeBetween(
  start: Value,
  end: Value,
  startIncluded: boolean,
  endIncluded: boolean,
): FeelRange | null {
  const kind = kindOf(start);
  if (kind !== kindOf(end) || !endpoints.has(kind) || less(end, start) === true) return null;
  return new FeelRange(start, end, startIncluded, endIncluded);
}

export type Ordering = '<' | '<=' | '>' | '>=';

/** The range that `< 10` and its like are. */
export function rangeOf(operator: Ordering, endpoint: Value): FeelRange | null {
  if (!endpoints.has(kindOf(endpoint))) return null;
  const included = operator.length === 2;
  return operator.startsWith('<')
    ? new FeelRange(null, endpoint, false, included)
    : new FeelRange(endpoint, null, included, false);
}

/** Whether a value lies between two others: `e1 > e2 and e1 < e3`, or with equality. */
export function liesBetween(
  value: Value,
  start: Value,
  end: Value,
  startIncluded: boolean,
  endIncluded: boolean,
): Truth {
  return and(
    startIncluded ? lessOrEqual(start, value) : less(start, value),
    endIncluded ? lessOrEqual(value, end) : less(value, end),
  );
}

/** Whether a value lies in a range; null when they do not compare. */
export function includes({ start, end, startIncluded, endIncluded }: FeelRange, value: Value): Truth {
  if (start === null) return endIncluded ? lessOrEqual(value, end) : less(value, end);
  if (end === null) return startIncluded ? lessOrEqual(start, value) : less(start, value);
  return liesBetween(value, start, end, startIncluded, endIncluded);
}

/**
 * `value in tested`, for a value that is tested against what an expression gave: a range includes it, a list
 * contains it (or is it), anything else equals it.
 * Source: DMN 1.3 §10.3.2.15, "Semantics of decision table syntax"
 */
export function isIn(value: Value, tested: Value, run: Run): Truth {
  if (tested instanceof FeelRange && !(value instanceof FeelRange)) return includes(tested, value);
  if (!isList(tested)) return equals(value, tested, run);
  if (isList(value) && same(value, tested, run)) return true;
  run.spend(tested.length);
  let unknown = false;
  for (const item of tested) {
    const found = item instanceof FeelRange ? isIn(value, item, run) : same(value, item, run);
    if (found === true) return true;
    unknown ||= found === null;
  }
  return unknown ? null : false;
}

/** `value in [e1, e2, …]` with the items written out: `value in e1 or value in e2 or …`. */
export function isAmong(value: Value, items: readonly Value[], run: Run): Truth {
  let found: Truth = isList(value) && same(value, items, run);
  for (const item of items) {
    found = or(found, item instanceof FeelRange ? isIn(value, item, run) : equals(value, item, run));
  }
  return found;
}
