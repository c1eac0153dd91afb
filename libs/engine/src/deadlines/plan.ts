import {
  addDays,
  atRome,
  computeTerm,
  romeDate,
  startOfNextDay,
  workingDayOnOrAfter,
  workingDayOnOrBefore,
} from '@iter/legal-calendar';
import type { Term, TermDates } from '@iter/legal-calendar';
import type { DeadlineDecl } from '@iter/process-model';
import { addHours } from '../deadline-state.ts';
import type { Ladder, LadderStep } from '../env.ts';
import { Stuck } from '../execution.ts';
import type { Execution } from '../execution.ts';
import type { BaseFact, DeadlinePlan, Instant, PlannedStep } from '../events.ts';
import { compareDates, grainOf } from './dates.ts';

/**
 * The version of a term in force on a date.
 * @throws Stuck `term-unknown`
 */
export function termOn(x: Execution, key: string, date: string): Term {
  const term = x.env.catalogue.term(key, date.slice(0, 10));
  if (term) return term;
  throw new Stuck('term-unknown', `The catalogue has no term ${key} in force on ${date.slice(0, 10)}.`);
}

/** The base that counts among those known: the earliest or the latest, as the term says is prudent. */
export function prudentBase(bases: readonly BaseFact[], choice: Term['prudentBase']): string | null {
  const dates = bases.flatMap(({ date }) => (date === null ? [] : [date])).sort(compareDates);
  return (choice === 'earliest' ? dates[0] : dates.at(-1)) ?? null;
}

export interface PlanInput {
  readonly base: string;
  readonly extraDays: number;
  readonly openedAt: Instant;
}

/**
 * The dates of a deadline with their explanation, and the ladder frozen on them.
 * @throws Stuck with the calendar's code, or `ladder-unknown`
 */
export function planDeadline(
  x: Execution,
  declaration: DeadlineDecl,
  term: Term,
  input: PlanInput,
): DeadlinePlan {
  const { calendar } = x.env;
  const { comune } = x.state;
  const dates = computeTerm(term, input.base, { calendar, comune, extraDays: input.extraDays });
  if ('code' in dates) throw new Stuck(dates.code, dates.message);
  const ladder = ladderOf(x, declaration, term);
  const steps = ladder.steps.map((step): PlannedStep => {
    const { id, to, does, label } = step;
    return { id, at: stepAt(x, step, dates, input), to, does, repeatHours: step.repeatHours ?? null, label };
  });
  const expiresAt =
    grainOf(dates.legalDueDate) === 'day'
      ? startOfNextDay(dates.legalDueDate)
      : addHours(dates.legalDueDate, 0);
  return {
    ...dates,
    base: input.base,
    expiresAt,
    ladder: { name: ladder.name, steps: steps.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)) },
  };
}

function ladderOf(x: Execution, declaration: DeadlineDecl, term: Term): Ladder {
  const name = declaration.ladder ?? term.ladder;
  if (name === null) {
    return x.env.catalogue.defaultLadder(term.nature) ?? { name: '', label: { it: '', en: '' }, steps: [] };
  }
  const ladder = x.env.catalogue.ladder(name);
  if (ladder) return ladder;
  throw new Stuck('ladder-unknown', `There is no ladder ${name}.`);
}

/**
 * When a step is told. Day steps: in calendar days from their date, at 08:00 in Rome (or their own time) of
 * the last working day up to then; but what is to be told on the last day is told on that day, also a Saturday,
 * and what is to be told after it never before it is over. Steps in hours: real hours; the opening of an hour
 * term is its base fact.
 * Source: legal-calendar.md § 6
 */
function stepAt(x: Execution, step: LadderStep, dates: TermDates, input: PlanInput): Instant {
  const { calendar } = x.env;
  const { comune } = x.state;
  const anchors = { safe: dates.safeActionDate, legal: dates.legalDueDate, opening: input.base };
  if (grainOf(dates.legalDueDate) === 'instant') {
    return addHours(anchors[step.from], step.hours ?? (step.days ?? 0) * 24);
  }
  const anchor = step.from === 'opening' ? romeDate(input.openedAt) : anchors[step.from];
  const time = step.at ?? '08:00';
  if (step.hours !== undefined) {
    return addHours(step.from === 'opening' ? input.openedAt : atRome(anchor, time), step.hours);
  }
  const day = addDays(anchor, step.days ?? 0);
  if (step.from === 'legal' && day === dates.legalDueDate) return atRome(day, time);
  let told = workingDayOnOrBefore(day, calendar, comune);
  if (day > dates.legalDueDate && told <= dates.legalDueDate) {
    told = workingDayOnOrAfter(day, calendar, comune);
  }
  return atRome(told, time);
}
