import { describe, expect, it } from '@jest/globals';
import {
  addDays,
  addMonths,
  atRome,
  computeTerm,
  daysBetween,
  earliestHearing,
  extendTerm,
  inWords,
  isCalendarError,
  isRealDate,
  italianCalendar,
  localDateOf,
  parseLocalInstant,
  parseTermSpec,
  resumeTerm,
  romeDate,
  romeOffsetHours,
  ruleOf,
  startOfNextDay,
  startTerm,
  suspendTerm,
  workingDayOnOrAfter,
  workingDayOnOrBefore,
} from './index.ts';
import type { LegalCalendar, RunningTerm } from './index.ts';

// The edges of what the calendar answers: the ends of months, centuries and supported years, and what is refused there.

const calendar = italianCalendar();

describe('days and months', () => {
  it.each([
    ['2000-02-28', 1, '2000-02-29'],
    ['2000-02-29', 1, '2000-03-01'],
    ['2100-02-28', 1, '2100-03-01'],
    ['2400-02-29', 1, '2400-03-01'],
    ['0001-01-02', -1, '0001-01-01'],
    ['9999-12-30', 1, '9999-12-31'],
  ])('%s and %d days is %s', (from, days, to) => {
    expect(addDays(from, days)).toBe(to);
    expect(daysBetween(from, to)).toBe(days);
  });

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2000-01-31', 1, '2000-02-29'],
    ['2100-01-31', 1, '2100-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-11-15', 2, '2027-01-15'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-12-31', 0, '2026-12-31'],
  ])('%s and %d months is %s (R5; art. 2963 c. 4–5 c.c.)', (from, months, to) => {
    expect(addMonths(from, months)).toBe(to);
  });

  it('29 February is a day of every fourth year but of full centuries, and of every fourth of these', () => {
    const years = ['1996', '1900', '2000', '2026', '2100', '2400'];
    expect(years.filter((year) => isRealDate(`${year}-02-29`))).toEqual(['1996', '2000', '2400']);
  });

  it('what is no date, no whole number or outside the years 1 to 9999 is refused', () => {
    expect(() => addDays('2026-02-30', 1)).toThrow('Not a date (YYYY-MM-DD): 2026-02-30');
    expect(() => daysBetween('2026-01-01', 'ieri')).toThrow('Not a date (YYYY-MM-DD): ieri');
    expect(() => addDays('2026-01-01', 0.5)).toThrow('Not a whole number of days: 0.5');
    expect(() => addDays('9999-12-31', 1)).toThrow('Outside the calendar: 9999-12-31 + 1 days');
    expect(() => addDays('0001-01-01', -1)).toThrow('Outside the calendar: 0001-01-01 + -1 days');
    expect(() => addMonths('2026-01-01', 0.5)).toThrow('Not a whole number of months: 0.5');
    expect(() => addMonths('2026-02-30', 1)).toThrow('Not a date (YYYY-MM-DD): 2026-02-30');
    expect(() => addMonths('9999-12-01', 1)).toThrow('Outside the calendar: 9999-12-01 + 1 months');
    expect(() => startOfNextDay('2026-02-30')).toThrow('Not a date (YYYY-MM-DD): 2026-02-30');
    expect(() => calendar.isHoliday('2026-02-30')).toThrow('Not a date (YYYY-MM-DD): 2026-02-30');
    expect(() => calendar.isWorkingDay('2202-01-01')).toThrow('Outside the years 1988–2201: 2202-01-01');
    expect(() => romeDate('ieri')).toThrow('«ieri» non è una data con ora valida');
  });

  it('a working day is looked for within a year, and not for ever', () => {
    const on = (day: string) => ({ ...calendar, isWorkingDay: (date: string) => date === day });
    expect(workingDayOnOrAfter('2026-01-01', on('2027-01-02'))).toBe('2027-01-02');
    expect(workingDayOnOrBefore('2027-01-02', on('2026-01-01'))).toBe('2026-01-01');
    const none = 'The calendar has no such day within a year of 2026-01-01';
    expect(() => workingDayOnOrAfter('2026-01-01', on('2027-01-03'))).toThrow(none);
  });
});

