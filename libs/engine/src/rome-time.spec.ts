import { describe, expect, it } from '@jest/globals';
import { addDuration, clockFault, parseDuration, parseInstant } from './rome-time.ts';

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
    ['2026-01-01T00:00:00.000Z', ' P10Y10M10W10DT10H10M10S ', '2037-01-20T10:10:10.000Z'],
    ['2026-01-01T00:00:00.000Z', 'PT0.25S', '2026-01-01T00:00:00.250Z'],
    ['2026-03-01T10:00:01.500Z', 'P1D', '2026-03-02T10:00:01.500Z'],
    ['0002-01-02T00:00:00.000Z', 'PT24H', '0002-01-03T00:00:00.000Z'],
    ['9998-12-30T00:00:00.000Z', 'PT24H', '9998-12-31T00:00:00.000Z'],
    ['9998-12-31T00:00:00.000Z', 'PT24H', null],
    ['9998-12-31T00:00:00.000Z', 'P1D', null],
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
    `PT${'0'.repeat(38)}1S`,
    'xP1D',
    'P1Dx',
    'PT1.1234S',
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
    [' 2026-07-01T09:00:30 ', '2026-07-01T07:00:30.000Z'],
    ['2026-07-01[Europe/Rome]', '2026-06-30T22:00:00.000Z'],
    ['2026-07-01T09:00:00-02:00', '2026-07-01T11:00:00.000Z'],
    ['0002-01-01T00:00:00Z', '0002-01-01T00:00:00.000Z'],
    ['9998-12-31T00:00:00Z', '9998-12-31T00:00:00.000Z'],
  ])('%s', (text, expected) => {
    expect(parseInstant(text)).toBe(expected);
  });

  it.each([
    '',
    '2026-02-30',
    '2026-13-01',
    '01/02/2026',
    '2026-01-01T25:00',
    '2026-01-01 09:00',
    'P1D',
    'x2026-01-01',
    '2026-01-01x',
    '2026-01-01T09:00x',
    '2026-01-01T09:00:00.1234567890Z',
    '2026-01-01@Europe/Paris',
    '2026-02-30T09:00:00Z',
    '0001-12-31T00:00:00Z',
    '9999-01-01T00:00:00Z',
  ])('not %j', (text) => {
    expect(parseInstant(text)).toBeNull();
  });
});

describe('the clocks in Rome', () => {
  it.each([
    ['2026-03-29T02:30', 'time-not-existing'],
    ['2026-03-29T02:30:00+01:00', 'time-not-existing'],
    ['2026-03-29T02:30:00+02:00', 'time-not-existing'],
    ['2026-10-25T02:30', 'time-ambiguous'],
    ['tomorrow', 'instant-invalid'],
    ['2026-10-25T02:30:00+02:00', undefined],
    ['2026-10-25T02:30:00+01:00', undefined],
    ['2026-03-29T03:00', undefined],
    ['2026-03-29T01:30:00Z', undefined],
  ])('%s: %s', (text, code) => {
    expect(clockFault(text)?.code).toBe(code);
  });
});
