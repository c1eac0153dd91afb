import type { FlowNode } from '@iter/process-model';
import { Stuck } from '../execution.ts';
import type { Execution, Step } from '../execution.ts';
import { pass } from '../flow.ts';
import type { Behaviour } from './behaviour.ts';
import { throwEvent } from './throw-event.ts';

/** Throws what it defines and goes on; a link goes on at the catching link of its name, none only marks a point. */
export const intermediateThrowEvent: Behaviour = (x, node, step) => {
  if (node.event.kind === 'link') followLink(x, node, step, node.event.name);
  else throwEvent(x, node, step);
};

function followLink(x: Execution, node: FlowNode, step: Step, name: string): void {
  const { scope } = step;
  const target = linkTarget(x, node, step, name);
  pass(x, node, step, {
    work: () => {
      if (target) return { locals: {}, given: {} };
      throw new Stuck('link-target-missing', `Nessun evento di collegamento riceve da ${node.id}.`);
    },
    after: () => {
      if (target) x.enqueue({ kind: 'arrival', element: target.id, scope });
    },
  });
}

function linkTarget(x: Execution, node: FlowNode, { scope }: Step, name: string): FlowNode | undefined {
  const model = x.modelIn(scope);
  return (model.scopes.get(node.scope ?? '')?.nodes ?? [])
    .flatMap((id) => model.nodes.get(id) ?? [])
    .find(
      ({ type, event }) =>
        type === 'bpmn:IntermediateCatchEvent' && event.kind === 'link' && event.name === name,
    );
}
