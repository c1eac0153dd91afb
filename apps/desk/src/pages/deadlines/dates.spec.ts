import { describe, expect, it } from '@jest/globals';
import { monthOf, monthsLater, weekOf } from './dates.ts';

describe('the calendar of the terms', () => {
  it.each(['2026-11-23', '2026-11-26', '2026-11-29'])('has the week of %s from Monday to Sunday', (day) => {
    expect([weekOf(day)[0], weekOf(day)[6]]).toEqual(['2026-11-23', '2026-11-29']);
  });

  it.each([
    ['2026-02-10', 5, '2026-01-26', '2026-03-01'],
    ['2027-02-28', 4, '2027-02-01', '2027-02-28'],
    ['2026-03-31', 6, '2026-02-23', '2026-04-05'],
    ['2026-12-01', 5, '2026-11-30', '2027-01-03'],
  ])('has the weeks of the month of %s', (day, weeks, first, last) => {
    const days = monthOf(day).flat();
    expect([days.length, days[0], days.at(-1)]).toEqual([weeks * 7, first, last]);
  });

  it('goes on from the last day of a long month to the next one', () => {
    expect(monthsLater('2026-01-31', 1)).toBe('2026-02-01');
    expect(monthsLater('2026-01-31', -1)).toBe('2025-12-01');
  });
});