describe('the supported years', () => {
  it.each([
    [ruleOf({ amount: 1, unit: 'd' }), '1990-01-01', null],
    [ruleOf({ amount: 1, unit: 'd' }), '2199-12-30', null],
    [ruleOf({ amount: 1, unit: 'd' }), '2199-12-31', 'year-unsupported'],
    [ruleOf({ amount: 48, unit: 'h' }), '1989-12-31T23:30', 'year-unsupported'],
    [ruleOf({ amount: 48, unit: 'h' }), '1990-01-01T00:00', null],
    [ruleOf({ amount: 48, unit: 'h' }), '2199-12-29T22:30', null],
    [ruleOf({ amount: 48, unit: 'h' }), '2199-12-29T23:30', 'year-unsupported'],
  ])('%j from %s: %s', (term, base, code) => {
    const result = computeTerm(term, base, { calendar });
    expect(isCalendarError(result) ? result.code : null).toBe(code);
  });

  it('clocks are 1 or 2 hours ahead', () => {
    expect(romeOffsetHours(Date.UTC(2026, 0, 1))).toBe(1);
    expect(romeOffsetHours(Date.UTC(2026, 6, 1))).toBe(2);
  });

  it('a refusal has a code and a message; a result that has one of them is none', () => {
    expect(isCalendarError({ code: 'x', message: { it: 'y', en: 'y' } })).toBe(true);
    expect(isCalendarError({ code: 'x' })).toBe(false);
    expect(isCalendarError({ message: 'y' })).toBe(false);
  });
});

describe('the notice before a hearing', () => {
  // Norm: art. 55-bis c. 4 D.Lgs. 165/2001; legal-calendar.md § 4
  it.each([
    ['2026-02-30', 20, 'date-invalid'],
    ['2026-02-30T10:00', 20, 'date-invalid'],
    ['2026-05-07', 0, 'amount-invalid'],
    ['2026-05-07', -1, 'amount-invalid'],
    ['2026-05-07', 1.5, 'amount-invalid'],
    ['1989-12-31', 20, 'year-unsupported'],
    ['2199-12-20', 20, 'year-unsupported'],
  ])('received on %s, %d days: %s', (received, days, code) => {
    expect(earliestHearing(received, days, { calendar })).toMatchObject({ code });
  });

  it('may be of one day, up to the last supported one', () => {
    expect(earliestHearing('2026-05-06', 1, { calendar })).toMatchObject({ earliest: '2026-05-07' });
    expect(earliestHearing('2199-12-11', 20, { calendar })).toMatchObject({ earliest: '2199-12-31' });
    expect(earliestHearing('2199-12-11', 20, { calendar, freeDays: true })).toMatchObject({
      code: 'year-unsupported',
    });
  });

  it('names no more than the beginning of what it does not understand', () => {
    const refused = earliestHearing('x'.repeat(60), 20, { calendar });
    expect(refused).toMatchObject({ message: { it: expect.stringContaining(`«${'x'.repeat(40)}»`) } });
  });

  it('is explained, with the day that a holiday moved', () => {
    expect(earliestHearing('2026-05-07', 20, { calendar })).toMatchObject({
      explanation: [
        'Ricevuta giovedì 7 maggio 2026, con 20 giorni di preavviso: non prima di mercoledì 27 maggio 2026.',
        'Prima data ammessa: mercoledì 27 maggio 2026; data proposta, con un giorno di margine: giovedì 28 maggio 2026.',
      ],
    });
    expect(earliestHearing('2026-05-13', 20, { calendar, freeDays: false })).toMatchObject({
      explanation: [
        'Ricevuta mercoledì 13 maggio 2026, con 20 giorni di preavviso: non prima di martedì 2 giugno 2026; l’audizione si tiene in un giorno lavorativo.',
        expect.anything(),
      ],
    });
    const free = earliestHearing('2026-05-07', 20, { calendar, freeDays: true });
    expect(free).toMatchObject({
      explanation: [expect.stringContaining('20 giorni liberi di preavviso'), expect.anything()],
    });
  });
});

