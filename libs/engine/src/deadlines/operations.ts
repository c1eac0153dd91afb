import { isLive } from '../deadline-state.ts';
import { Stuck } from '../execution.ts';
import type { Execution } from '../execution.ts';
import type { Ladder } from '../env.ts';
import type { BaseFact, DeadlinePlan, FrozenTerm, PlannedLadder, PlannedStep } from '../events.ts';
import type { Deadline } from '../state.ts';
import { daysBetween } from '@iter/legal-calendar';
import { callAgain } from './calling.ts';
import { compareDates, grainOf } from './dates.ts';
import { emitDeadline, factsOf } from './emit.ts';
import { afterMissed, settleIncidents } from './expiry.ts';
import { declarationOf } from './find.ts';
import { isInTime } from './facts.ts';
import { freeze, ladderOf, planDeadline, planLadder, prudentBase, termOn } from './plan.ts';

// The operations of legal-calendar.md § 2 on a deadline, each on the states that it fits and silent on others.

interface Change {
  readonly base?: string;
  readonly bases?: readonly BaseFact[];
  readonly extraDays?: number;
  readonly frozen?: FrozenTerm;
  readonly isAnew?: true;
}

/** The dates anew: by the frozen version of the term, what an act has set, and the ladder that it was opened with. */
function replan(x: Execution, deadline: Deadline, change: Change): DeadlinePlan {
  const { plan, openedAt } = deadline;
  const base = change.base ?? plan.base;
  const { rule } = change.frozen ?? deadline.frozen ?? freeze(termOn(x, deadline.term, base));
  // A ladder from before the times of its steps were kept is looked up.
  const isKept = plan.ladder.steps.every(({ when }) => when !== undefined);
  const ladder = isKept ? plan.ladder : ladderNow(x, deadline, base);
  const next = planDeadline(x, {
    ...{ rule, base, openedAt, ladder },
    bases: change.bases ?? deadline.bases,
    setting: plan.setting ?? null,
    extraDays: change.extraDays ?? deadline.extraDays,
  });
  // An interrupted term starts anew, and its ladder with it.
  return change.isAnew ? next : { ...next, ladder: notToldAgain(x, next.ladder, deadline) };
}

/** What was told stays told, unless its time comes again. Source: legal-calendar.md § 6 */
function notToldAgain(x: Execution, { name, steps }: PlannedLadder, { reached }: Deadline): PlannedLadder {
  const isOver = ({ id, at }: PlannedStep): boolean =>
    reached[id] !== undefined && reached[id].at < at && at <= x.env.now;
  return { name, steps: steps.map((step) => (isOver(step) ? { ...step, isOver: true } : step)) };
}

function ladderNow(x: Execution, deadline: Deadline, base: string): Ladder {
  return ladderOf(x, declarationOf(x, deadline), termOn(x, deadline.term, base));
}

/**
 * What applies from a new base: the version that was frozen, unless another one is in force then.
 * @returns undefined: as it was
 */
function otherVersion(x: Execution, { frozen, term: key }: Deadline, base: string): FrozenTerm | undefined {
  if (frozen === null) return undefined;
  const term = x.env.catalogue.term(key, base.slice(0, 10));
  return term === null || term.validFrom === frozen.validFrom ? undefined : freeze(term);
}

/** @throws Stuck `date-invalid` when it would begin before the term or after its end */
export function suspend(x: Execution, deadline: Deadline, on: string, reason: string): void {
  if (deadline.status !== 'open') return;
  const { base, legalDueDate } = deadline.plan;
  const backward = compareDates(base, legalDueDate) > 0;
  if ((!backward && compareDates(on, base) < 0) || compareDates(on, legalDueDate) > 0) {
    throw new Stuck('date-invalid', {
      it: `${deadline.id} non si sospende al ${on}: corre ${backward ? 'fino' : `dal ${base}`} al ${legalDueDate}.`,
      en: `${deadline.id} cannot be suspended on ${on}: it runs ${backward ? '' : `from ${base} `}until ${legalDueDate}.`,
    });
  }
  emitDeadline(x, { type: 'DeadlineSuspended', data: { ...factsOf(deadline), on, reason } });
}

/** The days left are kept. @throws Stuck `date-invalid` before the suspension */
export function resume(x: Execution, deadline: Deadline, on: string, reason: string): void {
  const { status, suspendedOn } = deadline;
  if (status !== 'suspended' || suspendedOn === null) return;
  const days = daysBetween(suspendedOn, on);
  if (days < 0) {
    throw new Stuck('date-invalid', {
      it: `${deadline.id} è sospeso dal ${suspendedOn}: non riprende al ${on}.`,
      en: `${deadline.id} is suspended since ${suspendedOn}: it cannot resume on ${on}.`,
    });
  }
  const plan = replan(x, deadline, { extraDays: deadline.extraDays + days });
  const data = { ...factsOf(deadline), on, reason, plan };
  emitDeadline(x, { type: 'DeadlineResumed', data });
}

