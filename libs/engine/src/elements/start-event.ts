import type { Key } from '../events.ts';
import type { Execution } from '../execution.ts';
import { localsOf, pass } from '../flow.ts';
import type { Behaviour } from './behaviour.ts';

/**
 * Start events of every kind: what started them is behind them when the token arrives. The one of an event sub-process
 * begins it: without what the sub-process is given nothing of it happens.
 */
export const startEvent: Behaviour = (x, node, step) =>
  pass(x, node, step, {
    work: () => {
      if (step.scope !== null) giveInputs(x, step.scope);
      return { locals: {}, given: step.payload ?? {} };
    },
  });

/** What an event sub-process is given by its surroundings is its own. @throws Stuck */
function giveInputs(x: Execution, key: Key): void {
  const instance = x.instance(key);
  const node = x.nodeOfInstance(instance);
  if (!node.triggeredByEvent) return;
  const variables = localsOf(x, node, { scope: instance.scope });
  if (variables) x.emit({ type: 'VariablesSet', data: { scope: key, variables } });
}
