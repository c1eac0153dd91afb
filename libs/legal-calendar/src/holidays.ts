import data from './data/holidays.json' with { type: 'json' };
import { civilOf, dayOf, easterOf, isKnown, parseDay, knownYears, weekdayOf } from './day.ts';
import type { Day } from './day.ts';
import type { LegalCalendar, LocalDate } from './types.ts';

/** A yearly day: `MM-DD`, or counted from Easter Sunday, `easter+1`, `easter-2`. */
export type YearlyDay = string;

/** A yearly day and from when until when it is kept, both included; null: open. */
export interface KeptDay {
  readonly day: YearlyDay;
  readonly validFrom: LocalDate | null;
  readonly validTo: LocalDate | null;
}

/** What the calendar knows of a Comune or of the body at whose seat the desk works. */
export interface CalendarBody {
  /** Patron saint's day: no work at the desk, but no legal holiday. */
  readonly patron?: YearlyDay;
  /** The same of a body that has changed its patron. */
  readonly patrons?: readonly KeptDay[];
  /** Single days on which its offices are closed. */
  readonly closures?: readonly LocalDate[];
  /** Code of the body (the Province's seat) whose patron saint and closures count as well. */
  readonly seat?: string;
  /** Whether the patron saint's day moves a legal term; the law says no, hence false by default. */
  readonly patronSaintShiftsLegalTerm?: boolean;
  /** Version of the body's own data, named by `versionFor`; absent or 0: it has none. */
  readonly version?: number;
}

export interface ItalianCalendarOptions {
  /** By IPA code (`c_h501`), in any case of letters. */
  readonly bodies?: Readonly<Record<string, CalendarBody>>;
  /** Seat of the desk where no Comune, or one without a seat of its own, is named. */
  readonly seat?: string;
}

interface Holiday {
  readonly name: string;
  readonly day: string;
  readonly validFrom: LocalDate;
  readonly validTo: LocalDate | null;
  readonly norm: string;
  readonly comuni?: readonly string[];
}

const yearlyPattern = /^(?:(\d{2})-(\d{2})|easter([+-]\d{1,3}))$/;

/** @throws RangeError for a rule that names no day; 29 February is a day of leap years only */
function dayInYear(rule: YearlyDay, year: number): Day | null {
  const match = yearlyPattern.exec(rule);
  if (!match) throw new RangeError(`Not a yearly day (MM-DD or easter+N): ${rule}`);
  if (match[3] !== undefined) return easterOf(year) + Number(match[3]);
  if (parseDay(`2000-${rule}`) === null) throw new RangeError(`Not a day of the year: ${rule}`);
  return parseDay(`${year}-${rule}`) === null ? null : dayOf(year, Number(match[1]), Number(match[2]));
}

interface Holidays {
  readonly italy: ReadonlyMap<Day, Holiday>;
  readonly local: ReadonlyMap<string, ReadonlyMap<Day, Holiday>>;
}

let known: Holidays | null = null;

/** The same for every calendar, hence worked out once, when the first is made. */
const holidays = (): Holidays => (known ??= readHolidays());

/** Every holiday of the supported years but Sundays: those of all Italy, and those of one Comune. */
function readHolidays(): Holidays {
  const italy = new Map<Day, Holiday>();
  const local = new Map<string, Map<Day, Holiday>>();
  for (const holiday of data.holidays as readonly Holiday[]) {
    if (holiday.day === 'sunday') continue;
    const from = parseDay(holiday.validFrom) ?? 0;
    const to = holiday.validTo === null ? Infinity : (parseDay(holiday.validTo) ?? 0);
    const targets = holiday.comuni?.map((code) => {
      const days = local.get(code) ?? new Map<Day, Holiday>();
      local.set(code, days);
      return days;
    }) ?? [italy];
    for (let year: number = knownYears.first; year <= knownYears.last; year++) {
      const day = dayInYear(holiday.day, year);
      if (day === null || day < from || day > to) continue;
      for (const target of targets) target.set(day, holiday);
    }
  }
  return { italy, local };
}

interface Place extends CalendarBody {
  readonly code: string;
  readonly closedOn: ReadonlySet<Day>;
  readonly kept: readonly { readonly rule: YearlyDay; readonly from: Day; readonly to: Day }[];
}

