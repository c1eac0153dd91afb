import { expect, it } from '@jest/globals';
import { clearFields, isClear } from './clear-fields.ts';

it('every event type says which of its fields stay readable, and none of them tells what people wrote', () => {
  for (const [type, fields] of Object.entries(clearFields)) {
    expect([type, new Set(fields).size]).toEqual([type, fields.length]);
    for (const secret of ['variables', 'reason', 'message', 'text', 'note', 'sender', 'outputs']) {
      if (type !== 'IncomingRegistered') expect(fields).not.toContain(secret);
    }
  }
});

it('a field is readable when it is listed, or has nothing in it', () => {
  expect(isClear('CaseStarted', 'process', 'p')).toBe(true);
  expect(isClear('CaseStarted', 'variables', { name: 'Anna' })).toBe(false);
  expect(isClear('CommentAdded', 'text', 'seen')).toBe(false);
  expect(isClear('CommentAdded', 'text', '')).toBe(false);
  expect(isClear('EscalationAcknowledged', 'note', ['x'])).toBe(false);
  expect(isClear('JobFailed', 'message', 7)).toBe(false);
  for (const nothing of [null, undefined, {}, []])
    expect(isClear('CaseStarted', 'variables', nothing)).toBe(true);
});

// The list is decided field by field: whoever adds one has to say so here as well.
const readable = `
CaseStarted: process version definition comune startElement facts
CaseCompleted: endElement
CaseFailed: code element
CaseTerminated: element
CaseSuspended:
CaseResumed:
CaseModified:
CaseRectified:
CaseMigrated: from definition version process elements flows tasks facts
CaseLinked: case relation element
ContinuationDue: counts
ContinuationTaken:
ElementActivated: key element scope iteration compensation definition interrupts cancels inherits called adHoc
ElementCompleted: key element scope iteration compensation definition joined
ElementTerminated: key element scope iteration compensation definition
SequenceFlowTaken: flow scope joins
TokensJoined: element scope tokens phase
VariablesSet: scope
UserTaskCreated: key element scope iteration compensation definition role assignee candidateGroups candidateUsers formId dueAt followUpAt priority acts body
UserTaskClaimed: key by
UserTaskReleased: key
UserTaskAssigned: key to
UserTaskCompleted: key element scope iteration compensation definition
UserTaskReopened: key element scope iteration compensation definition tokens
JobCreated: key element scope iteration compensation definition jobType retries headers
JobCompleted: key element scope iteration compensation definition
JobFailed: key retries retryAt
JobRetried: key retries
JobErrorThrown: key code
TimerArmed: key element host index inside dueAt cycle
TimerFired: key element partial
TimerDisarmed: key
MessageSubscribed: key element host index inside name
MessageUnsubscribed: key
MessageCorrelated: key element partial name messageId
MessageThrown: element definition name to
SignalSubscribed: key element host index inside name
SignalUnsubscribed: key
SignalThrown: element definition name
SignalReceived: key element partial name signalId
ConditionSubscribed: key element host index inside
ConditionUnsubscribed: key
ConditionTriggered: key element partial goesOn
ConditionLapsed: key
EscalationThrown: element definition code caughtBy
CompensationSubscribed: key element scope handler iteration
CompensationTriggered: key element scope host activity compensables
DecisionEvaluated: key element scope iteration compensation definition decision version hash
ErrorThrown: element definition code caughtBy
DeadlineOpened: key id bell element scope term label norm mark nature binds bases plan definition openedAt frozen onMissed
DeadlineMet: key id bell by on use
DeadlineMissed: key id bell legalDueDate
DeadlineSuspended: key id bell on
DeadlineResumed: key id bell on plan
DeadlineExtended: key id bell days plan
DeadlineInterrupted: key id bell plan frozen
DeadlineReplaced: key id bell
DeadlineReopened: key id bell
DeadlineRebased: key id bell bases plan frozen
DeadlineRectified: key id bell on state
DeadlineProven: key id bell base proof
DeadlineLadderReissued: key id bell ladder
DeadlineClosed: key id bell
LadderStepReached: key id bell step round to does by passed label
EscalationRaised: key kind deadline deadlineId step to nature legalDueDate label
EscalationAcknowledged: key deadline bell past
EscalationTakenOver: key deadline bell past by
EscalationHandedOn: key deadline bell past round account role
EscalationReopened: key deadline bell past round
EscalationResolved: key deadline bell past code
IncidentRaised: key host element code deadline stage scope iteration compensation definition draft
IncidentResolved: key
ActsAsked: key element scope iteration compensation definition acts place
DocumentAttached: key mediaType sizeBytes sha256 protocolNo protocol task replaces formOf draft signature
ActDrafted: key task element template templateVersion templateHash name revision document editable out blanks
IncomingRegistered: key message protocolNo protocol receivedOn documents
DeliverySent: key channel messageId job element scope documents submittedAt
DeliveryReceiptRecorded: key delivery document kind at news state
CommentAdded: key
`;

it('nothing else stays readable than what was decided', () => {
  const listed = Object.entries(clearFields).map(([type, fields]) => `${type}: ${fields.join(' ')}`.trim());
  expect(listed).toEqual(readable.trim().split('\n'));
});
