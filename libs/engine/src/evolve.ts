import { evolveDeadline, unanswered } from './deadline-state.ts';
import { Draft } from './draft.ts';
import { evolveEscalation } from './escalation-state.ts';
import type { EscalationEvent } from './escalation-state.ts';
import type { CaseEvent, Key, Variables } from './events.ts';
import * as compensation from './evolving/compensation.ts';
import {
  addElement,
  completeElement,
  handOut,
  removeElement,
  terminateElement,
} from './evolving/elements.ts';
import { migrate } from './evolving/migration.ts';
import { appendToLists, interrupt, mergeVariables } from './evolving/scopes.ts';
import { addToken, consumeJoin, joinTokens } from './evolving/tokens.ts';
import { host, receive, receivedAll, unhost } from './evolving/waiting.ts';
import type { CaseState, Delivery } from './state.ts';
import { emptyScope, emptyState, seenCommand } from './state.ts';
import { VersionedMap } from './versioned-map.ts';

/** An event as recorded: with the command that caused it, which the case remembers. */
export type RecordedCaseEvent = CaseEvent & { readonly commandId?: string; readonly requestHash?: string };

/**
 * The state after one more event. Pure: the state given stays as it is.
 * Total: an event that does not fit (a task that is not there) changes nothing but the revision.
 */
export function evolve(state: CaseState, event: RecordedCaseEvent): CaseState {
  return evolveAll(state, [event]);
}

/** The state after more events; cheaper than one at a time. */
export function evolveAll(state: CaseState, events: Iterable<RecordedCaseEvent>): CaseState {
  const draft = new Draft(state);
  let last = '';
  for (const event of events) {
    apply(draft, event);
    if (event.commandId !== undefined && event.commandId !== last) {
      last = event.commandId;
      remember(draft, last, event.requestHash ?? '');
    }
  }
  return draft.state;
}

/** The state that a whole history gives. */
export function fold(events: Iterable<RecordedCaseEvent>): CaseState {
  return evolveAll(emptyState, events);
}

/** The state after a command was recorded, for handlers that take the state from `decide`. */
export function withCommand(state: CaseState, commandId: string, requestHash: string): CaseState {
  const draft = new Draft(state);
  remember(draft, commandId, requestHash);
  return draft.state;
}

/** Lookups go from leaf to leaf, and a fork copies the row of places of the last one: neither should grow long. */
const leafSize = 8192;

function remember(draft: Draft, commandId: string, requestHash: string): void {
  if (seenCommand(draft.state, commandId) !== undefined) return;
  const leaves = draft.state.commands;
  const last = leaves.at(-1);
  const isFull = !last || last.size >= leafSize;
  if (isFull || !draft.ownsCommands) {
    const own = isFull ? new VersionedMap<string>() : last.fork();
    draft.state.commands = [...(isFull ? leaves : leaves.slice(0, -1)), own];
    draft.ownsCommands = true;
  }
  draft.state.commands.at(-1)?.set(commandId, requestHash);
}

