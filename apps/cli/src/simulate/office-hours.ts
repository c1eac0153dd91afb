import { addDays, atRome, plusWorkingDays, workingDayOnOrAfter, romeDate } from '@iter/legal-calendar';
import type { LegalCalendar } from '@iter/legal-calendar';

const minuteMs = 60_000;
/** Minutes of a day at the office: from eight to five. */
const dayMinutes = 9 * 60;

/**
 * The instant at which somebody has worked so many office days after an instant: within office hours of a working day.
 * @param days may be a part of a day; at least a few minutes pass
 */
export function afterOfficeDays(calendar: LegalCalendar, from: string, days: number): string {
  const start = officeOnOrAfter(calendar, from);
  const minutes = Math.max(5, Math.round(days * dayMinutes));
  const sinceEight =
    Math.round((Date.parse(start) - Date.parse(eight(romeDate(start)))) / minuteMs) + minutes;
  const whole = Math.floor(sinceEight / dayMinutes);
  const day = whole === 0 ? romeDate(start) : plusWorkingDays(romeDate(start), whole, calendar);
  return new Date(Date.parse(eight(day)) + (sinceEight % dayMinutes) * minuteMs).toISOString();
}

/** The instant itself when the office is open then, else the next opening. */
export function officeOnOrAfter(calendar: LegalCalendar, at: string): string {
  const today = romeDate(at);
  const day = workingDayOnOrAfter(today, calendar);
  if (day !== today || at < eight(today)) return eight(day);
  const closing = new Date(Date.parse(eight(today)) + dayMinutes * minuteMs).toISOString();
  return at < closing ? at : eight(workingDayOnOrAfter(addDays(today, 1), calendar));
}

const eight = (day: string): string => atRome(day, '08:00');