describe('a patron saint that moves legal terms', () => {
  it('is named with its ground', () => {
    const local = italianCalendar({
      bodies: { c_patron: { patron: '06-24', patronSaintShiftsLegalTerm: true } },
    });
    expect(local.holidayName('2026-06-24', 'c_patron')).toBe('santo patrono, configurazione del Comune');
    expect(local.holidayName('2026-06-24', 'c_altro')).toBeNull();
  });
});

describe('the explanation of a term', () => {
  const told = (term: Parameters<typeof computeTerm>[0], base: string, extraDays = 0): string => {
    const result = computeTerm(term, base, { calendar, extraDays });
    return isCalendarError(result) ? result.message.it : result.explanation.join('\n');
  };
  const days = (amount: number) => ruleOf({ amount, unit: 'd' });

  it('backwards, over a holiday and not', () => {
    expect(told(ruleOf({ amount: 20, unit: 'd' }, { direction: 'backward' }), '2026-06-22')).toBe(
      [
        'Si conta a ritroso da lunedì 22 giugno 2026, che non si conta (R6; Cass. 14767/2014 e 21335/2017).',
        'Si contano 20 giorni, festivi compresi (R2; art. 155 c. 3 c.p.c.): scadenza nominale martedì 2 giugno 2026.',
        'Martedì 2 giugno 2026 è festivo (festa della Repubblica, art. 1 L. 260/1949 e L. 336/2000): l’ultimo giorno utile è il non festivo precedente, lunedì 1º giugno 2026 (R6; Cass. 14767/2014 e 21335/2017).',
        'Ultimo giorno lavorativo entro la scadenza nominale, entro cui si agisce per prudenza: lunedì 1º giugno 2026.',
      ].join('\n'),
    );
  });

  it('of free days, of days taken away, and of a term that does not move', () => {
    expect(told(ruleOf({ amount: 20, unit: 'd' }, { freeDays: true }), '2026-05-05')).toContain(
      'Si contano 20 giorni liberi, esclusi entrambi gli estremi (R7), festivi compresi',
    );
    expect(told(days(30), '2026-03-02', -1)).toContain(
      'Con 1 giorno in meno per sospensioni e proroghe: scadenza nominale martedì 31 marzo 2026.',
    );
    expect(told({ ...days(30), rollover: false }, '2026-03-06')).toContain(
      'Domenica 5 aprile 2026 è festivo (domenica di Pasqua, art. 2 L. 260/1949), ma questo termine non slitta.',
    );
  });

  it('names each holiday that is passed over, in its order, forward and backward', () => {
    expect(told(days(10), '2026-12-15')).toContain(
      'Venerdì 25 dicembre 2026 (Natale, art. 2 L. 260/1949), sabato 26 dicembre 2026 (santo Stefano, art. 2 L. 260/1949) e domenica 27 dicembre 2026 (domenica, art. 2 L. 260/1949) sono festivi: la scadenza di legge passa al primo giorno non festivo, lunedì 28 dicembre 2026',
    );
    expect(told(ruleOf({ amount: 15, unit: 'd' }, { direction: 'backward' }), '2026-04-21')).toContain(
      'Lunedì 6 aprile 2026 (lunedì dell’Angelo, art. 2 L. 260/1949) e domenica 5 aprile 2026 (domenica di Pasqua, art. 2 L. 260/1949) sono festivi: l’ultimo giorno utile è il non festivo precedente, sabato 4 aprile 2026',
    );
  });

  it('counts the holidays of a long run that it does not name', () => {
    const isHoliday = (day: string): boolean => '2026-03-02' <= day && day <= '2026-03-10';
    const closed: LegalCalendar = {
      ...calendar,
      isHoliday,
      isWorkingDay: (day) => !isHoliday(day),
      holidayName: (day) => (isHoliday(day) ? 'chiusura' : null),
    };
    const result = computeTerm(days(1), '2026-03-01', { calendar: closed });
    expect(isCalendarError(result) ? '' : result.explanation[2]).toBe(
      'Lunedì 2 marzo 2026 (chiusura), martedì 3 marzo 2026 (chiusura), mercoledì 4 marzo 2026 (chiusura), giovedì 5 marzo 2026 (chiusura), venerdì 6 marzo 2026 (chiusura) e altri 4 fino a martedì 10 marzo 2026 sono festivi: la scadenza di legge passa al primo giorno non festivo, mercoledì 11 marzo 2026 (R3; art. 2963 c. 3 c.c., art. 155 c. 4 c.p.c.).',
    );
  });

  it('of a duration, whose first day counts (R11)', () => {
    const month = { ...ruleOf({ amount: 2, unit: 'm' }), duration: true, rollover: false };
    expect(told(month, '2026-06-01')).toBe(
      [
        'Decorre da lunedì 1º giugno 2026, primo giorno, che si conta (R11).',
        'Si contano 2 mesi secondo il calendario comune, fino al giorno di ugual numero o, se manca, all’ultimo del mese (R5; art. 2963 c. 4–5 c.c.), meno un giorno: ultimo giorno venerdì 31 luglio 2026.',
        'Venerdì 31 luglio 2026 è lavorativo: è anche l’ultimo giorno sicuro per agire.',
      ].join('\n'),
    );
  });

  it('of a wait, with the first day on which the act is lawful', () => {
    const wait = { ...days(20), earliest: 'dayAfter' as const };
    expect(told(wait, '2026-04-07')).toContain(
      'Si può agire da martedì 28 aprile 2026; prima l’atto non è ammesso.',
    );
    expect(told({ ...days(20), norm: '–' }, '2026-04-07')).not.toContain('Norma');
  });

  it('of hours, with the change of the clocks', () => {
    expect(told({ ...ruleOf({ amount: 48, unit: 'h' }), norm: 'art. 1' }, '2026-03-28T10:30:00+01:00')).toBe(
      [
        'Decorre da sabato 28 marzo 2026 ore 10:30 (UTC+01:00); le ore corrono anche di notte, di sabato e nei festivi (R8; art. 155 c. 1 c.p.c.).',
        '48 ore effettive dopo: lunedì 30 marzo 2026 ore 11:30 (UTC+02:00); un termine a ore non slitta per i festivi.',
        'L’ora iniziale non si conta: scadenza di legge allo scoccare dell’ora, lunedì 30 marzo 2026 ore 12:00 (UTC+02:00) (R8; art. 155 c. 1 c.p.c.).',
        'Nel mezzo cambia l’ora legale: la stessa ora dell’orologio cade lunedì 30 marzo 2026 ore 10:30 (UTC+02:00).',
        'Per prudenza si agisce entro la prima delle due, lunedì 30 marzo 2026 ore 10:30 (UTC+02:00).',
        'Norma: art. 1.',
      ].join('\n'),
    );
    const plain = told(ruleOf({ amount: 48, unit: 'h' }), '2026-03-10T09:20:00+01:00');
    expect(plain).not.toContain('Nel mezzo');
    expect(plain).not.toContain('Norma');
  });
});

