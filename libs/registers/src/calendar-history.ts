import type { Body } from './body.ts';
import { changesBetween } from './local-calendar.ts';
import type { CalendarChange, Closure } from './local-calendar.ts';

/** A change of a body's calendar. */
export interface CalendarEntry {
  /** The version that it made. */
  readonly version: number;
  /** Instant of its recording. */
  readonly at: string;
  readonly by: string;
  readonly role: string;
  readonly reason: string | null;
  readonly changes: readonly CalendarChange[];
}

export interface CalendarHistory {
  /** The latest first; of many, the latest hundred. */
  readonly entries: readonly CalendarEntry[];
  /** The closures that hold now, with who recorded each and when. */
  readonly closures: readonly (Closure & Pick<CalendarEntry, 'at' | 'by' | 'role'>)[];
}

export const noHistory: CalendarHistory = { entries: [], closures: [] };

const mostEntries = 100;

/** The history after the calendar of a body was set once more. Pure. */
export function addChange(
  { entries, closures }: CalendarHistory,
  before: Body,
  after: Body,
  { at, by, role, reason }: Pick<CalendarEntry, 'at' | 'by' | 'role' | 'reason'>,
): CalendarHistory {
  const changes = changesBetween(before.calendar, after.calendar);
  const entry = { version: after.calendarVersion, at, by, role, reason, changes };
  const known = new Map(closures.map((it) => [keyOf(it), it]));
  return {
    entries: [entry, ...entries].slice(0, mostEntries),
    closures: after.calendar.closures.map((it) => known.get(keyOf(it)) ?? { ...it, at, by, role }),
  };
}

const keyOf = ({ from, to, reason }: Closure): string => `${from}/${to}/${reason}`;