export function extend(x: Execution, deadline: Deadline, days: number, reason: string): void {
  if (!isLive(deadline) || days === 0) return;
  const plan = replan(x, deadline, { extraDays: deadline.extraDays + days });
  const data = { ...factsOf(deadline), days, reason, plan };
  emitDeadline(x, { type: 'DeadlineExtended', data });
}

/** The same deadline starts anew, in full. */
export function interrupt(x: Execution, deadline: Deadline, base: string, reason: string): void {
  if (!isLive(deadline)) return;
  const frozen = otherVersion(x, deadline, base);
  const version = frozen && { frozen };
  const plan = replan(x, deadline, { base, extraDays: 0, isAnew: true, ...version });
  emitDeadline(x, { type: 'DeadlineInterrupted', data: { ...factsOf(deadline), reason, plan, ...version } });
}

/**
 * Corrects a base date; the prudent one of all is chosen again. What the new dates decide otherwise is
 * corrected with it: a miss that is none any more is open again, a fact that comes too late now is a miss.
 */
export function rebase(
  x: Execution,
  deadline: Deadline,
  baseName: string | null,
  date: string,
  reason: string,
): void {
  if (!isLive(deadline) && deadline.status !== 'met' && deadline.status !== 'missed') return;
  const name = baseName ?? deadline.bases.find((it) => it.date === deadline.plan.base)?.name;
  const bases = deadline.bases.map((it): BaseFact => (it.name === name ? { ...it, date } : it));
  count(x, deadline, bases, date, reason);
}

/** Bases that were not known when it was opened are known now: kept, and the prudent one of all is chosen again. */
export function learn(x: Execution, deadline: Deadline, bases: readonly BaseFact[]): void {
  if (isLive(deadline)) count(x, deadline, bases, deadline.plan.base, 'base-known');
}

function count(
  x: Execution,
  deadline: Deadline,
  bases: readonly BaseFact[],
  date: string,
  reason: string,
): void {
  const choice = (deadline.frozen ?? termOn(x, deadline.term, date)).prudentBase;
  const base = prudentBase(bases, choice) ?? date;
  const frozen = otherVersion(x, deadline, base);
  const version = frozen && { frozen };
  const plan = replan(x, deadline, { base, bases, ...version });
  const facts = factsOf(deadline);
  const after = emitDeadline(x, {
    type: 'DeadlineRebased',
    data: { ...facts, reason, bases, plan, ...version },
  });
  const on = after.decidedOn;
  if (after.status === 'missed' && Date.parse(plan.expiresAt) > Date.parse(x.env.now)) {
    emitDeadline(x, { type: 'DeadlineReopened', data: { ...facts, reason } });
    callAgain(x, deadline.key);
    settleIncidents(x, deadline);
  } else if (after.status === 'met' && on !== null && !isInTime(after, on)) {
    emitDeadline(x, { type: 'DeadlineRectified', data: { ...facts, on, reason, state: 'missed' } });
    afterMissed(x, after);
  }
}

/** What met it turns out not to have met it: open again, and missed if its date is past. */
export function reopen(x: Execution, deadline: Deadline, reason: string): void {
  if (deadline.status !== 'met') return;
  emitDeadline(x, { type: 'DeadlineReopened', data: { ...factsOf(deadline), reason } });
  callAgain(x, deadline.key);
}

export function replace(x: Execution, deadline: Deadline, reason: string): void {
  if (isLive(deadline)) emitDeadline(x, { type: 'DeadlineReplaced', data: { ...factsOf(deadline), reason } });
}

export function close(x: Execution, deadline: Deadline, reason: string): void {
  if (isLive(deadline)) emitDeadline(x, { type: 'DeadlineClosed', data: { ...factsOf(deadline), reason } });
}

/** The fact was recorded late or wrongly: the state follows from its date. */
export function rectify(x: Execution, deadline: Deadline, on: string, reason: string): void {
  const state = isInTime(deadline, on) ? 'met' : 'missed';
  emitDeadline(x, { type: 'DeadlineRectified', data: { ...factsOf(deadline), on, reason, state } });
  if (state === 'met') settleIncidents(x, deadline);
  else if (deadline.status !== 'missed') afterMissed(x, deadline);
}

/** It follows the ladder as it is now, on the dates that it has; the same ladder again changes nothing. */
export function reissueLadder(x: Execution, deadline: Deadline, reason: string): void {
  const { plan, openedAt } = deadline;
  const ladder = planLadder(x, ladderNow(x, deadline, plan.base), plan, { base: plan.base, openedAt });
  if (JSON.stringify(ladder) === JSON.stringify(plan.ladder)) return;
  emitDeadline(x, { type: 'DeadlineLadderReissued', data: { ...factsOf(deadline), reason, ladder } });
}

/** Whether a date fits a deadline that counts by days or by instants. */
export function grainOfDeadline(deadline: Deadline): 'day' | 'instant' {
  return grainOf(deadline.plan.legalDueDate);
}
