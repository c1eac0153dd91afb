import { evolveDeadline } from './deadline-state.ts';
import { Draft } from './draft.ts';
import type { CaseEvent, ElementRef, Key, Variables } from './events.ts';
import type { CaseState, ElementInstance, Scope } from './state.ts';
import { emptyScope, emptyState, propagate, seenCommand } from './state.ts';

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

const leafSize = 256;

function remember(draft: Draft, commandId: string, requestHash: string): void {
  if (seenCommand(draft.state, commandId) !== undefined) return;
  const leaves = draft.state.commands;
  const last = leaves.at(-1);
  const full = !last || last.size >= leafSize;
  if (full || !draft.ownsCommands) {
    const own = full ? new Map<string, string>() : new Map(last);
    draft.state.commands = [...(full ? leaves : leaves.slice(0, -1)), own];
    draft.ownsCommands = true;
  }
  (draft.state.commands.at(-1) as Map<string, string>).set(commandId, requestHash);
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
      s.status = 'completed';
      return;
    case 'CaseFailed':
      s.status = 'failed';
      return;
    case 'CaseTerminated':
      s.status = 'terminated';
      return;
    case 'CaseSuspended':
      s.suspended = true;
      return;
    case 'CaseResumed':
      s.suspended = false;
      return;

    case 'ElementActivated':
      if (event.data.interrupts) setScope(draft, event.data.scope, { joins: null });
      addElement(draft, event.data, event.data.variables);
      return;
    case 'ElementCompleted':
      consumeJoin(draft, event.data.scope, event.data.element);
      removeElement(draft, event.data.key);
      return;
    case 'ElementTerminated':
      removeElement(draft, event.data.key);
      return;
    case 'SequenceFlowTaken':
      if (event.data.joins !== undefined) {
        addToken(draft, event.data.scope, event.data.joins, event.data.flow);
      }
      return;
    case 'VariablesSet':
      mergeVariables(draft, event.data.scope, event.data.variables);
      return;

    case 'UserTaskCreated': {
      const { key, element, assignee, variables } = event.data;
      addElement(draft, event.data, variables);
      draft.write('tasks').set(key, { key, element, assignee });
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
      handOut(draft, event.data);
      removeElement(draft, event.data.key);
      return;
    case 'JobCreated': {
      const { key, element, retries, variables } = event.data;
      addElement(draft, event.data, variables);
      draft.write('jobs').set(key, { key, element, retries });
      return;
    }
    case 'JobCompleted':
      handOut(draft, event.data);
      removeElement(draft, event.data.key);
      return;
    case 'JobFailed':
      setRetries(draft, event.data.key, event.data.retries);
      return;
    case 'JobRetried':
      setRetries(draft, event.data.key, event.data.retries);
      return;
    case 'JobErrorThrown':
      setRetries(draft, event.data.key, 0);
      return;

    case 'TimerArmed':
      draft.write('timers').set(event.data.key, event.data);
      host(draft, event.data.host, event.data.key);
      return;
    case 'TimerFired':
    case 'TimerDisarmed': {
      const timer = s.timers.get(event.data.key);
      if (!timer) return;
      draft.write('timers').delete(timer.key);
      unhost(draft, timer.host, timer.key);
      return;
    }
    case 'MessageSubscribed':
      draft.write('subscriptions').set(event.data.key, event.data);
      host(draft, event.data.host, event.data.key);
      return;
    case 'MessageUnsubscribed':
    case 'MessageCorrelated': {
      const subscription = s.subscriptions.get(event.data.key);
      if (!subscription) return;
      draft.write('subscriptions').delete(subscription.key);
      unhost(draft, subscription.host, subscription.key);
      return;
    }
    case 'MessageThrown':
    case 'ErrorThrown':
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
    case 'DeadlineClosed':
    case 'LadderStepReached': {
      const next = evolveDeadline(s.deadlines.get(event.data.key), event);
      if (next) draft.write('deadlines').set(next.key, next);
      return;
    }
    case 'EscalationRaised': {
      const { key, deadline, step } = event.data;
      draft.write('escalations').set(key, { key, deadline, step, state: 'raised', owner: null });
      return;
    }
    case 'EscalationAcknowledged':
    case 'EscalationTakenOver':
    case 'EscalationResolved':
      answerEscalation(draft, event);
      return;

    case 'IncidentRaised': {
      const { key, host, element, code, deadline, stage, scope, variables } = event.data;
      const more = { stage: stage ?? null, payload: variables ?? null };
      draft.write('incidents').set(key, { key, host, element, code, deadline, ...more });
      if (stage !== undefined && host !== null && element !== null && !s.elements.has(host)) {
        addElement(draft, { key: host, element, scope: scope ?? null }, {}, true);
      }
      return;
    }
    case 'IncidentResolved': {
      const incident = s.incidents.get(event.data.key);
      if (!incident) return;
      draft.write('incidents').delete(incident.key);
      if (incident.host !== null && s.elements.get(incident.host)?.stuck) removeElement(draft, incident.host);
      return;
    }
    case 'DocumentAttached':
      draft.write('documents').set(event.data.key, event.data);
      return;
    case 'IncomingRegistered':
    case 'CommentAdded':
      return;
  }
}

