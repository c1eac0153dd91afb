import { describe, expect, it } from '@jest/globals';
import {
  computeTerm,
  datesOf,
  earliestHearing,
  extendTerm,
  interruptTerm,
  isCalendarError,
  italianCalendar,
  parseLocalInstant,
  proposedDate,
  rebaseTerm,
  resumeTerm,
  romeDate,
  ruleOf,
  startTerm,
  suspendTerm,
  termFromSpec,
  workingDayOnOrBefore,
  addDays,
} from './index.ts';
import type { CalendarError, CountedRule, RunningTerm, TermDates, TermRule, TermUnit } from './index.ts';

// Norm and source of every example: legal-calendar.md § 5; `LC-nn` is its number there.

const calendar = italianCalendar({ bodies: { c_patron: { patron: '06-24' } } });
const rule = (amount: number, unit: TermUnit = 'd', more: Partial<CountedRule> = {}): CountedRule => ({
  ...ruleOf({ amount, unit }),
  ...more,
});
const dates = (term: TermRule, base: string, comune: string | null = null): TermDates =>
  done(computeTerm(term, base, { calendar, comune }));
const done = <T extends object>(result: T | CalendarError): T => {
  if (isCalendarError(result)) throw new Error(result.message.it);
  return result;
};
const three = ({ nominalDate, legalDueDate, safeActionDate }: TermDates) => [
  nominalDate,
  legalDueDate,
  safeActionDate,
];

describe('forward terms in days', () => {
  it.each([
    ['LC-01', 10, '2026-03-02', '2026-03-12', '2026-03-12', '2026-03-12'],
    ['LC-02', 30, '2026-03-02', '2026-04-01', '2026-04-01', '2026-04-01'],
    ['LC-03', 30, '2026-03-06', '2026-04-05', '2026-04-07', '2026-04-03'],
    ['LC-04', 120, '2026-04-01', '2026-07-30', '2026-07-30', '2026-07-30'],
    ['LC-05', 120, '2026-04-17', '2026-08-15', '2026-08-17', '2026-08-14'],
    ['LC-06', 30, '2026-10-15', '2026-11-14', '2026-11-14', '2026-11-13'],
    ['LC-07', 30, '2026-09-04', '2026-10-04', '2026-10-05', '2026-10-02'],
    ['LC-08', 30, '2027-09-04', '2027-10-04', '2027-10-05', '2027-10-01'],
    ['LC-09', 30, '2025-09-04', '2025-10-04', '2025-10-04', '2025-10-03'],
    ['LC-10', 30, '2027-09-03', '2027-10-03', '2027-10-05', '2027-10-01'],
    ['LC-11', 10, '2026-12-15', '2026-12-25', '2026-12-28', '2026-12-24'],
    ['LC-12', 20, '2026-12-12', '2027-01-01', '2027-01-02', '2026-12-31'],
    ['LC-13', 30, '2026-12-07', '2027-01-06', '2027-01-07', '2027-01-05'],
    ['LC-14', 10, '2026-04-15', '2026-04-25', '2026-04-27', '2026-04-24'],
    ['LC-15', 30, '2026-04-01', '2026-05-01', '2026-05-02', '2026-04-30'],
    ['LC-16', 60, '2026-04-03', '2026-06-02', '2026-06-03', '2026-06-01'],
    ['LC-17', 20, '2026-11-18', '2026-12-08', '2026-12-09', '2026-12-07'],
    ['LC-18', 30, '2026-10-02', '2026-11-01', '2026-11-02', '2026-10-30'],
    ['LC-57', 3, '2026-12-23', '2026-12-26', '2026-12-28', '2026-12-24'],
  ])('%s: %d days from %s', (_, amount, base, nominal, legal, safe) => {
    expect(three(dates(rule(amount), base))).toEqual([nominal, legal, safe]);
  });
});

