import type { FlowNode, SingleEventDefinition } from '@iter/process-model';
import { compensationStart } from './compensables.ts';
import { deadlinesOnActivation } from './deadlines/on-element.ts';
import { terminateChildren } from './ending.ts';
import type { Execution, Step } from './execution.ts';
import type { Compensable, Key } from './events.ts';
import { complete, enter, finish } from './flow.ts';
import { startEventSubProcess, triggerBoundary } from './interrupting.ts';
import { isAlive, openEventSubProcesses } from './scopes.ts';
import type { ElementInstance } from './state.ts';
import { scopeOf } from './state.ts';

type CompensationDefinition = Extract<SingleEventDefinition, { kind: 'compensation' }>;

/**
 * Undoes what has completed in the scope of a throwing event, the last first: one activity, or all. The event waits
 * until everything is undone, unless it says that it does not.
 * Source: BPMN 2.0.2 §13.5.5, §10.5.7 "Compensation"
 */
export function throwCompensation(
  x: Execution,
  node: FlowNode,
  step: Step,
  { activity, waitForCompletion }: CompensationDefinition,
): void {
  enter(x, node, step, () => {
    deadlinesOnActivation(x, node, step.scope);
    const ref = x.ref(node, step);
    x.emit({ type: 'ElementActivated', data: ref });
    undo(x, node.id, step.scope, { host: waitForCompletion ? ref.key : null, activity });
    if (!waitForCompletion) complete(x, x.instance(ref.key));
  });
}

/** A cancel end event: what is active in the transaction ends, what has completed is undone, then it is left. */
export function cancelTransaction(x: Execution, node: FlowNode, step: Step): void {
  enter(x, node, step, () => {
    deadlinesOnActivation(x, node, step.scope);
    const ref = x.ref(node, step);
    x.emit({ type: 'ElementActivated', data: ref });
    x.cancelArrivals(step.scope);
    terminateChildren(x, step.scope, ref.key);
    undo(x, node.id, step.scope, { host: ref.key, activity: null });
  });
}

/**
 * What can be undone from a scope, the last first: what completed in it, and around an event sub-process.
 * Source: BPMN 2.0.2 §10.5.7
 */
function undoable(x: Execution, scope: Key | null): readonly Compensable[] {
  const own = (scopeOf(x.state, scope)?.compensables ?? []).toReversed();
  const instance = scope === null ? undefined : x.instance(scope);
  if (!instance || !x.nodeOfInstance(instance).triggeredByEvent) return own;
  return [...own, ...undoable(x, instance.scope)];
}

function undo(
  x: Execution,
  element: string,
  scope: Key | null,
  { host, activity }: { readonly host: Key | null; readonly activity: string | null },
): void {
  const chosen = undoable(x, scope)
    .filter((it) => activity === null || it.element === activity)
    .map((it) => it.key);
  const key = x.env.newKey();
  x.emit({
    type: 'CompensationTriggered',
    data: { key, element, scope, host, activity, compensables: chosen },
  });
  x.enqueue({ kind: 'compensate', element, scope, compensation: key });
}

/** The next activity is undone; when none is left, whoever waits for the compensation goes on. */
export function compensateNext(x: Execution, step: Step, run: (step: Step) => void): void {
  const compensation =
    step.compensation === undefined ? undefined : x.state.compensations.get(step.compensation);
  if (!compensation) return;
  const { key, host, pending } = compensation;
  const [next] = pending;
  if (next) undoOne(x, next, next.scope, key, run);
  else if (host !== null && isAlive(x, host)) compensated(x, x.instance(host));
}

function compensated(x: Execution, host: ElementInstance): void {
  const node = x.nodeOfInstance(host);
  finish(x, host, node.event.kind === 'cancel' ? () => [] : undefined);
  if (node.event.kind === 'cancel' && host.scope !== null && isAlive(x, host.scope))
    leaveCancelled(x, host.scope);
}

/** A transaction that was cancelled is left by its cancel boundary event. Source: BPMN 2.0.2 §13.3.8 */
function leaveCancelled(x: Execution, transaction: Key): void {
  const { iteration, scope, definition } = x.instance(transaction);
  const host = iteration > 0 && scope !== null ? scope : transaction;
  const boundary = x.nodeOfInstance(x.instance(transaction)).boundary.map((id) => x.nodeOf(definition, id));
  const cancel = boundary.find(({ event }) => event.kind === 'cancel');
  if (cancel) triggerBoundary(x, cancel, host, {});
}

function undoOne(
  x: Execution,
  completed: Compensable,
  scope: Key | null,
  compensation: Key,
  run: (step: Step) => void,
): void {
  const { handler, element, inside, variables, called } = completed;
  const node = handler === null ? null : x.modelIn(scope).nodes.get(handler);
  if (node && !node.triggeredByEvent) {
    run({ kind: 'arrival', element: node.id, scope, compensation });
    return;
  }
  // What completed inside is undone where it happened, among the variables as they were at its end.
  const ref = x.ref(x.node(element, scope), { scope, compensation });
  x.emit({
    type: 'ElementActivated',
    data: { ...ref, variables, undoes: inside, ...(called !== null && { called }) },
  });
  x.touched.add(ref.key);
  if (handler === null) {
    undo(x, element, ref.key, { host: null, activity: null });
    return;
  }
  openEventSubProcesses(x, ref.key);
  const start = compensationStart(x, ref.key);
  if (start) startEventSubProcess(x, start, ref.key, {});
}
