import type { CaseEvent, Instant, Key } from './events.ts';

export type BellKind = 'timer' | 'deadline' | 'continuation';

/** A case has one continuation at most: it needs no key of its own. */
const continuation = 'continuation';

/** What an event does to the bells of its case. */
export type BellChange =
  | {
      readonly change: 'set';
      readonly kind: 'timer' | 'deadline';
      readonly key: Key;
      readonly dueAt: Instant;
    }
  /** What one command left to the next is due at once. */
  | { readonly change: 'set'; readonly kind: 'continuation'; readonly key: Key }
  | { readonly change: 'clear'; readonly kind: BellKind; readonly key: Key }
  /** The case has ended: it has no bells any more. */
  | { readonly change: 'clear-all' };

/**
 * What a table of bells must change after an event; from the event alone, so that the table is kept by
 * following the log. A timer has one bell until it fires or is disarmed, a deadline one at its next instant.
 */
export function bellsAfter(event: CaseEvent): readonly BellChange[] {
  switch (event.type) {
    case 'TimerArmed':
      return [{ change: 'set', kind: 'timer', key: event.data.key, dueAt: event.data.dueAt }];
    case 'TimerFired':
    case 'TimerDisarmed':
      return [{ change: 'clear', kind: 'timer', key: event.data.key }];
    case 'ContinuationDue':
      return [{ change: 'set', kind: 'continuation', key: continuation }];
    case 'ContinuationTaken':
      return [{ change: 'clear', kind: 'continuation', key: continuation }];
    case 'DeadlineOpened':
    case 'DeadlineMet':
    case 'DeadlineMissed':
    case 'DeadlineSuspended':
    case 'DeadlineResumed':
    case 'DeadlineExtended':
    case 'DeadlineInterrupted':
    case 'DeadlineReplaced':
    case 'DeadlineReopened':
    case 'DeadlineRebased':
    case 'DeadlineRectified':
    case 'DeadlineProven':
    case 'DeadlineLadderReissued':
    case 'DeadlineClosed':
    case 'LadderStepReached':
      return deadlineBell(event.data.key, event.data.bell);
    case 'EscalationAcknowledged':
    case 'EscalationTakenOver':
    case 'EscalationHandedOn':
    case 'EscalationReopened':
    case 'EscalationResolved':
      return event.data.deadline ? deadlineBell(event.data.deadline, event.data.bell) : [];
    case 'CaseCompleted':
    case 'CaseFailed':
    case 'CaseTerminated':
      return [{ change: 'clear-all' }];
    default:
      return [];
  }
}

function deadlineBell(key: Key, bell: Instant | null | undefined): readonly BellChange[] {
  if (bell === undefined) return [];
  if (bell === null) return [{ change: 'clear', kind: 'deadline', key }];
  return [{ change: 'set', kind: 'deadline', key, dueAt: bell }];
}
