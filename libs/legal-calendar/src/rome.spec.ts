import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  atRome,
  computeTerm,
  formatRome,
  italianCalendar,
  localDateOf,
  parseLocalInstant,
  romeDate,
  ruleOf,
  startOfNextDay,
} from './index.ts';
import type { TermDates } from './index.ts';

// The zone database of the runtime is the second opinion on the dated rule.
const zone = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Rome',
  dateStyle: 'short',
  timeStyle: 'medium',
});
const shown = (at: number): string => zone.format(at).replace(' ', 'T');
const instant = fc.integer({ min: Date.UTC(1990, 0, 2), max: Date.UTC(2037, 11, 30) });

describe('clocks in Rome', () => {
  it('agree with the zone database at any instant', () => {
    fc.assert(
      fc.property(instant, (at) => {
        const second = Math.floor(at / 1000) * 1000;
        expect(formatRome(second).slice(0, 19)).toBe(shown(second));
        expect(Date.parse(formatRome(at))).toBe(at);
        expect(romeDate(new Date(at).toISOString())).toBe(shown(at).slice(0, 10));
      }),
      { numRuns: 2000 },
    );
  });

  it('agree with it in every hour of the days on which they change', () => {
    for (let year = 1990; year <= 2037; year++) {
      for (const [month, day] of [
        [2, 25],
        [8, 24],
        [9, 25],
      ] as const) {
        for (let hour = 0; hour < 24 * 8; hour++) {
          const at = Date.UTC(year, month, day, hour);
          expect(formatRome(at).slice(0, 19)).toBe(shown(at));
        }
      }
    }
  });

  it('give the instant at which they show a time', () => {
    expect(atRome('2026-04-07', '08:00')).toBe('2026-04-07T06:00:00.000Z');
    expect(atRome('2026-01-07', '08:00')).toBe('2026-01-07T07:00:00.000Z');
    expect(atRome('2026-10-25', '02:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(atRome('2026-03-29', '02:30')).toBe('2026-03-29T01:30:00.000Z');
    expect(() => atRome('2026-03-29', '24:00')).toThrow(RangeError);
  });

  it('end a day at its midnight, also on the days of 23 and 25 hours', () => {
    expect(startOfNextDay('2026-04-07')).toBe('2026-04-07T22:00:00.000Z');
    expect(startOfNextDay('2026-03-28')).toBe('2026-03-28T23:00:00.000Z');
    expect(startOfNextDay('2026-03-29')).toBe('2026-03-29T22:00:00.000Z');
    expect(startOfNextDay('2026-10-25')).toBe('2026-10-25T23:00:00.000Z');
    expect(startOfNextDay('2026-12-31')).toBe('2026-12-31T23:00:00.000Z');
  });
});

describe('what people type', () => {
  it.each([
    ['2026-03-10T09:20', '2026-03-10T09:20:00+01:00'],
    ['2026-07-10T09:20:30', '2026-07-10T09:20:30+02:00'],
    ['2026-03-10T08:20:00Z', '2026-03-10T09:20:00+01:00'],
    ['2026-03-10T03:20:00-05:00', '2026-03-10T09:20:00+01:00'],
    ['2026-03-10T09:20:00.250+01:00', '2026-03-10T09:20:00.250+01:00'],
  ])('%s is %s', (text, expected) => {
    expect(parseLocalInstant(text)).toBe(expected);
  });

  it.each([
    '',
    'ieri',
    '2026-03-10',
    '2026-02-30T10:00',
    '2026-03-10T24:00',
    '2026-03-10T10:60',
    '2026-03-10T10:00+25:00',
  ])('«%s» is refused', (text) => {
    expect(parseLocalInstant(text)).toMatchObject({ code: 'instant-invalid' });
  });

  it('is a legal date by the day in Rome', () => {
    expect(localDateOf('2026-03-10')).toBe('2026-03-10');
    expect(localDateOf('2026-03-10T23:30')).toBe('2026-03-10');
    expect(localDateOf('2026-03-10T23:30:00Z')).toBe('2026-03-11');
    expect(localDateOf('2026-02-30')).toBeNull();
  });
});

describe('terms in hours', () => {
  const calendar = italianCalendar();
  const hours = (n: number, at: number) =>
    computeTerm(ruleOf({ amount: n, unit: 'h' }), new Date(at).toISOString(), { calendar }) as TermDates;

  it('end at a full hour, after the safe instant, which is never later than the real hours', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 2000 }), (at, n) => {
        const { nominalDate, legalDueDate, safeActionDate } = hours(n, at);
        expect(Date.parse(nominalDate) - at).toBe(n * 3_600_000);
        expect(Date.parse(safeActionDate)).toBeLessThanOrEqual(Date.parse(nominalDate));
        expect(Date.parse(nominalDate) - Date.parse(safeActionDate)).toBeLessThanOrEqual(3_600_000);
        const late = Date.parse(legalDueDate) - Date.parse(nominalDate);
        expect(late > 0 && late <= 3_600_000 && legalDueDate.slice(14, 19) === '00:00').toBe(true);
      }),
    );
  });

  it('leave out the initial hour also when the fact falls on the stroke', () => {
    expect(hours(48, Date.UTC(2026, 2, 10, 8)).legalDueDate).toBe('2026-03-12T10:00:00+01:00');
  });
});
