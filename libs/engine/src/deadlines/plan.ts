import {
  addDays,
  atRome,
  computeTerm,
  plusWorkingDays,
  romeDate,
  startOfNextDay,
  workingDayOnOrAfter,
  workingDayOnOrBefore,
} from '@iter/legal-calendar';
import type { CalendarError, Reach, Setting, Term, TermDates, TermRule } from '@iter/legal-calendar';
import type { DeadlineDecl } from '@iter/process-model';
import { addHours } from '../deadline-state.ts';
import type { Ladder, LadderStep } from '../env.ts';
import { Stuck } from '../execution.ts';
import type { Execution } from '../execution.ts';
import type {
  AlternativeReading,
  BaseFact,
  DeadlinePlan,
  FrozenTerm,
  Instant,
  PlannedLadder,
  PlannedStep,
  StepTime,
} from '../events.ts';
import { compareDates, grainOf } from './dates.ts';

/**
 * The version of a term in force on a date.
 * @throws Stuck `term-unknown`
 */
export function termOn(x: Execution, key: string, date: string): Term {
  const term = x.env.catalogue.term(key, date.slice(0, 10));
  if (term) return term;
  throw new Stuck('term-unknown', `Il catalogo non ha un termine ${key} in vigore al ${date.slice(0, 10)}.`);
}

/** What a deadline keeps of a version of a term. */
export function freeze(term: Term): FrozenTerm {
  const { direction, freeDays, rollover, earliest, duration, bounds, norm, prudentBase, validFrom } = term;
  const reach: Reach =
    'amount' in term
      ? { amount: term.amount, unit: term.unit }
      : 'on' in term
        ? { on: term.on }
        : { until: term.until };
  const manner = { direction, freeDays, rollover, earliest, duration, norm };
  return { rule: { ...reach, ...manner, ...(bounds && { bounds }) }, prudentBase, validFrom };
}

/** The base that counts among those known: the earliest or the latest, as the term says is prudent. */
export function prudentBase(bases: readonly BaseFact[], choice: Term['prudentBase']): string | null {
  const dates = bases.flatMap(({ date }) => (date === null ? [] : [date])).sort(compareDates);
  return (choice === 'earliest' ? dates[0] : dates.at(-1)) ?? null;
}

export interface PlanInput {
  readonly rule: TermRule;
  readonly base: string;
  readonly bases: readonly BaseFact[];
  readonly setting: Setting | null;
  readonly extraDays: number;
  readonly openedAt: Instant;
  readonly ladder: PlannedLadder | Ladder;
}

/**
 * The dates of a deadline with their explanation, and its ladder on them.
 * @throws Stuck with the calendar's code
 */
export function planDeadline(x: Execution, input: PlanInput): DeadlinePlan {
  const { base, bases, setting, extraDays, rule } = input;
  const dates = datesFrom(x, input, base);
  if ('code' in dates) throw new Stuck(dates.code, dates.message);
  const expiresAt =
    grainOf(dates.legalDueDate) === 'day'
      ? startOfNextDay(dates.legalDueDate)
      : addHours(dates.legalDueDate, 0);
  const alternatives = bases.flatMap(({ name, date }): AlternativeReading[] => {
    if (date === null || compareDates(date, base) === 0) return [];
    const other = datesFrom(x, { rule, setting, extraDays }, date);
    if ('code' in other) return [];
    const { nominalDate, legalDueDate } = other;
    return [{ base: name, date, nominalDate, legalDueDate }];
  });
  return {
    ...dates,
    base,
    expiresAt,
    ladder: planLadder(x, input.ladder, dates, input),
    calendar: x.env.calendar.versionFor(x.state.comune),
    ...(setting && { setting }),
    ...(alternatives.length > 0 && { alternatives }),
  };
}

function datesFrom(
  x: Execution,
  { rule, setting, extraDays }: Pick<PlanInput, 'rule' | 'setting' | 'extraDays'>,
  base: string,
): TermDates | CalendarError {
  const { calendar } = x.env;
  return computeTerm(rule, base, { calendar, comune: x.state.comune, extraDays, setting });
}

