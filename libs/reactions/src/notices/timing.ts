import { addDays, atRome, romeDate, workingDayOnOrAfter } from '@iter/legal-calendar';
import type { LegalCalendar } from '@iter/legal-calendar';
import type { Person } from './recipients.ts';
import type { Told } from './told.ts';

/** Office hours in Rome. Source: legal-calendar.md § 2 (notices of the day go out at 08:00) [design choice for the end] */
export const opening = '08:00';
export const closing = '18:00';

export interface Dispatch {
  readonly dueAt: string;
  /** A letter of its own; else it goes with whatever else the person gets at that instant. */
  readonly alone: boolean;
}

/**
 * When somebody is told. What is peremptory comes at once, at any hour, and cannot be turned off. The rest waits for office
 * hours; what comes in the same minute comes in one letter, and notices, if the person likes, once a day.
 * @param peremptory the power to act hangs on the deadline
 * @returns null: not by mail
 */
export function dispatchOf(
  kind: Told['kind'],
  peremptory: boolean,
  delivery: Person['delivery'],
  { now, calendar, body }: { readonly now: string; readonly calendar: LegalCalendar; readonly body: string },
): Dispatch | null {
  if (peremptory) return { dueAt: now, alone: true };
  if (delivery === 'off') return null;
  if (delivery === 'digest' && kind === 'notice') {
    return { dueAt: morning(now, calendar, body), alone: false };
  }
  return {
    dueAt: isOpen(now, calendar, body) ? endOfMinute(now) : morning(now, calendar, body),
    alone: false,
  };
}

/** Whether the offices of a body are open: a working day of its calendar, 08:00 to 18:00. */
export function isOpen(now: string, calendar: LegalCalendar, body: string): boolean {
  const today = romeDate(now);
  return (
    firstWorkingDay(today, calendar, body) === today &&
    now >= atRome(today, opening) &&
    now < atRome(today, closing)
  );
}

/** The next 08:00 of a working day, later than now. */
export function morning(now: string, calendar: LegalCalendar, body: string): string {
  const today = romeDate(now);
  const from = now < atRome(today, opening) ? today : addDays(today, 1);
  return atRome(firstWorkingDay(from, calendar, body), opening);
}

/** Where the calendar does not know the year, every day is one. */
function firstWorkingDay(from: string, calendar: LegalCalendar, body: string): string {
  try {
    return workingDayOnOrAfter(from, calendar, body);
  } catch (error) {
    if (error instanceof RangeError) return from;
    throw error;
  }
}

const minuteMs = 60_000;
const endOfMinute = (now: string): string =>
  new Date((Math.floor(Date.parse(now) / minuteMs) + 1) * minuteMs).toISOString();
