import { describe, expect, it } from '@jest/globals';
import { dayInRome, daysBetween, dueOn, isForThem, isOfLaw, lastDayKey, passingOf } from './due.ts';

it('tells what is over by itself from what is to be done by a day', () => {
  expect(passingOf('PEREMPTORY', null, '2026-04-07')).toBeNull();
  // A notice that is given backwards from a hearing has a last day, and no first one.
  expect(passingOf('DILATORY', null, '2026-04-07')).toBeNull();
  expect(passingOf('DILATORY', '2026-04-08', '2026-04-07')).toEqual({ kind: 'wait', day: '2026-04-08' });
  expect(passingOf('EFFECT', '2026-04-08', '2026-04-07')).toEqual({ kind: 'effect', day: '2026-04-08' });
  expect(passingOf('EFFECT', null, '2026-04-07')).toEqual({ kind: 'until', day: '2026-04-07' });
});

it('calls of the law what the law sets, and no day that a task has for itself', () => {
  expect(['PEREMPTORY', 'DIRECTORY', 'DILATORY', 'VALIDITY'].map(isOfLaw)).toEqual(Array(4).fill(true));
  expect(['SERVICE_LEVEL', 'CONTRACTUAL', null, undefined].map(isOfLaw)).toEqual(Array(4).fill(false));
});

it('names the last day of the law alone as the law’s', () => {
  expect(lastDayKey('PEREMPTORY')).toBe('deadlines.legal');
  // Of a contract, of a promise of the service, of what has effect until then, and of what no term gives.
  expect(['CONTRACTUAL', 'SERVICE_LEVEL', 'EFFECT', null].map(lastDayKey)).toEqual(
    Array(4).fill('deadlines.lastDay'),
  );
});

it('tells whom a term protects from whom it binds', () => {
  // The notice of a hearing is left to the employee; what the administration must wait binds it.
  expect(isForThem({ nature: 'DILATORY', binds: 'employee' })).toBe(true);
  expect(isForThem({ nature: 'DILATORY', binds: 'administration' })).toBe(false);
  expect(isForThem({ nature: 'PEREMPTORY', binds: 'employee' })).toBe(false);
});

describe('dueOn', () => {
  const term = (today: string) => dueOn('2026-04-03', '2026-04-07', new Date(`${today}T10:00:00+02:00`));

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

  it.each([
    // Until 24:00 of the safe day: 38, 14 and 2 hours, whatever the days.
    ['hours', 24, 48, '2026-04-02T10:00:00+02:00', 'near'],
    ['hours', 24, 48, '2026-04-03T10:00:00+02:00', 'soon'],
    ['hours', 1, 2, '2026-04-03T22:00:00+02:00', 'near'],
    // Of twenty days ten, four and one are left.
    ['percent', 10, 25, '2026-03-25T00:00:00+01:00', 'calm'],
    ['percent', 10, 25, '2026-03-31T00:00:00+02:00', 'near'],
    ['percent', 10, 25, '2026-04-03T00:00:00+02:00', 'soon'],
    ['days', 0, 1, '2026-04-02T23:00:00+02:00', 'near'],
  ] as const)('in %s, %i and %i, at %s it is %5$s', (unit, soon, near, now, urgency) => {
    const since = '2026-03-15T00:00:00+01:00';
    const due = dueOn('2026-04-03', '2026-04-07', new Date(now), { unit, soon, near }, since);
    expect(due.urgency).toBe(urgency);
  });

  it('takes the instant of a term in hours, and days where the beginning of a share is not known', () => {
    const now = new Date('2026-04-03T10:00:00+02:00');
    const safe = '2026-04-03T12:00:00+02:00';
    expect(dueOn(safe, safe, now, { unit: 'hours', soon: 1, near: 2 }).urgency).toBe('near');
    expect(dueOn('2026-04-10', '2026-04-10', now, { unit: 'percent', soon: 1, near: 2 }).urgency).toBe(
      'near',
    );
  });

  it('is over at the hour of a term in hours, whatever the offset it is written in', () => {
    const [safe, legal] = ['2026-04-02T22:30:00Z', '2026-04-03T12:00:00+02:00'];
    const at = (now: string) => dueOn(safe, legal, new Date(now));
    expect(at('2026-04-03T00:15:00+02:00')).toEqual({ urgency: 'soon', days: 0, of: 'safe' });
    expect(at('2026-04-03T11:59:00+02:00')).toEqual({ urgency: 'urgent', days: 0, of: 'legal' });
    expect(at('2026-04-03T12:00:00+02:00')).toEqual({ urgency: 'overdue', days: 0, of: 'legal' });
  });

  it('counts civil days across the change to summer time', () => {
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
  });

  it('takes the day of Italy, not of Greenwich', () => {
    expect(dayInRome(new Date('2026-04-07T22:30:00Z'))).toBe('2026-04-08');
  });
});
