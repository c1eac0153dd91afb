import type { DeadlineDecl } from '@iter/process-model';
import { isLive } from '../deadline-state.ts';
import { Stuck } from '../execution.ts';
import type { Execution } from '../execution.ts';
import type { Deadline } from '../state.ts';
import { compareDates, isFuture } from './dates.ts';
import { emitDeadline, factsOf } from './emit.ts';
import { isForwardWait, miss, settleIncidents } from './expiry.ts';

export interface Fact {
  /** The element that records it. */
  readonly by: string;
  /** Its date, in the grain of the term. */
  readonly on: string;
  readonly use: 'decides' | 'quiets' | 'both';
}

/** Whether another fact than the deciding one silences the reminders. */
export function hasQuietingFact(declaration: DeadlineDecl): boolean {
  return declaration.met.some(({ use }) => use === 'quiets');
}

/** In time while its date in Rome is not after the legal date. */
export function isInTime(deadline: Deadline, on: string): boolean {
  return deadline.status === 'suspended' || compareDates(on, deadline.plan.legalDueDate) <= 0;
}

/**
 * A fact that meets a deadline. The date decides: late facts miss it, and a fact in time that is recorded
 * after the miss rectifies it, and settles the incidents that the miss had raised. What was met already stays as it is.
 * @throws Stuck `act-too-early` before a waiting term is over, `date-in-the-future`
 */
export function record(x: Execution, declaration: DeadlineDecl, deadline: Deadline, fact: Fact): void {
  const { by, on } = fact;
  const facts = factsOf(deadline);
  if (isFuture(x, on)) {
    throw new Stuck('date-in-the-future', {
      it: `Il fatto ha la data del ${on}, che deve ancora venire.`,
      en: `The fact is dated ${on}, which is still to come.`,
    });
  }
  const quiet = (): void => {
    const now = x.state.deadlines.get(deadline.key);
    if (now && !now.quieted)
      emitDeadline(x, { type: 'DeadlineMet', data: { ...facts, by, on, use: 'quiets' } });
  };
  const rings = isLive(deadline) || deadline.status === 'met' || deadline.status === 'missed';
  if (fact.use === 'quiets') {
    if (rings) quiet();
    return;
  }
  const silences = fact.use === 'both' || !hasQuietingFact(declaration);
  // The wait is over, and what was waited for is done: nobody need be told that it may be.
  if (deadline.status === 'met' && silences && isForwardWait(deadline)) quiet();
  if (!isLive(deadline) && deadline.status !== 'missed') return;

  const { earliestActionDate } = deadline.plan;
  if (isForwardWait(deadline) && earliestActionDate !== null && compareDates(on, earliestActionDate) < 0) {
    throw new Stuck('act-too-early', {
      it: `L’atto è lecito dal ${earliestActionDate}, non già il ${on}.`,
      en: `The act is lawful from ${earliestActionDate}, not on ${on} already.`,
    });
  }
  if (isInTime(deadline, on)) {
    if (isLive(deadline)) {
      const use = silences || deadline.quieted ? 'both' : 'decides';
      emitDeadline(x, { type: 'DeadlineMet', data: { ...facts, by, on, use } });
      return;
    }
    const reason = 'recorded-after-the-term';
    emitDeadline(x, { type: 'DeadlineRectified', data: { ...facts, on, reason, state: 'met' } });
    settleIncidents(x, deadline);
  } else if (isLive(deadline)) miss(x, deadline);
  if (silences) quiet();
}