/**
 * The ladder of a deadline: its own, or the term's, or the default of the nature.
 * @throws Stuck `ladder-unknown`
 */
export function ladderOf(
  x: Execution,
  declaration: Pick<DeadlineDecl, 'ladder'>,
  term: Pick<Term, 'ladder' | 'nature'>,
): Ladder {
  const name = declaration.ladder ?? term.ladder;
  if (name === null) {
    return x.env.catalogue.defaultLadder(term.nature) ?? { name: '', label: { it: '', en: '' }, steps: [] };
  }
  const ladder = x.env.catalogue.ladder(name);
  if (ladder) return ladder;
  throw new Stuck('ladder-unknown', {
    it: `Non c’è una scala di solleciti ${name}.`,
    en: `There is no ladder ${name}.`,
  });
}

/** The steps of a ladder with their instants, in their order. A step that was planned before is planned again. */
export function planLadder(
  x: Execution,
  { name, steps }: PlannedLadder | Ladder,
  dates: TermDates,
  input: Pick<PlanInput, 'base' | 'openedAt'>,
): PlannedLadder {
  const planned = steps.flatMap((step): PlannedStep[] => {
    const { id, to, does, by, incident, label, repeatHours = null } = step;
    const when = 'when' in step ? step.when : 'from' in step ? timeOf(step) : undefined;
    if (!when) return [step as PlannedStep];
    const at = stepAt(x, when, dates, input);
    if (at === null) return [];
    const how = { ...(by && { by }), ...(incident !== undefined && { incident }) };
    return [{ id, at, when, to, does, ...how, repeatHours, label }];
  });
  return { name, steps: planned.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)) };
}

function timeOf({ from, days, workingDays, hours, at }: LadderStep): StepTime {
  return {
    from,
    ...(days !== undefined && { days }),
    ...(workingDays !== undefined && { workingDays }),
    ...(hours !== undefined && { hours }),
    ...(at !== undefined && { at }),
  };
}

/**
 * When a step is told; null: it counts from the first lawful day, and the term has none. Day steps: in calendar (or
 * working) days from their date, at 08:00 in Rome (or their own time) of the last working day up to then; but what is to
 * be told on the last day is told on that day, also a Saturday, and what is to be told after it, or when one may act,
 * never before that. Steps in hours: real hours; the opening of an hour term is its base fact.
 * Source: legal-calendar.md § 6
 */
function stepAt(
  x: Execution,
  step: StepTime,
  dates: TermDates,
  input: Pick<PlanInput, 'base' | 'openedAt'>,
): Instant | null {
  const { calendar } = x.env;
  const { comune } = x.state;
  const { safeActionDate: safe, legalDueDate: legal, earliestActionDate: earliest } = dates;
  const isInstant = grainOf(legal) === 'instant';
  const opening = isInstant ? input.base : romeDate(input.openedAt);
  const anchor = { safe, legal, earliest, opening }[step.from];
  if (anchor === null) return null;
  if (isInstant) return addHours(anchor, step.hours ?? (step.days ?? step.workingDays ?? 0) * 24);
  const time = step.at ?? '08:00';
  if (step.hours !== undefined) {
    return addHours(step.from === 'opening' ? input.openedAt : atRome(anchor, time), step.hours);
  }
  if (step.workingDays !== undefined) {
    return atRome(plusWorkingDays(anchor, step.workingDays, calendar, comune), time);
  }
  const day = addDays(anchor, step.days ?? 0);
  if (step.from === 'legal' && day === legal) return atRome(day, time);
  const notBefore = step.from === 'earliest' ? anchor : legal < day ? addDays(legal, 1) : null;
  const told = workingDayOnOrBefore(day, calendar, comune);
  return atRome(
    notBefore !== null && day >= notBefore && told < notBefore
      ? workingDayOnOrAfter(day, calendar, comune)
      : told,
    time,
  );
}
