import type { Label } from '@iter/process-model';
import {
  datesOf,
  daysBetween,
  extendTerm,
  inWords,
  isCalendarError,
  localDateOf,
  resumeTerm,
  ruleOf,
  startTerm,
  suspendTerm,
} from '@iter/legal-calendar';
import type {
  CalendarError,
  LegalCalendar,
  RunningTerm,
  Setting,
  Term,
  TermRule,
} from '@iter/legal-calendar';
import type { TermCatalogue } from '@iter/process-catalog/catalogue';
import type { ComputedTermDto, ComputeTermDto } from '../dto/terms.ts';

interface Known {
  readonly catalogue: Pick<TermCatalogue, 'term'>;
  readonly calendar: LegalCalendar;
}

/**
 * The dates of a term that nobody has opened, with each step of the count in words: the same calendar, catalogue and
 * operations as of the deadlines of cases. Pure.
 * @returns what is wrong with the question as the calendar says it, or `term-unknown` for a key that is not in force then
 */
export function compute(
  asked: ComputeTermDto,
  { catalogue, calendar }: Known,
): ComputedTermDto | CalendarError {
  const { from, comune = null, suspensions = [], extensionDays = 0 } = asked;
  const known = asked.term === undefined ? null : catalogue.term(asked.term, from.slice(0, 10));
  if (asked.term !== undefined && known === null) {
    return {
      code: 'term-unknown',
      message: {
        it: 'Il catalogo non ha questo termine in vigore in quel giorno.',
        en: 'The catalogue has no such term in force on that day.',
      },
    };
  }
  const started = startTerm(known ?? ruleAsked(asked), from, settingOf(asked));
  const where = { calendar, comune };
  const running = moved(started, asked, where);
  if (isCalendarError(running)) return running;
  const dates = datesOf(running, where);
  if (isCalendarError(dates)) return dates;
  const [start, ...rest] = dates.explanation;
  return {
    ...dates,
    explanation: [start!, ...suspensions.map(suspended), ...extended(extensionDays), ...rest],
    extraDays: running.extraDays,
    calendar: calendar.versionFor(comune),
    term: known && termOf(known),
  };
}

const ruleAsked = ({ amount, unit, direction, freeDays }: ComputeTermDto): TermRule =>
  ruleOf({ amount: amount ?? 0, unit: unit ?? 'd' }, { direction, freeDays });

/** What an act sets, of a term of the catalogue that lets it. */
function settingOf({ term, amount, until }: ComputeTermDto): Setting | null {
  if (until !== undefined) return { until };
  return term !== undefined && amount !== undefined ? { amount } : null;
}

type Where = Parameters<typeof datesOf>[1];

/** The suspensions in their order, each while the term runs as in a case, then the extension. */
function moved(
  started: RunningTerm,
  { suspensions = [], extensionDays = 0 }: ComputeTermDto,
  where: Where,
): RunningTerm | CalendarError {
  let running = started;
  let goesOn: string | null = null;
  for (const { from, to } of suspensions) {
    const stopped = suspendTerm(running, from);
    if (isCalendarError(stopped)) return stopped;
    const outside = outsideOf(running, from, goesOn, where);
    if (outside) return outside;
    const next = resumeTerm(stopped, to);
    if (isCalendarError(next)) return next;
    running = next;
    goesOn = to;
  }
  return extensionDays === 0 ? running : extendTerm(running, extensionDays);
}

/**
 * Why the term does not run on the day on which it would be suspended.
 * @param goesOn the day on which the former suspension ended; null: there was none
 */
function outsideOf(
  running: RunningTerm,
  from: string,
  goesOn: string | null,
  where: Where,
): CalendarError | null {
  const dates = datesOf(running, where);
  if (isCalendarError(dates)) return dates;
  const base = localDateOf(running.base) ?? running.base;
  const isBackward = base > dates.legalDueDate;
  const refused = ({ it, en }: Label): CalendarError => ({
    code: 'operation-not-allowed',
    message: {
      it: `La sospensione dal ${from} non è possibile: ${it}.`,
      en: `It cannot be suspended from ${from}: ${en}.`,
    },
  });
  const { legalDueDate } = dates;
  if (!isBackward && from < base)
    return refused({ it: `il termine decorre solo dal ${base}`, en: `the term runs only from ${base}` });
  if (from > legalDueDate)
    return refused({
      it: `il termine scade prima, il ${legalDueDate}`,
      en: `it is due before, on ${legalDueDate}`,
    });
  if (goesOn !== null && from < goesOn)
    return refused({
      it: `la precedente dura fino al ${goesOn}`,
      en: `the one before lasts until ${goesOn}`,
    });
  return null;
}

const days = (count: number): string => (count === 1 ? '1 giorno' : `${count} giorni`);

const suspended = ({ from, to }: NonNullable<ComputeTermDto['suspensions']>[number]): string =>
  `Sospeso da ${inWords(from)} e ripreso da ${inWords(to)}: ${days(daysBetween(from, to))} di calendario che non si contano.`;

const extended = (count: number): readonly string[] => (count === 0 ? [] : [`Prorogato di ${days(count)}.`]);

const termOf = ({
  key,
  label,
  norm,
  nature,
  mark,
  validFrom,
}: Term): NonNullable<ComputedTermDto['term']> => ({
  ...{ key, norm, nature, mark, validFrom },
  label: { ...label },
});
