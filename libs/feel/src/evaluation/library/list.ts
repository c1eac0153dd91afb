import { order, same } from '../compare.ts';
import type { Run } from '../run.ts';
import { isList } from '../values.ts';
import type { FeelFunction, Value } from '../values.ts';
import { any, builtIn, func, integer, list, listOf, signature } from './define.ts';

/** `f(list)` and `f(a, b, …)`. */
const aggregate = (body: (items: readonly Value[], run: Run) => Value): FeelFunction =>
  builtIn(
    signature('list', [list], body),
    signature('...list', [list], (items, run) => (items.length > 1 ? body(items, run) : null)),
  );

/** The first or the last item in order; null when two do not compare. */
const extreme = (sign: 1 | -1) =>
  aggregate((items) => {
    let [found = null] = items;
    for (const item of items) {
      const compared = order(item, found);
      if (compared === null) return null;
      if (compared * sign > 0) found = item;
    }
    return found;
  });

/** `all` and `any`: the deciding value wins, then anything that is no boolean makes it null. */
const quantify = (deciding: boolean) =>
  aggregate((items) => {
    if (items.includes(deciding)) return deciding;
    return items.every((it) => typeof it === 'boolean') ? !deciding : null;
  });

function distinct(items: readonly Value[], run: Run): Value[] {
  // Texts and numbers, which most items are, are found at once.
  const seen = new Set<Value>();
  const others: Value[] = [];
  const kept: Value[] = [];
  for (const item of items) {
    const isPlain = item === null || typeof item !== 'object';
    if (!isPlain) run.spend(others.length);
    if (isPlain ? seen.has(item) : others.some((it) => same(it, item, run))) continue;
    if (isPlain) seen.add(item);
    else others.push(item);
    kept.push(item);
  }
  return kept;
}

function duplicates(items: readonly Value[], run: Run): Value[] {
  return distinct(items, run).filter((item) => {
    run.spend(items.length);
    return items.filter((it) => same(it, item, run)).length > 1;
  });
}

function flatten(items: readonly Value[], run: Run): Value[] {
  run.spend(items.length);
  return items.flatMap((item) => (isList(item) ? run.enter(() => flatten(item, run)) : [item]));
}

/** A place in a list, as an index; null when the list has no such place. */
function indexOf(place: number, length: number): number | null {
  if (place === 0 || Math.abs(place) > length) return null;
  return place > 0 ? place - 1 : length + place;
}

const replaced = (
  items: readonly Value[],
  index: number | null,
  count: number,
  made: readonly Value[],
): Value => (index === null ? null : [...items.slice(0, index), ...made, ...items.slice(index + count)]);

/** Stable, by merging: the function is asked as rarely as can be, and may say what it likes. DMN 1.3 §10.3.4.9 */
function sort(items: readonly Value[], precedes: (a: Value, b: Value) => boolean): readonly Value[] {
  if (items.length < 2) return items;
  const middle = items.length >> 1;
  const left = sort(items.slice(0, middle), precedes);
  const right = sort(items.slice(middle), precedes);
  const merged: Value[] = [];
  let [l, r] = [0, 0];
  while (l < left.length && r < right.length) {
    const [a, b] = [left[l] ?? null, right[r] ?? null];
    if (precedes(b, a)) {
      merged.push(b);
      r++;
    } else {
      merged.push(a);
      l++;
    }
  }
  return [...merged, ...left.slice(l), ...right.slice(r)];
}

const ask = (run: Run, precedes: FeelFunction, a: Value, b: Value): boolean =>
  run.enter(() => precedes.call([a, b], run)) === true;

/** DMN 1.3 §10.3.4.4 and §10.3.4.9; Camunda 8, "List functions". */
export const listFunctions = {
  'list contains': builtIn(
    signature('list, element', [list, any], (items, element, run) =>
      items.some((it) => same(it, element, run)),
    ),
  ),
  count: builtIn(signature('list', [list], (items) => items.length)),
  min: extreme(-1),
  max: extreme(1),
  all: quantify(false),
  any: quantify(true),
  sublist: builtIn(
    signature('list, start position, length', [list, integer, integer], (items, start, length) => {
      const from = indexOf(start, items.length);
      return from === null || length < 1 ? null : items.slice(from, from + length);
    }),
    signature('list, start position', [list, integer], (items, start) => {
      const from = indexOf(start, items.length);
      return from === null ? null : items.slice(from);
    }),
  ),
  append: builtIn(signature('list, ...item', [list, list], (items, more) => [...items, ...more])),
  concatenate: builtIn(signature('...list', [listOf(list)], (lists, run) => joined(lists, run))),
  'insert before': builtIn(
    signature('list, position, newItem', [list, integer, any], (items, position, item) =>
      replaced(items, indexOf(position, items.length), 0, [item]),
    ),
  ),
  remove: builtIn(
    signature('list, position', [list, integer], (items, position) =>
      replaced(items, indexOf(position, items.length), 1, []),
    ),
  ),
  'list replace': builtIn(
    signature('list, position, newItem', [list, integer, any], (items, position, item) =>
      replaced(items, indexOf(position, items.length), 1, [item]),
    ),
    signature('list, match, newItem', [list, func, any], (items, match, item, run) =>
      items.map((it) => (ask(run, match, it, item) ? item : it)),
    ),
  ),
  reverse: builtIn(signature('list', [list], (items) => items.toReversed())),
  'index of': builtIn(
    signature('list, match', [list, any], (items, match, run) =>
      items.flatMap((it, index) => (same(it, match, run) ? [index + 1] : [])),
    ),
  ),
  union: builtIn(signature('...list', [listOf(list)], (lists, run) => distinct(joined(lists, run), run))),
  'distinct values': builtIn(signature('list', [list], distinct)),
  'duplicate values': builtIn(signature('list', [list], duplicates)),
  flatten: builtIn(signature('list', [list], flatten)),
  sort: builtIn(
    signature('list, precedes', [list, func], (items, precedes, run) =>
      sort(items, (a, b) => ask(run, precedes, a, b)),
    ),
  ),
  'is empty': builtIn(signature('list', [list], (items) => items.length === 0)),
  partition: builtIn(
    signature('list, size', [list, integer], (items, size) => {
      if (size < 1) return null;
      const count = Math.ceil(items.length / size);
      return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
    }),
  ),
};

function joined(lists: readonly (readonly Value[])[], run: Run): Value[] {
  for (const it of lists) run.spend(it.length);
  return lists.flat();
}
