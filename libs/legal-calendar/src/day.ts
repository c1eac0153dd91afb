import type { LocalDate } from './types.ts';

/** A day as a count from 1970-01-01: integer arithmetic, no clock and no zone. */
export type Day = number;

/** First and last year in which a term may start and end. */
export const supportedYears = { first: 1990, last: 2199 } as const;

/** The years for which the calendar answers: a margin lets a term at the edge look for its working day. */
export const knownYears = { first: 1988, last: 2201 } as const;

const within = ({ first, last }: { readonly first: number; readonly last: number }) => {
  const [from, to] = [dayOf(first, 1, 1), dayOf(last, 12, 31)];
  return (day: Day): boolean => day >= from && day <= to;
};

/** Whether a day lies in the supported years. */
export const isSupported = within(supportedYears);

/** Whether a day lies in the known years. */
export const isKnown = within(knownYears);

/**
 * Day number of a date of the Gregorian calendar, counted by years that begin in March.
 * @param month 1–12; `day` may be beyond the month's end
 */
export function dayOf(year: number, month: number, day: number): Day {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export interface CivilDate {
  readonly year: number;
  /** 1–12. */
  readonly month: number;
  readonly day: number;
}

/** The date of a day number. */
export function civilOf(day: Day): CivilDate {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}

/** 0 Sunday … 6 Saturday. */
export function weekdayOf(day: Day): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** Days of a month, 1–12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/**
 * The same day number some months later (or earlier, when negative); where the month lacks it, its last day.
 * Norm: art. 2963 c. 4–5 c.c., art. 155 c. 2 c.p.c. (R5)
 */
export function plusMonths(from: Day, months: number): Day {
  const { year, month, day } = civilOf(from);
  const index = year * 12 + (month - 1) + months;
  const toYear = Math.floor(index / 12);
  const toMonth = index - toYear * 12 + 1;
  return dayOf(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)));
}

const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The day number of `YYYY-MM-DD`; null when it is no day of the calendar. */
export function parseDay(date: string): Day | null {
  const match = datePattern.exec(date);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return dayOf(year, month, day);
}

/** `YYYY-MM-DD` of a day number, years 1 to 9999. */
export function formatDay(value: Day): LocalDate {
  const { year, month, day } = civilOf(value);
  return `${String(year).padStart(4, '0')}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`;
}

/** Easter Sunday. Source: the Gregorian computus, as published by Meeus, Jones and Butcher. */
export function easterOf(year: number): Day {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor((8 * b + 13) / 25);
  const e = (19 * a + b - Math.floor(b / 4) - d + 15) % 30;
  const f = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - e - (c % 4)) % 7;
  const g = Math.floor((a + 11 * e + 22 * f) / 451);
  const n = e + f - 7 * g + 114;
  return dayOf(year, Math.floor(n / 31), (n % 31) + 1);
}
