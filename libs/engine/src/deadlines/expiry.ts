import type { TermNature } from '@iter/legal-calendar';
import { isTold, nextDue, roundBy } from '../deadline-state.ts';
import type { DeadlineBell } from '../deadline-state.ts';
import type { Execution } from '../execution.ts';
import type { DeadlinePlan, Key, PlannedStep } from '../events.ts';
import type { Deadline } from '../state.ts';
import { compareDates } from './dates.ts';
import { emitDeadline, factsOf } from './emit.ts';

/**
 * Does everything that the passing of time does to a deadline up to now, in its order. Nothing when nothing
 * is due. Repetitions that nobody rang in time are told once, with the number that they have come to. Reminders that are
 * due together, because the deadline was opened late or nobody rang, are told as one: the last, to all whom they call.
 * Source: onboarding-and-accompaniment.md § 9, O-6
 */
export function ring(x: Execution, key: Key): void {
  let passed: readonly PlannedStep[] = [];
  for (;;) {
    const deadline = x.state.deadlines.get(key);
    const due = deadline && nextDue(deadline);
    if (!due || Date.parse(due.at) > Date.parse(x.env.now)) return;
    if (due.what === 'expiry') expire(x, deadline);
    else if (isPassed(x, deadline, due)) {
      passed = [...passed, due.step];
      pass(x, deadline, due.step);
    } else if (isReminder(due.step) && due.round === 1) {
      tell(x, deadline, { ...due, step: together(due.step, passed) });
      passed = [];
    } else tell(x, deadline, due);
  }
}

/** What is to be done, and incidents, stand for themselves. */
const isReminder = ({ does }: PlannedStep): boolean => does === 'notice' || does === 'escalation';

/** Another reminder is due as well, on the same side of the expiry. */
function isPassed(x: Execution, deadline: Deadline, due: Extract<DeadlineBell, { what: 'step' }>): boolean {
  if (due.round > 1 || !isReminder(due.step)) return false;
  const { plan, status } = deadline;
  const until = status === 'open' && plan.expiresAt < x.env.now ? plan.expiresAt : x.env.now;
  return plan.ladder.steps.some(
    (step) =>
      step !== due.step &&
      isReminder(step) &&
      !isTold(deadline, step) &&
      step.at >= due.at &&
      step.at <= until,
  );
}

function pass(x: Execution, deadline: Deadline, { id, does, label }: PlannedStep): void {
  const data = { ...factsOf(deadline), step: id, round: 1, to: [], does, passed: true as const, label };
  emitDeadline(x, { type: 'LadderStepReached', data });
}

function together(step: PlannedStep, passed: readonly PlannedStep[]): PlannedStep {
  if (passed.length === 0) return step;
  const all = [step, ...passed];
  const { by: _, ...rest } = step;
  // Whoever one of them reaches by mail is reached: what says nothing of its channels uses those of the desk and mail.
  const by = all.every((it) => it.by !== undefined) && [...new Set(all.flatMap((it) => it.by ?? []))];
  return {
    ...rest,
    ...(by && { by }),
    to: [...new Set(all.flatMap(({ to }) => to))],
    does: all.some(({ does }) => does === 'escalation') ? 'escalation' : 'notice',
  };
}

/** A step is told, and does what it is for; repeated, it tells again and does nothing that stands already. */
function tell(x: Execution, deadline: Deadline, due: Extract<DeadlineBell, { what: 'step' }>): void {
  const { step } = due;
  const { to, does, by, label } = step;
  const round = due.round > 1 ? Math.max(due.round, roundBy(step, x.env.now)) : due.round;
  emitDeadline(x, {
    type: 'LadderStepReached',
    data: { ...factsOf(deadline), step: step.id, round, to, does, ...(by && { by }), label },
  });
  if (does === 'incident') raiseIncident(x, deadline, step, round);
  else if (does !== 'notice' && !hasEscalation(x, deadline.key, step.id)) call(x, deadline, step, does);
}

function call(x: Execution, deadline: Deadline, step: PlannedStep, kind: 'escalation' | 'task'): void {
  x.emit({
    type: 'EscalationRaised',
    data: {
      key: x.env.newKey(),
      ...(kind === 'task' && { kind }),
      deadline: deadline.key,
      deadlineId: deadline.id,
      step: step.id,
      to: step.to,
      nature: deadline.nature,
      legalDueDate: deadline.plan.legalDueDate,
      label: step.label,
    },
  });
}

function hasEscalation(x: Execution, deadline: Key, step: string): boolean {
  for (const it of x.state.escalations.values()) {
    if (it.deadline === deadline && it.step === step && it.state !== 'resolved') return true;
  }
  return false;
}

/** Once, however often the step is repeated, and not beside one that says the same. */
function raiseIncident(x: Execution, { key, element }: Deadline, step: PlannedStep, round: number): void {
  const code = step.incident ?? 'ladder-step';
  if (round > 1) return;
  for (const it of x.state.incidents.values()) if (it.deadline === key && it.code === code) return;
  x.emit({
    type: 'IncidentRaised',
    data: { key: x.env.newKey(), host: null, element, code, message: step.label.it, deadline: key },
  });
}

/** A waiting term whose end is what is waited for; not a notice, which counts back from its act and has to be given by then. */
export function isForwardWait({
  nature,
  plan,
}: {
  readonly nature: TermNature;
  readonly plan: Pick<DeadlinePlan, 'base' | 'nominalDate'>;
}): boolean {
  return nature === 'EFFECT' || (nature === 'DILATORY' && compareDates(plan.base, plan.nominalDate) <= 0);
}

/** Expiry never decides for people. Source: legal-calendar.md § 2, "What happens on the date" */
function expire(x: Execution, deadline: Deadline): void {
  const facts = factsOf(deadline);
  const on = deadline.plan.legalDueDate;
  if (deadline.nature === 'VALIDITY') {
    emitDeadline(x, { type: 'DeadlineClosed', data: { ...facts, reason: 'EXPIRED' } });
  } else if (isForwardWait(deadline)) {
    // What the ladder tells afterwards is that one may act now.
    emitDeadline(x, { type: 'DeadlineMet', data: { ...facts, by: 'expiry', on, use: 'decides' } });
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

/** The miss that they stand for did not happen. */
export function settleIncidents(x: Execution, deadline: Deadline): void {
  for (const incident of x.state.incidents.values()) {
    if (incident.deadline !== deadline.key) continue;
    x.emit({ type: 'IncidentResolved', data: { key: incident.key, resolution: 'deadline-corrected' } });
  }
}
