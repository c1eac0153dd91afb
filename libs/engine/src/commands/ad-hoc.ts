import type { CaseCommand } from '../commands.ts';
import type { Execution } from '../execution.ts';
import { refuse } from '../refused.ts';
import { scopeModel } from '../scopes.ts';
import { requireRunning } from './checks.ts';

/** Somebody begins an activity of an ad-hoc sub-process; in sequence only when none is under way. */
export function startAdHocActivity(
  x: Execution,
  { key, element }: Extract<CaseCommand, { type: 'StartAdHocActivity' }>,
): void {
  requireRunning(x);
  const instance = x.state.elements.get(key);
  if (!instance || instance.begun === null)
    return refuse('element-not-found', {
      it: 'Questo gruppo di attività libere non è aperto.',
      en: 'This group of free activities is not open.',
    });
  const possible = scopeModel(x, key).begins;
  if (!possible.includes(element)) {
    return refuse('element-not-found', {
      it: `${instance.element} non ha questa attività; ha: ${possible.join(', ')}.`,
      en: `${instance.element} has no such activity; it has: ${possible.join(', ')}.`,
    });
  }
  if (x.nodeOfInstance(instance).adHoc?.sequential && instance.children > 0) {
    return refuse('activity-under-way', {
      it: `In ${instance.element} si fa un’attività per volta: una è in corso.`,
      en: `In ${instance.element} one activity is done at a time: one is under way.`,
    });
  }
  x.enqueue({ kind: 'arrival', element, scope: key, free: true });
}
