import { describe, expect, it } from '@jest/globals';
import { parseLocalInstant } from '@iter/legal-calendar';
import { readLocalTime, toLocal, withOffset } from './local.ts';

describe('a time on the clocks of Italy', () => {
  it.each([
    ['2026-01-15T09:30', { kind: 'plain', instant: '2026-01-15T09:30:00+01:00' }],
    ['2026-07-15T09:30', { kind: 'plain', instant: '2026-07-15T09:30:00+02:00' }],
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

  it('means what the calendar of the law means, through every hour of the changes of clocks', () => {
    for (const year of [2024, 2025, 2026, 2027, 2028, 2029, 2030, 2031, 2032]) {
      for (const [month, last] of [
        ['03', 31],
        ['10', 31],
      ] as const) {
        for (let day = last - 7; day <= last; day++) {
          for (let half = 0; half < 48; half++) {
            const time = `${String(half >> 1).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`;
            const text = `${year}-${month}-${day}T${time}`;
            const law = parseLocalInstant(text);
            const read = readLocalTime(text);
            const code = typeof law === 'string' ? 'plain' : law.code;
            const kind = { impossible: 'time-not-existing', ambiguous: 'time-ambiguous' }[
              read.kind as string
            ];
            expect([text, kind ?? read.kind]).toEqual([text, code]);
            if (read.kind === 'plain') expect(read.instant).toBe(law);
            if (read.kind === 'ambiguous') {
              expect(read.first).toBe(parseLocalInstant(text, 'first'));
              expect(read.second).toBe(parseLocalInstant(text, 'second'));
            }
          }
        }
      }
    }
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
