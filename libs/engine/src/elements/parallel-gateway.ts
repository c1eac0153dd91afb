import { flowsOf, isJoin, pass } from '../flow.ts';
import { scopeOf } from '../state.ts';
import type { Behaviour } from './behaviour.ts';

/**
 * Waits until every incoming flow has brought a token in this scope, takes one from each, and sends one along
 * every outgoing flow. Two tokens of the same flow never stand for one another.
 * Source: BPMN 2.0.2 §13.4.1
 */
export const parallelGateway: Behaviour = (x, node, step) => {
  if (isJoin(node) && !step.free) {
    const tokens = scopeOf(x.state, step.scope)?.joins?.[node.id];
    if (!node.incoming.every((flow) => (tokens?.[flow] ?? 0) > 0)) return;
  }
  pass(x, node, step, { choice: flowsOf });
};
