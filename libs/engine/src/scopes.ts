import type { FlowNode } from '@iter/process-model';
import { adHocSettled } from './ad-hoc.ts';
import { closeDeadlines } from './deadlines/closing.ts';
import { Stuck } from './execution.ts';
import type { Execution } from './execution.ts';
import { finish, refOf } from './flow.ts';
import type { EventOf, Key } from './events.ts';
import { completeLoop } from './loops.ts';
import type { CaseState, ElementInstance, Scope } from './state.ts';
import { scopeOf } from './state.ts';
import { disarm, stopWaiting, waitAgain } from './waiting.ts';

/** Whether tokens can still live in a scope: it is the running case, or a live instance. */
export function isAlive(x: Execution, scope: Key | null): boolean {
  return !x.ended && (scope === null || x.state.elements.has(scope));
}

/** What lies in a scope, as its model says. */
export function scopeModel(x: Execution, scope: Key | null) {
  const model = x.modelIn(scope);
  const instance = scope === null ? undefined : x.instance(scope);
  const within = model.scopes.get(!instance || instance.called !== null ? '' : instance.element);
  // An instance with nothing inside (a task, the whole of a repeated task) has no scope of its own.
  return within ?? { id: null, nodes: [], starts: [], begins: [], eventSubProcesses: [] };
}

/** The event sub-processes of a scope begin to wait, before anything in it moves. */
export function openEventSubProcesses(x: Execution, scope: Key | null): void {
  for (const id of scopeModel(x, scope).eventSubProcesses) waitForStart(x, id, scope);
}

/** An event sub-process waits for its start event. */
export function waitForStart(x: Execution, eventSubProcess: string, scope: Key | null): void {
  for (const start of startsOf(x, eventSubProcess, scope)) waitAgain(x, start, scope);
}

/** The start events of a sub-process that lies in a scope. */
export function startsOf(x: Execution, subProcess: string, scope: Key | null): readonly FlowNode[] {
  const model = x.modelIn(scope);
  return (model.scopes.get(subProcess)?.starts ?? []).flatMap((id) => model.nodes.get(id) ?? []);
}

/** Tokens for the beginning of a scope: its none start events, else every node that nothing leads to. */
export function beginScope(x: Execution, key: Key): void {
  openEventSubProcesses(x, key);
  for (const element of scopeModel(x, key).begins) x.enqueue({ kind: 'arrival', element, scope: key });
  x.touched.add(key);
}

/** @throws Stuck `depth-limit`: sub-processes and calls inside one another have their bound */
export function requireDepth(x: Execution, node: FlowNode, scope: Key | null): void {
  let depth = 0;
  for (let key = scope; key !== null; key = x.state.elements.get(key)?.scope ?? null) {
    if (++depth >= x.env.limits.depth) {
      throw new Stuck(
        'depth-limit',
        `${node.id} lies in ${depth} others: does a process call itself without end?`,
      );
    }
  }
}

/** A scope is complete when nothing lives in it, no token is under way and none waits at a join. */
export function settle(x: Execution): void {
  for (const scope of x.touched) {
    x.touched.delete(scope);
    x.stirred.add(scope);
    if (!isAlive(x, scope) || x.tokensUnderway(scope) > 0) continue;
    const holder = scopeOf(x.state, scope);
    if (!holder) continue;
    if (holder.children > 0) {
      if (holder.joins === null && holder.waits.length > 0) closeToNewEvents(x, scope, holder);
      continue;
    }
    if (holder.joins !== null && !x.terminated.has(scope)) continue;
    if (scope === null) endCase(x, { type: 'CaseCompleted', data: { endElement: x.endElement } });
    else if (!hasIncident(x.state, scope)) settled(x, x.instance(scope));
  }
}

/**
 * When only event sub-processes are left in a scope, it is completing: it waits for them, and none begins anew.
 * Source: BPMN 2.0.2 §13.5.4
 */
function closeToNewEvents(x: Execution, scope: Key | null, { waits }: Scope): void {
  for (const instance of x.state.elements.values()) {
    if (instance.scope === scope && !x.nodeOfInstance(instance).triggeredByEvent) return;
  }
  const { timers, subscriptions, signals, conditions } = x.state;
  for (const key of waits) {
    const waiting = timers.get(key) ?? subscriptions.get(key) ?? signals.get(key) ?? conditions.get(key);
    if (waiting && x.waitingNode(waiting).type === 'bpmn:StartEvent') stopWaiting(x, key);
  }
}

