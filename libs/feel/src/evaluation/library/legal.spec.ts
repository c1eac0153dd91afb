import { expect, it } from '@jest/globals';
import { run } from '../testing/run.ts';

/** Says what it was asked. */
const legal = {
  dueDate: (term: string, base: string) => (term === 't' && base === '2026-03-06' ? '2026-04-07' : null),
  firstLawfulDay: (term: string, base: string) =>
    term === 't' && base.startsWith('2026-03-06') ? '2026-03-27T09:00:00+01:00' : null,
  amount: (term: string, base: string) => (term === 't' && base === '2026-03-06' ? 30 : null),
  dayOf: (instant: string) => (instant.startsWith('2026-05-12T22:30:00Z') ? '2026-05-13' : null),
  plusWorkingDays: (base: string, days: number) =>
    base === '2026-04-02' && days === 2 ? '2026-04-07' : null,
  holiday: (day: string) => (day.startsWith('2026-12-08') ? 'Immacolata' : null),
  religiousFeast: (day: string) => (day.startsWith('2026-09-21') ? 'Kippur' : null),
};
const value = (text: string, context = {}) => run(text, context, { legal });

it('asks the calendar with a term and a base, as text or as a date', () => {
  expect(value('legal due date("t", "2026-03-06")')).toEqual({ ok: true, value: '2026-04-07' });
  expect(value('legal due date(term: "t", base: date("2026-03-06"))')).toEqual({
    ok: true,
    value: '2026-04-07',
  });
  expect(value('first lawful day("t", date and time("2026-03-06T10:00:00+01:00"))')).toEqual({
    ok: true,
    value: '2026-03-27T09:00:00+01:00',
  });
});

it('gives dates that can be compared and counted with', () => {
  expect(value('legal due date("t", d) < date("2026-04-08")', { d: '2026-03-06' })).toEqual({
    ok: true,
    value: true,
  });
  expect(value('legal due date("t", d) + duration("P1D")', { d: '2026-03-06' })).toEqual({
    ok: true,
    value: '2026-04-08',
  });
});

it('says null where there is nothing to say, and without a calendar', () => {
  expect(value('legal due date("other", "2026-03-06")')).toEqual({ ok: true, value: null });
  expect(value('legal due date("t", d)', { d: null })).toEqual({ ok: true, value: null });
  expect(value('legal due date("t", 7)')).toEqual({ ok: true, value: null });
  expect(run('legal due date("t", "2026-03-06")')).toEqual({ ok: true, value: null });
});

it('tells how long a term is on a day', () => {
  expect(value('legal amount("t", date("2026-03-06")) + 1')).toEqual({ ok: true, value: 31 });
  expect(value('legal amount("other", "2026-03-06")')).toEqual({ ok: true, value: null });
  expect(run('legal amount("t", "2026-03-06")')).toEqual({ ok: true, value: null });
});

it('tells the day in Rome of an instant', () => {
  expect(value('legal day("2026-05-12T22:30:00Z") > date("2026-05-12")')).toEqual({ ok: true, value: true });
  expect(value('legal day(date and time("2026-05-12T22:30:00Z"))')).toEqual({
    ok: true,
    value: '2026-05-13',
  });
  expect(value('legal day(d)', { d: null })).toEqual({ ok: true, value: null });
  expect(run('legal day("2026-05-12T22:30:00Z")')).toEqual({ ok: true, value: null });
});

it('counts working days from a text or a date, not more than about a year of them', () => {
  expect(value('plus working days("2026-04-02", 2)')).toEqual({ ok: true, value: '2026-04-07' });
  expect(value('plus working days(date("2026-04-02"), 2) + duration("P1D")')).toEqual({
    ok: true,
    value: '2026-04-08',
  });
  expect(value('plus working days("2026-04-02", 1.5)')).toEqual({ ok: true, value: null });
  expect(value('plus working days("2026-04-02", 251)')).toEqual({ ok: true, value: null });
  expect(value('plus working days(d, 2)', { d: null })).toEqual({ ok: true, value: null });
  expect(run('plus working days("2026-04-02", 2)')).toEqual({ ok: true, value: null });
});

it('names the holiday that a day is', () => {
  expect(value('legal holiday("2026-12-08T09:00:00+01:00")')).toEqual({ ok: true, value: 'Immacolata' });
  expect(value('legal holiday(date("2026-12-08"))')).toEqual({ ok: true, value: 'Immacolata' });
  expect(value('legal holiday("2026-12-09") = null')).toEqual({ ok: true, value: true });
  expect(value('legal holiday(d)', { d: null })).toEqual({ ok: true, value: null });
  expect(run('legal holiday("2026-12-08")')).toEqual({ ok: true, value: null });
});

it('names the feast of another confession that a day is', () => {
  expect(value('religious feast("2026-09-21T09:00:00+02:00")')).toEqual({ ok: true, value: 'Kippur' });
  expect(value('religious feast(date("2026-12-08"))')).toEqual({ ok: true, value: null });
  expect(run('religious feast("2026-09-21")')).toEqual({ ok: true, value: null });
});
