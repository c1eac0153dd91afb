import { nextBell, roundBy, toldLast, unanswered as unansweredDeadline } from '../deadline-state.ts';
import type { Execution } from '../execution.ts';
import type { EscalationFacts, Key, Unanswered } from '../events.ts';
import type { Deadline, Escalation } from '../state.ts';

const deadlineOf = (x: Execution, { deadline }: Escalation): Deadline | undefined =>
  deadline === null ? undefined : x.state.deadlines.get(deadline);

/** Another step has called since: who answers for this one does not answer for that. */
function isPast(x: Execution, { step, deadline: key }: Escalation, { lastStep }: Deadline): boolean {
  if (lastStep === null || lastStep === step) return false;
  for (const it of x.state.escalations.values()) {
    if (it.deadline === key && it.step === lastStep && it.state !== 'resolved') return true;
  }
  return false;
}

/** Somebody answers: the reminder is not repeated, so the deadline's bell moves on. */
export function answered(x: Execution, escalation: Escalation): EscalationFacts {
  const deadline = deadlineOf(x, escalation);
  if (!deadline) return { key: escalation.key };
  if (isPast(x, escalation, deadline)) return past(escalation, deadline);
  const bell = nextBell({ ...deadline, acknowledged: true });
  return { key: escalation.key, deadline: deadline.key, bell };
}

const past = ({ key }: Escalation, deadline: Deadline): EscalationFacts => ({
  ...{ key, deadline: deadline.key, bell: nextBell(deadline) },
  past: true,
});

/** Nobody answers any more: the reminder is repeated again, from the next time on that is still to come. */
export function unanswered(x: Execution, escalation: Escalation): Unanswered {
  const deadline = deadlineOf(x, escalation);
  if (!deadline) return { key: escalation.key };
  if (isPast(x, escalation, deadline)) return past(escalation, deadline);
  const last = toldLast(deadline);
  const repeats = last !== null && last.step.repeatHours !== null;
  const round = repeats ? Math.max(last.round, roundBy(last.step, x.env.now)) : undefined;
  const bell = nextBell(unansweredDeadline(deadline, round));
  return { key: escalation.key, deadline: deadline.key, bell, ...(round !== undefined && { round }) };
}

/**
 * A deadline that was over runs again: who had been called by the step told last, and had answered, is called again.
 * @param key of the deadline, after it was reopened
 */
export function callAgain(x: Execution, key: Key): void {
  const deadline = x.state.deadlines.get(key);
  const last = deadline && toldLast(deadline);
  if (!last) return;
  const called = [...x.state.escalations.values()].filter(
    (it) => it.deadline === key && it.step === last.step.id,
  );
  const latest = called.at(-1);
  if (latest && called.every(({ state }) => state === 'resolved')) {
    x.emit({ type: 'EscalationReopened', data: unanswered(x, latest) });
  }
}
