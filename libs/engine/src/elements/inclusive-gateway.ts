import type { FlowNode } from '@iter/process-model';
import type { Execution, Step } from '../execution.ts';
import { everyOpenFlow, isJoin, pass } from '../flow.ts';
import { hasAllTokens, isStuckAt } from '../joins.ts';
import { scopeOf } from '../state.ts';
import type { Behaviour } from './behaviour.ts';

/**
 * Waits until no further token can come along its incoming flows, takes one from each that has any, and sends one
 * along every outgoing flow whose condition holds, else along the default.
 * Source: BPMN 2.0.2 §13.4.3
 */
export const inclusiveGateway: Behaviour = (x, node, step) => {
  if (isJoin(node) && !step.free) completeInclusive(x, node, step);
  else pass(x, node, step, { choice: everyOpenFlow });
};

/** @returns whether it has all tokens that can come */
export function completeInclusive(x: Execution, node: FlowNode, step: Step): boolean {
  const tokens = scopeOf(x.state, step.scope)?.joins?.[node.id];
  // Its token went with another that came at the same time.
  if (!tokens) return false;
  if (isStuckAt(x, node, step.scope) || !hasAllTokens(x, node, step.scope, tokens)) return false;
  pass(x, node, step, { choice: everyOpenFlow });
  return true;
}
