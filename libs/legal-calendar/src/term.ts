import {
  addDays,
  daysBetween,
  notHolidayOnOrAfter,
  notHolidayOnOrBefore,
  workingDayOnOrAfter,
  workingDayOnOrBefore,
} from './dates.ts';
import { formatDay, isSupported, parseDay, supportedYears, weekdayOf } from './day.ts';
import type { Day } from './day.ts';
import { refuse } from './errors.ts';
import { computeInstants } from './hours.ts';
import { checkBounds, explainReach, grainOfTerm, reachFrom, settle } from './reach.ts';
import type { SettledReach } from './reach.ts';
import { localDateOf } from './rome.ts';
import { countInWords, inWords } from './words.ts';
import type { CalendarError, LegalCalendar, LocalDate, Setting, TermDates, TermRule } from './types.ts';

/** What the dates of a term depend on beside the term and its base. */
export interface Circumstances {
  readonly calendar: LegalCalendar;
  /** IPA code: local holidays and working days; null or absent: those of all Italy. */
  readonly comune?: string | null;
  /** Calendar days by which suspensions and extensions moved the nominal date; 0 when absent. */
  readonly extraDays?: number;
  /** What an act has set in place of the norm's length; null or absent: nothing. */
  readonly setting?: Setting | null;
}

/**
 * The dates of a term, each step explained in Italian with its rule and norm.
 * @param base the day from which the term runs, or backwards the day before which it must have run: `YYYY-MM-DD`; an
 *   instant or a local time counts as its day in Rome. For hours: an instant with offset, or a local time in Rome
 * @returns nominal, legal and safe date (instants with offset for hours) and, for waiting terms that run forward, the
 *   first lawful day; or `amount-invalid`, `days-invalid`, `term-inconsistent`, `date-invalid`, `instant-invalid`,
 *   `time-not-existing`, `time-ambiguous`, `year-unsupported`, and of what an act sets `term-fixed`, `end-missing`,
 *   `term-too-short`, `term-too-long`. Never throws on its input
 * Source: legal-calendar.md, R1–R8, R11, § 2 and § 3
 */
export function computeTerm(
  term: TermRule,
  base: string,
  circumstances: Circumstances,
): TermDates | CalendarError {
  const { calendar, comune, extraDays = 0, setting = null } = circumstances;
  const problem = checkRule(term, extraDays);
  if (problem) return problem;
  const reach = settle(term, setting);
  if ('code' in reach) return reach;
  if (grainOfTerm(term) === 'instant') return computeInstants(term, base, reach);
  const date = localDateOf(base);
  const start = date === null ? null : parseDay(date);
  if (date === null || start === null) {
    return refuse('date-invalid', {
      it: `«${base.slice(0, 40)}» non è un giorno del calendario (AAAA-MM-GG).`,
      en: `“${base.slice(0, 40)}” is not a day of the calendar (YYYY-MM-DD).`,
    });
  }
  const end = reachFrom(start, reach, term);
  if (typeof end !== 'number') return end;
  const nominal = end + extraDays;
  if (![start, end, nominal].every(isSupported)) {
    const years = `${supportedYears.first}–${supportedYears.last}`;
    return refuse('year-unsupported', {
      it: `Il termine esce dagli anni ${years}, per i quali il calendario è noto.`,
      en: `The term leaves the years ${years}, for which the calendar is known.`,
    });
  }
  const shift = (day: Day): Day => parseDay(shifted(term, formatDay(day), calendar, comune)) ?? day;
  const outside = setting && checkBounds(start, end, term, shift);
  return outside ?? datesAround(term, date, formatDay(nominal), reach, circumstances);
}

