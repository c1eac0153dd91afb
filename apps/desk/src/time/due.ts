import { readLocalTime } from './local.ts';
import { usualThresholds } from './thresholds.ts';
import type { Thresholds } from './thresholds.ts';

/** How pressing a date is; words and icon always go with the colour. */
export type Urgency = 'overdue' | 'urgent' | 'soon' | 'near' | 'calm';

export interface Due {
  readonly urgency: Urgency;
  /** Whole days until the date that counts now: the safe one while it is ahead, then the legal one; negative: past, as is 0 of an overdue term in hours. */
  readonly days: number;
  /** Which of the two dates `days` speaks of. */
  readonly of: 'safe' | 'legal';
}

/** What is over by itself, with nothing to be done by then: a wait, or what has effect from a day on, or until one. */
export interface Passing {
  readonly kind: 'wait' | 'effect' | 'until';
  /** Of a wait the first day after it; the first day of an effect; the last day of what has it until then. */
  readonly day: string;
}

/**
 * @param earliest first day on which one may act, or from which something works; null: there is none
 * @param legal last day
 * @returns null for a term by which something is to be done
 */
export function passingOf(
  nature: string | null | undefined,
  earliest: string | null | undefined,
  legal: string,
): Passing | null {
  if (nature === 'EFFECT')
    return earliest ? { kind: 'effect', day: earliest } : { kind: 'until', day: legal };
  return earliest ? { kind: 'wait', day: earliest } : null;
}

/**
 * Whether the law sets the last day, and neither a contract nor a promise of the service.
 * @param nature null: no term gives the day, but the task itself
 */
export const isOfLaw = (nature: string | null | undefined): boolean =>
  typeof nature === 'string' && nature !== 'SERVICE_LEVEL' && nature !== 'CONTRACTUAL';

/** What the last day of a term is called: the law's, where the law sets one by which something is to be done. */
export const lastDayKey = (nature: string | null | undefined) =>
  nature !== 'EFFECT' && isOfLaw(nature) ? 'deadlines.legal' : 'deadlines.lastDay';

/**
 * Whether a term is there for those whom it names, and not to be kept by them: a time that must be left to somebody. That
 * which the administration has to wait binds it.
 */
export const isForThem = ({ nature, binds }: { readonly nature: string; readonly binds: string }): boolean =>
  nature === 'DILATORY' && binds !== 'administration';

const msPerDay = 86_400_000;
const msPerHour = 3_600_000;

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
 * Where a term stands now.
 * @param safe last working day on which to act without haste, or the instant of a term in hours
 * @param legal last day; it is missed from the next day on
 * @param since instant at which it began; absent: it is measured in days even when the person chose percent
 */
export function dueOn(
  safe: string,
  legal: string,
  now: Date,
  { unit, soon, near }: Thresholds = usualThresholds,
  since?: string,
): Due {
  const today = dayInRome(now);
  const toSafe = daysBetween(today, dayOf(safe));
  const toLegal = daysBetween(today, dayOf(legal));
  const leftMs = endOf(safe) - now.getTime();
  // Terms in hours are over within a day.
  if (now.getTime() >= endOf(legal)) return { urgency: 'overdue', days: toLegal, of: 'legal' };
  if (leftMs <= 0) return { urgency: 'urgent', days: toLegal, of: 'legal' };
  const left =
    unit === 'hours'
      ? leftMs / msPerHour
      : unit === 'percent' && since !== undefined
        ? (100 * leftMs) / Math.max(1, endOf(safe) - Date.parse(since))
        : toSafe;
  const [first, second] =
    unit === 'percent' && since === undefined ? [usualThresholds.soon, usualThresholds.near] : [soon, near];
  return { urgency: left <= first ? 'soon' : left <= second ? 'near' : 'calm', days: toSafe, of: 'safe' };
}

/** The day in Italy of what is a day or an instant. */
const dayOf = (at: string): string => (at.includes('T') ? dayInRome(new Date(at)) : at);

/** When a day is over in Italy; of an instant, itself. */
function endOf(day: string): number {
  if (day.includes('T')) return Date.parse(day);
  const midnight = readLocalTime(`${addDays(day, 1)}T00:00`);
  // The clocks change at night, but never at midnight.
  return midnight.kind === 'plain' ? Date.parse(midnight.instant) : Date.parse(addDays(day, 1));
}
