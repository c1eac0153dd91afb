import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hideSmall, smallestCell } from './small-cells.ts';

describe('small figures', () => {
  it.each<[number[], (number | null)[]]>([
    [
      [12, 7],
      [12, 7],
    ],
    [
      [12, 0],
      [12, 0],
    ],
    // The three would be the total less the twelve.
    [
      [12, 3],
      [null, null],
    ],
    [
      [12, 7, 3],
      [12, null, null],
    ],
    [
      [12, 7, 1, 2],
      [12, null, null, null],
    ],
    [
      [12, 4, 3],
      [12, null, null],
    ],
    [[3], [null]],
    [[], []],
  ])('of %j are shown as %j', (counts, shown) => {
    expect(hideSmall(counts)).toEqual(shown);
  });

  it('are never shown, nor told by subtraction from the total', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 8 }), (counts) => {
        const shown = hideSmall(counts);
        for (const count of shown) expect(count === null || count === 0 || count >= smallestCell).toBe(true);
        const hidden = counts.filter((_, i) => shown[i] === null);
        const others = counts.filter((count, i) => shown[i] !== null && count > 0);
        if (hidden.length > 0 && others.length > 0) {
          expect(hidden.length).toBeGreaterThan(1);
          expect(hidden.reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(smallestCell);
        }
      }),
    );
  });
});
