export {
  addDays,
  addMonths,
  daysBetween,
  isRealDate,
  notHolidayOnOrAfter,
  notHolidayOnOrBefore,
  plusWorkingDays,
  workingDayOnOrAfter,
  workingDayOnOrBefore,
} from './dates.ts';
export { supportedYears } from './day.ts';
export { isCalendarError } from './errors.ts';
export type { CalendarErrorCode } from './errors.ts';
export { earliestHearing } from './hearing.ts';
export type { HearingDates } from './hearing.ts';
export { religiousFeast } from './feasts.ts';
export { italianCalendar } from './holidays.ts';
export type { CalendarBody, ItalianCalendarOptions, KeptDay, YearlyDay } from './holidays.ts';
export * from './operations.ts';
export {
  atRome,
  localDateOf,
  parseLocalInstant,
  romeDate,
  romeOffsetHours,
  startOfNextDay,
  formatRome,
} from './rome.ts';
export { grainOfTerm } from './reach.ts';
export * from './term-spec.ts';
export { computeTerm, proposedDate } from './term.ts';
export type { Circumstances } from './term.ts';
export * from './types.ts';
export { inWords } from './words.ts';
