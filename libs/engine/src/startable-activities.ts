import type { Models } from './env.ts';
import type { Key } from './events.ts';
import type { CaseState } from './state.ts';
import { definitionIn } from './state.ts';

/** An ad-hoc sub-process in which people may begin activities. */
export interface OpenAdHoc {
  readonly key: Key;
  readonly element: string;
  /** Definition that it and its activities are of. */
  readonly definition: string;
  /** What may begin in it, in model order; nothing while another activity is under way in one that goes in sequence. */
  readonly activities: readonly string[];
  /** What has begun in it, in its order. */
  readonly begun: readonly string[];
}

/**
 * What people may begin now in the ad-hoc sub-processes of a case: what `StartAdHocActivity` would not refuse.
 * Source: BPMN 2.0.2 §13.3.5
 */
export function startableActivities(models: Models, state: CaseState): readonly OpenAdHoc[] {
  if (state.status !== 'active' || state.suspended) return [];
  return [...state.elements.values()].flatMap(({ key, element, begun, children }) => {
    const definition = definitionIn(state, key);
    const model = models(definition);
    if (begun === null || !model) return [];
    const isBusy = children > 0 && model.nodes.get(element)?.adHoc?.sequential === true;
    const activities = isBusy ? [] : (model.scopes.get(element)?.begins ?? []);
    return [{ key, element, definition, activities, begun }];
  });
}
