import type { CallSpec, FlowNode } from '@iter/process-model';
import { deadlinesOnActivation } from '../deadlines/on-element.ts';
import { Stuck } from '../execution.ts';
import type { Execution, Step } from '../execution.ts';
import { text } from '../expressions.ts';
import { enter, localsOf } from '../flow.ts';
import { beginScope, requireDepth } from '../scopes.ts';
import { armBoundary } from '../waiting.ts';
import type { Behaviour } from './behaviour.ts';

/**
 * Runs a deployed process or global task as a scope of the caller, under the definition found now: termination, errors
 * and deadlines across the call are of one case.
 * Source: BPMN 2.0.2 §13.3.4 "Call Activity"
 */
export const callActivity: Behaviour = (x, node, step) => {
  const { call } = node;
  if (!call) throw new Error(`${node.id} calls nothing`);
  const ref = x.ref(node, step);
  const entered = enter(x, node, step, () => {
    requireDepth(x, node, step.scope);
    const called = calledBy(x, node, step, call);
    deadlinesOnActivation(x, node, step.scope);
    const variables = localsOf(x, node, step);
    x.emit({
      type: 'ElementActivated',
      data: {
        ...ref,
        ...(variables && { variables }),
        ...(call.propagateAllParentVariables && { inherits: true as const }),
        called,
      },
    });
    armBoundary(x, node, ref.key);
  });
  if (entered) beginScope(x, ref.key);
};

function calledBy(x: Execution, node: FlowNode, { scope }: Step, { process, binding }: CallSpec): string {
  const id = text(x, process, scope, `il processo che ${node.id} chiama`);
  const called = x.env.deployed.called(id, binding, x.modelIn(scope).hash);
  if (called !== null) return called;
  throw new Stuck('process-not-found', `${node.id} chiama «${id}», che non è installato.`);
}
