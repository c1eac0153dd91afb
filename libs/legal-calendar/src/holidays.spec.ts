import { describe, expect, it } from '@jest/globals';
import { italianCalendar, plusWorkingDays, workingDayOnOrAfter, workingDayOnOrBefore } from './index.ts';

const calendar = italianCalendar();

describe('what is festivo', () => {
  it.each([
    ['2026-03-08', 'domenica, art. 2 L. 260/1949'],
    ['2025-04-21', 'lunedì dell’Angelo, art. 2 L. 260/1949'],
    ['2026-04-06', 'lunedì dell’Angelo, art. 2 L. 260/1949'],
    ['2027-03-29', 'lunedì dell’Angelo, art. 2 L. 260/1949'],
    ['2028-04-17', 'lunedì dell’Angelo, art. 2 L. 260/1949'],
    ['2029-04-02', 'lunedì dell’Angelo, art. 2 L. 260/1949'],
    ['2030-04-22', 'lunedì dell’Angelo, art. 2 L. 260/1949'],
    ['2027-10-04', 'san Francesco, L. 151/2025'],
    ['2025-10-04', null],
    ['2026-06-02', 'festa della Repubblica, art. 1 L. 260/1949 e L. 336/2000'],
    ['1999-06-02', null],
    ['2026-11-04', null],
    ['2026-03-19', null],
    ['2026-06-29', null],
  ])('%s: %s', (date, name) => {
    expect(calendar.holidayName(date)).toBe(name);
    expect(calendar.isHoliday(date)).toBe(name !== null);
  });

  it('29 June in the Comune di Roma, however its code is written', () => {
    for (const code of ['c_h501', 'C_H501', 'h501', '058091'])
      expect(calendar.isHoliday('2026-06-29', code)).toBe(true);
    expect(calendar.isHoliday('2026-06-29', 'c_borgo')).toBe(false);
  });
});

describe('what is a working day', () => {
  const local = italianCalendar({
    bodies: {
      p_demo: { patron: '10-09', closures: ['2026-12-24'] },
      c_borgo: { patron: '06-24', seat: 'p_demo' },
      c_valle: { patron: 'easter+50' },
    },
  });

  it.each([
    ['2026-06-24', 'c_borgo', false],
    ['2026-06-24', 'c_valle', true],
    ['2026-10-09', 'c_borgo', false],
    ['2026-10-09', 'c_valle', true],
    ['2026-12-24', 'c_borgo', false],
    ['2026-05-25', 'c_valle', false],
    ['2026-05-25', null, true],
    ['2026-06-27', null, false],
  ] as const)('%s in %s: %s', (date, comune, isWorking) => {
    expect(local.isWorkingDay(date, comune)).toBe(isWorking);
  });

  it('a body that changes its patron saint keeps each day in its years', () => {
    const changed = italianCalendar({
      bodies: {
        c_monte: {
          patrons: [
            { day: '06-24', validFrom: null, validTo: '2027-06-24' },
            { day: '09-08', validFrom: '2027-09-08', validTo: '2029-12-31' },
          ],
        },
      },
    });
    const days = [
      '2026-06-24',
      '2027-06-24',
      '2030-06-24',
      '2026-09-08',
      '2027-09-08',
      '2028-09-08',
      '2031-09-08',
    ];
    expect(days.filter((day) => !changed.isWorkingDay(day, 'c_monte'))).toEqual([
      '2026-06-24',
      '2027-06-24',
      '2027-09-08',
      '2028-09-08',
    ]);
    expect(days.filter((day) => changed.isHoliday(day, 'c_monte'))).toEqual([]);
  });

  it('the seat counts for all when it is named once', () => {
    const seated = italianCalendar({ bodies: { p_demo: { patron: '10-09' } }, seat: 'p_demo' });
    expect(seated.isWorkingDay('2026-10-09')).toBe(false);
  });

  it('is found before and after', () => {
    expect(workingDayOnOrBefore('2026-04-06', calendar)).toBe('2026-04-03');
    expect(workingDayOnOrAfter('2026-04-04', calendar)).toBe('2026-04-07');
    expect(workingDayOnOrAfter('2026-04-07', calendar)).toBe('2026-04-07');
  });
});

describe('working days counted', () => {
  const local = italianCalendar({ bodies: { c_borgo: { patron: '04-08' } } });

  it.each([
    // Good Friday, Easter Monday 6 April, and the patron's day on Wednesday 8 April.
    ['2026-04-03', 1, null, '2026-04-07'],
    ['2026-04-03', 3, null, '2026-04-09'],
    ['2026-04-03', 3, 'c_borgo', '2026-04-10'],
    ['2026-04-07', -1, null, '2026-04-03'],
    ['2026-04-05', -2, null, '2026-04-02'],
    ['2026-04-05', 0, null, '2026-04-03'],
    ['2026-04-07', 0, null, '2026-04-07'],
  ] as const)('%s and %d working days, in %s: %s', (from, days, comune, to) => {
    expect(plusWorkingDays(from, days, local, comune)).toBe(to);
  });

  it('are whole', () => {
    expect(() => plusWorkingDays('2026-04-07', 1.5, calendar)).toThrow('Not a whole number of days: 1.5');
    expect(() => plusWorkingDays('2026-02-30', 1, calendar)).toThrow(RangeError);
  });
});

describe('its data', () => {
  it('name for each body the versions that count for it: its own and its seat’s', () => {
    const bodies = {
      c_borgo: { version: 3, seat: 'p_demo' },
      c_monte: { seat: 'p_demo' },
      c_valle: { version: 0 },
      p_demo: { version: 7 },
    };
    const local = italianCalendar({ bodies });
    const names = ['c_borgo', 'C_MONTE', 'c_valle', 'c_altrove', null].map((comune) =>
      local.versionFor(comune),
    );
    const { version: italy } = calendar;
    expect(names).toEqual([`${italy}+c_borgo.3+p_demo.7`, `${italy}+p_demo.7`, italy, italy, italy]);
  });

  it('have a version that tells local days apart', () => {
    const one = italianCalendar({ bodies: { c_borgo: { patron: '06-24' } } });
    const other = italianCalendar({ bodies: { c_borgo: { patron: '06-25' } } });
    expect(new Set([calendar.version, one.version, other.version]).size).toBe(3);
    expect(italianCalendar().version).toBe(calendar.version);
  });

  it('refuse what is no day', () => {
    expect(() => calendar.isHoliday('2026-02-30')).toThrow(RangeError);
    expect(() => calendar.isHoliday('1900-01-01')).toThrow(RangeError);
    expect(() => italianCalendar({ bodies: { c_borgo: { patron: '24 giugno' } } })).toThrow(RangeError);
    expect(() => italianCalendar({ bodies: { c_borgo: { patron: '02-30' } } })).toThrow(RangeError);
    expect(() => italianCalendar({ bodies: { c_borgo: { closures: ['2026-02-30'] } } })).toThrow(RangeError);
  });
});
