import { nextDue } from '../deadline-state.ts';
import type { DeadlineBell } from '../deadline-state.ts';
import type { Execution } from '../execution.ts';
import type { Key } from '../events.ts';
import type { Deadline } from '../state.ts';
import { compareDates } from './dates.ts';
import { emitDeadline, factsOf } from './emit.ts';

/**
 * Does everything that the passing of time does to a deadline up to now, in its order. Nothing when nothing
 * is due. Repetitions that nobody rang in time are told once, with the number that they have come to.
 */
export function ring(x: Execution, key: Key): void {
  for (;;) {
    const deadline = x.state.deadlines.get(key);
    const due = deadline && nextDue(deadline);
    if (!due || Date.parse(due.at) > Date.parse(x.env.now)) return;
    if (due.what === 'expiry') expire(x, deadline);
    else tell(x, deadline, due);
  }
}

function tell(x: Execution, deadline: Deadline, due: Extract<DeadlineBell, { what: 'step' }>): void {
  const { step } = due;
  const { to, does, label } = step;
  let { round } = due;
  if (round > 1 && step.repeatHours !== null) {
    const elapsed = Date.parse(x.env.now) - Date.parse(step.at);
    round = Math.floor(elapsed / (step.repeatHours * 3_600_000)) + 1;
  }
  emitDeadline(x, {
    type: 'LadderStepReached',
    data: { ...factsOf(deadline), step: step.id, round, to, does, label },
  });
  if (does === 'notice' || hasEscalation(x, deadline.key, step.id)) return;
  x.emit({
    type: 'EscalationRaised',
    data: {
      key: x.env.newKey(),
      deadline: deadline.key,
      deadlineId: deadline.id,
      step: step.id,
      to,
      nature: deadline.nature,
      legalDueDate: deadline.plan.legalDueDate,
      label,
    },
  });
}

function hasEscalation(x: Execution, deadline: Key, step: string): boolean {
  for (const it of x.state.escalations.values()) {
    if (it.deadline === deadline && it.step === step && it.state !== 'resolved') return true;
  }
  return false;
}

/** A waiting term whose end is what is waited for. */
export function isForwardWait({ nature, plan }: Deadline): boolean {
  return nature === 'EFFECT' || (nature === 'DILATORY' && compareDates(plan.base, plan.nominalDate) <= 0);
}

/** Expiry never decides for people. Source: legal-calendar.md § 2, "What happens on the date" */
function expire(x: Execution, deadline: Deadline): void {
  const facts = factsOf(deadline);
  const on = deadline.plan.legalDueDate;
  if (deadline.nature === 'VALIDITY') {
    emitDeadline(x, { type: 'DeadlineClosed', data: { ...facts, reason: 'EXPIRED' } });
  } else if (isForwardWait(deadline)) {
    emitDeadline(x, { type: 'DeadlineMet', data: { ...facts, by: 'expiry', on, use: 'both' } });
  } else miss(x, deadline);
}

/** A deadline is missed: the register has it, people are called by an incident, the flow by a message. */
export function miss(x: Execution, deadline: Deadline): void {
  const { legalDueDate } = deadline.plan;
  emitDeadline(x, { type: 'DeadlineMissed', data: { ...factsOf(deadline), legalDueDate } });
  afterMissed(x, deadline);
}

export function afterMissed(x: Execution, deadline: Deadline): void {
  const { incident, label } = deadline.onMissed;
  if (incident !== null) {
    x.emit({
      type: 'IncidentRaised',
      data: {
        key: x.env.newKey(),
        host: null,
        element: deadline.element,
        code: incident,
        message: label.it,
        deadline: deadline.key,
      },
    });
  }
  x.missed.push(deadline.key);
}
