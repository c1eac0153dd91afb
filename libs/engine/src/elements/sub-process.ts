import { deadlinesOnActivation } from '../deadlines/on-element.ts';
import { map } from '../expressions.ts';
import { enter } from '../flow.ts';
import { beginSubProcess } from '../scopes.ts';
import { armBoundary } from '../waiting.ts';
import type { Behaviour } from './behaviour.ts';

/** A scope of its own: it begins at its none start and completes when nothing in it is left. */
export const subProcess: Behaviour = (x, node, arrival) => {
  const { scope } = arrival;
  const ref = x.ref(node, scope);
  const entered = enter(x, node, arrival, () => {
    deadlinesOnActivation(x, node, scope);
    const variables = node.inputs.length > 0 ? { variables: map(x, node.inputs, scope) } : {};
    x.emit({ type: 'ElementActivated', data: { ...ref, ...variables } });
    armBoundary(x, node, ref.key);
  });
  if (entered) beginSubProcess(x, node, ref.key);
};
