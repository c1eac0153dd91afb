import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, computeTerm, daysBetween, isRealDate, italianCalendar, ruleOf } from './index.ts';
import { easterOf, formatDay } from './day.ts';
import type { TermDates, TermRule } from './index.ts';

// A second implementation for the test only: it walks day by day with Date, and knows the holidays as a list of its own.
// The terms of the catalogue, places and hours are counted a second time in test/law.

const utc = (date: string): Date => new Date(`${date}T00:00:00Z`);
const iso = (date: Date): string => date.toISOString().slice(0, 10);
const step = (date: string, days: number): string => {
  const at = utc(date);
  at.setUTCDate(at.getUTCDate() + days);
  return iso(at);
};
/** Gauss's Easter, not the algorithm under test. */
function easterMonday(year: number): string {
  const [a, b, c] = [year % 19, year % 4, year % 7];
  const k = Math.floor(year / 100);
  const m = (15 - Math.floor((13 + 8 * k) / 25) + k - Math.floor(k / 4)) % 30;
  const n = (4 + k - Math.floor(k / 4)) % 7;
  const d = (19 * a + m) % 30;
  const e = (2 * b + 4 * c + 6 * d + n) % 7;
  let day = 22 + d + e;
  if (d === 29 && e === 6) day = 50;
  if (d === 28 && e === 6 && a > 10) day = 49;
  return step(`${year}-03-01`, day);
}
const fixed = ['01-01', '01-06', '04-25', '05-01', '06-02', '08-15', '11-01', '12-08', '12-25', '12-26'];
const festivo = (date: string): boolean =>
  utc(date).getUTCDay() === 0 ||
  fixed.includes(date.slice(5)) ||
  (date.slice(5) === '10-04' && date >= '2026') ||
  date === easterMonday(+date.slice(0, 4));
const walk = (date: string, by: 1 | -1, until: (date: string) => boolean): string =>
  until(date) ? date : walk(step(date, by), by, until);

function naive(amount: number, base: string, direction: 'forward' | 'backward'): [string, string, string] {
  let nominal = base;
  for (let i = 0; i < amount; i++) nominal = step(nominal, direction === 'forward' ? 1 : -1);
  const legal = walk(nominal, direction === 'forward' ? 1 : -1, (date) => !festivo(date));
  const safe = walk(nominal, -1, (date) => !festivo(date) && utc(date).getUTCDay() !== 6);
  return [nominal, legal, safe];
}

const calendar = italianCalendar();
const compute = (term: TermRule, base: string): TermDates =>
  computeTerm(term, base, { calendar }) as TermDates;
const three = ({ nominalDate, legalDueDate, safeActionDate }: TermDates): string[] => [
  nominalDate,
  legalDueDate,
  safeActionDate,
];
const day = fc
  .integer({ min: 0, max: daysBetween('2024-01-01', '2033-01-01') })
  .map((n) => addDays('2024-01-01', n));
const amount = fc.integer({ min: 1, max: 400 });
const forward = (n: number): TermRule => ruleOf({ amount: n, unit: 'd' });
const backward = (n: number): TermRule => ruleOf({ amount: n, unit: 'd' }, { direction: 'backward' });

describe('the laws of terms', () => {
  it('agrees with the second implementation on Easter of every year', () => {
    for (let year = 1990; year <= 2199; year++) {
      expect(formatDay(easterOf(year) + 1)).toBe(easterMonday(year));
    }
  });

  it('agrees with the second implementation on every day of 2024 to 2032', () => {
    const other: string[] = [];
    for (let base = '2024-01-01'; base < '2033-01-01'; base = step(base, 1)) {
      for (const n of [10, 30, 120, -20]) {
        const [days, direction] = [Math.abs(n), n > 0 ? 'forward' : 'backward'] as const;
        const found = three(compute(n > 0 ? forward(days) : backward(days), base)).join(' ');
        if (found !== naive(days, base, direction).join(' ')) other.push(`${n} days from ${base}: ${found}`);
      }
    }
    expect(other).toEqual([]);
  });

  it('never ends on a holiday, and the safe day is a working day not after the nominal one', () => {
    fc.assert(
      fc.property(day, amount, fc.boolean(), (base, n, isBackward) => {
        const { nominalDate, legalDueDate, safeActionDate } = compute(
          isBackward ? backward(n) : forward(n),
          base,
        );
        expect(calendar.isHoliday(legalDueDate)).toBe(false);
        expect(calendar.isWorkingDay(safeActionDate)).toBe(true);
        expect(safeActionDate <= nominalDate).toBe(true);
        expect(isBackward ? legalDueDate <= nominalDate : legalDueDate >= nominalDate).toBe(true);
      }),
    );
  });

  it('goes forth and back: the nominal days are each other’s inverse', () => {
    fc.assert(
      fc.property(day, amount, (base, n) => {
        expect(compute(backward(n), compute(forward(n), base).nominalDate).nominalDate).toBe(base);
      }),
    );
  });

  it('is monotone in the base and in the amount', () => {
    fc.assert(
      fc.property(day, amount, fc.nat(40), (base, n, more) => {
        const { legalDueDate } = compute(forward(n), base);
        expect(compute(forward(n), addDays(base, more)).legalDueDate >= legalDueDate).toBe(true);
        expect(compute(forward(n + more), base).legalDueDate >= legalDueDate).toBe(true);
      }),
    );
  });

  it('reaches the same day in months, or the last of a shorter one', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 60 }), (base, n) => {
        const { nominalDate } = compute(ruleOf({ amount: n, unit: 'm' }), base);
        const sameNumber = nominalDate.slice(8) === base.slice(8);
        const isLast = step(nominalDate, 1).slice(8) === '01';
        expect(sameNumber || isLast).toBe(true);
        const months = (date: string) => +date.slice(0, 4) * 12 + +date.slice(5, 7);
        expect(months(nominalDate) - months(base)).toBe(n);
      }),
    );
  });

  it('knows a real date from others', () => {
    fc.assert(fc.property(fc.string(), (text) => isRealDate(text) === /^\d{4}-\d{2}-\d{2}$/.test(text)));
    expect([isRealDate('2028-02-29'), isRealDate('2026-02-29'), isRealDate('2026-13-01')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
