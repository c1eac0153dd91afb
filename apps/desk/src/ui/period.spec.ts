import { describe, expect, it } from '@jest/globals';
import { isLogPeriod, isPeriod, periodOf } from './period.ts';

describe('the period of a page', () => {
  it('is this year so far, unless the address says another', () => {
    expect(periodOf(new URLSearchParams(), '2026-11-26')).toEqual({ from: '2026-01-01', to: '2026-11-26' });
    expect(periodOf(new URLSearchParams('from=2025-03-01&to=x'), '2026-11-26')).toEqual({
      ...{ from: '2025-03-01', to: '2026-11-26' },
    });
  });

  it.each([
    ['2026-01-01', '2026-01-01', true],
    ['2024-01-01', '2024-12-31', true],
    ['2026-01-01', '2027-01-02', false],
    ['2026-01-02', '2026-01-01', false],
    ['2026-13-01', '2026-12-31', false],
  ])('from %s to %s: %s', (from, to, is) => {
    expect(isPeriod(from, to)).toBe(is);
  });
});

describe('the period of the log', () => {
  it.each([
    ['', '', true],
    ['2026-03-01', '', true],
    ['', '2026-03-31', true],
    ['2026-03-01', '2026-03-01', true],
    ['2026-03-02', '2026-03-01', false],
    ['0002-03-01', '', false],
    ['', '0202-03-01', false],
    ['0020-03-01', '2026-03-01', false],
  ])('from "%s" to "%s": %s', (from, to, is) => {
    expect(isLogPeriod({ from, to })).toBe(is);
  });
});
