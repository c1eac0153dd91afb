import type { ActUse, FlowNode } from '@iter/process-model';
import { placeOf } from './acts.ts';
import type { Execution } from './execution.ts';
import { holds } from './expressions.ts';
import type { ElementRef, Key, Variables } from './events.ts';
import { visibleVariables } from './state.ts';

type Named = Pick<ActUse, 'template' | 'out'>;

/**
 * The acts that an element asks for at this moment: those whose condition holds.
 * @throws Stuck where a condition is neither true nor false
 */
export function actsOf(
  x: Execution,
  { acts }: FlowNode,
  on: ActUse['on'],
  scope: Key | null,
  own: Variables | undefined,
): readonly Named[] {
  return acts
    .filter((it) => it.on === on && (it.when === null || holds(x, it.when, scope, own)))
    .map(({ template, out }) => ({ template, out }));
}

/**
 * Asks for the acts of an element that begins or is done; without any, nothing happens.
 * @param own what it knows or was given
 * @throws Stuck
 */
export function askActs(
  x: Execution,
  node: FlowNode,
  ref: ElementRef,
  on: ActUse['on'],
  own: Variables = {},
): void {
  const acts = node.acts.length > 0 ? actsOf(x, node, on, ref.scope, own) : [];
  if (acts.length === 0) return;
  const shown = visibleVariables(x.state, ref.scope);
  const variables = Object.fromEntries(Object.entries(own).filter(([name, value]) => shown[name] !== value));
  const place = placeOf(x.state, { iteration: 0, ...ref });
  x.emit({ type: 'ActsAsked', data: { ...ref, acts, place, variables } });
}
