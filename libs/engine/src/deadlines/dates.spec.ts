import { describe, expect, it } from '@jest/globals';
import { compareDates, legalDate } from './dates.ts';

describe('a legally relevant date', () => {
  it.each([
    ['2026-07-31', 'day', '2026-07-31'],
    ['2026-07-31T00:30:00+02:00', 'day', '2026-07-31'], // LC-45: 30 July in UTC
    ['2026-12-31T22:30:00Z', 'day', '2026-12-31'], // LC-46
    ['2026-07-31T00:30', 'day', '2026-07-31'],
    ['2026-03-10T09:20:00+01:00', 'instant', '2026-03-10T09:20:00+01:00'],
    ['2026-03-10T09:20:00@Europe/Rome', 'instant', '2026-03-10T08:20:00.000Z'],
    [null, 'day', null],
  ] as const)('%s by %s', (given, grain, expected) => {
    expect(legalDate(given, grain, { it: 'It', en: 'It' })).toBe(expected);
  });

  it.each([
    ['2026-02-30', 'day'],
    ['tomorrow', 'day'],
    [20260310, 'day'],
    ['2026-03-10', 'instant'],
    ['2026-03-10T09:20', 'instant'],
  ] as const)('is not %j by %s', (given, grain) => {
    expect(() => legalDate(given, grain, { it: 'It', en: 'It' })).toThrow(/It dev’essere una data/);
  });

  it('of an hour term is a time that the clocks in Rome have shown', () => {
    expect(() => legalDate('2026-03-29T02:30:00+01:00', 'instant', { it: 'It', en: 'It' })).toThrow(
      /non esiste/,
    );
    expect(legalDate('2026-10-25T02:30:00+01:00', 'instant', { it: 'It', en: 'It' })).toBe(
      '2026-10-25T02:30:00+01:00',
    );
  });

  it('is before another by the calendar, or by the instant', () => {
    expect(compareDates('2026-03-09', '2026-03-10')).toBeLessThan(0);
    expect(compareDates('2026-03-10T10:00:00+01:00', '2026-03-10T09:00:00Z')).toBe(0);
  });
});
