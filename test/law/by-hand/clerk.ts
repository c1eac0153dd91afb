import { isFestivo, isWorked } from './office.ts';
import type { Office } from './office.ts';
import { placeOf, squareAt } from './wall-calendar.ts';

type Unit = 'd' | 'm' | 'y' | 'h';
interface Length {
  readonly amount: number;
  readonly unit: Unit;
}

/** A term as the catalogue has it: what a clerk needs to know of it. */
export type Rule = (
  | Length
  | {
      readonly on:
        | { readonly month: number; readonly day: number }
        | { readonly monthsAfter: number; readonly day: number };
    }
  | { readonly until: 'day' | 'instant' }
) & {
  readonly direction: 'forward' | 'backward';
  readonly freeDays: boolean;
  readonly rollover: boolean;
  readonly earliest: 'dayAfter' | 'lastDay' | null;
  readonly duration: boolean;
  readonly bounds?: { readonly min?: Length; readonly max?: Length };
};

export interface Given {
  readonly office?: Office;
  /** Days by which suspensions and extensions moved the end. */
  readonly extraDays?: number;
  /** Another length than the norm's, in the term's unit, or an end. */
  readonly set?: number | string;
}

/** The four dates of legal-calendar.md § 2, and the first working day for an act that had to wait. */
export interface Dates {
  readonly nominal: string;
  readonly legal: string;
  readonly safe: string;
  readonly earliest: string | null;
  readonly proposed: string | null;
}

/** Follows the squares with a finger until one is right. */
function follow(place: number, by: 1 | -1, isRight: (place: number) => boolean): number {
  let finger = place;
  while (!isRight(finger)) finger += by;
  return finger;
}

/** From any square of a month to the one with a number, or to the month's last if it has fewer (R5). */
function numberIn(place: number, number: number): number {
  const { month } = squareAt(place);
  let finger = place;
  while (squareAt(finger).day > number) finger--;
  while (squareAt(finger).day < number && squareAt(finger + 1).month === month) finger++;
  return finger;
}

function countDays(from: number, days: number): number {
  let finger = from;
  for (let left = Math.abs(days); left > 0; left--) finger += Math.sign(days);
  return finger;
}

function countMonths(from: number, months: number): number {
  let finger = from;
  for (let left = Math.abs(months); left > 0; left--) {
    const { month } = squareAt(finger);
    finger = follow(finger, months > 0 ? 1 : -1, (place) => squareAt(place).month !== month);
  }
  return numberIn(finger, squareAt(from).day);
}

function countYears(from: number, years: number): number {
  const { year, month, day } = squareAt(from);
  const isThere = (place: number): boolean =>
    squareAt(place).year === year + years && squareAt(place).month === month;
  return numberIn(follow(from, years > 0 ? 1 : -1, isThere), day);
}

/** R1, R5 and, backwards, R6: the square of the base is not counted. */
function count(from: number, { amount, unit }: Length, way: 1 | -1): number {
  if (unit === 'd') return countDays(from, way * amount);
  return unit === 'm' ? countMonths(from, way * amount) : countYears(from, way * amount);
}

/** R7 and R11 change what is counted by one. */
function lengthFrom(from: number, length: Length, { direction, freeDays, duration }: Rule): number {
  const way = direction === 'backward' ? -1 : 1;
  return count(from, length, way) + (freeDays ? way : 0) - (duration ? 1 : 0);
}

function nominalFrom(from: number, rule: Rule, set: Given['set']): number {
  if (typeof set === 'string') return placeOf(set);
  if ('until' in rule) throw new Error('An act sets the end of this term');
  if ('amount' in rule) return lengthFrom(from, { ...rule, amount: set ?? rule.amount }, rule);
  const { on } = rule;
  if ('monthsAfter' in on) return numberIn(countMonths(from, on.monthsAfter), on.day);
  return follow(from, 1, (place) => {
    const square = squareAt(place);
    return square.month === on.month && place === numberIn(place, on.day);
  });
}

/** R3 and R6: off a holiday, onwards or back. */
function offHoliday(place: number, { direction, rollover }: Rule, office: Office): number {
  if (direction === 'backward') return follow(place, -1, (it) => !isFestivo(it, office));
  return rollover ? follow(place, 1, (it) => !isFestivo(it, office)) : place;
}

/** Counts a term in days, months or years, or to a day. */
export function countTerm(rule: Rule, base: string, { office = {}, extraDays = 0, set }: Given = {}): Dates {
  const nominal = countDays(nominalFrom(placeOf(base), rule, set), extraDays);
  const legal = offHoliday(nominal, rule, office);
  const safe = follow(nominal, -1, (place) => isWorked(place, office));
  const waits = rule.earliest !== null && rule.direction === 'forward';
  const earliest = waits ? legal + (rule.earliest === 'dayAfter' ? 1 : 0) : null;
  const proposed = earliest === null ? null : follow(earliest, 1, (place) => isWorked(place, office));
  const date = (place: number | null): string | null => (place === null ? null : squareAt(place).date);
  return {
    nominal: squareAt(nominal).date,
    legal: squareAt(legal).date,
    safe: squareAt(safe).date,
    earliest: date(earliest),
    proposed: date(proposed),
  };
}

/** A term that ends at the instant an act sets, with Rome's offset: nothing is counted and nothing moves. */
export function countToInstant({ earliest }: Rule, end: string, office: Office = {}): Dates {
  const first = follow(placeOf(end.slice(0, 10)), 1, (place) => isWorked(place, office));
  const waits = earliest !== null;
  return {
    nominal: end,
    legal: end,
    safe: end,
    earliest: waits ? end : null,
    proposed: waits ? squareAt(first).date : null,
  };
}

/** Whether an act may set that length or end: not less than the least, not past the day that the most moves to. */
export function isWithinBounds(rule: Rule, base: string, { office = {}, set }: Given): boolean {
  const from = placeOf(base);
  const end = nominalFrom(from, rule, set);
  const way = rule.direction === 'backward' ? -1 : 1;
  const { min, max } = rule.bounds ?? {};
  if ((end - from) * way < 0) return false;
  if (min && (end - lengthFrom(from, min, rule)) * way < 0) return false;
  return !max || (offHoliday(lengthFrom(from, max, rule), rule, office) - end) * way >= 0;
}

/** The first lawful working day of a hearing whose notice was received, and one working day of margin after it. */
export function countHearing(
  received: string,
  days: number,
  freeDays = false,
  office: Office = {},
): string[] {
  const isWorkedHere = (place: number): boolean => isWorked(place, office);
  const earliest = follow(countDays(placeOf(received), days + (freeDays ? 1 : 0)), 1, isWorkedHere);
  return [earliest, follow(earliest + 1, 1, isWorkedHere)].map((place) => squareAt(place).date);
}

/** The working day on which a warning is given: so many days away from a date, or the last one worked before. */
export function warningDay(date: string, days: number, office: Office = {}): string {
  return squareAt(follow(countDays(placeOf(date), days), -1, (place) => isWorked(place, office))).date;
}
