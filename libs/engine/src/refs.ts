import type { Coming, Execution } from './execution.ts';
import type { ElementRef } from './events.ts';
import type { ElementInstance } from './state.ts';

/** How a live instance came to be. */
export function comingOf({ scope, iteration, compensation }: ElementInstance): Coming {
  return {
    scope,
    ...(iteration > 0 && { iteration }),
    ...(compensation !== null && { compensation }),
  };
}

/** The reference to a live instance, as its events carry it. */
export function refOf(x: Execution, instance: ElementInstance): ElementRef {
  const { key, element, scope } = instance;
  return { key, element, ...comingOf(instance), scope, ...x.otherDefinition(scope) };
}