function settled(x: Execution, instance: ElementInstance): void {
  const { loop, key: host, element, scope, begun } = instance;
  if (loop) {
    const why = x.attempt(() => completeLoop(x, instance, loop));
    if (why) x.strand(why, { element, scope, stage: 'leaving', host });
  } else if (begun === null || adHocSettled(x, instance)) finish(x, instance);
}

function hasIncident(state: CaseState, host: Key): boolean {
  for (const incident of state.incidents.values()) if (incident.host === host) return true;
  return false;
}

/** Live instances directly in a scope, oldest first. */
export function childrenOf(state: CaseState, scope: Key | null): readonly ElementInstance[] {
  if (scopeOf(state, scope)?.children === 0) return [];
  const children: ElementInstance[] = [];
  for (const instance of state.elements.values()) if (instance.scope === scope) children.push(instance);
  return children;
}

/** Ends an instance and all that lives in it, innermost first, without completing anything. */
export function terminate(x: Execution, key: Key): void {
  if (x.state.elements.has(key)) terminateAll(x, [x.instance(key)]);
}

/** Ends all that lives in a scope, but for one, oldest first. */
export function terminateChildren(x: Execution, scope: Key | null, except?: Key): void {
  terminateAll(
    x,
    childrenOf(x.state, scope).filter(({ key }) => key !== except),
  );
}

/** What lives where is looked up once: ending ten thousand instances costs what they are. */
function terminateAll(x: Execution, roots: readonly ElementInstance[]): void {
  if (roots.length === 0) return;
  const inside = new Map<Key, ElementInstance[]>();
  for (const instance of roots.some((it) => it.children > 0) ? x.state.elements.values() : []) {
    if (instance.scope === null) continue;
    const siblings = inside.get(instance.scope);
    if (siblings) siblings.push(instance);
    else inside.set(instance.scope, [instance]);
  }
  const end = (instance: ElementInstance): void => {
    const { key, scope } = instance;
    for (const child of inside.get(key) ?? []) end(child);
    if (!x.state.elements.has(key)) return;
    disarm(x, key);
    closeDeadlines(x, key, 'scope-ended');
    resolveIncidents(x, 'element-terminated', (host) => host === key);
    x.cancelArrivals(key);
    x.touched.add(scope);
    if (x.state.elements.has(key)) x.emit({ type: 'ElementTerminated', data: refOf(x, instance) });
  };
  for (const root of roots) end(root);
}

export function resolveIncidents(
  x: Execution,
  resolution: string,
  matches: (host: Key | null) => boolean,
): void {
  for (const { key, host } of x.state.incidents.values()) {
    if (matches(host)) x.emit({ type: 'IncidentResolved', data: { key, resolution } });
  }
}

type Ending =
  | { type: 'CaseCompleted'; data: EventOf<'CaseCompleted'>['data'] }
  | { type: 'CaseFailed'; data: EventOf<'CaseFailed'>['data'] }
  | { type: 'CaseTerminated'; data: EventOf<'CaseTerminated'>['data'] };

/**
 * The end of the case, the last event of its stream: nothing of it waits, rings or asks for anybody after it.
 * Deadlines still open are closed with the end element, or the kind of end, as the reason.
 */
export function endCase(x: Execution, end: Ending): void {
  const reason = reasonOf(end);
  terminateChildren(x, null);
  disarm(x, null);
  closeDeadlines(x, null, reason);
  for (const { key, state, deadline } of x.state.escalations.values()) {
    if (state === 'resolved') continue;
    x.emit({ type: 'EscalationResolved', data: { key, outcome: reason, deadline, bell: null } });
  }
  resolveIncidents(x, reason, () => true);
  x.emit(end);
}

function reasonOf(end: Ending): string {
  switch (end.type) {
    case 'CaseCompleted':
      return end.data.endElement ?? 'case-completed';
    case 'CaseFailed':
      return end.data.element;
    case 'CaseTerminated':
      return 'case-cancelled';
  }
}
