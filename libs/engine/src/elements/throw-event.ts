import type { FlowNode, SingleEventDefinition } from '@iter/process-model';
import { cancelTransaction, throwCompensation } from '../compensation.ts';
import type { Execution, Step } from '../execution.ts';
import { localsOf, pass } from '../flow.ts';
import { isAlive } from '../scopes.ts';
import { affectsSiblings, prepareThrow } from '../throwing.ts';
import type { Throw } from '../throwing.ts';
import { createJob } from './service-task.ts';

/**
 * Throws what an event defines. What may reach its siblings lets those that are under way arrive first, so that all
 * branches of a fork are active when one of them throws.
 * Source: BPMN 2.0.2 §13.5.3
 */
export function throwEvent(x: Execution, node: FlowNode, step: Step): void {
  if (affectsSiblings(node) && !step.deferred) {
    x.enqueue({ ...step, deferred: true });
    return;
  }
  if (node.job) {
    createJob(x, node, step);
    return;
  }
  const definitions = definitionsOf(node);
  const [first] = definitions;
  if (first?.kind === 'compensation' && definitions.length === 1) throwCompensation(x, node, step, first);
  else if (first?.kind === 'cancel') cancelTransaction(x, node, step);
  else passThrowing(x, node, step, definitions);
}

function definitionsOf({ event }: FlowNode): readonly SingleEventDefinition[] {
  if (event.kind === 'none') return [];
  return event.kind === 'multiple' ? event.of : [event];
}

function passThrowing(
  x: Execution,
  node: FlowNode,
  step: Step,
  definitions: readonly SingleEventDefinition[],
): void {
  const { scope } = step;
  let throws: readonly Throw[] = [];
  pass(x, node, step, {
    work: () => {
      // Without an input mapping nothing goes along: a case does not hand its variables around unasked.
      const variables = localsOf(x, node, step) ?? {};
      throws = definitions.map((definition) =>
        prepareThrow(x, definition, { node, scope, from: { scope }, variables }),
      );
      return { locals: variables, given: {} };
    },
    after: () => {
      for (const act of throws) if (isAlive(x, scope)) act();
    },
  });
}
