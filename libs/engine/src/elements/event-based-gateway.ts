import type { FlowNode } from '@iter/process-model';
import { deadlinesOnActivation } from '../deadlines/on-element.ts';
import type { Execution } from '../execution.ts';
import { enter, flowsOf, take } from '../flow.ts';
import type { Key, Variables } from '../events.ts';
import { arm, disarm } from '../waiting.ts';
import type { Behaviour } from './behaviour.ts';

/** Waits for all the events that it leads to, on behalf of the one that comes first. */
export const eventBasedGateway: Behaviour = (x, node, arrival) => {
  const { scope } = arrival;
  enter(x, node, arrival, () => {
    deadlinesOnActivation(x, node, scope);
    const ref = x.ref(node, scope);
    x.emit({ type: 'ElementActivated', data: ref });
    for (const flow of flowsOf(x, node)) arm(x, x.node(flow.target), ref.key);
  });
};

/** The other branches end; the token goes to the event that came first. */
export function chooseBranch(x: Execution, target: FlowNode, key: Key, payload: Variables): void {
  const { element, scope } = x.instance(key);
  const flow = flowsOf(x, x.node(element)).find((it) => it.target === target.id);
  if (!flow) throw new Error(`${element} does not lead to ${target.id}`);
  disarm(x, key);
  x.emit({ type: 'ElementCompleted', data: { key, element, scope } });
  take(x, flow, scope, { payload });
}
