import { awaitedDefinitions } from '@iter/process-model';
import type { ProcessModel } from '@iter/process-model';
import type { Decision } from '../decide.ts';
import { evolveAll } from '../evolve.ts';
import type { CaseEvent } from '../events.ts';
import type { MigrationPlan } from '../migration.ts';
import type { CaseState } from '../state.ts';
import { require } from './broken.ts';

/**
 * A migration does what its dry run says: it is refused when something has no place in the new definition, and else
 * moves those elements, ends those waits and begins those.
 */
export function migratesAsPlanned(
  plan: MigrationPlan,
  to: ProcessModel,
  decision: Decision,
  before: CaseState,
): void {
  const isRefused = 'rejection' in decision;
  require(isRefused ===
    plan.problems.length > 0, `the dry run finds ${plan.problems.length} problems, and the case ${
    isRefused ? 'does not migrate' : 'migrates'
  }`);
  if (isRefused) return;
  const { events } = decision;
  const at = events.findIndex(({ type }) => type === 'CaseMigrated');
  const dropped = events.slice(0, at).map(({ data }) => ('key' in data ? data.key : ''));
  require(same(
    dropped,
    plan.dropped.map(({ key }) => key),
  ), `${dropped.join()} is awaited no more, against the plan`);
  const { definition, elements } = evolveAll(before, events.slice(0, at + 1));
  const moved = [...elements.values()].filter((it) => it.definition === definition);
  require(same(
    moved.map(({ element }) => element),
    plan.moved.map(({ to }) => to),
  ), 'what moves is not what was planned');
  const begun = events.slice(at + 1);
  for (const { element, host } of plan.added) {
    const node = to.nodes.get(element);
    if (!node || !awaitedDefinitions(node).some(({ kind }) => armed.has(kind))) continue;
    require(begun.some((event) =>
      isAwaited(event, element, host),
    ), `${element} is not awaited, against the plan`);
  }
}

/** The others find the event that catches them. */
const armed: ReadonlySet<string> = new Set(['message', 'timer', 'signal', 'conditional']);

/** It begins to wait, or people are told why it cannot. */
function isAwaited({ type, data }: CaseEvent, element: string, host: string | null): boolean {
  if (!('element' in data) || data.element !== element) return false;
  if (type === 'IncidentRaised') return data.stage === 'waiting' && data.scope === host;
  return 'host' in data && data.host === host;
}

const same = (one: readonly string[], other: readonly string[]): boolean =>
  [...one].sort().join() === [...other].sort().join();