function checkRule(term: TermRule, extraDays: number): CalendarError | null {
  const { direction, duration, freeDays, rollover, earliest } = term;
  if ('amount' in term && (!Number.isInteger(term.amount) || term.amount < 1 || term.amount > 1_000_000)) {
    return refuse('amount-invalid', {
      it: 'La durata del termine è un numero intero da 1 in su.',
      en: 'The length of the term is a whole number, 1 or more.',
    });
  }
  if (!Number.isInteger(extraDays) || Math.abs(extraDays) > 100_000) {
    return refuse('days-invalid', {
      it: 'I giorni di sospensione o di proroga sono un numero intero.',
      en: 'Days of suspension or extension are a whole number.',
    });
  }
  const isInstant = grainOfTerm(term) === 'instant';
  if (duration && (isInstant || direction === 'backward' || freeDays || rollover || earliest)) {
    return refuse('term-inconsistent', {
      it: 'Una durata (R11) si conta in avanti a giorni, mesi o anni, senza slittamento.',
      en: 'A period (R11) is counted forward in days, months or years, and never moves.',
    });
  }
  if ('on' in term && (duration || direction === 'backward' || freeDays)) {
    return refuse('term-inconsistent', {
      it: 'Un giorno del calendario si raggiunge in avanti, senza giorni liberi.',
      en: 'A day of the calendar is reached forward, without clear days.',
    });
  }
  if (!isInstant) return null;
  if (direction === 'backward' || freeDays || rollover || ('unit' in term && earliest)) {
    return refuse('term-inconsistent', {
      it: 'Un termine a ore (R8) corre in avanti, senza giorni liberi e senza slittamento.',
      en: 'A term in hours (R8) runs forward, without clear days, and never moves.',
    });
  }
  return extraDays === 0
    ? null
    : refuse('days-invalid', {
        it: 'Un termine a ore non si sospende e non si proroga a giorni.',
        en: 'A term in hours is neither suspended nor extended by days.',
      });
}

/** The end after the holiday shift: forward by R3 where it applies, backward always by R6. */
function shifted(
  { direction, rollover }: TermRule,
  nominal: LocalDate,
  calendar: LegalCalendar,
  comune: string | null | undefined,
): LocalDate {
  if (direction === 'backward') return notHolidayOnOrBefore(nominal, calendar, comune);
  return rollover ? notHolidayOnOrAfter(nominal, calendar, comune) : nominal;
}

function datesAround(
  term: TermRule,
  base: LocalDate,
  nominal: LocalDate,
  reach: SettledReach,
  circumstances: Circumstances,
): TermDates {
  const { calendar, comune } = circumstances;
  const legal = shifted(term, nominal, calendar, comune);
  const safe = workingDayOnOrBefore(nominal, calendar, comune);
  const earliest = earliestAfter(term, legal);
  return {
    nominalDate: nominal,
    legalDueDate: legal,
    safeActionDate: safe,
    earliestActionDate: earliest,
    explanation: explain(term, base, { nominal, legal, safe, earliest, reach }, circumstances),
  };
}

/** First lawful day of a wait that runs forward: the end of the term, or the day after it. */
function earliestAfter({ earliest, direction }: TermRule, end: LocalDate): LocalDate | null {
  if (earliest === null || direction === 'backward') return null;
  const day = parseDay(end);
  return day === null ? null : formatDay(day + (earliest === 'dayAfter' ? 1 : 0));
}

interface Computed {
  readonly nominal: LocalDate;
  readonly legal: LocalDate;
  readonly safe: LocalDate;
  readonly earliest: LocalDate | null;
  readonly reach: SettledReach;
}

function explain(
  term: TermRule,
  base: LocalDate,
  { nominal, legal, safe, earliest, reach }: Computed,
  circumstances: Circumstances,
): readonly string[] {
  return [
    explainStart(term, base),
    explainCount(term, nominal, reach, circumstances),
    ...explainShift(term, nominal, legal, circumstances),
    safe === nominal
      ? `${capital(inWords(nominal))} è lavorativo: è anche l’ultimo giorno sicuro per agire.`
      : `Ultimo giorno lavorativo entro la scadenza nominale, entro cui si agisce per prudenza: ${inWords(safe)}.`,
    ...(earliest ? [`Si può agire da ${inWords(earliest)}; prima l’atto non è ammesso.`] : []),
    ...(term.norm && term.norm !== '–' ? [`Norma del termine: ${term.norm}.`] : []),
  ];
}