describe('months and years', () => {
  it.each([
    ['LC-19', 6, 'm', '2026-08-31', '2027-02-28', '2027-03-01', '2027-02-26'],
    ['LC-20', 1, 'm', '2028-01-31', '2028-02-29', '2028-02-29', '2028-02-29'],
    ['LC-21', 3, 'm', '2026-11-30', '2027-02-28', '2027-03-01', '2027-02-26'],
    ['LC-22', 6, 'm', '2026-01-15', '2026-07-15', '2026-07-15', '2026-07-15'],
    ['LC-23', 3, 'y', '2028-02-29', '2031-02-28', '2031-02-28', '2031-02-28'],
    ['LC-24', 3, 'y', '2026-03-16', '2029-03-16', '2029-03-16', '2029-03-16'],
    ['LC-25', 1, 'm', '2027-02-15', '2027-03-15', '2027-03-15', '2027-03-15'],
    ['LC-25', 30, 'd', '2027-02-15', '2027-03-17', '2027-03-17', '2027-03-17'],
  ] as const)('%s: %d%s from %s', (_, amount, unit, base, nominal, legal, safe) => {
    expect(three(dates(rule(amount, unit), base))).toEqual([nominal, legal, safe]);
  });
});

describe('backward terms', () => {
  it.each([
    ['LC-26', 20, false, '2026-05-27', '2026-05-07', '2026-05-07'],
    ['LC-27', 20, false, '2026-06-22', '2026-06-01', '2026-06-01'],
    ['LC-28', 20, false, '2026-05-15', '2026-04-24', '2026-04-24'],
    ['LC-29', 15, false, '2026-04-20', '2026-04-04', '2026-04-03'],
    ['LC-30', 15, false, '2026-04-21', '2026-04-04', '2026-04-03'],
    ['LC-31', 20, true, '2026-05-27', '2026-05-06', '2026-05-06'],
  ])('%s: %d days (free: %s) before %s', (_, amount, freeDays, base, legal, safe) => {
    const { legalDueDate, safeActionDate } = dates(
      rule(amount, 'd', { direction: 'backward', freeDays }),
      base,
    );
    expect([legalDueDate, safeActionDate]).toEqual([legal, safe]);
  });

  it.each([
    ['LC-32', '2026-05-07', false, '2026-05-27', '2026-05-28'],
    ['LC-32', '2026-05-07', true, '2026-05-28', '2026-05-29'],
    ['LC-33', '2026-05-13', false, '2026-06-03', '2026-06-04'],
  ])(
    '%s: the earliest hearing after receipt on %s (free: %s)',
    (_, received, freeDays, earliest, proposed) => {
      expect(earliestHearing(received, 20, { calendar, freeDays })).toMatchObject({ earliest, proposed });
    },
  );
});

describe('hours', () => {
  it.each([
    [
      'LC-34',
      '2026-03-10T09:20:00+01:00',
      '2026-03-12T09:20:00+01:00',
      '2026-03-12T09:20:00+01:00',
      '2026-03-12T10:00:00+01:00',
    ],
    [
      'LC-35',
      '2026-03-28T10:30:00+01:00',
      '2026-03-30T11:30:00+02:00',
      '2026-03-30T10:30:00+02:00',
      '2026-03-30T12:00:00+02:00',
    ],
    [
      'LC-36',
      '2026-10-24T10:30:00+02:00',
      '2026-10-26T09:30:00+01:00',
      '2026-10-26T09:30:00+01:00',
      '2026-10-26T10:00:00+01:00',
    ],
    [
      'LC-37',
      '2026-12-24T16:45:00+01:00',
      '2026-12-26T16:45:00+01:00',
      '2026-12-26T16:45:00+01:00',
      '2026-12-26T17:00:00+01:00',
    ],
    [
      'LC-38',
      '2026-10-25T02:30:00+02:00',
      '2026-10-27T01:30:00+01:00',
      '2026-10-27T01:30:00+01:00',
      '2026-10-27T02:00:00+01:00',
    ],
    [
      'LC-39',
      '2026-10-25T02:30:00+01:00',
      '2026-10-27T02:30:00+01:00',
      '2026-10-27T02:30:00+01:00',
      '2026-10-27T03:00:00+01:00',
    ],
    [
      'D-4',
      '2026-05-11T08:40:00+02:00',
      '2026-05-13T08:40:00+02:00',
      '2026-05-13T08:40:00+02:00',
      '2026-05-13T09:00:00+02:00',
    ],
  ])('%s: 48 hours from %s', (_, base, elapsed, safe, legal) => {
    const { nominalDate, safeActionDate, legalDueDate } = dates(rule(48, 'h'), base);
    expect([nominalDate, safeActionDate, legalDueDate]).toEqual([elapsed, safe, legal]);
  });

  it('LC-38 to LC-40: asks which of two times, refuses one that does not exist', () => {
    expect(parseLocalInstant('2026-10-25T02:30')).toMatchObject({ code: 'time-ambiguous' });
    expect(parseLocalInstant('2026-10-25T02:30', 'first')).toBe('2026-10-25T02:30:00+02:00');
    expect(parseLocalInstant('2026-10-25T02:30', 'second')).toBe('2026-10-25T02:30:00+01:00');
    expect(parseLocalInstant('2026-03-29T02:30')).toMatchObject({ code: 'time-not-existing' });
    expect(parseLocalInstant('2026-03-28T10:30')).toBe('2026-03-28T10:30:00+01:00');
    expect(parseLocalInstant('2026-02-30T10:30')).toMatchObject({ code: 'instant-invalid' });
  });
});

