import { describe, expect, it } from '@jest/globals';
import { addDuration, parseDuration, parseInstant } from './rome-time.ts';

const later = (from: string, duration: string): string | null => {
  const parsed = parseDuration(duration);
  return parsed && addDuration(from, parsed);
};

describe('durations', () => {
  it.each([
    ['2026-03-28T09:00:00.000Z', 'P1D', '2026-03-29T08:00:00.000Z'], // clocks go forward: same time in Rome
    ['2026-03-28T09:00:00.000Z', 'PT24H', '2026-03-29T09:00:00.000Z'], // real hours
    ['2026-10-24T08:00:00.000Z', 'P1D', '2026-10-25T09:00:00.000Z'],
    ['2026-01-31T09:00:00.000Z', 'P1M', '2026-02-28T09:00:00.000Z'],
    ['2028-02-29T09:00:00.000Z', 'P1Y', '2029-02-28T09:00:00.000Z'],
    ['2026-01-01T00:00:00.000Z', 'P1Y2M1W3DT4H5M6.5S', '2027-03-11T04:05:06.500Z'],
    ['2026-03-28T01:30:00.000Z', 'P1D', '2026-03-29T01:30:00.000Z'], // 02:30 does not exist: an hour on
    ['2026-01-01T00:00:00.000Z', 'P9999Y', null],
  ])('%s + %s', (from, duration, expected) => {
    expect(later(from, duration)).toBe(expected);
  });

  it.each([
    '',
    'P',
    'PT',
    'P1',
    '1D',
    '-P1D',
    'P-1D',
    'P1.5D',
    'PT1H2',
    'P1DT',
    'soon',
    `P${'9'.repeat(50)}D`,
  ])('not %j', (text) => {
    expect(parseDuration(text)).toBeNull();
  });
});

describe('instants', () => {
  it.each([
    ['2026-07-01', '2026-06-30T22:00:00.000Z'],
    ['2026-01-01T09:00', '2026-01-01T08:00:00.000Z'],
    ['2026-07-01T09:00:00+02:00', '2026-07-01T07:00:00.000Z'],
    ['2026-07-01T09:00:00.123456Z', '2026-07-01T09:00:00.123Z'],
    ['2026-07-01T09:00:00@Europe/Rome', '2026-07-01T07:00:00.000Z'],
    ['2026-07-01T09:00:00+02:00[Europe/Rome]', '2026-07-01T07:00:00.000Z'],
    ['2026-10-25T02:30', '2026-10-25T00:30:00.000Z'], // of two the first
  ])('%s', (text, expected) => {
    expect(parseInstant(text)).toBe(expected);
  });

  it.each(['', '2026-02-30', '2026-13-01', '01/02/2026', '2026-01-01T25:00', '2026-01-01 09:00', 'P1D'])(
    'not %j',
    (text) => {
      expect(parseInstant(text)).toBeNull();
    },
  );
});
