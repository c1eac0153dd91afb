import type { FlowNode } from '@iter/process-model';
import { closeDeadlines } from './deadlines/closing.ts';
import type { Execution } from './execution.ts';
import { finish } from './flow.ts';
import type { EventOf, Key } from './events.ts';
import type { CaseState } from './state.ts';
import { scopeOf } from './state.ts';
import { disarm, waitAgain } from './waiting.ts';

/** Whether tokens can still live in a scope: it is the running case, or a live instance. */
export function isAlive(x: Execution, scope: Key | null): boolean {
  return !x.ended && (scope === null || x.state.elements.has(scope));
}

/** The event sub-processes of a scope begin to wait, before anything in it moves. */
export function openEventSubProcesses(x: Execution, scope: Key | null): void {
  const model = x.model.scopes.get(scope === null ? '' : x.instance(scope).element);
  for (const id of model?.eventSubProcesses ?? []) waitForStart(x, id, scope);
}

/** An event sub-process waits for its start event. */
export function waitForStart(x: Execution, eventSubProcess: string, scope: Key | null): void {
  for (const start of startsOf(x, eventSubProcess)) waitAgain(x, start, scope);
}

export function startsOf(x: Execution, scope: string): readonly FlowNode[] {
  return (x.model.scopes.get(scope)?.starts ?? []).map((id) => x.node(id));
}

/** Tokens for the beginning of a sub-process: its none start, else every node that nothing leads to. */
export function beginSubProcess(x: Execution, node: FlowNode, key: Key): void {
  openEventSubProcesses(x, key);
  const starts = startsOf(x, node.id).filter((start) => start.event.kind === 'none');
  const first = starts.length > 0 ? starts : unledNodes(x, node.id);
  for (const { id } of first) x.enqueue({ element: id, scope: key });
  x.touched.add(key);
}

function unledNodes(x: Execution, scope: string): readonly FlowNode[] {
  return (x.model.scopes.get(scope)?.nodes ?? [])
    .map((id) => x.node(id))
    .filter(
      (node) =>
        node.incoming.length === 0 &&
        !node.triggeredByEvent &&
        node.attachedTo === null &&
        node.type !== 'bpmn:StartEvent' &&
        node.event.kind !== 'link',
    );
}

/** A scope is complete when nothing lives in it, no token is under way and none waits at a join. */
export function settle(x: Execution): void {
  for (const scope of x.touched) {
    x.touched.delete(scope);
    if (!isAlive(x, scope) || x.tokensUnderway(scope) > 0) continue;
    const holder = scopeOf(x.state, scope);
    if (!holder || holder.children > 0) continue;
    if (holder.joins !== null && !x.terminated.has(scope)) continue;
    if (scope === null) endCase(x, { type: 'CaseCompleted', data: { endElement: x.endElement } });
    else if (!hasIncident(x.state, scope)) finish(x, x.instance(scope));
  }
}

function hasIncident(state: CaseState, host: Key): boolean {
  for (const incident of state.incidents.values()) if (incident.host === host) return true;
  return false;
}

/** Live instances directly in a scope, oldest first. */
export function childrenOf(state: CaseState, scope: Key | null): readonly Key[] {
  const children: Key[] = [];
  for (const instance of state.elements.values()) if (instance.scope === scope) children.push(instance.key);
  return children;
}

/** Ends an instance and all that lives in it, innermost first, without completing anything. */
export function terminate(x: Execution, key: Key): void {
  if (!x.state.elements.has(key)) return;
  const { element, scope, children } = x.instance(key);
  if (children > 0) terminateChildren(x, key);
  disarm(x, key);
  closeDeadlines(x, key, 'scope-ended');
  resolveIncidents(x, 'element-terminated', (host) => host === key);
  x.touched.add(scope);
  if (x.state.elements.has(key)) x.emit({ type: 'ElementTerminated', data: { key, element, scope } });
}

export function terminateChildren(x: Execution, scope: Key | null, except?: Key): void {
  for (const child of childrenOf(x.state, scope)) if (child !== except) terminate(x, child);
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
