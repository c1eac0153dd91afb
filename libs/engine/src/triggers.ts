import { awaitedDefinitions } from '@iter/process-model';
import type { FlowNode } from '@iter/process-model';
import { chooseBranch } from './elements/event-based-gateway.ts';
import type { Execution, Waiting } from './execution.ts';
import { finish, handOut } from './flow.ts';
import type { CaseEvent, Key, Variables } from './events.ts';
import { startEventSubProcess, triggerBoundary } from './interrupting.ts';
import type { CaseState, Timer } from './state.ts';
import { scopeOf, waitingOf } from './state.ts';
import { armTimerAgain, waitAgain } from './waiting.ts';

/**
 * One of the events for which a host waits has happened. Of a parallel multiple event the others must happen too.
 * @param event the event that says so; `partial` when others are awaited still
 * Source: BPMN 2.0.2 §10.5.5 "Multiple", "Parallel Multiple"
 */
export function occur(
  x: Execution,
  waiting: Waiting,
  event: (partial: { readonly partial?: true }) => CaseEvent,
  payload: Variables,
  { locals, again }: Sequel = {},
): void {
  const { element, host } = waiting;
  const node = x.waitingNode(waiting);
  const isParallel = node.event.kind === 'multiple' && node.event.parallel;
  if (isParallel && othersAwaited(x.state, waiting)) {
    x.emit(event({ partial: true }));
    return;
  }
  const before = isParallel ? scopeOf(x.state, host)?.received?.[element] : undefined;
  x.emit(event({}));
  if (again) armTimerAgain(x, again);
  if (!node.interrupting) goOnWaiting(x, node, waiting);
  trigger(x, node, host, { ...before, ...payload }, locals);
}

interface Sequel {
  /** Variables of the event sub-process that it starts. */
  readonly locals?: Variables;
  /** The next firing of a cycle. */
  readonly again?: Timer | null;
}

function othersAwaited(state: CaseState, { host, key: own, element }: Waiting): boolean {
  const waits = scopeOf(state, host)?.waits ?? [];
  return waits.some((key) => key !== own && waitingOf(state, key)?.element === element);
}

/** What does not interrupt waits for the next time: for all of a parallel multiple; timers have their own cycle. */
function goOnWaiting(x: Execution, node: FlowNode, { key, host, index }: Waiting): void {
  if (node.type !== 'bpmn:BoundaryEvent' && node.type !== 'bpmn:StartEvent') return;
  if (node.event.kind === 'multiple' && node.event.parallel) {
    waitAgain(x, node, host);
    return;
  }
  const kind = awaitedDefinitions(node)[index ?? 0]?.kind;
  // A condition that holds is awaited further under its own key.
  if (kind === 'message' || kind === 'signal') waitAgain(x, node, host, index);
  else if (kind === 'conditional' && !x.state.conditions.has(key)) waitAgain(x, node, host, index);
}

/**
 * An event has happened to a waiting element: the one that waits goes on, a boundary event starts, an event
 * sub-process starts, an event-based gateway has its winner.
 * @param host the instance (null: the case) on whose behalf it was awaited
 */
function trigger(
  x: Execution,
  node: FlowNode,
  host: Key | null,
  payload: Variables,
  locals: Variables | undefined,
): void {
  if (node.type === 'bpmn:StartEvent') startEventSubProcess(x, node, host, payload, locals);
  else if (host === null) throw new Error(`${node.id} waits on nobody's behalf`);
  else if (node.type === 'bpmn:BoundaryEvent') triggerBoundary(x, node, host, payload);
  else if (x.instance(host).element === node.id) goOn(x, node, host, payload);
  else chooseBranch(x, node, host, payload);
}

/** With output mappings the payload becomes local first, so that they can read it. */
function goOn(x: Execution, node: FlowNode, key: Key, payload: Variables): void {
  if (node.outputs.length === 0) handOut(x, key, payload);
  else if (Object.keys(payload).length > 0) {
    x.emit({ type: 'VariablesSet', data: { scope: key, variables: payload } });
  }
  finish(x, x.instance(key));
}
