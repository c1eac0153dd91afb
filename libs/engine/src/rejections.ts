import type { Said } from '@iter/process-model';

/** Why a command was refused in the present state; nothing was appended. Closed: the edge maps every one. */
export type RejectionCode =
  | 'case-already-started'
  | 'case-not-found'
  | 'case-not-active'
  | 'case-suspended'
  | 'case-not-suspended'
  | 'task-not-found'
  | 'task-claimed-by-another'
  | 'task-not-claimed'
  | 'task-not-done'
  | 'act-sent'
  | 'later-task-done'
  | 'term-moved'
  | 'flow-went-on'
  | 'entry-unknown'
  | 'entry-changed'
  | 'job-not-found'
  | 'timer-not-armed'
  | 'message-not-awaited'
  | 'deadline-not-found'
  | 'deadline-not-open'
  | 'deadline-not-suspended'
  | 'base-not-found'
  | 'date-invalid'
  | 'date-in-the-future'
  | 'act-too-early'
  | 'term-too-short'
  | 'term-too-long'
  | 'ladder-unknown'
  | 'escalation-not-found'
  | 'escalation-already-resolved'
  | 'incident-not-found'
  | 'incident-still-holds'
  | 'start-element-not-found'
  | 'element-not-found'
  | 'activity-under-way'
  | 'migration-invalid'
  | 'document-not-found'
  | 'document-replaced'
  | 'delivery-not-found'
  | 'form-invalid'
  | 'refused-by-process'
  | 'variables-invalid'
  | 'not-authorised'
  | 'reason-required'
  | 'limit-exceeded';

export interface Rejection {
  readonly code: RejectionCode;
  /** For people: what is wrong here and what would be right. Carries no personal data. */
  readonly message: Said;
  /** Places in the request, as JSON pointers. */
  readonly errors?: readonly {
    readonly pointer: string;
    readonly code: string;
    readonly message: Said;
  }[];
}
