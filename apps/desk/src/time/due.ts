import { usualThresholds } from './thresholds.ts';

/** How pressing a date is; words and icon always go with the colour. */
export type Urgency = 'overdue' | 'urgent' | 'soon' | 'near' | 'calm';

export interface Due {
  readonly urgency: Urgency;
  /** Whole days until the date that counts now: the safe one while it is ahead, then the legal one; negative: past. */
  readonly days: number;
  /** Which of the two dates `days` speaks of. */
  readonly of: 'safe' | 'legal';
}

const msPerDay = 86_400_000;

/** The civil day in Italy of an instant, `YYYY-MM-DD`. */
export function dayInRome(instant: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Rome' }).format(instant);
}

/** Whole days from one civil day to another; of instants, the part before `T` counts. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / msPerDay);
}

/** The civil day so many days after another. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(day.slice(0, 10)) + days * msPerDay).toISOString().slice(0, 10);

/**
 * Where a term stands on a day.
 * @param safe last working day on which to act without haste
 * @param legal last day by law; it is missed from the next day on
 */
export function dueOn(
  safe: string,
  legal: string,
  today: string,
  { soonDays, nearDays } = usualThresholds,
): Due {
  const toSafe = daysBetween(today, safe);
  const toLegal = daysBetween(today, legal);
  if (toLegal < 0) return { urgency: 'overdue', days: toLegal, of: 'legal' };
  if (toSafe < 0) return { urgency: 'urgent', days: toLegal, of: 'legal' };
  const urgency = toSafe <= soonDays ? 'soon' : toSafe <= nearDays ? 'near' : 'calm';
  return { urgency, days: toSafe, of: 'safe' };
}
