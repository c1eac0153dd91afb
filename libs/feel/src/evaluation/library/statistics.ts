import * as decimal from '../decimal.ts';
import type { FeelFunction, Value } from '../values.ts';
import { builtIn, listOf, number, signature } from './define.ts';

/** `f(list)` and `f(n1, n2, …)` over numbers; anything else among them gives null. */
const over = (body: (numbers: readonly number[]) => Value): FeelFunction =>
  builtIn(
    signature('list', [listOf(number)], body),
    signature('...list', [listOf(number)], (numbers) => (numbers.length > 1 ? body(numbers) : null)),
  );

const folded = (
  numbers: readonly number[],
  operate: (a: number, b: number) => number | null,
): number | null =>
  numbers.length === 0
    ? null
    : numbers.reduce<number | null>((found, n, index) => {
        if (index === 0) return n;
        return found === null ? null : operate(found, n);
      }, null);

const sum = (numbers: readonly number[]): number | null => folded(numbers, decimal.add);

function mean(numbers: readonly number[]): number | null {
  const all = sum(numbers);
  return all === null ? null : decimal.divide(all, numbers.length);
}

function median(numbers: readonly number[]): number | null {
  const sorted = numbers.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[half] ?? null) : mean(sorted.slice(half - 1, half + 1));
}

/** Of a sample: divided by one less than there are. */
function deviation(numbers: readonly number[]): number | null {
  const average = mean(numbers);
  if (average === null || numbers.length < 2) return null;
  const squares = sum(numbers.map((n) => (n - average) ** 2));
  return squares === null ? null : decimal.finite(Math.sqrt(squares / (numbers.length - 1)));
}

function mode(numbers: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const n of numbers) counts.set(n, (counts.get(n) ?? 0) + 1);
  const most = Math.max(0, ...new Set(counts.values()));
  return [...counts]
    .filter(([, count]) => count === most)
    .map(([n]) => n)
    .sort((a, b) => a - b);
}

/** DMN 1.3 §10.3.4.4. Of no numbers all is null, but the mode, which is none. */
export const statisticsFunctions = {
  sum: over(sum),
  mean: over(mean),
  product: over((numbers) => folded(numbers, decimal.multiply)),
  median: over((numbers) => (numbers.length === 0 ? null : median(numbers))),
  stddev: over(deviation),
  mode: over(mode),
};
