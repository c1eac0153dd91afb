import { holds } from '../expressions.ts';
import { defaultFlow, flowsOf, pass } from '../flow.ts';
import type { Choice } from '../flow.ts';
import type { Behaviour } from './behaviour.ts';

/** Every token passes by itself, along exactly one flow. */
export const exclusiveGateway: Behaviour = (x, node, step) => pass(x, node, step, { choice: firstOpenFlow });

/**
 * Takes the first outgoing flow, in model order, whose condition holds; else the default flow.
 * Source: BPMN 2.0.2 §13.4.2
 * @throws Stuck `no-flow-taken`, `condition-not-boolean`
 */
const firstOpenFlow: Choice = (x, node, scope) => {
  const flows = flowsOf(x, node, scope);
  const open = flows.find(
    (flow) => flow.id !== node.defaultFlow && (flow.condition === null || holds(x, flow.condition, scope)),
  );
  if (open) return [open];
  return flows.length === 0 ? [] : [defaultFlow(node, flows)];
};
