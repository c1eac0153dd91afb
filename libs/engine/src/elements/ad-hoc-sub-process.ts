import { beginAdHoc } from '../ad-hoc.ts';
import { deadlinesOnActivation } from '../deadlines/on-element.ts';
import { enter, localsOf } from '../flow.ts';
import { openEventSubProcesses, requireDepth } from '../scopes.ts';
import { armBoundary } from '../waiting.ts';
import type { Behaviour } from './behaviour.ts';

/** A scope whose activities have no given order; see `ad-hoc.ts`. Source: BPMN 2.0.2 §13.3.5 */
export const adHocSubProcess: Behaviour = (x, node, step) => {
  const { adHoc } = node;
  if (!adHoc) throw new Error(`${node.id} says nothing of its order`);
  enter(x, node, step, () => {
    requireDepth(x, node, step.scope);
    deadlinesOnActivation(x, node, step.scope);
    const collection = adHoc.outputCollection === null ? {} : { [adHoc.outputCollection]: [] };
    const variables = { ...localsOf(x, node, step), ...collection };
    const ref = x.ref(node, step);
    x.emit({
      type: 'ElementActivated',
      data: { ...ref, ...(Object.keys(variables).length > 0 && { variables }), adHoc: true },
    });
    armBoundary(x, node, ref.key);
    openEventSubProcesses(x, ref.key);
    beginAdHoc(x, node, adHoc, ref.key);
  });
};