/** Folds one event into a draft. Internal to the engine: `decide` and `evolve` share it. */
export function apply(draft: Draft, event: CaseEvent): void {
  const s = draft.state;
  s.revision++;
  switch (event.type) {
    case 'CaseStarted': {
      const { process, version, definition, comune, businessKey, variables } = event.data;
      Object.assign(s, { status: 'active', process, version, definition, comune, businessKey });
      s.root = { ...emptyScope, variables };
      return;
    }
    case 'CaseCompleted':
      draft.set('status', 'completed');
      draft.set('continuation', null);
      return;
    case 'CaseFailed':
      draft.set('status', 'failed');
      draft.set('continuation', null);
      return;
    case 'CaseTerminated':
      draft.set('status', 'terminated');
      draft.set('continuation', null);
      return;
    case 'CaseSuspended':
      draft.set('suspended', true);
      return;
    case 'CaseResumed':
      draft.set('suspended', false);
      return;

    case 'CaseModified':
    case 'CaseRectified':
    case 'UserTaskReopened':
    case 'CaseLinked':
      return;
    case 'CaseMigrated':
      migrate(draft, event.data);
      return;
    case 'ContinuationDue':
      draft.set('continuation', event.data);
      return;
    case 'ContinuationTaken':
      draft.set('continuation', null);
      return;

    case 'ElementActivated':
      if (event.data.interrupts) interrupt(draft, event.data.scope, event.data.cancels);
      addElement(draft, event.data, event.data);
      return;
    case 'ElementCompleted':
      if (!event.data.joined && !s.elements.has(event.data.key)) {
        consumeJoin(draft, event.data.scope, event.data.element);
      }
      completeElement(draft, event.data);
      return;
    case 'ElementTerminated':
      terminateElement(draft, event.data);
      return;
    case 'SequenceFlowTaken':
      if (event.data.joins !== undefined) {
        addToken(draft, event.data.scope, event.data.joins, event.data.flow);
      }
      return;
    case 'TokensJoined':
      joinTokens(draft, event.data);
      return;
    case 'VariablesSet':
      mergeVariables(draft, event.data.scope, event.data.variables);
      if (event.data.appended) appendToLists(draft, event.data.scope, event.data.appended);
      return;

    case 'UserTaskCreated': {
      const { key, element, assignee } = event.data;
      addElement(draft, event.data, { variables: event.data.variables });
      draft.put('tasks', key, { key, element, assignee });
      return;
    }
    case 'UserTaskClaimed':
      assign(draft, event.data.key, event.data.by);
      return;
    case 'UserTaskReleased':
      assign(draft, event.data.key, null);
      return;
    case 'UserTaskAssigned':
      assign(draft, event.data.key, event.data.to);
      return;
    case 'UserTaskCompleted':
    case 'JobCompleted':
      handOut(draft, event.data);
      completeElement(draft, event.data);
      return;
    case 'JobCreated': {
      const { key, element, retries } = event.data;
      addElement(draft, event.data, { variables: event.data.variables });
      draft.put('jobs', key, { key, element, retries });
      return;
    }
    case 'JobFailed':
    case 'JobRetried':
      setRetries(draft, event.data.key, event.data.retries);
      return;
    case 'JobErrorThrown':
      setRetries(draft, event.data.key, 0);
      return;

    case 'TimerArmed':
      draft.put('timers', event.data.key, event.data);
      host(draft, event.data.host, event.data.key);
      return;
    case 'TimerFired':
      happened(draft, 'timers', event.data.key, event.data.partial, {});
      unhost(draft, 'timers', event.data.key);
      return;
    case 'TimerDisarmed':
      unhost(draft, 'timers', event.data.key);
      return;
    case 'MessageSubscribed':
      draft.put('subscriptions', event.data.key, event.data);
      host(draft, event.data.host, event.data.key);
      return;
    case 'MessageCorrelated':
      happened(draft, 'subscriptions', event.data.key, event.data.partial, event.data.variables);
      unhost(draft, 'subscriptions', event.data.key);
      return;
    case 'MessageUnsubscribed':
      unhost(draft, 'subscriptions', event.data.key);
      return;
    case 'SignalSubscribed':
      draft.put('signals', event.data.key, event.data);
      host(draft, event.data.host, event.data.key);
      return;
    case 'SignalReceived':
      happened(draft, 'signals', event.data.key, event.data.partial, event.data.variables);
      unhost(draft, 'signals', event.data.key);
      return;
    case 'SignalUnsubscribed':
      unhost(draft, 'signals', event.data.key);
      return;
    case 'ConditionSubscribed':
      draft.put('conditions', event.data.key, { ...event.data, holds: false });
      host(draft, event.data.host, event.data.key);
      return;
    case 'ConditionTriggered':
      happened(draft, 'conditions', event.data.key, event.data.partial, {});
      if (event.data.goesOn) hold(draft, event.data.key, true);
      else unhost(draft, 'conditions', event.data.key);
      return;
    case 'ConditionLapsed':
      hold(draft, event.data.key, false);
      return;
    case 'ConditionUnsubscribed':
      unhost(draft, 'conditions', event.data.key);
      return;
    case 'CompensationSubscribed':
      compensation.subscribe(draft, event.data);
      return;
    case 'CompensationTriggered':
      compensation.trigger(draft, event.data);
      return;
    case 'MessageThrown':
    case 'SignalThrown':
    case 'ErrorThrown':
    case 'EscalationThrown':
      return;
    case 'DecisionEvaluated':
      addElement(draft, event.data, { variables: event.data.variables });
      return;

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
    case 'LadderStepReached': {
      const next = evolveDeadline(s.deadlines.get(event.data.key), event);
      if (next) draft.put('deadlines', next.key, next);
      return;
    }
    case 'EscalationRaised': {
      const { key, deadline, step, kind = 'escalation' } = event.data;
      const unowned = { state: 'raised', owner: null, handedTo: null } as const;
      draft.put('escalations', key, { key, deadline, step, kind, ...unowned });
      return;
    }
    case 'EscalationAcknowledged':
    case 'EscalationTakenOver':
    case 'EscalationResolved':
    case 'EscalationHandedOn':
    case 'EscalationReopened':
      changeEscalation(draft, event);
      return;

    case 'IncidentRaised': {
      const { key, host: held, element, code, deadline, stage, scope, variables } = event.data;
      const more = { stage: stage ?? null, payload: variables ?? null };
      draft.put('incidents', key, { key, host: held, element, code, deadline, ...more });
      if (stage !== undefined && held !== null && element !== null && !s.elements.has(held)) {
        addElement(draft, { ...event.data, key: held, element, scope: scope ?? null }, { stuck: true });
      }
      return;
    }
    case 'IncidentResolved': {
      const incident = s.incidents.get(event.data.key);
      if (!incident) return;
      draft.remove('incidents', incident.key);
      if (incident.host !== null && s.elements.get(incident.host)?.stuck) removeElement(draft, incident.host);
      return;
    }
    case 'ActsAsked': {
      const { key, element, scope, definition = s.definition, place, variables } = event.data;
      draft.put('asked', key, { element, scope, definition, place, variables });
      return;
    }
    case 'DocumentAttached':
      draft.put('documents', event.data.key, event.data);
      return;
    case 'DeliverySent':
      draft.put('deliveries', event.data.messageId, { ...event.data, receipts: [] });
      return;
    case 'DeliveryReceiptRecorded':
      addReceipt(draft, event.data);
      return;
    case 'ActDrafted':
    case 'IncomingRegistered':
    case 'CommentAdded':
      return;
  }
}

