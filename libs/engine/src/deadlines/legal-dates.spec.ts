import { describe, expect, it } from '@jest/globals';
import { calendar, catalogue, term } from '../testing/world.ts';
import { legalDates } from './legal-dates.ts';

const dates = legalDates(
  catalogue(
    [
      term('contestation', { amount: 30 }),
      term('hearing-notice', { amount: 20, direction: 'backward' }),
      term('wait', { amount: 20, earliest: 'dayAfter' }),
      term('old', { amount: 15, validFrom: '2000-01-01', validTo: '2022-06-29' }),
      term('old', { amount: 8, validFrom: '2022-06-30' }),
    ],
    {},
  ),
  calendar,
  null,
);

describe('what expressions ask of the calendar', () => {
  it.each([
    ['old', '2022-06-01', 15],
    ['old', '2026-06-01', 8],
    ['unknown', '2026-06-01', null],
  ])('%s has on %s %s days', (key, base, amount) => {
    expect(dates.amount(key, base)).toBe(amount);
  });

  it.each([
    ['2026-05-12T22:30:00Z', '2026-05-13'],
    ['2026-05-12', '2026-05-12'],
    ['tomorrow', null],
  ])('the day in Rome of %s is %s', (instant, day) => {
    expect(dates.dayOf(instant)).toBe(day);
  });

  // legal-calendar.md: D-2 (Easter), D-1 (notice of the hearing)
  it.each([
    ['contestation', '2026-03-06', '2026-04-07'],
    ['contestation', '2026-03-06T23:30:00Z', '2026-04-07'],
    ['old', '2022-06-01', '2022-06-16'],
    ['old', '2026-06-01', '2026-06-09'],
    ['unknown', '2026-03-06', null],
    ['contestation', 'tomorrow', null],
  ])('%s from %s is due on %s', (key, base, due) => {
    expect(dates.dueDate(key, base)).toBe(due);
  });

  it.each([
    ['hearing-notice', '2026-03-25', '2026-04-14'],
    ['wait', '2026-05-13', '2026-06-04'],
    ['contestation', '2026-03-06', null],
    ['unknown', '2026-03-06', null],
    ['hearing-notice', '', null],
  ])('%s received on %s allows the act from %s', (key, base, day) => {
    expect(dates.firstLawfulDay(key, base)).toBe(day);
  });

  // Easter Monday is 6 April 2026; the base itself does not count.
  it.each([
    ['2026-04-02', 2, '2026-04-07'],
    ['2026-04-02T23:30:00Z', 1, '2026-04-07'],
    ['2026-05-14', 2, '2026-05-18'],
    ['2026-05-18', -2, '2026-05-14'],
    ['tomorrow', 2, null],
  ])('from %s on, %s working days end on %s', (base, days, day) => {
    expect(dates.plusWorkingDays(base, days)).toBe(day);
  });

  // San Francesco is one from 2026 on; a Saturday is none; the day is Rome's.
  it.each([
    ['2026-12-08', true],
    ['2026-10-04', true],
    ['2027-10-04', true],
    ['2025-10-04', false],
    ['2026-12-05', false],
    ['2026-12-07T23:30:00Z', true],
    ['2026-12-08T23:30:00Z', false],
    ['tomorrow', false],
  ])('%s is a legal holiday: %s', (day, is) => {
    expect(dates.holiday(day) !== null).toBe(is);
  });

  // Kippur 2026 is Monday, 21 September; the day is Rome's.
  it.each([
    ['2026-09-21', true],
    ['2026-09-20T22:30:00Z', true],
    ['2026-09-21T22:30:00Z', false],
    ['2026-12-08', false],
    ['tomorrow', false],
  ])('%s is a feast on which no test is held: %s', (day, is) => {
    expect(dates.religiousFeast(day) !== null).toBe(is);
  });
});