describe('what is read', () => {
  it.each(['2026-01-31', '2026-07-31', '2026-08-31', '2026-12-31', '2026-06-30', '0001-01-01', '9999-12-31'])(
    '%s is a day',
    (text) => expect(isRealDate(text)).toBe(true),
  );

  it.each([
    '2026-04-31',
    '2026-06-31',
    '2026-09-31',
    '2026-11-31',
    '2026-00-10',
    '2026-13-10',
    '2026-01-00',
    '0000-01-01',
    'x2026-01-01',
    '2026-01-01x',
  ])('%s is none', (text) => expect(isRealDate(text)).toBe(false));

  it.each([
    ['2026-03-10T09:20:00.2509+01:00', '2026-03-10T09:20:00.250+01:00'],
    ['2026-03-10T09:20:59.5Z', '2026-03-10T10:20:59.500+01:00'],
    ['2026-03-10T09:20+05:30', '2026-03-10T04:50:00+01:00'],
    ['2026-03-10T09:20-05:30', '2026-03-10T15:50:00+01:00'],
    ['2026-03-10T09:20+23:59', '2026-03-09T10:21:00+01:00'],
    // The clocks of Rome skip this time, those of other places do not.
    ['2026-03-29T02:30-05:00', '2026-03-29T09:30:00+02:00'],
    ['2026-03-29T02:30Z', '2026-03-29T04:30:00+02:00'],
  ])('the instant %s is %s in Rome', (text, expected) => {
    expect(parseLocalInstant(text)).toBe(expected);
  });

  it.each([
    ['x2026-03-10T09:20', 'instant-invalid'],
    ['2026-03-10T09:20x', 'instant-invalid'],
    ['2026-03-10T09:20:60', 'instant-invalid'],
    ['2026-03-10T09:20+24:00', 'instant-invalid'],
    ['2026-03-10T09:20+01:60', 'instant-invalid'],
    ['2026-03-29T02:30+01:00', 'time-not-existing'],
    ['2026-03-29T02:30+02:00', 'time-not-existing'],
  ])('the instant %s is refused: %s', (text, code) => {
    expect(parseLocalInstant(text)).toMatchObject({ code });
  });

  it('an instant is a legal date by the day in Rome, west and east of it', () => {
    expect(localDateOf('2026-03-10T23:30:00-05:00')).toBe('2026-03-11');
    expect(localDateOf('2026-03-10T00:30:00+05:00')).toBe('2026-03-09');
    expect(localDateOf('ieri')).toBeNull();
  });

  it.each([
    ['2026-02-30', '08:00'],
    ['2026-03-01', '108:00'],
    ['2026-03-01', '08:001'],
    ['2026-03-01', '08:60'],
    ['2026-03-01', ''],
  ])('%s at «%s» is no local time', (date, time) => {
    expect(() => atRome(date, time)).toThrow(`Not a local time: ${date} ${time}`);
  });

  it('an amount is read whole, spaces around it aside', () => {
    expect(parseTermSpec(' 120d ')).toEqual({ amount: 120, unit: 'd' });
    expect(parseTermSpec('30dd')).toMatchObject({ code: 'amount-invalid' });
    const refused = parseTermSpec('x'.repeat(60));
    expect(refused).toMatchObject({ message: { it: expect.stringContaining(`«${'x'.repeat(40)}»`) } });
  });

  it('what is no date stays as it is in words', () => {
    expect(inWords('ieri')).toBe('ieri');
    expect(inWords('2026-05-01')).toBe('venerdì 1º maggio 2026');
  });
});

