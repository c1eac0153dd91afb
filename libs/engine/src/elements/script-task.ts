import { evaluate, map } from '../expressions.ts';
import { pass } from '../flow.ts';
import type { Behaviour } from './behaviour.ts';

/** Evaluates its FEEL script, and keeps the result in its variable when it names one. */
export const scriptTask: Behaviour = (x, node, arrival) => {
  const { script } = node;
  if (!script) throw new Error(`${node.id} has no script`);
  pass(x, node, arrival, () => {
    const locals = map(x, node.inputs, arrival.scope);
    const result = evaluate(x, script.expression, arrival.scope, locals);
    return { locals, given: script.resultVariable === null ? {} : { [script.resultVariable]: result } };
  });
};
