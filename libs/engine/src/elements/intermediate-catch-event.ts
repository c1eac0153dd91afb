import type { FlowNode } from '@iter/process-model';
import { deadlinesOnActivation } from '../deadlines/on-element.ts';
import type { Arrival, Execution } from '../execution.ts';
import { map } from '../expressions.ts';
import { enter, pass } from '../flow.ts';
import { arm, armBoundary } from '../waiting.ts';
import type { Behaviour } from './behaviour.ts';

/** Message and timer events wait; a link, and the event that an event-based gateway chose, let the token pass. */
export const intermediateCatchEvent: Behaviour = (x, node, arrival) => {
  if (node.event.kind === 'link') pass(x, node, arrival);
  else awaitEvent(x, node, arrival);
};

/** Holds the token until the event happens, unless it has happened already. */
export function awaitEvent(x: Execution, node: FlowNode, arrival: Arrival): void {
  if (arrival.payload !== undefined) {
    pass(x, node, arrival);
    return;
  }
  const { scope } = arrival;
  enter(x, node, arrival, () => {
    deadlinesOnActivation(x, node, scope);
    const variables = node.inputs.length > 0 ? { variables: map(x, node.inputs, scope) } : {};
    const ref = x.ref(node, scope);
    x.emit({ type: 'ElementActivated', data: { ...ref, ...variables } });
    arm(x, node, ref.key);
    armBoundary(x, node, ref.key);
  });
}
