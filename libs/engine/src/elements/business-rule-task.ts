import { evaluateDecision } from '@iter/dmn';
import type { DecisionSpec, FlowNode } from '@iter/process-model';
import { Stuck } from '../execution.ts';
import type { Execution, Step } from '../execution.ts';
import { text } from '../expressions.ts';
import { localsOf, pass } from '../flow.ts';
import type { Variables } from '../events.ts';
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
    work: () => {
      const locals = localsOf(x, node, step) ?? {};
      return { locals, given: decide(x, node, step, decision, locals) };
    },
  });
};

function decide(x: Execution, node: FlowNode, step: Step, spec: DecisionSpec, locals: Variables): Variables {
  const { scope } = step;
  const id = text(x, spec.decision, scope, `decision of ${node.id}`);
  const deployed = x.env.deployed.decision(id, spec.binding, x.modelIn(scope).hash);
  if (!deployed)
    throw new Stuck('decision-not-found', `${node.id} needs the decision "${id}", which is not deployed.`);
  const { definitions, version, hash } = deployed;
  const seen = { ...visibleVariables(x.state, scope), ...x.passingIn(scope), ...locals };
  const result = evaluateDecision(definitions, id, seen, x.env.evaluate);
  if (!result.ok) throw new Stuck(result.code, `${node.id}: ${result.message}`);
  const { evaluated, value: output } = result;
  x.emit({
    type: 'DecisionEvaluated',
    data: { element: node.id, scope, decision: id, version, hash, evaluated, output },
  });
  return { [spec.resultVariable]: output };
}
