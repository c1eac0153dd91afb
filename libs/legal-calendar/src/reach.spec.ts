import { describe, expect, it } from '@jest/globals';
import { computeTerm, isCalendarError, italianCalendar, proposedDate, ruleOf } from './index.ts';
import type { Manner, Setting, TermDates, TermRule } from './index.ts';

const calendar = italianCalendar();
const { amount: _, unit: __, ...manner } = ruleOf({ amount: 1, unit: 'd' });
const rule = (reach: object, more: Partial<Manner> = {}): TermRule =>
  ({ ...manner, ...reach, ...more }) as TermRule;
const compute = (term: TermRule, base: string, setting: Setting | null = null, extraDays = 0) =>
  computeTerm(term, base, { calendar, setting, extraDays });
const dates = (...asked: Parameters<typeof compute>): TermDates => {
  const result = compute(...asked);
  if (isCalendarError(result)) throw new Error(result.message.it);
  return result;
};
const code = (...asked: Parameters<typeof compute>): string => {
  const result = compute(...asked);
  return isCalendarError(result) ? result.code : result.nominalDate;
};

describe('a day of the calendar', () => {
  const january31 = rule({ on: { month: 1, day: 31 } });
  const twentieth = rule({ on: { monthsAfter: 1, day: 20 } });

  it.each([
    // training.md § 11, T-1: 31 January 2027 is a Sunday.
    ['the first one from the base on', january31, '2026-10-05', '2027-01-31', '2027-02-01', '2027-01-29'],
    ['the base itself', january31, '2028-01-31', '2028-01-31', '2028-01-31', '2028-01-31'],
    ['next year’s after it', january31, '2028-02-01', '2029-01-31', '2029-01-31', '2029-01-31'],
    // selection.md § 11, S-16.
    ['of the month after', twentieth, '2026-12-01', '2027-01-20', '2027-01-20', '2027-01-20'],
    [
      'the last one of a shorter month',
      rule({ on: { monthsAfter: 2, day: 31 } }),
      '2026-12-31',
      '2027-02-28',
      '2027-03-01',
      '2027-02-26',
    ],
    [
      'of the same month',
      rule({ on: { monthsAfter: 0, day: 10 } }),
      '2026-03-02',
      '2026-03-10',
      '2026-03-10',
      '2026-03-10',
    ],
  ] as const)('%s', (_name, term, base, nominal, legal, safe) => {
    expect(dates(term, base)).toMatchObject({
      nominalDate: nominal,
      legalDueDate: legal,
      safeActionDate: safe,
    });
  });

  it('is told in words, and never moves when it may not', () => {
    expect(dates(january31, '2026-10-05').explanation[1]).toBe(
      'Il termine cade in un giorno fisso dell’anno, il 31 gennaio: scadenza nominale domenica 31 gennaio 2027.',
    );
    expect(dates(twentieth, '2026-12-01').explanation[1]).toMatch(/il giorno 20 del mese successivo/);
    expect(dates({ ...january31, rollover: false }, '2026-10-05').legalDueDate).toBe('2027-01-31');
  });

  it('is reached forward only, and nobody sets it otherwise', () => {
    expect(code(rule({ on: { month: 1, day: 31 } }, { direction: 'backward' }), '2026-10-05')).toBe(
      'term-inconsistent',
    );
    expect(code(january31, '2026-10-05', { amount: 3 })).toBe('term-fixed');
  });
});

