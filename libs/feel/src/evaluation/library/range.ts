import { and, equals, less, negate, or } from '../compare.ts';
import type { Truth } from '../compare.ts';
import { includes } from '../membership.ts';
import { FeelRange } from '../range.ts';
import type { Run } from '../run.ts';
import type { Value } from '../values.ts';
import { builtIn, point, range, signature } from './define.ts';

/**
 * How points and ranges lie to one another.
 * Source: DMN 1.3 §10.3.4.7, "Semantics of range functions"
 */

/** A side of a range: nothing lies beyond an end that a range has not. */
interface Bound {
  readonly at: Value;
  readonly included: boolean;
}

const startOf = ({ start, startIncluded }: FeelRange): Bound => ({ at: start, included: startIncluded });
const endOf = ({ end, endIncluded }: FeelRange): Bound => ({ at: end, included: endIncluded });

const known = (...bounds: readonly Bound[]): boolean => bounds.every(({ at }) => at !== null);

/** Whether an end comes before a start, so that nothing lies in both. */
function endsBefore(end: Bound, start: Bound, run: Run): Truth {
  if (!known(end, start)) return false;
  const touch = equals(end.at, start.at, run);
  return or(less(end.at, start.at), and(touch, !(end.included && start.included)));
}

/** Whether a start lets in all that another lets in. */
function startsNoLater(a: Bound, b: Bound, run: Run): Truth {
  if (a.at === null) return true;
  if (b.at === null) return false;
  return or(less(a.at, b.at), and(equals(a.at, b.at, run), a.included || !b.included));
}

function endsNoEarlier(a: Bound, b: Bound, run: Run): Truth {
  if (a.at === null) return true;
  if (b.at === null) return false;
  return or(less(b.at, a.at), and(equals(a.at, b.at, run), a.included || !b.included));
}

function sameBound(a: Bound, b: Bound, run: Run): Truth {
  return and(a.included === b.included, equals(a.at, b.at, run));
}

const pointBound = (at: Value): Bound => ({ at, included: true });
const asStart = (it: Value): Bound => (it instanceof FeelRange ? startOf(it) : pointBound(it));
const asEnd = (it: Value): Bound => (it instanceof FeelRange ? endOf(it) : pointBound(it));

const before = (a: Value, b: Value, run: Run): Truth => endsBefore(asEnd(a), asStart(b), run);

const meets = (a: FeelRange, b: FeelRange, run: Run): Truth =>
  and(a.endIncluded && b.startIncluded, equals(a.end, b.start, run));

const overlaps = (a: FeelRange, b: FeelRange, run: Run): Truth =>
  and(negate(before(a, b, run)), negate(before(b, a, run)));

/** The first starts outside the second and ends in it, or with it. */
function overlapsBefore(a: FeelRange, b: FeelRange, run: Run): Truth {
  return and(
    and(negate(startsNoLater(startOf(b), startOf(a), run)), negate(endsBefore(endOf(a), startOf(b), run))),
    endsNoEarlier(endOf(b), endOf(a), run),
  );
}

/** The second starts outside the first; the first ends outside the second, or with it. */
function overlapsAfter(a: FeelRange, b: FeelRange, run: Run): Truth {
  return and(
    and(negate(startsNoLater(startOf(a), startOf(b), run)), negate(endsBefore(endOf(b), startOf(a), run))),
    endsNoEarlier(endOf(a), endOf(b), run),
  );
}

const covers = (a: FeelRange, b: Value, run: Run): Truth =>
  b instanceof FeelRange
    ? and(startsNoLater(startOf(a), startOf(b), run), endsNoEarlier(endOf(a), endOf(b), run))
    : includes(a, b);

const finishes = (a: Value, b: FeelRange, run: Run): Truth =>
  a instanceof FeelRange
    ? and(sameBound(endOf(a), endOf(b), run), startsNoLater(startOf(b), startOf(a), run))
    : and(b.endIncluded, equals(b.end, a, run));

const starts = (a: Value, b: FeelRange, run: Run): Truth =>
  a instanceof FeelRange
    ? and(sameBound(startOf(a), startOf(b), run), endsNoEarlier(endOf(b), endOf(a), run))
    : and(b.startIncluded, equals(b.start, a, run));

const coincides = (a: Value, b: Value, run: Run): Truth =>
  and(sameBound(asStart(a), asStart(b), run), sameBound(asEnd(a), asEnd(b), run));

/** Over points and ranges in every order. */
const either = (relation: (a: Value, b: Value, run: Run) => Truth) =>
  builtIn(
    signature('point1, point2', [point, point], relation),
    signature('point, range', [point, range], relation),
    signature('range, point', [range, point], relation),
    signature('range1, range2', [range, range], relation),
  );

const ranges = (relation: (a: FeelRange, b: FeelRange, run: Run) => Truth) =>
  builtIn(signature('range1, range2', [range, range], relation));

/** A point or a range, and a range that it is measured by. */
const within = (relation: (a: Value, b: FeelRange, run: Run) => Truth) =>
  builtIn(
    signature('point, range', [point, range], relation),
    signature('range1, range2', [range, range], relation),
  );

const around = (relation: (a: FeelRange, b: Value, run: Run) => Truth) =>
  builtIn(
    signature('range, point', [range, point], relation),
    signature('range1, range2', [range, range], relation),
  );

export const rangeFunctions = {
  before: either(before),
  after: either((a, b, run) => before(b, a, run)),
  meets: ranges(meets),
  'met by': ranges((a, b, run) => meets(b, a, run)),
  overlaps: ranges(overlaps),
  'overlaps before': ranges(overlapsBefore),
  'overlaps after': ranges(overlapsAfter),
  finishes: within(finishes),
  'finished by': around((a, b, run) => finishes(b, a, run)),
  includes: around(covers),
  during: within((a, b, run) => covers(b, a, run)),
  starts: within(starts),
  'started by': around((a, b, run) => starts(b, a, run)),
  coincides: builtIn(
    signature('point1, point2', [point, point], coincides),
    signature('range1, range2', [range, range], coincides),
  ),
};
