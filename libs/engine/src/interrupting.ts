import type { FlowNode } from '@iter/process-model';
import { terminate, terminateChildren } from './ending.ts';
import type { Execution } from './execution.ts';
import type { Key, Variables } from './events.ts';
import { openEventSubProcesses } from './scopes.ts';
import { disarmInside } from './waiting.ts';

/** Sends a token from the boundary. An interrupting one ends the activity. */
export function triggerBoundary(x: Execution, node: FlowNode, host: Key, payload: Variables): void {
  const { scope } = x.instance(host);
  if (node.interrupting) terminate(x, host);
  x.enqueue({ kind: 'arrival', element: node.id, scope, payload });
}

/**
 * Starts an event sub-process in the scope that it belongs to. An interrupting one ends everything else there, tokens
 * under way and at joins included, and no other one begins there; compensation never interrupts. What sits on the
 * boundary around the scope may still happen, and interrupt it in turn, as in Camunda 8.
 * Source: BPMN 2.0.2 §13.5.3, §13.5.4
 * @param locals variables of its own
 */
export function startEventSubProcess(
  x: Execution,
  start: FlowNode,
  host: Key | null,
  payload: Variables,
  locals?: Variables,
): void {
  const node = x.node(start.scope ?? '', host);
  const interrupts = start.interrupting && start.event.kind !== 'compensation';
  if (interrupts) {
    x.interrupted(host);
    terminateChildren(x, host);
    x.cancelArrivals(host);
    disarmInside(x, host);
  }
  const ref = x.ref(node, { scope: host });
  x.emit({
    type: 'ElementActivated',
    data: { ...ref, ...(locals && { variables: locals }), ...(interrupts && { interrupts: true as const }) },
  });
  if (x.isBeyondSteps(host)) {
    const message = `${node.id} started more than ${x.env.limits.steps} times in one go.`;
    x.strand({ code: 'step-limit', message }, { element: start.id, scope: ref.key, stage: 'entering' });
    return;
  }
  openEventSubProcesses(x, ref.key);
  x.enqueue({ kind: 'arrival', element: start.id, scope: ref.key, payload });
}
