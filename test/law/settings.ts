import type { TermRule } from '@iter/legal-calendar';

/** Ends that are days lie up to this many days from the base. */
const farthest = 200;

/**
 * What acts may try to set of a term, by the number of the base: lengths from one below the least to one above the most,
 * in turn with ends so many days away, on either side of the bounds.
 */
export function settable(term: TermRule): (base: string, n: number) => number | string {
  const { min, max } = term.bounds ?? {};
  const least = Math.max(1, (min?.amount ?? 2) - 1);
  const most = (max?.amount ?? least + 40) + 1;
  const way = term.direction === 'backward' ? -1 : 1;
  return (base, n) => {
    if ('amount' in term && n % 2 === 0) return least + ((n / 2) % (most - least + 1));
    const end = new Date(`${base}T00:00:00Z`);
    end.setUTCDate(end.getUTCDate() + way * ((n % farthest) - 1));
    return end.toISOString().slice(0, 10);
  };
}