type Waiting = 'timers' | 'subscriptions' | 'signals' | 'conditions';

function happened(
  draft: Draft,
  field: Waiting,
  key: Key,
  partial: true | undefined,
  variables: Variables,
): void {
  if (partial) receive(draft, field, key, variables);
  else receivedAll(draft, field, key);
}

function hold(draft: Draft, key: Key, holds: boolean): void {
  const condition = draft.state.conditions.get(key);
  if (condition) draft.put('conditions', key, { ...condition, holds });
}

function assign(draft: Draft, key: Key, assignee: string | null): void {
  const task = draft.state.tasks.get(key);
  if (task) draft.put('tasks', key, { ...task, assignee });
}

function setRetries(draft: Draft, key: Key, retries: number): void {
  const job = draft.state.jobs.get(key);
  if (job) draft.put('jobs', key, { ...job, retries });
}

function addReceipt(draft: Draft, data: Delivery['receipts'][number]): void {
  for (const of of draft.state.deliveries.values()) {
    if (of.key !== data.delivery) continue;
    const { key, delivery, document, receipt, kind, at, to, news, state } = data;
    const added = { key, delivery, document, receipt, kind, at, to, news, state };
    draft.put('deliveries', of.messageId, { ...of, receipts: [...of.receipts, added] });
  }
}

function changeEscalation(draft: Draft, event: EscalationEvent): void {
  const escalation = draft.state.escalations.get(event.data.key);
  if (!escalation) return;
  draft.put('escalations', escalation.key, evolveEscalation(escalation, event));
  const deadline = escalation.deadline === null ? undefined : draft.state.deadlines.get(escalation.deadline);
  if (!deadline || event.data.past) return;
  const next =
    event.type === 'EscalationHandedOn' || event.type === 'EscalationReopened'
      ? unanswered(deadline, event.data.round)
      : { ...deadline, acknowledged: true };
  draft.put('deadlines', deadline.key, next);
}
