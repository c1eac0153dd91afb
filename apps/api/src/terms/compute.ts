import {
  datesOf,
  daysBetween,
  extendTerm,
  inWords,
  isCalendarError,
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
    return { code: 'term-unknown', message: 'Il catalogo non ha questo termine in vigore in quel giorno.' };
  }
  const started = startTerm(known ?? ruleAsked(asked), from, settingOf(asked));
  const running = moved(started, suspensions, extensionDays);
  if (isCalendarError(running)) return running;
  const dates = datesOf(running, { calendar, comune });
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

/** The suspensions in their order, then the extension. */
function moved(
  started: RunningTerm,
  suspensions: NonNullable<ComputeTermDto['suspensions']>,
  extensionDays: number,
): RunningTerm | CalendarError {
  let running = started;
  for (const { from, to } of suspensions) {
    const stopped = suspendTerm(running, from);
    const next = isCalendarError(stopped) ? stopped : resumeTerm(stopped, to);
    if (isCalendarError(next)) return next;
    running = next;
  }
  return extensionDays === 0 ? running : extendTerm(running, extensionDays);
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
