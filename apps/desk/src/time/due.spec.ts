import { describe, expect, it } from '@jest/globals';
import { dayInRome, daysBetween, dueOn } from './due.ts';

describe('dueOn', () => {
  const term = (today: string) => dueOn('2026-04-03', '2026-04-07', today);

  it.each([
    ['2026-03-06', 'calm', 28, 'safe'],
    ['2026-03-24', 'near', 10, 'safe'],
    ['2026-03-31', 'soon', 3, 'safe'],
    ['2026-04-03', 'soon', 0, 'safe'],
    ['2026-04-04', 'urgent', 3, 'legal'],
    ['2026-04-07', 'urgent', 0, 'legal'],
    ['2026-04-08', 'overdue', -1, 'legal'],
  ])('on %s it is %s, %i days to the %s date', (today, urgency, days, of) => {
    expect(term(today)).toEqual({ urgency, days, of });
  });

  it('counts civil days across the change to summer time', () => {
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
  });

  it('takes the day of Italy, not of Greenwich', () => {
    expect(dayInRome(new Date('2026-04-07T22:30:00Z'))).toBe('2026-04-08');
  });
});