describe('suspension, extension, places, midnight', () => {
  const conclusion = startTerm(rule(120), '2026-04-01');
  const due = (running: RunningTerm) => done(datesOf(running, { calendar })).legalDueDate;

  it('LC-41: a suspension moves the term by its days', () => {
    expect(due(done(resumeTerm(done(suspendTerm(conclusion, '2026-04-22')), '2026-04-30')))).toBe(
      '2026-08-07',
    );
  });
  it('LC-42: a deferred hearing moves it by the same days', () => {
    expect(due(done(extendTerm(conclusion, 14)))).toBe('2026-08-13');
  });
  it('an interruption starts a new full term, a rebase keeps what was added', () => {
    expect(due(interruptTerm(done(extendTerm(conclusion, 14)), '2026-07-13'))).toBe('2026-11-10');
    expect(due(rebaseTerm(done(extendTerm(conclusion, 14)), '2026-04-02'))).toBe('2026-08-14');
  });
  it('LC-43: a patron saint moves no legal date, but is no working day', () => {
    expect(three(dates(rule(30), '2026-05-25', 'c_patron'))).toEqual([
      '2026-06-24',
      '2026-06-24',
      '2026-06-23',
    ]);
  });
  it('LC-43: unless the Comune chose the longer reading', () => {
    const longer = italianCalendar({
      bodies: { c_patron: { patron: '06-24', patronSaintShiftsLegalTerm: true } },
    });
    expect(computeTerm(rule(30), '2026-05-25', { calendar: longer, comune: 'c_patron' })).toMatchObject({
      legalDueDate: '2026-06-25',
    });
  });
  it('LC-44: 29 June is festivo only in the Comune di Roma', () => {
    expect(dates(rule(30), '2026-05-30').legalDueDate).toBe('2026-06-29');
    expect(dates(rule(30), '2026-05-30', 'c_h501').legalDueDate).toBe('2026-06-30');
  });
  it('LC-45, LC-46: the day is Rome’s, not UTC’s', () => {
    expect(romeDate('2026-07-30T22:30:00Z')).toBe('2026-07-31');
    expect(romeDate('2026-12-31T22:30:00Z')).toBe('2026-12-31');
  });
  it('LC-47: a warning five days before falls on the working day before', () => {
    expect(workingDayOnOrBefore(addDays('2026-07-30', -5), calendar)).toBe('2026-07-24');
  });
  it('LC-48: 4 November is no holiday', () => {
    expect(dates(rule(1), '2026-11-03').legalDueDate).toBe('2026-11-04');
  });
});

