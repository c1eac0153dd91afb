import type { Models } from '../env.ts';
import type { CaseState } from '../state.ts';
import { definitionAwaited } from '../state.ts';
import { require } from './broken.ts';

/** What must hold of every state between two commands. */
export function isWellFormed(state: CaseState, models: Models): void {
  isInItsModel(state, models);
  const { elements, tasks, jobs, timers, subscriptions, signals, conditions, incidents, root } = state;
  const children = new Map<string | null, number>();
  for (const { scope, element } of elements.values()) {
    require(scope === null || elements.has(scope), `${element} lives in a scope that does not`);
    children.set(scope, (children.get(scope) ?? 0) + 1);
  }
  const awaited = new Map<string, string | null>();
  for (const { key, host } of [timers, subscriptions, signals, conditions].flatMap(
    (it) => [...it.values()] as { key: string; host: string | null }[],
  )) {
    require(!awaited.has(key), `${key} awaits two things`);
    awaited.set(key, host);
  }
  let hosted = 0;
  for (const [key, scope] of [[null, root] as const, ...elements]) {
    require(scope.children === (children.get(key) ?? 0), `${key ?? 'the case'} counts its children wrongly`);
    for (const wait of scope.waits) require(awaited.get(wait) === key, `${wait} does not wait for its host`);
    hosted += scope.waits.length;
  }
  require(hosted === awaited.size, 'something is awaited on behalf of what does not live');
  for (const key of [...tasks.keys(), ...jobs.keys()])
    require(elements.has(key), `${key} is open and does not live`);
  for (const { host, stage, code } of incidents.values()) {
    require(host === null ||
      stage === null ||
      elements.has(host), `the incident ${code} stands for what does not live`);
  }
  for (const { scope, host } of state.compensations.values()) {
    require(scope === null || elements.has(scope), 'a compensation goes on in a scope that does not live');
    require(host === null || elements.has(host), 'what waits for a compensation does not live');
  }
  if (state.status !== 'active') {
    require(elements.size + awaited.size + incidents.size ===
      0, `something is left in a case that is ${state.status}`);
    require(state.continuation === null, `work is left in a case that is ${state.status}`);
  } else if (state.continuation === null) {
    require(elements.size + incidents.size > 0, 'the case goes on, and there is nothing that could move it');
  }
}

/** Everything that lives or waits is drawn, in the definition that it is of. */
function isInItsModel(state: CaseState, models: Models): void {
  const drawn = (definition: string, element: string): void =>
    require(models(definition)?.nodes.has(element) ===
      true, `${element} lives, and is not drawn in ${definition}`);
  for (const { definition, element } of state.elements.values()) drawn(definition, element);
  for (const map of [state.timers, state.subscriptions, state.signals, state.conditions]) {
    for (const it of map.values()) drawn(definitionAwaited(state, it), it.element);
  }
}
