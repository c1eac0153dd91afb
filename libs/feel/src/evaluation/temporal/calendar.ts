/** The proleptic Gregorian calendar in whole days since 1970-01-01; ISO 8601. */

export const farthestYear = 999_999_999;

export interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const daysPerEra = 146_097; // 400 years

/** The day of a calendar date. March starts the counted year, so that the leap day is its last. */
export function dayOf({ year, month, day }: Civil): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * daysPerEra + dayOfEra - 719_468;
}

export function civilOf(dayNumber: number): Civil {
  const z = dayNumber + 719_468;
  const era = Math.floor(z / daysPerEra);
  const dayOfEra = z - era * daysPerEra;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

export function isDate({ year, month, day }: Civil): boolean {
  return (
    [year, month, day].every(Number.isInteger) &&
    Math.abs(year) <= farthestYear &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysInMonth(year, month)
  );
}

/** The same day some months away; where the month is shorter, its last day. */
export function addMonths({ year, month, day }: Civil, months: number): Civil {
  const index = year * 12 + (month - 1) + months;
  const [y, m] = [Math.floor(index / 12), index - Math.floor(index / 12) * 12 + 1];
  return { year: y, month: m, day: Math.min(day, daysInMonth(y, m)) };
}

/** 1 is Monday, 7 Sunday. */
export const weekdayOf = (dayNumber: number): number => ((((dayNumber + 3) % 7) + 7) % 7) + 1;

export const dayOfYear = (dayNumber: number): number =>
  dayNumber - dayOf({ year: civilOf(dayNumber).year, month: 1, day: 1 }) + 1;

/** The week of ISO 8601: it belongs to the year that has its Thursday. */
export function weekOfYear(dayNumber: number): number {
  const thursday = dayNumber - weekdayOf(dayNumber) + 4;
  return Math.floor((dayOfYear(thursday) - 1) / 7) + 1;
}
