import type { CaseEventType, EventOf } from './events.ts';

type DataField<T extends CaseEventType> = Extract<keyof EventOf<T>['data'], string>;

const ref = ['key', 'element', 'scope', 'iteration', 'compensation', 'definition'] as const;
const waiting = ['key', 'element', 'host', 'index', 'inside'] as const;
const happened = ['key', 'element', 'partial'] as const;
const thrown = ['element', 'definition'] as const;
const deadline = ['key', 'id', 'bell'] as const;
const escalation = ['key', 'deadline', 'bell', 'past'] as const;

/**
 * Per event type, the fields of its data that stay readable in the log: dates, codes, enumerations, ids and
 * names of the model. Everything else (variables, free text, what people wrote or who they are) is sealed.
 */
export const clearFields: { readonly [T in CaseEventType]: readonly DataField<T>[] } = {
  CaseStarted: ['process', 'version', 'definition', 'comune', 'startElement'],
  CaseCompleted: ['endElement'],
  CaseFailed: ['code', 'element'],
  CaseTerminated: ['element'],
  CaseSuspended: [],
  CaseResumed: [],
  CaseModified: [],
  CaseMigrated: ['from', 'definition', 'version', 'process', 'elements', 'flows', 'tasks'],
  CaseLinked: ['case', 'relation', 'element'],
  ContinuationDue: ['counts'],
  ContinuationTaken: [],
  ElementActivated: [...ref, 'interrupts', 'cancels', 'inherits', 'called', 'adHoc'],
  ElementCompleted: [...ref, 'joined'],
  ElementTerminated: ref,
  SequenceFlowTaken: ['flow', 'scope', 'joins'],
  TokensJoined: ['element', 'scope', 'tokens', 'phase'],
  VariablesSet: ['scope'],
  UserTaskCreated: [
    ...ref,
    'role',
    'assignee',
    'candidateGroups',
    'candidateUsers',
    'formId',
    'dueAt',
    'followUpAt',
    'priority',
    'body',
  ],
  UserTaskClaimed: ['key', 'by'],
  UserTaskReleased: ['key'],
  UserTaskAssigned: ['key', 'to'],
  UserTaskCompleted: ref,
  JobCreated: [...ref, 'jobType', 'retries', 'headers'],
  JobCompleted: ref,
  JobFailed: ['key', 'retries', 'retryAt'],
  JobRetried: ['key', 'retries'],
  JobErrorThrown: ['key', 'code'],
  TimerArmed: [...waiting, 'dueAt', 'cycle'],
  TimerFired: happened,
  TimerDisarmed: ['key'],
  MessageSubscribed: [...waiting, 'name'],
  MessageUnsubscribed: ['key'],
  MessageCorrelated: [...happened, 'name', 'messageId'],
  MessageThrown: [...thrown, 'name', 'to'],
  SignalSubscribed: [...waiting, 'name'],
  SignalUnsubscribed: ['key'],
  SignalThrown: [...thrown, 'name'],
  SignalReceived: [...happened, 'name', 'signalId'],
  ConditionSubscribed: waiting,
  ConditionUnsubscribed: ['key'],
  ConditionTriggered: [...happened, 'goesOn'],
  ConditionLapsed: ['key'],
  EscalationThrown: [...thrown, 'code', 'caughtBy'],
  CompensationSubscribed: ['key', 'element', 'scope', 'handler', 'iteration'],
  CompensationTriggered: ['key', 'element', 'scope', 'host', 'activity', 'compensables'],
  DecisionEvaluated: [...ref, 'decision', 'version', 'hash'],
  ErrorThrown: [...thrown, 'code', 'caughtBy'],
  DeadlineOpened: [
    ...deadline,
    'element',
    'scope',
    'term',
    'label',
    'norm',
    'mark',
    'nature',
    'binds',
    'bases',
    'plan',
    'definition',
    'openedAt',
    'frozen',
    'onMissed',
  ],
  DeadlineMet: [...deadline, 'by', 'on', 'use'],
  DeadlineMissed: [...deadline, 'legalDueDate'],
  DeadlineSuspended: [...deadline, 'on'],
  DeadlineResumed: [...deadline, 'on', 'plan'],
  DeadlineExtended: [...deadline, 'days', 'plan'],
  DeadlineInterrupted: [...deadline, 'plan', 'frozen'],
  DeadlineReplaced: deadline,
  DeadlineReopened: deadline,
  DeadlineRebased: [...deadline, 'bases', 'plan', 'frozen'],
  DeadlineRectified: [...deadline, 'on', 'state'],
  DeadlineProven: [...deadline, 'base', 'proof'],
  DeadlineLadderReissued: [...deadline, 'ladder'],
  DeadlineClosed: deadline,
  LadderStepReached: [...deadline, 'step', 'round', 'to', 'does', 'by', 'passed', 'label'],
  EscalationRaised: [
    'key',
    'kind',
    'deadline',
    'deadlineId',
    'step',
    'to',
    'nature',
    'legalDueDate',
    'label',
  ],
  EscalationAcknowledged: escalation,
  EscalationTakenOver: [...escalation, 'by'],
  EscalationHandedOn: [...escalation, 'round', 'account', 'role'],
  EscalationReopened: [...escalation, 'round'],
  EscalationResolved: [...escalation, 'code'],
  IncidentRaised: [
    'key',
    'host',
    'element',
    'code',
    'deadline',
    'stage',
    'scope',
    'iteration',
    'compensation',
    'definition',
  ],
  IncidentResolved: ['key'],
  DocumentAttached: ['key', 'mediaType', 'sizeBytes', 'sha256', 'protocolNo', 'task'],
  IncomingRegistered: ['key', 'message', 'protocolNo', 'receivedOn', 'documents'],
  CommentAdded: ['key'],
};

/**
 * Whether a field stays readable: because its type lists it, or because there is nothing in it to hide
 * (null, an empty list or record).
 */
export function isClear(type: CaseEventType, field: string, value: unknown): boolean {
  if ((clearFields[type] as readonly string[]).includes(field)) return true;
  if (value === null || value === undefined) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
