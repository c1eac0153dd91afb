import { formatDay, parseDay, plusMonths } from './day.ts';
import type { Day } from './day.ts';
import type { LegalCalendar, LocalDate } from './types.ts';

/** Whether a text is a day of the calendar, `YYYY-MM-DD` (30 February is not). */
export function isRealDate(date: string): boolean {
  return parseDay(date) !== null;
}

/** @throws RangeError for what is no date: check with `isRealDate` what people give */
function dayOrThrow(date: LocalDate): Day {
  const day = parseDay(date);
  if (day === null) throw new RangeError(`Not a date (YYYY-MM-DD): ${date}`);
  return day;
}

/**
 * A date some calendar days later, or earlier when negative.
 * @throws RangeError for what is no date, for a fraction of a day, and outside the years 1 to 9999
 */
export function addDays(date: LocalDate, days: number): LocalDate {
  const sum = dayOrThrow(date) + days;
  if (!Number.isSafeInteger(sum)) throw new RangeError(`Not a whole number of days: ${days}`);
  const result = formatDay(sum);
  if (parseDay(result) === null) throw new RangeError(`Outside the calendar: ${date} + ${days} days`);
  return result;
}

/**
 * The same day number some months later, or earlier when negative; the last day of a month that lacks it (R5).
 * @throws RangeError as `addDays`
 */
export function addMonths(date: LocalDate, months: number): LocalDate {
  if (!Number.isSafeInteger(months)) throw new RangeError(`Not a whole number of months: ${months}`);
  const result = formatDay(plusMonths(dayOrThrow(date), months));
  if (parseDay(result) === null) throw new RangeError(`Outside the calendar: ${date} + ${months} months`);
  return result;
}

/**
 * Calendar days from one date to another; negative when the second comes first.
 * @throws RangeError for what is no date
 */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayOrThrow(to) - dayOrThrow(from);
}

/** @throws RangeError when closures leave no such day within a year, and outside the supported years */
function seek(from: LocalDate, step: 1 | -1, isWanted: (date: LocalDate) => boolean): LocalDate {
  let date = from;
  for (let i = 0; i <= 366; i++, date = addDays(date, step)) if (isWanted(date)) return date;
  throw new RangeError(`The calendar has no such day within a year of ${from}`);
}

/** The last working day up to a date, itself included. @throws RangeError as `addDays`, and if there is none */
export function workingDayOnOrBefore(
  date: LocalDate,
  calendar: LegalCalendar,
  comune?: string | null,
): LocalDate {
  return seek(date, -1, (day) => calendar.isWorkingDay(day, comune));
}

/** The first working day from a date on, itself included. @throws RangeError as `addDays`, and if there is none */
export function workingDayOnOrAfter(
  date: LocalDate,
  calendar: LegalCalendar,
  comune?: string | null,
): LocalDate {
  return seek(date, 1, (day) => calendar.isWorkingDay(day, comune));
}

/**
 * The working day so many working days after a date, or before it when negative; the date itself does not count, and
 * for 0 it is the last working day up to it.
 * @throws RangeError as `addDays`, and if there is none
 */
export function plusWorkingDays(
  date: LocalDate,
  days: number,
  calendar: LegalCalendar,
  comune?: string | null,
): LocalDate {
  if (!Number.isSafeInteger(days)) throw new RangeError(`Not a whole number of days: ${days}`);
  const step = days < 0 ? -1 : 1;
  const seekFrom = step < 0 ? workingDayOnOrBefore : workingDayOnOrAfter;
  let at = days === 0 ? workingDayOnOrBefore(date, calendar, comune) : date;
  for (let left = Math.abs(days); left > 0; left--) at = seekFrom(addDays(at, step), calendar, comune);
  return at;
}

/** The first day from a date on that is not *festivo*. Norm: art. 2963 c. 3 c.c., art. 155 c. 4 c.p.c. (R3) */
export function notHolidayOnOrAfter(
  date: LocalDate,
  calendar: LegalCalendar,
  comune?: string | null,
): LocalDate {
  return seek(date, 1, (day) => !calendar.isHoliday(day, comune));
}

/** The last day up to a date that is not *festivo*. Source: Cass. 14767/2014, Cass. 21335/2017 (R6) */
export function notHolidayOnOrBefore(
  date: LocalDate,
  calendar: LegalCalendar,
  comune?: string | null,
): LocalDate {
  return seek(date, -1, (day) => !calendar.isHoliday(day, comune));
}
