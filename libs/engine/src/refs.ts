import type { Coming, Execution } from './execution.ts';
import type { ElementRef } from './events.ts';
import type { ElementInstance } from './state.ts';

/** How a live instance came to be. */
export function comingOf({ scope, iteration, compensation }: ElementInstance): Coming {
  if (iteration === 0 && compensation === null) return { scope };
  return {
    scope,
    ...(iteration > 0 && { iteration }),
    ...(compensation !== null && { compensation }),
  };
}

/** The reference to a live instance, as its events carry it. */
export function refOf(x: Execution, instance: ElementInstance): ElementRef {
  const { key, element, scope, iteration, compensation } = instance;
  if (scope === null && iteration === 0 && compensation === null) return { key, element, scope };
  return { key, element, ...comingOf(instance), scope, ...x.otherDefinition(scope) };
}
