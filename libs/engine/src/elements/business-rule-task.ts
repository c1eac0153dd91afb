import { evaluateDecision } from '@iter/dmn';
import type { DecisionSpec, FlowNode } from '@iter/process-model';
import { Stuck } from '../execution.ts';
import type { Execution } from '../execution.ts';
import { text } from '../expressions.ts';
import { localsOf, pass } from '../flow.ts';
import type { ElementRef, Variables } from '../events.ts';
import { visibleVariables } from '../state.ts';
import type { Behaviour } from './behaviour.ts';
import { createJob } from './service-task.ts';

/**
 * Decides by a deployed DMN decision, and keeps why: inputs, rules that matched and outputs of every decision needed.
 * Source: BPMN 2.0.2 §13.3.3 "Business Rule Task"; DMN 1.3 §8
 */
export const businessRuleTask: Behaviour = (x, node, step) => {
  const { decision } = node;
  if (!decision) {
    createJob(x, node, step);
    return;
  }
  pass(x, node, step, {
    work: (ref) => {
      const locals = localsOf(x, node, step) ?? {};
      return { locals, given: decide(x, node, ref, decision, locals) };
    },
  });
};

function decide(
  x: Execution,
  node: FlowNode,
  ref: ElementRef,
  spec: DecisionSpec,
  locals: Variables,
): Variables {
  const { scope } = ref;
  const id = text(x, spec.decision, scope, `la decisione di ${node.id}`);
  const deployed = x.env.deployed.decision(id, spec.binding, x.modelIn(scope).hash);
  if (!deployed)
    throw new Stuck('decision-not-found', `A ${node.id} serve la decisione «${id}», che non è installata.`);
  const { definitions, version, hash } = deployed;
  const seen = { ...visibleVariables(x.state, scope), ...x.passingIn(scope), ...locals };
  const result = evaluateDecision(definitions, id, seen, x.env.evaluate);
  if (!result.ok) throw new Stuck(result.code, `${node.id}: ${result.message}`);
  const { evaluated, value: output } = result;
  const variables = Object.keys(locals).length > 0 ? { variables: locals } : {};
  x.emit({
    type: 'DecisionEvaluated',
    data: { ...ref, decision: id, version, hash, evaluated, output, ...variables },
  });
  return { [spec.resultVariable]: output };
}
