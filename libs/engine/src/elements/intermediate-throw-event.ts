import type { FlowNode } from '@iter/process-model';
import { Stuck } from '../execution.ts';
import type { Execution } from '../execution.ts';
import { pass } from '../flow.ts';
import type { Behaviour } from './behaviour.ts';
import { publishOrJob } from './send-task.ts';

/** A message is sent, a link goes on at the catching link of its name, none only marks a point. */
export const intermediateThrowEvent: Behaviour = (x, node, arrival) => {
  if (node.event.kind === 'message' || node.job) publishOrJob(x, node, arrival);
  else if (node.event.kind !== 'link') pass(x, node, arrival);
  else {
    const target = linkTarget(x, node, node.event.name);
    const passed = pass(x, node, arrival, () => {
      if (target) return { locals: {}, given: {} };
      throw new Stuck('link-target-missing', `No link event catches what ${node.id} throws.`);
    });
    if (passed && target) x.enqueue({ element: target.id, scope: arrival.scope });
  }
};

function linkTarget(x: Execution, node: FlowNode, name: string): FlowNode | undefined {
  return (x.model.scopes.get(node.scope ?? '')?.nodes ?? [])
    .map((id) => x.node(id))
    .find(
      ({ type, event }) =>
        type === 'bpmn:IntermediateCatchEvent' && event.kind === 'link' && event.name === name,
    );
}
