import data from './data/feasts.json' with { type: 'json' };
import { civilOf, dayOf, parseDay, weekdayOf } from './day.ts';
import type { Day } from './day.ts';
import type { LocalDate } from './types.ts';

interface Feast {
  readonly name: string;
  /** `MM-DD`, or counted from the Jewish new year of the same civil year: `newYear-163`. */
  readonly days: readonly string[];
  /** Put off to the Sunday. */
  readonly notOnSaturday?: boolean;
  readonly norm: string;
}

const saturday = 6;

/**
 * Which Jewish or Waldensian feast a day is, in Italian and with its norm; null: it is none, or no date. Tests of
 * competitions are not held on them. The eve begins at sunset of the day before: only whole days count here, and the
 * Sabbath is none of them (art. 4 c. 3 L. 101/1989 asks to have regard to it). Of a misprint in the yearly list of the
 * Ministry, as for 2009, it knows nothing.
 * Norm: L. 101/1989 art. 5; D.P.R. 487/1994 art. 6 c. 2
 */
export function religiousFeast(date: LocalDate): string | null {
  const day = parseDay(date);
  if (day === null) return null;
  const { year } = civilOf(day);
  const newYear = jewishNewYear(year + 3761);
  const falls = (rule: string, { notOnSaturday = false }: Feast): boolean => {
    const offset = /^newYear([+-]\d+)$/.exec(rule)?.[1];
    if (offset === undefined) return date.endsWith(`-${rule}`);
    const on = newYear + Number(offset);
    return day === (notOnSaturday && weekdayOf(on) === saturday ? on + 1 : on);
  };
  const feasts: readonly Feast[] = data.feasts;
  const found = feasts.find((feast) => feast.days.some((rule) => falls(rule, feast)));
  return found ? `${found.name}, ${found.norm}` : null;
}

/**
 * The first day of Tishri: the mean new moon, put off where the day of the week or the length of a year would not fit.
 * From 15 Nisan to it are 163 days in every year, hence all feasts of a civil year follow from it.
 * Source: E. M. Reingold, N. Dershowitz, Calendrical Calculations, chapter "The Hebrew Calendar"
 */
function jewishNewYear(year: number): Day {
  const [before, here, after] = [elapsed(year - 1), elapsed(year), elapsed(year + 1)];
  const putOff = after - here === 356 ? 2 : here - before === 382 ? 1 : 0;
  return epoch + here + putOff;
}

/** 7 October 3761 B.C. of the Julian calendar, from which days and years of the Jewish one are counted. */
const epoch = dayOf(-3760, 9, 7);

/** Days from the epoch to the new moon of Tishri. A month has 29 days and 13,753 of 25,920 parts. */
function elapsed(year: number): number {
  const months = Math.floor((235 * year - 234) / 19);
  const days = 29 * months + Math.floor((12_084 + 13_753 * months) / 25_920);
  return (3 * (days + 1)) % 7 < 3 ? days + 1 : days;
}
