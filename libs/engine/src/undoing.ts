import type { FlowNode } from '@iter/process-model';
import { compensationStart } from './compensables.ts';
import { terminate } from './ending.ts';
import type { Execution, Step } from './execution.ts';
import type { Compensable, Key, Undoable, Variables } from './events.ts';
import { finish } from './flow.ts';
import { startEventSubProcess, triggerBoundary } from './interrupting.ts';
import { isAlive } from './scopes.ts';
import type { ElementInstance } from './state.ts';
import { scopeOf } from './state.ts';

/** What has completed in a scope and can be undone, the last first. */
export const completedIn = (x: Execution, scope: Key | null): readonly Compensable[] =>
  (scopeOf(x.state, scope)?.compensables ?? []).toReversed();

interface Undoing {
  readonly host: Key | null;
  readonly activity: string | null;
  readonly compensables: readonly Compensable[];
  readonly portions?: readonly Undoable[];
}

/**
 * Begins to undo, one after the other; whoever waits for it goes on when all is undone.
 * @param element what gives the order
 */
export function undo(
  x: Execution,
  element: string,
  scope: Key | null,
  { host, activity, compensables, portions = [] }: Undoing,
): void {
  const key = x.env.newKey();
  x.emit({
    type: 'CompensationTriggered',
    data: {
      key,
      element,
      scope,
      host,
      activity,
      compensables: compensables.map((it) => it.key),
      ...(portions.length > 0 && { portions }),
    },
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
  if (node.event.kind !== 'cancel') return;
  const transaction = scopesUpToTransaction(x, host.scope).at(-1);
  if (transaction) leaveCancelled(x, transaction.key);
}

/** The live instances around what lies in a scope, from the inside up to the nearest transaction. */
export function scopesUpToTransaction(x: Execution, scope: Key | null): ElementInstance[] {
  const around: ElementInstance[] = [];
  for (let key = scope; key !== null && isAlive(x, key);) {
    const instance = x.instance(key);
    around.push(instance);
    if (x.nodeOfInstance(instance).type === 'bpmn:Transaction') break;
    key = instance.scope;
  }
  return around;
}

/** A transaction that was cancelled is left by its cancel boundary event, never by its flows. Source: BPMN 2.0.2 §13.5.6 */
function leaveCancelled(x: Execution, transaction: Key): void {
  const { iteration, scope, definition } = x.instance(transaction);
  const host = iteration > 0 && scope !== null ? scope : transaction;
  const boundary = x.nodeOfInstance(x.instance(transaction)).boundary.map((id) => x.nodeOf(definition, id));
  const cancel = boundary.find(({ event }) => event.kind === 'cancel');
  if (cancel) triggerBoundary(x, cancel, host, {});
  else terminate(x, host);
}

function undoOne(
  x: Execution,
  completed: Compensable,
  scope: Key | null,
  compensation: Key,
  run: (step: Step) => void,
): void {
  const { handler, element, inside, called } = completed;
  const node = x.node(element, scope);
  const byActivity = handler !== null && handler === node.compensatedBy;
  const variables = byActivity ? snapshot(node, completed) : completed.variables;
  if (byActivity && Object.keys(variables).length === 0) {
    run({ kind: 'arrival', element: handler, scope, compensation });
    return;
  }
  // It is undone where it happened, among its variables as they were at its end.
  const ref = x.ref(node, { scope, compensation });
  x.emit({
    type: 'ElementActivated',
    data: {
      ...ref,
      variables,
      undoes: byActivity ? [] : inside,
      ...(called !== null && !byActivity && { called }),
    },
  });
  x.touched.add(ref.key);
  if (byActivity) run({ kind: 'arrival', element: handler, scope: ref.key });
  else if (handler === null)
    undo(x, element, ref.key, { host: null, activity: null, compensables: completedIn(x, ref.key) });
  else {
    const start = compensationStart(x, ref.key);
    if (start) startEventSubProcess(x, start, ref.key, {});
  }
}

/** What a handler sees of its activity: its variables; of a call, whose variables are copies, which instance it was. */
function snapshot({ loop }: FlowNode, { variables, called }: Compensable): Variables {
  if (called === null) return variables;
  const names = loop ? ['loopCounter', loop.kind === 'multi' ? loop.item : null] : [];
  return Object.fromEntries(Object.entries(variables).filter(([name]) => names.includes(name)));
}
