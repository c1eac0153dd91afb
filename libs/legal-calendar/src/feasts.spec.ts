import { describe, expect, it } from '@jest/globals';
import { formatDay, parseDay, weekdayOf } from './day.ts';
import { religiousFeast } from './feasts.ts';

/** The feasts of a year, without those on Saturdays: some lists of the Ministry leave them out. */
function feastsOf(year: number): readonly string[] {
  const first = parseDay(`${year}-01-01`)!;
  return Array.from({ length: 366 }, (_, i) => first + i)
    .filter((day) => weekdayOf(day) !== 6 && formatDay(day).startsWith(String(year)))
    .map(formatDay)
    .filter((date) => religiousFeast(date) !== null)
    .map((date) => date.slice(5));
}

const noSaturdays = (year: number, days: string): readonly string[] =>
  days.split(' ').filter((it) => weekdayOf(parseDay(`${year}-${it}`)!) !== 6);

const valdese = '02-17';

// The calendars that the Ministry of the Interior had published. Those of 2003 and 2009 name other days for the new year, which
// the first of them had to put right (D.M. 4 dicembre 2002).
describe('the feasts of a year are those of the Gazzetta Ufficiale', () => {
  it.each([
    // D.M. published on 4 October 2012
    [
      2013,
      '03-25 03-26 03-27 04-01 04-02 05-15 05-16 07-16 09-05 09-06 09-13 09-14 09-19 09-20 09-25 09-26 09-27',
    ],
    // Comunicato, G.U. n. 128 del 5 giugno 2014
    [
      2015,
      '04-03 04-04 04-05 04-10 04-11 05-24 05-25 07-26 09-14 09-15 09-22 09-23 09-28 09-29 10-04 10-05 10-06',
    ],
    // Comunicato for 2016: 9 Av is a Saturday, the fast is on Sunday
    [
      2016,
      '04-22 04-23 04-24 04-29 04-30 06-12 06-13 08-14 10-03 10-04 10-11 10-12 10-17 10-18 10-23 10-24 10-25',
    ],
    // Comunicato, 2020
    [
      2021,
      '03-27 03-28 03-29 04-03 04-04 05-17 05-18 07-18 09-07 09-08 09-15 09-16 09-21 09-22 09-27 09-28 09-29',
    ],
    // Prefettura di Gorizia, 9 agosto 2024
    [2025, '04-13 04-14 04-20 06-02 06-03 08-03 09-23 09-24 10-01 10-02 10-07 10-08 10-13 10-14 10-15'],
    // Comunicato, G.U. n. 196 del 25 agosto 2025
    [2026, '04-01 04-02 04-03 04-08 04-09 05-22 07-23 09-13 09-20 09-21 09-27 10-02 10-04'],
  ])('%s', (year, days) => {
    expect(feastsOf(year)).toEqual([...noSaturdays(year, valdese), ...noSaturdays(year, days)]);
  });
});

it('names the feast and its norm; what is no date is no feast', () => {
  expect(religiousFeast('2026-09-21')).toBe('Kippur, art. 5 c. 1 lett. b L. 101/1989');
  expect(religiousFeast('2026-02-17')).toBe('festa valdese della libertà, art. 6 c. 2 D.P.R. 487/1994');
  expect(religiousFeast('2026-12-08')).toBeNull();
  expect(religiousFeast('2026-02-30')).toBeNull();
});

// Another reckoning of the same calendar: the Unicode Consortium's, which comes with the platform.
it('agrees with the calendar of ICU in every year that the house knows', () => {
  const hebrew = new Intl.DateTimeFormat('en-u-ca-hebrew', {
    timeZone: 'UTC',
    month: 'long',
    day: 'numeric',
  });
  const feasts: Readonly<Record<string, readonly number[]>> = {
    ...{ Nisan: [14, 15, 16, 21, 22], Sivan: [6, 7], Tishri: [1, 2, 9, 10, 15, 16, 21, 22, 23] },
  };
  for (let day = parseDay('1990-01-01')!; day <= parseDay('2199-12-31')!; day++) {
    const parts = hebrew.formatToParts(day * 86_400_000);
    const [month, nr] = [
      parts.find(({ type }) => type === 'month')!.value,
      parts.find(({ type }) => type === 'day')!.value,
    ];
    const isAv = month === 'Av' && (nr === '9' ? weekdayOf(day) !== 6 : nr === '10' && weekdayOf(day) === 0);
    const is = isAv || (feasts[month]?.includes(Number(nr)) ?? false);
    const date = formatDay(day);
    if (is !== (religiousFeast(date) !== null && !date.endsWith(valdese)))
      throw new Error(`${date}, ${nr} ${month}`);
  }
});
