import { deadlinesOnActivation } from '../deadlines/on-element.ts';
import { enter, localsOf } from '../flow.ts';
import { beginScope, requireDepth } from '../scopes.ts';
import { armBoundary } from '../waiting.ts';
import type { Behaviour } from './behaviour.ts';

/**
 * A scope of its own, also a transaction: it begins at its none start and completes when nothing in it is left.
 * Source: BPMN 2.0.2 §13.3.4
 */
export const subProcess: Behaviour = (x, node, step) => {
  const ref = x.ref(node, step);
  const entered = enter(x, node, step, () => {
    requireDepth(x, node, step.scope);
    deadlinesOnActivation(x, node, step.scope);
    const variables = localsOf(x, node, step);
    x.emit({ type: 'ElementActivated', data: { ...ref, ...(variables && { variables }) } });
    armBoundary(x, node, ref.key);
  });
  if (entered) beginScope(x, ref.key);
};