function readPlace(code: string, body: CalendarBody): Place {
  const { patron, patrons = [], closures = [] } = body;
  const all = [
    ...(patron === undefined ? [] : [{ day: patron, validFrom: null, validTo: null }]),
    ...patrons,
  ];
  return {
    ...body,
    code,
    closedOn: new Set(closures.map(readDay)),
    kept: all.map(({ day: rule, validFrom, validTo }) => {
      dayInYear(rule, 2000);
      const from = validFrom === null ? -Infinity : readDay(validFrom);
      return { rule, from, to: validTo === null ? Infinity : readDay(validTo) };
    }),
  };
}

const sunday = data.holidays.find(({ day }) => day === 'sunday');
/** A holiday as a Sunday, called by its own name. */
const easter = { name: 'domenica di Pasqua', norm: sunday?.norm ?? '' };

/** Names the options, so that a calendar built from other data has another version. Source: FNV-1a */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}

/**
 * The calendar of Italy: Sundays and the holidays of the dated list, in the Comune di Roma also 29 June; and
 * working days, Monday to Friday, less patron saints and closures of the Comune and of the seat.
 * Its answers refuse (RangeError) what is no date and years outside `knownYears`.
 * @throws RangeError for options that name no day
 * Norm: L. 260/1949 art. 1–2, D.P.R. 792/1985, L. 336/2000, L. 151/2025 (4 October, from 1 January 2026)
 */
export function italianCalendar({ bodies = {}, seat }: ItalianCalendarOptions = {}): LegalCalendar {
  const { italy, local } = holidays();
  const places = new Map<string, Place>();
  for (const [code, body] of Object.entries(bodies)) places.set(code.toLowerCase(), readPlace(code, body));

  const place = (code: string | null | undefined) => (code ? places.get(code.toLowerCase()) : undefined);
  const hasPatron = (at: Place | undefined, day: Day): boolean =>
    at?.kept.some(
      ({ rule, from, to }) => from <= day && day <= to && dayInYear(rule, civilOf(day).year) === day,
    ) ?? false;

  const holidayOf = (day: Day, comune: string | null | undefined): { name: string; norm: string } | null => {
    const holiday = italy.get(day) ?? (comune ? local.get(comune.toLowerCase())?.get(day) : undefined);
    if (holiday) return holiday;
    if (weekdayOf(day) === 0) return day === easterOf(civilOf(day).year) ? easter : (sunday ?? null);
    const here = place(comune);
    if (here?.patronSaintShiftsLegalTerm !== true || !hasPatron(here, day)) return null;
    return { name: 'santo patrono', norm: 'configurazione del Comune' };
  };

  /** The Comune, and the seat from which it is served. */
  const placesOf = (comune: string | null | undefined): readonly Place[] => {
    const here = place(comune);
    return [here, place(here?.seat ?? seat)].filter((at) => at !== undefined);
  };

  const isWorkingDay = (day: Day, comune: string | null | undefined): boolean => {
    const weekday = weekdayOf(day);
    if (weekday === 0 || weekday === 6 || holidayOf(day, comune)) return false;
    return !placesOf(comune).some((at) => hasPatron(at, day) || at.closedOn.has(day));
  };

  const options = JSON.stringify([bodies, seat ?? null]);
  return {
    version: options === '[{},null]' ? data.version : `${data.version}+${fingerprint(options)}`,
    versionFor: (comune) =>
      [
        data.version,
        ...placesOf(comune).flatMap(({ code, version }) => (version ? [`${code}.${version}`] : [])),
      ].join('+'),
    isHoliday: (date, comune) => holidayOf(readDay(date), comune) !== null,
    isWorkingDay: (date, comune) => isWorkingDay(readDay(date), comune),
    holidayName: (date, comune) => {
      const holiday = holidayOf(readDay(date), comune);
      return holiday && `${holiday.name}, ${holiday.norm}`;
    },
  };
}

function readDay(date: LocalDate): Day {
  const day = parseDay(date);
  if (day === null) throw new RangeError(`Not a date (YYYY-MM-DD): ${date}`);
  if (isKnown(day)) return day;
  throw new RangeError(`Outside the years ${knownYears.first}–${knownYears.last}: ${date}`);
}
