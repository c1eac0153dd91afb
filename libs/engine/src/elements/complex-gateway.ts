import type { FlowNode } from '@iter/process-model';
import type { Execution, Step } from '../execution.ts';
import { holds } from '../expressions.ts';
import { defaultFlow, enter, flowsOf, isJoin, pass } from '../flow.ts';
import type { Choice } from '../flow.ts';
import type { Key, Variables } from '../events.ts';
import { hasAllTokens, isStuckAt } from '../joins.ts';
import { scopeOf } from '../state.ts';
import type { Tokens } from '../state.ts';
import type { Behaviour } from './behaviour.ts';

/**
 * Starts as soon as its activation condition holds for the tokens that are there; then waits for the others that can
 * still come, and is reset. Both times it sends tokens along the flows whose condition holds; conditions read
 * `waitingForStart` (true the first time) and `activationCount`, the tokens present on its incoming flows. A flow
 * without a condition gets its token at the start: no flow should get one both times.
 * Source: BPMN 2.0.2 §13.4.5, §10.6.5
 */
export const complexGateway: Behaviour = (x, node, step) => {
  if (isJoin(node) && !step.free) completeComplex(x, node, step);
  else pass(x, node, step, { choice: openFlows({ waitingForStart: true, activationCount: 1 }) });
};

/** @returns whether it started or was reset */
export function completeComplex(x: Execution, node: FlowNode, step: Step): boolean {
  if (isStuckAt(x, node, step.scope)) return false;
  const scope = scopeOf(x.state, step.scope);
  const tokens = scope?.joins?.[node.id] ?? {};
  const had = scope?.resets?.[node.id];
  return had ? reset(x, node, step, tokens, had) : start(x, node, step, tokens);
}

function start(x: Execution, node: FlowNode, step: Step, tokens: Tokens): boolean {
  const activationCount = Object.values(tokens).reduce((sum, count) => sum + count, 0);
  const { activationCondition: condition } = node;
  if (condition === null || activationCount === 0) return false;
  let starts = false;
  const judged = enter(x, node, step, () => {
    starts = holds(x, condition, step.scope, { activationCount, waitingForStart: true });
  });
  if (!judged || !starts) return false;
  const taken = Object.fromEntries(Object.keys(tokens).map((flow) => [flow, 1]));
  // When every flow has brought its token, no reset is to come.
  const phase = node.incoming.every((flow) => taken[flow]) ? undefined : 'started';
  join(x, node, step, taken, phase, { waitingForStart: true, activationCount });
  return true;
}

/** Only flows that brought nothing at the start are awaited; more tokens of the others wait for the next start. */
function reset(x: Execution, node: FlowNode, step: Step, tokens: Tokens, had: readonly string[]): boolean {
  const awaited = node.incoming.filter((flow) => !had.includes(flow));
  if (!hasAllTokens(x, node, step.scope, tokens, awaited)) return false;
  const taken = Object.fromEntries(awaited.filter((flow) => tokens[flow]).map((flow) => [flow, 1]));
  const activationCount = Object.keys(taken).length;
  join(x, node, step, taken, 'reset', { waitingForStart: false, activationCount });
  // Tokens that came a second time may start it anew.
  x.touched.add(step.scope);
  return true;
}

function join(
  x: Execution,
  node: FlowNode,
  step: Step,
  tokens: Tokens,
  phase: 'started' | 'reset' | undefined,
  seen: Variables,
): void {
  const { scope } = step;
  pass(x, node, step, {
    work: () => {
      x.emit({ type: 'TokensJoined', data: { element: node.id, scope, tokens, ...(phase && { phase }) } });
      return { locals: {}, given: {} };
    },
    choice: openFlows(seen),
  });
}

/** @throws Stuck `no-flow-taken` at the start; at the reset no flow need be open */
const openFlows =
  (seen: Variables): Choice =>
  (x: Execution, node: FlowNode, scope: Key | null) => {
    const flows = flowsOf(x, node, scope);
    const starts = seen['waitingForStart'] === true;
    const open = flows.filter(
      ({ id, condition }) =>
        id !== node.defaultFlow && (condition === null ? starts : holds(x, condition, scope, seen)),
    );
    if (open.length > 0 || flows.length === 0) return open;
    if (starts) return [defaultFlow(node, flows)];
    return flows.filter(({ id }) => id === node.defaultFlow);
  };