function setScope(draft: Draft, key: Key | null, change: Partial<Scope>): void {
  if (key === null) {
    draft.state.root = { ...draft.state.root, ...change };
    return;
  }
  const instance = draft.state.elements.get(key);
  if (instance) draft.write('elements').set(key, { ...instance, ...change });
}

function scopeIn(draft: Draft, key: Key | null): Scope | undefined {
  return key === null ? draft.state.root : draft.state.elements.get(key);
}

function addElement(draft: Draft, ref: ElementRef, variables: Variables = {}, stuck = false): void {
  const { key, element, scope } = ref;
  const instance: ElementInstance = { ...emptyScope, key, element, scope, variables, stuck };
  draft.write('elements').set(key, instance);
  const parent = scopeIn(draft, scope);
  if (parent) setScope(draft, scope, { children: parent.children + 1 });
}

function removeElement(draft: Draft, key: Key): void {
  const instance = draft.state.elements.get(key);
  if (!instance) return;
  draft.write('elements').delete(key);
  if (draft.state.tasks.has(key)) draft.write('tasks').delete(key);
  if (draft.state.jobs.has(key)) draft.write('jobs').delete(key);
  const parent = scopeIn(draft, instance.scope);
  if (parent) setScope(draft, instance.scope, { children: parent.children - 1 });
}

function mergeVariables(draft: Draft, scope: Key | null, variables: Variables): void {
  const holder = scopeIn(draft, scope);
  if (holder) setScope(draft, scope, { variables: { ...holder.variables, ...variables } });
}

function handOut(draft: Draft, done: ElementRef & { variables: Variables; outputs?: Variables }): void {
  const from = done.outputs ? done.scope : done.key;
  for (const [owner, variables] of propagate(draft.state, from, done.outputs ?? done.variables)) {
    mergeVariables(draft, owner, variables);
  }
}

function addToken(draft: Draft, scope: Key | null, gateway: string, flow: string): void {
  const holder = scopeIn(draft, scope);
  if (!holder) return;
  const there = holder.joins?.[gateway];
  const joins = { ...holder.joins, [gateway]: { ...there, [flow]: (there?.[flow] ?? 0) + 1 } };
  setScope(draft, scope, { joins });
}

/** A join that completes takes one token from each flow; what is left over stays for its next turn. */
function consumeJoin(draft: Draft, scope: Key | null, gateway: string): void {
  const holder = scopeIn(draft, scope);
  const tokens = holder?.joins?.[gateway];
  if (!holder || !tokens) return;
  const left = Object.entries(tokens)
    .map(([flow, count]): [string, number] => [flow, count - 1])
    .filter(([, count]) => count > 0);
  const others = Object.entries(holder.joins ?? {}).filter(([id]) => id !== gateway);
  const joins = left.length > 0 ? [...others, [gateway, Object.fromEntries(left)] as const] : others;
  setScope(draft, scope, { joins: joins.length > 0 ? Object.fromEntries(joins) : null });
}

function host(draft: Draft, key: Key | null, wait: Key): void {
  const holder = scopeIn(draft, key);
  if (holder) setScope(draft, key, { waits: [...holder.waits, wait] });
}

function unhost(draft: Draft, key: Key | null, wait: Key): void {
  const holder = scopeIn(draft, key);
  if (holder) setScope(draft, key, { waits: holder.waits.filter((it) => it !== wait) });
}

function assign(draft: Draft, key: Key, assignee: string | null): void {
  const task = draft.state.tasks.get(key);
  if (task) draft.write('tasks').set(key, { ...task, assignee });
}

function setRetries(draft: Draft, key: Key, retries: number): void {
  const job = draft.state.jobs.get(key);
  if (job) draft.write('jobs').set(key, { ...job, retries });
}

type EscalationEvent = Extract<
  CaseEvent,
  { type: 'EscalationAcknowledged' | 'EscalationTakenOver' | 'EscalationResolved' }
>;

function answerEscalation(draft: Draft, event: EscalationEvent): void {
  const escalation = draft.state.escalations.get(event.data.key);
  if (!escalation) return;
  const next =
    event.type === 'EscalationAcknowledged'
      ? { ...escalation, state: 'acknowledged' as const }
      : event.type === 'EscalationTakenOver'
        ? { ...escalation, state: 'taken-over' as const, owner: event.data.by }
        : { ...escalation, state: 'resolved' as const };
  draft.write('escalations').set(escalation.key, next);
  const deadline = escalation.deadline === null ? undefined : draft.state.deadlines.get(escalation.deadline);
  if (deadline) draft.write('deadlines').set(deadline.key, { ...deadline, acknowledged: true });
}
