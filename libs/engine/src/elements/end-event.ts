import type { Behaviour } from './behaviour.ts';
import { throwEvent } from './throw-event.ts';

/** Every kind of end event: the token ends here, after what the event throws. Source: BPMN 2.0.2 §13.5.3 */
export const endEvent: Behaviour = (x, node, step) => {
  if (step.scope === null) x.endElement = node.id;
  throwEvent(x, node, step);
};
