import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  add,
  divide,
  floorOfQuotient,
  formatNumber,
  modulo,
  multiply,
  power,
  round,
  subtract,
} from './decimal.ts';
import type { Rounding } from './decimal.ts';

/** Amounts as people write them, in thousandths. */
const thousandths = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
const number = (it: number): number => Number(`${it}e-3`);

describe('arithmetic as it is written', () => {
  it('adds, subtracts and multiplies amounts exactly', () => {
    fc.assert(
      fc.property(thousandths, thousandths, (a, b) => {
        expect(add(number(a), number(b))).toBe(number(a + b) + 0);
        expect(subtract(number(a), number(b))).toBe(number(a - b) + 0);
        const product = Number(`${BigInt(a) * BigInt(b)}e-6`);
        expect((multiply(number(a), number(b)) ?? NaN) + 0).toBe(product + 0);
      }),
    );
  });

  it('divides what was multiplied', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: 1, max: 99_999 }), (a, b) => {
        expect(divide(multiply(number(a), number(b)) ?? NaN, number(b))).toBe(number(a));
      }),
    );
  });

  it.each([
    [() => add(0.1, 0.2), 0.3],
    [() => multiply(1.1, 1.1), 1.21],
    [() => multiply(4.35, 100), 435],
    [() => divide(0.3, 0.1), 3],
    [() => divide(1, 3), 1 / 3],
    [() => divide(1e-300, 1e10), 1e-310],
    [() => divide(1, 0), null],
    [() => divide(1e308, 1e-10), null],
    [() => add(1e308, 1e308), null],
    [() => multiply(1e200, 1e200), null],
    [() => add(9_007_199_254_740_991, 2), 9_007_199_254_740_992],
    [() => power(1.1, 2), 1.21],
    [() => power(10, -3), 0.001],
    [() => power(2, 1_023), 2 ** 1_023],
    [() => power(2, 1_024), null],
    [() => power(0, -1), null],
    [() => power(-8, 0.5), null],
    [() => add(Infinity, 1), null],
    [() => power(Infinity, 2), null],
  ])('%s', (compute, expected) => {
    expect(compute()).toBe(expected);
  });

  it('gives the remainder the sign of the divisor', () => {
    const nonzero = thousandths.filter((it) => it !== 0);
    fc.assert(
      fc.property(thousandths, nonzero, (a, b) => {
        const expected = ((a % b) + b) % b;
        expect((modulo(number(a), number(b)) ?? NaN) + 0).toBe(number(expected) + 0);
        expect(Number(floorOfQuotient(number(a), number(b)))).toBe(Math.floor(a / b) + 0);
      }),
      // Nothing, divided by less than nothing, is a zero with a sign in floating point.
      { examples: [[0, -1]] },
    );
  });
});

describe('rounding', () => {
  const modes: Rounding[] = ['up', 'down', 'floor', 'ceiling', 'half up', 'half down', 'half even'];

  it('looks at the digits that are written', () => {
    // By mode, for 1.005, 2.5, -2.5, 1.121 at two, no, no, two digits.
    const table: Record<Rounding, readonly [number, number, number, number]> = {
      up: [1.01, 3, -3, 1.13],
      down: [1, 2, -2, 1.12],
      floor: [1, 2, -3, 1.12],
      ceiling: [1.01, 3, -2, 1.13],
      'half up': [1.01, 3, -3, 1.12],
      'half down': [1, 2, -2, 1.12],
      'half even': [1, 2, -2, 1.12],
    };
    for (const mode of modes) {
      const found = [round(1.005, 2, mode), round(2.5, 0, mode), round(-2.5, 0, mode), round(1.121, 2, mode)];
      expect([mode, ...found]).toEqual([mode, ...table[mode]]);
    }
  });

  it('leaves what has no more digits, and goes no further than a unit', () => {
    fc.assert(
      fc.property(
        thousandths,
        fc.integer({ min: 0, max: 4 }),
        fc.constantFrom(...modes),
        (a, scale, mode) => {
          const [value, rounded] = [number(a), round(number(a), scale, mode) ?? NaN];
          if (scale >= 3) expect(rounded).toBe(value);
          expect(Math.abs(rounded - value)).toBeLessThanOrEqual(10 ** -scale);
          expect(round(rounded, scale, mode)).toBe(rounded);
        },
      ),
    );
  });
});

describe('digits', () => {
  it.each([
    [0, '0'],
    [1.5, '1.5'],
    [1e21, '1000000000000000000000'],
    [-1e-7, '-0.0000001'],
    [1.25e-10, '0.000000000125'],
  ])('%d', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it('say the number again', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = formatNumber(value);
        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(text) + 0).toBe(value + 0);
      }),
    );
  });
});
