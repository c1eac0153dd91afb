import type { FlowNode } from '@iter/process-model';
import { behaviours } from './elements/index.ts';
import type { Execution, Step } from './execution.ts';
import { beginLoop } from './loops.ts';

/** An element does what it is there for: a repeated activity begins as a whole, all else by its type. */
export function perform(x: Execution, node: FlowNode, step: Step): void {
  if (node.loop && step.iteration === undefined) beginLoop(x, node, step, node.loop);
  else behaviours[node.type](x, node, step);
}
