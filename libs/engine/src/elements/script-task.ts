import type { Json } from '@iter/process-model';
import { evaluate } from '../expressions.ts';
import { localsOf, pass } from '../flow.ts';
import type { Variables } from '../events.ts';
import type { Behaviour } from './behaviour.ts';
import { createJob } from './service-task.ts';

/**
 * Evaluates its FEEL script, and keeps the result in its variable; without one, a context's entries are variables.
 * Source: BPMN 2.0.2 §13.3.3 "Script Task"
 */
export const scriptTask: Behaviour = (x, node, step) => {
  const { script } = node;
  if (!script) {
    createJob(x, node, step);
    return;
  }
  pass(x, node, step, {
    work: () => {
      const locals = localsOf(x, node, step) ?? {};
      const result = evaluate(x, script.expression, step.scope, locals);
      return { locals, given: given(script.resultVariable, result) };
    },
  });
};

function given(resultVariable: string | null, result: Json): Variables {
  if (resultVariable !== null) return { [resultVariable]: result };
  const isContext = typeof result === 'object' && result !== null && !Array.isArray(result);
  return isContext ? (result as Variables) : {};
}
