import { daysBetween } from '@iter/legal-calendar';
import type { CaseEvent, DeadlinePlan, Instant, PlannedStep } from './events.ts';
import type { Deadline } from './state.ts';

export type DeadlineEvent = Extract<CaseEvent, { type: `Deadline${string}` | 'LadderStepReached' }>;

/** The deadline after one more of its events; undefined when it is not known. Pure. */
export function evolveDeadline(before: Deadline | undefined, event: DeadlineEvent): Deadline | undefined {
  if (event.type === 'DeadlineOpened') return opened(event.data);
  if (!before) return undefined;
  switch (event.type) {
    case 'DeadlineMet': {
      const { use, on } = event.data;
      const quieted = before.quieted || use !== 'decides';
      return use === 'quiets' ? { ...before, quieted } : { ...before, quieted, status: 'met', decidedOn: on };
    }
    case 'DeadlineMissed':
      return { ...before, status: 'missed' };
    case 'DeadlineSuspended':
      return { ...before, status: 'suspended', suspendedOn: event.data.on };
    case 'DeadlineResumed': {
      const { on, plan } = event.data;
      const days = before.suspendedOn === null ? 0 : daysBetween(before.suspendedOn, on);
      return { ...before, status: 'open', suspendedOn: null, extraDays: before.extraDays + days, plan };
    }
    case 'DeadlineExtended':
      return { ...before, extraDays: before.extraDays + event.data.days, plan: event.data.plan };
    case 'DeadlineInterrupted':
      return {
        ...{ ...before, ...anew, status: 'open', suspendedOn: null, extraDays: 0 },
        plan: event.data.plan,
        frozen: event.data.frozen ?? before.frozen,
      };
    case 'DeadlineRebased':
      return {
        ...before,
        bases: event.data.bases,
        plan: event.data.plan,
        frozen: event.data.frozen ?? before.frozen,
      };
    case 'DeadlineLadderReissued':
      return { ...before, plan: { ...before.plan, ladder: event.data.ladder } };
    case 'DeadlineReopened':
      return { ...before, status: 'open', decidedOn: null, quieted: false };
    case 'DeadlineRectified':
      return { ...before, status: event.data.state, decidedOn: event.data.on };
    case 'DeadlineProven': {
      const { base, proof } = event.data;
      return { ...before, bases: before.bases.map((it) => (it.name === base ? { ...it, proof } : it)) };
    }
    case 'DeadlineReplaced':
      return { ...before, status: 'replaced' };
    case 'DeadlineClosed':
      return { ...before, status: 'closed' };
    case 'LadderStepReached': {
      const { step, round } = event.data;
      const at = stepOf(before.plan, step)?.at ?? before.plan.expiresAt;
      return {
        ...before,
        reached: { ...before.reached, [step]: { at, round } },
        lastStep: step,
        acknowledged: round > 1 && before.acknowledged,
      };
    }
  }
}

const anew = { reached: {}, lastStep: null, acknowledged: false, quieted: false, decidedOn: null } as const;

function opened(data: Extract<DeadlineEvent, { type: 'DeadlineOpened' }>['data']): Deadline {
  const { key, id, instance, element, scope, term, nature, bases, plan } = data;
  return {
    ...anew,
    ...{ key, id, instance, element, scope, term, nature, bases, plan },
    status: 'open',
    openedAt: data.openedAt ?? plan.expiresAt,
    definition: data.definition ?? null,
    frozen: data.frozen ?? null,
    onMissed: data.onMissed ?? { incident: null, label: data.label },
    extraDays: 0,
    suspendedOn: null,
  };
}

/**
 * Nobody answers for the step told last any more: it is repeated again.
 * @param round how far its repetitions have come meanwhile
 */
export function unanswered(deadline: Deadline, round: number | undefined): Deadline {
  const { lastStep, reached } = deadline;
  const told = lastStep === null ? undefined : reached[lastStep];
  if (lastStep === null || !told || round === undefined) return { ...deadline, acknowledged: false };
  return { ...deadline, acknowledged: false, reached: { ...reached, [lastStep]: { at: told.at, round } } };
}

/** The step told last, when it still stands: at the instant for which it was told, or at one that had passed already. */
export function toldLast(deadline: Deadline): { readonly step: PlannedStep; readonly round: number } | null {
  const step = deadline.lastStep === null ? undefined : stepOf(deadline.plan, deadline.lastStep);
  const told = step && deadline.reached[step.id];
  return step && told && (told.at === step.at || step.isOver) ? { step, round: told.round } : null;
}

/** Which repetition of a step, told at its own instant for the first time, has come by an instant. */
export function roundBy({ at, repeatHours }: PlannedStep, now: Instant): number {
  if (repeatHours === null) return 1;
  return Math.floor((Date.parse(now) - Date.parse(at)) / (repeatHours * 3_600_000)) + 1;
}

function stepOf(plan: DeadlinePlan, id: string): PlannedStep | undefined {
  return plan.ladder.steps.find((step) => step.id === id);
}

/** Open or suspended: operations of the flow act on it. */
export function isLive(deadline: Deadline): boolean {
  return deadline.status === 'open' || deadline.status === 'suspended';
}

/** What happens next to a deadline by itself, and when. */
export type DeadlineBell =
  | { readonly what: 'step'; readonly at: Instant; readonly step: PlannedStep; readonly round: number }
  | { readonly what: 'expiry'; readonly at: Instant };

/**
 * The next thing that the passing of time does to a deadline: a ladder step, the repetition of the step told
 * last, or the expiry; null when nothing. Steps count as told only for the instant they were planned at: a
 * deadline that moved on tells them again when that is still to come. At the same instant a step comes before the expiry.
 */
export function nextDue(deadline: Deadline): DeadlineBell | null {
  const { status, plan } = deadline;
  if (status === 'suspended' || status === 'replaced' || status === 'closed') return null;
  const step = deadline.quieted ? null : nextStep(deadline);
  if (status !== 'open' || (step && step.at <= plan.expiresAt)) return step;
  return { what: 'expiry', at: plan.expiresAt };
}

/** When a deadline's bell rings next; null: never, as things stand. */
export function nextBell(deadline: Deadline): Instant | null {
  return nextDue(deadline)?.at ?? null;
}

/** Whether a step needs no telling any more: it was told for this instant or a later one, or this one had passed by then. */
export function isTold({ reached }: Deadline, { id, at, isOver }: PlannedStep): boolean {
  const told = reached[id];
  return told !== undefined && (told.at >= at || isOver === true);
}

function nextStep(deadline: Deadline): DeadlineBell | null {
  let next: Extract<DeadlineBell, { what: 'step' }> | null = null;
  for (const step of deadline.plan.ladder.steps) {
    if (isTold(deadline, step)) continue;
    if (!next || step.at < next.at) next = { what: 'step', at: step.at, step, round: 1 };
  }
  const last = toldLast(deadline);
  if (last !== null && last.step.repeatHours !== null && !deadline.acknowledged) {
    const { step, round } = last;
    const at = addHours(step.at, round * last.step.repeatHours);
    if (!next || at < next.at) next = { what: 'step', at, step, round: round + 1 };
  }
  return next;
}

/** So many real hours later. */
export function addHours(instant: Instant, hours: number): Instant {
  return new Date(Date.parse(instant) + hours * 3_600_000).toISOString();
}