describe('earliest dates, terms without shift, durations', () => {
  const wait = (amount: number, more: Partial<TermRule> = {}) =>
    rule(amount, 'd', { earliest: 'dayAfter', ...more });
  it('LC-49', () => {
    expect(dates(wait(20), '2026-04-07')).toMatchObject({
      nominalDate: '2026-04-27',
      legalDueDate: '2026-04-27',
      safeActionDate: '2026-04-27',
      earliestActionDate: '2026-04-28',
    });
  });
  it('LC-50', () => {
    expect(dates(wait(20), '2026-05-13')).toMatchObject({
      nominalDate: '2026-06-02',
      legalDueDate: '2026-06-03',
      earliestActionDate: '2026-06-04',
    });
    expect(dates(wait(20, { rollover: false }), '2026-05-13').earliestActionDate).toBe('2026-06-03');
  });
  it('LC-51', () => {
    const computed = dates(wait(45), '2026-04-07');
    expect(computed).toMatchObject({ nominalDate: '2026-05-22', earliestActionDate: '2026-05-23' });
    expect(proposedDate(computed, { calendar })).toBe('2026-05-25');
  });
  it('LC-52', () => {
    expect(dates(rule(30, 'd', { earliest: 'lastDay' }), '2026-05-04').earliestActionDate).toBe('2026-06-03');
  });
  it('LC-53', () => {
    expect(dates(wait(10, { rollover: false }), '2026-09-24')).toMatchObject({
      nominalDate: '2026-10-04',
      earliestActionDate: '2026-10-05',
    });
  });
  it('LC-54', () => {
    expect(dates(rule(3, 'y', { rollover: false }), '2026-08-15').legalDueDate).toBe('2029-08-15');
  });
  it('LC-55', () => {
    expect(dates(rule(30, 'd', { duration: true, rollover: false }), '2026-05-14').legalDueDate).toBe(
      '2026-06-12',
    );
  });
  it('LC-56', () => {
    const running = startTerm(rule(2, 'm', { duration: true, rollover: false }), '2026-06-01');
    expect(datesOf(running, { calendar })).toMatchObject({ legalDueDate: '2026-07-31' });
    expect(datesOf(done(extendTerm(running, 10)), { calendar })).toMatchObject({
      legalDueDate: '2026-08-10',
    });
  });
});

describe('the worked examples of the disciplinary page', () => {
  it.each([
    ['D-1 report', 10, 'd', '2026-03-02', '2026-03-12', '2026-03-12'],
    ['D-1 contestation', 30, 'd', '2026-03-10', '2026-04-09', '2026-04-09'],
    ['D-1 conclusion', 120, 'd', '2026-03-25', '2026-07-23', '2026-07-23'],
    ['D-8 contestation', 30, 'd', '2026-03-27', '2026-04-26', '2026-04-27'],
    ['D-5 resume', 60, 'd', '2026-11-09', '2027-01-08', '2027-01-08'],
    ['D-5 conclusion', 120, 'd', '2026-12-14', '2027-04-13', '2027-04-13'],
    ['D-6 contestation', 30, 'd', '2026-07-13', '2026-08-12', '2026-08-12'],
    ['D-10 request', 6, 'm', '2026-08-31', '2027-02-28', '2027-03-01'],
    ['D-12 inspectorate', 20, 'd', '2026-07-06', '2026-07-26', '2026-07-27'],
    ['D-4 contestation', 30, 'd', '2026-05-11', '2026-06-10', '2026-06-10'],
    ['D-4 conclusion in 30 days', 30, 'd', '2026-05-12', '2026-06-11', '2026-06-11'],
    ['D-4 conclusion', 120, 'd', '2026-05-12', '2026-09-09', '2026-09-09'],
    ['D-4 prosecutor', 20, 'd', '2026-05-12', '2026-06-01', '2026-06-01'],
    ['D-5 review', 12, 'm', '2026-05-20', '2027-05-20', '2027-05-20'],
    ['D-6 conclusion', 120, 'd', '2026-07-13', '2026-11-10', '2026-11-10'],
    ['D-7 proposal', 5, 'd', '2026-04-21', '2026-04-26', '2026-04-27'],
    ['D-7 reply', 5, 'd', '2026-04-22', '2026-04-27', '2026-04-27'],
    ['D-7 meeting', 3, 'd', '2026-04-27', '2026-04-30', '2026-04-30'],
    ['D-7 end', 30, 'd', '2026-04-01', '2026-05-01', '2026-05-02'],
    ['D-9 alternative reading', 120, 'd', '2026-03-31', '2026-07-29', '2026-07-29'],
    ['D-10 resume', 60, 'd', '2027-02-15', '2027-04-16', '2027-04-16'],
    ['D-14 contestation', 30, 'd', '2026-03-10', '2026-04-09', '2026-04-09'],
    ['D-15 resume', 60, 'd', '2026-09-18', '2026-11-17', '2026-11-17'],
    ['D-1 inspectorate start', 20, 'd', '2026-03-25', '2026-04-14', '2026-04-14'],
    ['D-1 inspectorate end', 20, 'd', '2026-07-10', '2026-07-30', '2026-07-30'],
    ['D-18 report after transfer', 20, 'd', '2026-07-13', '2026-08-02', '2026-08-03'],
  ] as const)('%s', (_, amount, unit, base, nominal, legal) => {
    expect(dates(rule(amount, unit), base)).toMatchObject({ nominalDate: nominal, legalDueDate: legal });
  });
});

