import type { FlowNode } from '@iter/process-model';
import { triggerBoundary } from './elements/boundary-event.ts';
import { chooseBranch } from './elements/event-based-gateway.ts';
import { startEventSubProcess } from './elements/event-sub-process.ts';
import type { Execution } from './execution.ts';
import { finish, handOut } from './flow.ts';
import type { Key, Variables } from './events.ts';

/**
 * An event has happened to a waiting element: the one that waits goes on, a boundary event starts, an event
 * sub-process starts, an event-based gateway has its winner.
 * @param host the instance (null: the case) on whose behalf it was awaited
 * @param locals of an event sub-process that it starts
 */
export function trigger(
  x: Execution,
  element: string,
  host: Key | null,
  payload: Variables,
  locals?: Variables,
): void {
  const node = x.node(element);
  if (node.type === 'bpmn:StartEvent') {
    startEventSubProcess(x, node, host, payload, locals);
    return;
  }
  if (host === null) throw new Error(`${element} waits on nobody's behalf`);
  if (node.type === 'bpmn:BoundaryEvent') triggerBoundary(x, node, host, payload);
  else if (x.instance(host).element === element) goOn(x, node, host, payload);
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