describe('a length that an act sets', () => {
  const window = rule({
    ...{ amount: 30, unit: 'd' },
    bounds: { min: { amount: 10, unit: 'd' }, max: { amount: 30, unit: 'd' } },
  });
  const notice = rule(
    { amount: 15, unit: 'd', bounds: { min: { amount: 15, unit: 'd' } } },
    { direction: 'backward', rollover: false },
  );

  it.each([
    // selection.md § 11, S-3 and S-4: from 10 to 30 days; the thirtieth, a Sunday, moves on.
    ['the norm’s without it', window, '2026-09-14', null, '2026-10-14'],
    ['the shortest', window, '2026-09-14', { amount: 10 }, '2026-09-24'],
    ['too short', window, '2026-09-14', { amount: 9 }, 'term-too-short'],
    ['too long', window, '2026-09-14', { amount: 31 }, 'term-too-long'],
    ['an end within', window, '2026-09-14', { until: '2026-10-14T23:59:59+02:00' }, '2026-10-14'],
    ['an end too early', window, '2026-09-14', { until: '2026-09-23' }, 'term-too-short'],
    ['an end too late', window, '2026-09-14', { until: '2026-10-15' }, 'term-too-long'],
    ['the day that the longest moves to', window, '2026-09-04', { until: '2026-10-05' }, '2026-10-05'],
    ['the day after it', window, '2026-09-04', { until: '2026-10-06' }, 'term-too-long'],
    ['before the base', window, '2026-09-14', { until: '2026-09-13' }, 'term-too-short'],
    ['backward, more notice', notice, '2026-11-11', { amount: 20 }, '2026-10-22'],
    ['backward, less', notice, '2026-11-11', { amount: 14 }, 'term-too-short'],
    ['backward, an end after the day', notice, '2026-11-11', { until: '2026-11-12' }, 'term-too-short'],
    ['no whole number', window, '2026-09-14', { amount: 10.5 }, 'amount-invalid'],
    ['no date', window, '2026-09-14', { until: '2026-13-01' }, 'date-invalid'],
    ['where the norm fixes it', rule({ amount: 30, unit: 'd' }), '2026-09-14', { amount: 10 }, 'term-fixed'],
  ] as const)('%s', (_name, term, base, setting, expected) => {
    expect(code(term, base, setting)).toBe(expected);
  });

  it('moves over a holiday as any other, goes on with suspensions, and says what was set', () => {
    const set = dates(window, '2026-09-04', { until: '2026-10-04' });
    expect(set).toMatchObject({ nominalDate: '2026-10-04', legalDueDate: '2026-10-05' });
    expect(set.explanation[1]).toBe(
      'La scadenza è fissata dall’atto (la norma vuole almeno 10 giorni e al massimo 30 giorni): scadenza nominale domenica 4 ottobre 2026.',
    );
    expect(dates(window, '2026-09-14', { amount: 12 }, 5).nominalDate).toBe('2026-10-01');
    expect(dates(window, '2026-09-14', { amount: 12 }).explanation[1]).toMatch(
      /12 giorni.*come l’atto ha fissato/,
    );
  });

  it('of a duration counts its first day', () => {
    const probation = rule(
      { amount: 6, unit: 'm', bounds: { min: { amount: 2, unit: 'm' }, max: { amount: 6, unit: 'm' } } },
      { duration: true, rollover: false },
    );
    // selection.md § 11, S-15.
    expect(code(probation, '2026-06-01', { amount: 2 })).toBe('2026-07-31');
    expect(code(probation, '2026-06-01')).toBe('2026-11-30');
    expect(code(probation, '2026-06-01', { amount: 2 }, 10)).toBe('2026-08-10');
  });
});

describe('an end that an act sets', () => {
  const agreed = rule({ until: 'day' });
  const outage = rule(
    { until: 'instant', bounds: { min: { amount: 1, unit: 'h' } } },
    { rollover: false, earliest: 'lastDay' },
  );

  it('must be given', () => {
    expect(code(agreed, '2026-05-04')).toBe('end-missing');
    expect(code(agreed, '2026-05-04', { until: '2026-06-02' })).toBe('2026-06-02');
    expect(dates(agreed, '2026-05-04', { until: '2026-06-02' }).legalDueDate).toBe('2026-06-03');
    expect(code(agreed, '2026-05-04', { amount: 3 })).toBe('term-inconsistent');
  });

  it('is kept to the second where it is an instant', () => {
    // selection.md § 11, S-5: 26 hours after 14 October 23:59:59.
    const set = dates(outage, '2026-10-14T23:59:59+02:00', { until: '2026-10-16T01:59:59+02:00' });
    const at = '2026-10-16T01:59:59+02:00';
    expect(set).toMatchObject({
      nominalDate: at,
      legalDueDate: at,
      safeActionDate: at,
      earliestActionDate: at,
    });
    expect(proposedDate(set, { calendar })).toBe('2026-10-16');
    expect(code(outage, '2026-10-14T23:59:59+02:00', { until: '2026-10-15T00:30:00+02:00' })).toBe(
      'term-too-short',
    );
    expect(code(outage, '2026-10-14T23:59:59+02:00', { until: '2026-10-14' })).toBe('instant-invalid');
    expect(code(outage, '2026-10-14T23:59:59+02:00', { until: '2026-03-29T02:30' })).toBe(
      'time-not-existing',
    );
  });
});