describe('the years and days that the data name', () => {
  it.each([
    ['1988-01-01', true],
    ['2201-12-25', true],
    ['2201-12-31', false],
    ['1988-01-04', false],
  ])('%s is answered: %s', (date, isHoliday) => {
    expect(calendar.isHoliday(date)).toBe(isHoliday);
  });

  it.each(['1987-12-31', '2202-01-01'])('%s is not', (date) => {
    expect(() => calendar.isHoliday(date)).toThrow(RangeError);
  });

  it('a patron saint of 29 February is kept in leap years only', () => {
    const local = italianCalendar({ bodies: { c_bis: { patron: '02-29' } } });
    expect(local.isWorkingDay('2028-02-29', 'c_bis')).toBe(false);
    expect(local.isWorkingDay('2027-03-01', 'c_bis')).toBe(true);
  });

  it.each(['x06-24', '06-24x', 'xeaster+1', 'easter+1x', 'easter', '6-24'])(
    '%s is no yearly day',
    (patron) => {
      expect(() => italianCalendar({ bodies: { c_borgo: { patron } } })).toThrow(
        `Not a yearly day (MM-DD or easter+N): ${patron}`,
      );
    },
  );

  it('a body may have closures and no patron saint', () => {
    const local = italianCalendar({ bodies: { c_borgo: { closures: ['2026-08-14'] } } });
    expect(local.isWorkingDay('2026-08-14', 'c_borgo')).toBe(false);
    expect(local.isWorkingDay('2026-08-13', 'c_borgo')).toBe(true);
  });

  it('the version is the data’s alone when nothing local is added, and another for a seat', () => {
    expect(calendar.version).not.toContain('+');
    expect(italianCalendar({ seat: 'p_demo' }).version).not.toBe(calendar.version);
  });
});