function explainStart({ duration, direction }: TermRule, base: LocalDate): string {
  if (duration) return `Decorre da ${inWords(base)}, primo giorno, che si conta (R11).`;
  if (direction === 'backward') {
    return `Si conta a ritroso da ${inWords(base)}, che non si conta (R6; Cass. 14767/2014 e 21335/2017).`;
  }
  return `Decorre da ${inWords(base)}, che non si conta (R1; art. 2963 c. 2 c.c., art. 155 c. 1 c.p.c.).`;
}

function explainCount(
  term: TermRule,
  nominal: LocalDate,
  reach: SettledReach,
  { extraDays = 0, setting = null }: Circumstances,
): string {
  const how = explainReach(reach, term, setting);
  const end = `${term.duration ? 'ultimo giorno' : 'scadenza nominale'} ${inWords(nominal)}`;
  if (extraDays === 0) return `${how}: ${end}.`;
  const more = `${countInWords(Math.abs(extraDays), 'd')} ${extraDays > 0 ? 'in più' : 'in meno'}`;
  return `${how}. Con ${more} per sospensioni e proroghe: ${end}.`;
}

function explainShift(
  { direction, rollover }: TermRule,
  nominal: LocalDate,
  legal: LocalDate,
  { calendar, comune }: Circumstances,
): readonly string[] {
  const holiday = calendar.holidayName(nominal, comune);
  if (holiday === null) {
    const isSaturday = weekdayOf(parseDay(nominal) ?? 0) === 6;
    return isSaturday
      ? [
          'Il sabato non è festivo: la scadenza di legge resta quella (R4; Cass. 5114/2009, Cass. 17280/2023).',
        ]
      : [];
  }
  if (direction === 'forward' && !rollover) {
    return [`${capital(inWords(nominal))} è festivo (${holiday}), ma questo termine non slitta.`];
  }
  const why = capital(explainHolidays(nominal, legal, (day) => calendar.holidayName(day, comune) ?? ''));
  if (direction === 'backward') {
    return [
      `${why}: l’ultimo giorno utile è il non festivo precedente, ${inWords(legal)} (R6; Cass. 14767/2014 e 21335/2017).`,
    ];
  }
  return [
    `${why}: la scadenza di legge passa al primo giorno non festivo, ${inWords(legal)} (R3; art. 2963 c. 3 c.c., art. 155 c. 4 c.p.c.).`,
  ];
}

/** So many days in a row are named; of more, how many and until when. */
const mostNamed = 5;

/** The holidays from one day up to another that is none, forward or backward, each with its name, in their order. */
function explainHolidays(from: LocalDate, until: LocalDate, nameOf: (day: LocalDate) => string): string {
  const count = daysBetween(from, until);
  const all = Array.from({ length: Math.abs(count) }, (_, n) => addDays(from, n * Math.sign(count)));
  if (all.length === 1) return `${inWords(from)} è festivo (${nameOf(from)})`;
  const told = all.slice(0, mostNamed).map((day) => `${inWords(day)} (${nameOf(day)})`);
  if (all.length > mostNamed)
    told.push(`altri ${all.length - mostNamed} fino a ${inWords(all.at(-1) ?? from)}`);
  return `${told.slice(0, -1).join(', ')} e ${told.at(-1) ?? ''} sono festivi`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * The first working day for an act that a wait allows from `earliestActionDate` on; null for other terms.
 * Source: legal-calendar.md § 2
 */
export function proposedDate(
  { earliestActionDate }: Pick<TermDates, 'earliestActionDate'>,
  { calendar, comune }: Circumstances,
): LocalDate | null {
  return earliestActionDate && workingDayOnOrAfter(earliestActionDate.slice(0, 10), calendar, comune);
}
