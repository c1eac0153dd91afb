import {
  notHolidayOnOrAfter,
  notHolidayOnOrBefore,
  workingDayOnOrAfter,
  workingDayOnOrBefore,
} from './dates.ts';
import { formatDay, isSupported, parseDay, plusMonths, supportedYears, weekdayOf } from './day.ts';
import type { Day } from './day.ts';
import { refuse } from './errors.ts';
import { computeHours } from './hours.ts';
import { localDateOf } from './rome.ts';
import { countInWords, inWords } from './words.ts';
import type { CalendarError, LegalCalendar, LocalDate, TermDates, TermRule } from './types.ts';

/** What the dates of a term depend on beside the term and its base. */
export interface Circumstances {
  readonly calendar: LegalCalendar;
  /** IPA code: local holidays and working days; null or absent: those of all Italy. */
  readonly comune?: string | null;
  /** Calendar days by which suspensions and extensions moved the nominal date; 0 when absent. */
  readonly extraDays?: number;
}

/**
 * The dates of a term, each step explained in Italian with its rule and norm.
 * @param base the day from which the term runs, or backwards the day before which it must have run: `YYYY-MM-DD`; an
 *   instant or a local time counts as its day in Rome. For hours: an instant with offset, or a local time in Rome
 * @returns nominal, legal and safe date (instants with offset for hours) and, for waiting terms that run forward, the
 *   first lawful day; or `amount-invalid`, `days-invalid`, `term-inconsistent`, `date-invalid`, `instant-invalid`,
 *   `time-not-existing`, `time-ambiguous`, `year-unsupported`. Never throws on its input
 * Source: legal-calendar.md, R1–R8, R11, § 2 and § 3
 */
export function computeTerm(
  term: TermRule,
  base: string,
  circumstances: Circumstances,
): TermDates | CalendarError {
  const extraDays = circumstances.extraDays ?? 0;
  const problem = checkRule(term, extraDays);
  if (problem) return problem;
  if (term.unit === 'h') return computeHours(term, base);
  const date = localDateOf(base);
  const start = date === null ? null : parseDay(date);
  if (date === null || start === null) {
    return refuse('date-invalid', `«${base.slice(0, 40)}» non è un giorno del calendario (AAAA-MM-GG).`);
  }
  const nominal = countFrom(start, term) + extraDays;
  if (!isSupported(start) || !isSupported(nominal)) {
    const years = `${supportedYears.first}–${supportedYears.last}`;
    return refuse(
      'year-unsupported',
      `Il termine esce dagli anni ${years}, per i quali il calendario è noto.`,
    );
  }
  return datesAround(term, date, formatDay(nominal), { ...circumstances, extraDays });
}

function checkRule(term: TermRule, extraDays: number): CalendarError | null {
  const { amount, unit, direction, duration, freeDays, rollover, earliest } = term;
  if (!Number.isInteger(amount) || amount < 1 || amount > 1_000_000) {
    return refuse('amount-invalid', 'La durata del termine è un numero intero da 1 in su.');
  }
  if (!Number.isInteger(extraDays) || Math.abs(extraDays) > 100_000) {
    return refuse('days-invalid', 'I giorni di sospensione o di proroga sono un numero intero.');
  }
  if (duration && (unit === 'h' || direction === 'backward' || freeDays || rollover || earliest)) {
    return refuse(
      'term-inconsistent',
      'Una durata (R11) si conta in avanti a giorni, mesi o anni, senza slittamento.',
    );
  }
  if (unit !== 'h') return null;
  if (direction === 'backward' || freeDays || rollover || earliest) {
    return refuse(
      'term-inconsistent',
      'Un termine a ore (R8) corre in avanti, senza giorni liberi e senza slittamento.',
    );
  }
  return extraDays === 0
    ? null
    : refuse('days-invalid', 'Un termine a ore non si sospende e non si proroga a giorni.');
}

/** The last day of the count, before any shift (R1, R5, R6, R7, R11). */
function countFrom(start: Day, { amount, unit, direction, freeDays, duration }: TermRule): Day {
  const sign = direction === 'backward' ? -1 : 1;
  const span =
    unit === 'd' ? start + sign * amount : plusMonths(start, sign * amount * (unit === 'y' ? 12 : 1));
  return span + (freeDays ? sign : 0) - (duration ? 1 : 0);
}

function datesAround(
  term: TermRule,
  base: LocalDate,
  nominal: LocalDate,
  circumstances: Circumstances,
): TermDates {
  const { calendar, comune } = circumstances;
  const isBackward = term.direction === 'backward';
  const moves = isBackward || term.rollover;
  const move = isBackward ? notHolidayOnOrBefore : notHolidayOnOrAfter;
  const legal = moves ? move(nominal, calendar, comune) : nominal;
  const safe = workingDayOnOrBefore(nominal, calendar, comune);
  const earliest = earliestAfter(term, legal);
  return {
    nominalDate: nominal,
    legalDueDate: legal,
    safeActionDate: safe,
    earliestActionDate: earliest,
    explanation: explain(term, base, { nominal, legal, safe, earliest }, circumstances),
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
}

function explain(
  term: TermRule,
  base: LocalDate,
  { nominal, legal, safe, earliest }: Computed,
  circumstances: Circumstances,
): readonly string[] {
  return [
    explainStart(term, base),
    explainCount(term, nominal, circumstances.extraDays ?? 0),
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
  { amount, unit, freeDays, duration }: TermRule,
  nominal: LocalDate,
  extraDays: number,
): string {
  const free = freeDays ? ' liberi, esclusi entrambi gli estremi (R7)' : '';
  const extra =
    extraDays === 0
      ? ''
      : ` Con ${countInWords(Math.abs(extraDays), 'd')} ${extraDays > 0 ? 'in più' : 'in meno'} per sospensioni e proroghe`;
  const end = `${duration ? 'ultimo giorno' : 'scadenza nominale'} ${inWords(nominal)}`;
  const how =
    unit === 'd'
      ? `Si contano ${countInWords(amount, unit)}${free}, festivi compresi (R2; art. 155 c. 3 c.p.c.)`
      : `Si contano ${countInWords(amount, unit)}${free} secondo il calendario comune, fino al giorno di ugual numero o, se manca, all’ultimo del mese (R5; art. 2963 c. 4–5 c.c.)${duration ? ', meno un giorno' : ''}`;
  return extra === '' ? `${how}: ${end}.` : `${how}.${extra}: ${end}.`;
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
  const why = `${capital(inWords(nominal))} è festivo (${holiday})`;
  if (direction === 'backward') {
    return [
      `${why}: l’ultimo giorno utile è il non festivo precedente, ${inWords(legal)} (R6; Cass. 14767/2014 e 21335/2017).`,
    ];
  }
  if (!rollover) return [`${why}, ma questo termine non slitta.`];
  return [
    `${why}: la scadenza di legge passa al primo giorno non festivo, ${inWords(legal)} (R3; art. 2963 c. 3 c.c., art. 155 c. 4 c.p.c.).`,
  ];
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
  return earliestActionDate && workingDayOnOrAfter(earliestActionDate, calendar, comune);
}
