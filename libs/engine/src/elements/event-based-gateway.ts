import type { FlowNode } from '@iter/process-model';
import { deadlinesOnActivation } from '../deadlines/on-element.ts';
import type { Execution } from '../execution.ts';
import { enter, flowsOf, quit, take } from '../flow.ts';
import { refOf } from '../refs.ts';
import type { Key, Variables } from '../events.ts';
import { arm } from '../waiting.ts';
import type { Behaviour } from './behaviour.ts';

/** Waits for all the events that it leads to, on behalf of the one that comes first. Source: BPMN 2.0.2 §13.4.4 */
export const eventBasedGateway: Behaviour = (x, node, step) => {
  const { scope } = step;
  enter(x, node, step, () => {
    deadlinesOnActivation(x, node, scope);
    const ref = x.ref(node, step);
    x.emit({ type: 'ElementActivated', data: ref });
    for (const flow of flowsOf(x, node, scope)) arm(x, x.node(flow.target, scope), ref.key);
  });
};

/** The other branches end; the token goes to the event that came first. */
export function chooseBranch(x: Execution, target: FlowNode, key: Key, payload: Variables): void {
  const instance = x.instance(key);
  const { scope } = instance;
  const flow = flowsOf(x, x.nodeOfInstance(instance), scope).find((it) => it.target === target.id);
  if (!flow) throw new Error(`${instance.element} does not lead to ${target.id}`);
  quit(x, key);
  x.emit({ type: 'ElementCompleted', data: refOf(x, instance) });
  take(x, flow, scope, payload);
}

/**
 * One of its events has begun the case: a parallel gateway then waits for the others as well.
 * @param payload what came with it and is not the case's yet
 * Source: BPMN 2.0.2 §10.6.6 `eventGatewayType`
 */
export function beginAtGateway(x: Execution, gateway: FlowNode, target: FlowNode, payload: Variables): void {
  x.emit({ type: 'ElementCompleted', data: x.ref(gateway, { scope: null }) });
  for (const flow of flowsOf(x, gateway, null)) {
    if (flow.target === target.id) take(x, flow, null, payload);
    else if (gateway.parallelEvents) take(x, flow, null);
  }
}