describe('notice and durations of the disciplinary page', () => {
  it.each([
    ['D-1', 20, '2026-04-15', '2026-03-26'],
    ['D-9', 20, '2026-04-22', '2026-04-02'],
    ['D-4', 15, '2026-05-27', '2026-05-12'],
  ])('%s: %d days before the hearing of %s', (_, amount, hearing, legal) => {
    expect(dates(rule(amount, 'd', { direction: 'backward' }), hearing).legalDueDate).toBe(legal);
  });
  it.each([
    ['D-1', 20, '2026-03-25', '2026-04-14', '2026-04-15'],
    ['D-9', 20, '2026-03-31', '2026-04-20', '2026-04-21'],
    ['D-4', 15, '2026-05-12', '2026-05-27', '2026-05-28'],
  ])('%s: %d days of notice from %s', (_, days, receipt, earliest, proposed) => {
    expect(earliestHearing(receipt, days, { calendar })).toMatchObject({ earliest, proposed });
  });
  it('D-2, D-8, D-12, D-18: the safe dates', () => {
    const safe = (amount: number, base: string) => dates(rule(amount), base).safeActionDate;
    expect(safe(30, '2026-03-06')).toBe('2026-04-03');
    expect(workingDayOnOrBefore(addDays('2026-04-03', -5), calendar)).toBe('2026-03-27');
    expect(safe(30, '2026-03-27')).toBe('2026-04-24');
    expect(safe(20, '2026-07-06')).toBe('2026-07-24');
    expect(safe(20, '2026-07-13')).toBe('2026-07-31');
    expect(safe(30, '2026-04-01')).toBe('2026-04-30');
  });
  it('D-3: fourteen days of deferral', () => {
    const deferred = done(extendTerm(startTerm(rule(120), '2026-03-25'), 14));
    expect(datesOf(deferred, { calendar })).toMatchObject({ legalDueDate: '2026-08-06' });
  });
  it('D-13: a suspension ends on its last day, also on a holiday', () => {
    const thirty = rule(30, 'd', { duration: true, rollover: false });
    expect(dates(thirty, '2026-05-14').legalDueDate).toBe('2026-06-12');
    expect(dates(thirty, '2026-04-02').legalDueDate).toBe('2026-05-01');
  });
});

