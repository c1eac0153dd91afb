import type { Draft } from '../draft.ts';
import type { ElementRef, Variables } from '../events.ts';
import type { Loop } from '../state.ts';

/** What an instance of a repeated activity knows of itself. */
export function ofIteration(
  draft: Draft,
  { scope, iteration }: Pick<ElementRef, 'scope' | 'iteration'>,
): Variables | undefined {
  if (iteration === undefined || scope === null) return undefined;
  const loop = draft.state.elements.get(scope)?.loop;
  return loop ? iterationVariables(loop, iteration) : undefined;
}

/** `loopCounter`, and the item under its name. */
export function iterationVariables(loop: Loop, iteration: number): Variables {
  const item = loop.item === null ? {} : { [loop.item]: loop.items?.[iteration - 1] ?? null };
  return { loopCounter: iteration, ...item };
}
