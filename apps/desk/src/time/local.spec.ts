import { describe, expect, it } from '@jest/globals';
import { readLocalTime, toLocal, withOffset } from './local.ts';

describe('a time on the clocks of Italy', () => {
  it.each([
    ['2026-01-15T09:30', { kind: 'plain', instant: '2026-01-15T09:30:00+01:00' }],
    ['2026-07-15T09:30', { kind: 'plain', instant: '2026-07-15T09:30:00+02:00' }],
    ['2026-07-15T09:30:15', { kind: 'plain', instant: '2026-07-15T09:30:15+02:00' }],
    ['2026-03-29T01:59', { kind: 'plain', instant: '2026-03-29T01:59:00+01:00' }],
    ['2026-03-29T02:30', { kind: 'impossible' }],
    ['2026-03-29T02:30+01:00', { kind: 'impossible' }],
    ['2026-03-29T03:00', { kind: 'plain', instant: '2026-03-29T03:00:00+02:00' }],
    [
      '2026-10-25T02:30',
      { kind: 'ambiguous', first: '2026-10-25T02:30:00+02:00', second: '2026-10-25T02:30:00+01:00' },
    ],
    ['2026-10-25T02:30+01:00', { kind: 'plain', instant: '2026-10-25T02:30:00+01:00' }],
    ['2026-10-25T02:30+02:00', { kind: 'plain', instant: '2026-10-25T02:30:00+02:00' }],
    ['2026-10-25T03:00', { kind: 'plain', instant: '2026-10-25T03:00:00+01:00' }],
    ['2026-10-25', { kind: 'incomplete' }],
    ['', { kind: 'incomplete' }],
  ])('%s', (text, expected) => {
    expect(readLocalTime(text)).toEqual(expected);
  });

  it('comes back as it was stored, also from the hour that comes twice', () => {
    for (const instant of [
      '2026-10-25T02:30:00+02:00',
      '2026-10-25T02:30:00+01:00',
      '2026-07-15T09:30:00+02:00',
      '2026-01-15T09:30:00+01:00',
    ]) {
      expect(withOffset(toLocal(instant))).toBe(instant);
      expect(withOffset(toLocal(new Date(instant).toISOString()))).toBe(instant);
    }
    expect(toLocal('2026-07-15T09:30:00+02:00')).toBe('2026-07-15T09:30');
  });

  it('leaves to the server what stands for no instant', () => {
    expect(withOffset('2026-03-29T02:30')).toBe('2026-03-29T02:30');
    expect(withOffset('2026-10-25T02:30')).toBe('2026-10-25T02:30');
  });
});