describe('what a term may be', () => {
  const code = (term: Parameters<typeof computeTerm>[0], base: string, extraDays = 0): string | null => {
    const result = computeTerm(term, base, { calendar, extraDays });
    return isCalendarError(result) ? result.code : null;
  };
  const days = (amount: number) => ruleOf({ amount, unit: 'd' });
  const duration = { ...days(30), rollover: false, duration: true };
  const hours = ruleOf({ amount: 48, unit: 'h' });

  it.each([
    [days(1_000_000), '2026-03-06', 0, 'year-unsupported'],
    [days(1_000_001), '2026-03-06', 0, 'amount-invalid'],
    [days(30), '2026-03-06', 100_000, 'year-unsupported'],
    [days(30), '2026-03-06', 100_001, 'days-invalid'],
    [days(30), '2026-03-06', -100_001, 'days-invalid'],
    [duration, '2026-03-06', 0, null],
    [{ ...duration, unit: 'h' as const }, '2026-03-06T10:00', 0, 'term-inconsistent'],
    [{ ...duration, direction: 'backward' as const }, '2026-03-06', 0, 'term-inconsistent'],
    [{ ...duration, freeDays: true }, '2026-03-06', 0, 'term-inconsistent'],
    [{ ...duration, rollover: true }, '2026-03-06', 0, 'term-inconsistent'],
    [{ ...duration, earliest: 'dayAfter' as const }, '2026-03-06', 0, 'term-inconsistent'],
    [{ ...hours, freeDays: true }, '2026-03-06T10:00', 0, 'term-inconsistent'],
    [{ ...hours, rollover: true }, '2026-03-06T10:00', 0, 'term-inconsistent'],
    [{ ...hours, earliest: 'dayAfter' as const }, '2026-03-06T10:00', 0, 'term-inconsistent'],
    [hours, '2026-03-06T10:00', 0, null],
  ])('%j from %s, %d days added: %s', (term, base, extraDays, expected) => {
    expect(code(term, base, extraDays)).toBe(expected);
  });

  it('a wait that runs backwards has no first lawful day', () => {
    const term = {
      ...ruleOf({ amount: 20, unit: 'd' }, { direction: 'backward' }),
      earliest: 'dayAfter' as const,
    };
    expect(computeTerm(term, '2026-05-27', { calendar })).toMatchObject({ earliestActionDate: null });
  });

  it('the refusal names no more than the beginning of the base', () => {
    const refused = computeTerm(days(30), 'x'.repeat(60), { calendar });
    expect(refused).toMatchObject({ message: { it: expect.stringContaining(`«${'x'.repeat(40)}»`) } });
  });

  it('is resumed on the very day, not on what is no day, and is extended by one day', () => {
    const suspended = suspendTerm(startTerm(days(30), '2026-03-02'), '2026-03-10') as RunningTerm;
    expect(resumeTerm(suspended, '2026-03-10')).toMatchObject({ extraDays: 0, suspendedOn: null });
    expect(resumeTerm(suspended, '2026-03-32')).toMatchObject({ code: 'date-invalid' });
    expect(extendTerm(suspended, 1)).toMatchObject({ extraDays: 1 });
    expect(extendTerm(suspended, 1.5)).toMatchObject({ code: 'days-invalid' });
  });
});
