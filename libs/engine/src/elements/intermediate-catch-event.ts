import type { FlowNode } from '@iter/process-model';
import { deadlinesOnActivation } from '../deadlines/on-element.ts';
import type { Execution, Step } from '../execution.ts';
import { enter, localsOf, pass } from '../flow.ts';
import { arm, armBoundary } from '../waiting.ts';
import type { Behaviour } from './behaviour.ts';

/** Waits for its event; a link, and the event that an event-based gateway chose, let the token pass. */
export const intermediateCatchEvent: Behaviour = (x, node, step) => {
  if (node.event.kind === 'link') pass(x, node, step);
  else awaitEvent(x, node, step);
};

/** Holds the token until the event happens, unless it has happened already. */
export function awaitEvent(x: Execution, node: FlowNode, step: Step): void {
  if (step.payload !== undefined) {
    pass(x, node, step);
    return;
  }
  enter(x, node, step, () => {
    deadlinesOnActivation(x, node, step.scope);
    const variables = localsOf(x, node, step);
    const ref = x.ref(node, step);
    x.emit({ type: 'ElementActivated', data: { ...ref, ...(variables && { variables }) } });
    arm(x, node, ref.key);
    armBoundary(x, node, ref.key);
  });
}