describe('what is refused', () => {
  it.each([
    [rule(30), '2026-02-30', 'date-invalid'],
    [rule(30), '2026-3-6', 'date-invalid'],
    [rule(30), '1989-12-31', 'year-unsupported'],
    [rule(30), '2199-12-15', 'year-unsupported'],
    [rule(200, 'y'), '2026-03-06', 'year-unsupported'],
    [rule(999_999, 'y'), '2026-03-06', 'year-unsupported'],
    [rule(0), '2026-03-06', 'amount-invalid'],
    [rule(1.5), '2026-03-06', 'amount-invalid'],
    [rule(-1), '2026-03-06', 'amount-invalid'],
    [rule(48, 'h'), '2026-03-06', 'instant-invalid'],
    [rule(48, 'h'), '2026-03-29T02:30', 'time-not-existing'],
    [rule(48, 'h'), '2026-03-29T02:30+01:00', 'time-not-existing'],
    [rule(48, 'h'), '2026-10-25T02:30', 'time-ambiguous'],
    [rule(48, 'h', { direction: 'backward' }), '2026-03-06T10:00', 'term-inconsistent'],
    [rule(30, 'd', { duration: true }), '2026-03-06', 'term-inconsistent'],
  ])('%j from %s: %s', (term, base, code) => {
    expect(computeTerm(term, base, { calendar })).toMatchObject({ code });
  });

  it('days added to a term in hours, or fractions of days', () => {
    const hours = computeTerm(rule(48, 'h'), '2026-03-10T09:20:00+01:00', { calendar, extraDays: 1 });
    expect(hours).toMatchObject({ code: 'days-invalid' });
    expect(computeTerm(rule(30), '2026-03-06', { calendar, extraDays: 0.5 })).toMatchObject({
      code: 'days-invalid',
    });
  });

  it('operations that do not fit the state', () => {
    const running = startTerm(rule(120), '2026-04-01');
    const suspended = done(suspendTerm(running, '2026-04-22'));
    expect(suspendTerm(suspended, '2026-04-23')).toMatchObject({ code: 'operation-not-allowed' });
    expect(resumeTerm(running, '2026-04-30')).toMatchObject({ code: 'operation-not-allowed' });
    expect(resumeTerm(suspended, '2026-04-21')).toMatchObject({ code: 'operation-not-allowed' });
    expect(suspendTerm(running, '2026-04-31')).toMatchObject({ code: 'date-invalid' });
    expect(extendTerm(running, 0)).toMatchObject({ code: 'days-invalid' });
    const hours = startTerm(rule(48, 'h'), '2026-03-10T09:20:00+01:00');
    expect(extendTerm(hours, 1)).toMatchObject({ code: 'operation-not-allowed' });
  });

  it('texts that are no term', () => {
    for (const text of ['', '30', 'd30', '0d', '30w', '-3d', '1.5d', '99999999d']) {
      expect(termFromSpec(text)).toMatchObject({ code: 'amount-invalid' });
    }
    expect(termFromSpec('6m')).toEqual(rule(6, 'm'));
  });
});

describe('the explanation', () => {
  it('tells each step in Italian, with rule and norm', () => {
    const norm = 'art. 55-bis c. 4 D.Lgs. 165/2001';
    expect(dates({ ...rule(30), norm }, '2026-03-06').explanation).toEqual([
      'Decorre da venerdì 6 marzo 2026, che non si conta (R1; art. 2963 c. 2 c.c., art. 155 c. 1 c.p.c.).',
      'Si contano 30 giorni, festivi compresi (R2; art. 155 c. 3 c.p.c.): scadenza nominale domenica 5 aprile 2026.',
      'Domenica 5 aprile 2026 (domenica di Pasqua, art. 2 L. 260/1949) e lunedì 6 aprile 2026 (lunedì dell’Angelo, art. 2 L. 260/1949) sono festivi: la scadenza di legge passa al primo giorno non festivo, martedì 7 aprile 2026 (R3; art. 2963 c. 3 c.c., art. 155 c. 4 c.p.c.).',
      'Ultimo giorno lavorativo entro la scadenza nominale, entro cui si agisce per prudenza: venerdì 3 aprile 2026.',
      'Norma del termine: art. 55-bis c. 4 D.Lgs. 165/2001.',
    ]);
  });

  it('says that Saturday does not shift, what was added, and what holiday stands in the way', () => {
    expect(dates(rule(30), '2026-10-15').explanation.join(' ')).toContain('Il sabato non è festivo');
    const extended = datesOf(done(extendTerm(startTerm(rule(120), '2026-04-01'), 14)), { calendar });
    expect(done(extended).explanation[1]).toContain('Con 14 giorni in più per sospensioni e proroghe');
    expect(dates(rule(30), '2027-09-04').explanation.join(' ')).toContain('(san Francesco, L. 151/2025)');
    expect(dates(rule(48, 'h'), '2026-03-28T10:30:00+01:00').explanation.join(' ')).toContain(
      'Nel mezzo cambia l’ora legale',
    );
  });
});
