import { describe, expect, it } from '@jest/globals';
import { italianCalendar } from '@iter/legal-calendar';
import { aroundEaster, placeOf, squareAt } from './wall-calendar.ts';

const calendar = italianCalendar();

describe('the calendar on the wall', () => {
  it('prints the Easter Mondays of the law page, and the calendar knows them', () => {
    const mondays = ['2025-04-21', '2026-04-06', '2027-03-29', '2028-04-17', '2029-04-02', '2030-04-22'];
    expect([2025, 2026, 2027, 2028, 2029, 2030].map((year) => aroundEaster(year, 1))).toEqual(mondays);
    const years = Array.from({ length: 210 }, (_, i) => 1990 + i);
    const easterMondays = years.filter((year) => calendar.isHoliday(aroundEaster(year, 1)));
    expect(easterMondays).toEqual(years);
    // The Tuesday is one only where it falls on 25 April.
    const tuesdays = years.filter((year) => calendar.isHoliday(aroundEaster(year, 2)));
    expect(tuesdays).toEqual(years.filter((year) => aroundEaster(year, 2).endsWith('-04-25')));
  });

  it('does not print in red what later laws suppressed', () => {
    // San Giuseppe, Ascension, Corpus Domini, 4 November: workdays of 2026.
    const suppressed = ['2026-03-19', aroundEaster(2026, 39), aroundEaster(2026, 60), '2026-11-04'];
    expect(suppressed.filter((date) => squareAt(placeOf(date)).red || calendar.isHoliday(date))).toEqual([]);
  });

  it('is red where the calendar says festivo, from 2012 to 2050', () => {
    const other = Array.from({ length: 14_245 }, (_, place) => squareAt(place)).filter(
      ({ date, red }) => calendar.isHoliday(date) !== red,
    );
    expect(other).toEqual([]);
  });
});
