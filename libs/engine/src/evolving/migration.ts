import type { Draft } from '../draft.ts';
import type { Compensable, EventOf } from '../events.ts';
import type { ElementInstance, Scope } from '../state.ts';
import { definitionIn } from '../state.ts';

type Migration = EventOf<'CaseMigrated'>['data'];

/** What lives in the case itself follows the new definition under its new names; inside calls nothing changes. */
export function migrate(draft: Draft, migration: Migration): void {
  const { definition, version, process, from } = migration;
  const { state } = draft;
  draft.set('definition', definition);
  draft.set('version', version);
  draft.set('process', process);
  draft.set('root', { ...state.root, ...renamed(state.root, migration) });
  for (const instance of [...state.elements.values()]) {
    if (instance.definition !== from) continue;
    const inside = instance.called === null ? renamed(instance, migration) : {};
    const element = named(migration.elements, instance.element);
    draft.put('elements', instance.key, {
      ...instance,
      ...inside,
      element,
      definition,
      begun: instance.begun && instance.begun.map((it) => named(migration.elements, it)),
    } satisfies ElementInstance);
    const task = state.tasks.get(instance.key);
    if (task) draft.put('tasks', task.key, { ...task, element });
    const job = state.jobs.get(instance.key);
    if (job) draft.put('jobs', job.key, { ...job, element });
  }
  for (const run of [...state.compensations.values()]) {
    const pending = run.pending.map((it) =>
      definitionIn(state, it.scope) === definition
        ? { ...it, ...renamedCompensable(it, migration.elements) }
        : it,
    );
    draft.put('compensations', run.key, { ...run, pending });
  }
  for (const field of ['timers', 'subscriptions', 'signals', 'conditions'] as const) {
    for (const waiting of [...state[field].values()]) {
      if (hostDefinition(draft, waiting.host) !== definition) continue;
      const element = named(migration.elements, waiting.element);
      draft.put(field, waiting.key, { ...waiting, element } as never);
    }
  }
  for (const deadline of [...state.deadlines.values()]) {
    if (deadline.definition !== null) continue;
    draft.put('deadlines', deadline.key, {
      ...deadline,
      element: named(migration.elements, deadline.element),
    });
  }
  for (const incident of [...state.incidents.values()]) {
    if (incident.element === null || hostDefinition(draft, incident.host) !== definition) continue;
    draft.put('incidents', incident.key, {
      ...incident,
      element: named(migration.elements, incident.element),
    });
  }
}

function hostDefinition(draft: Draft, host: string | null): string | undefined {
  return host === null ? draft.state.definition : draft.state.elements.get(host)?.definition;
}

const named = (names: Readonly<Record<string, string>>, name: string): string => names[name] ?? name;

/** Tokens at joins, what was received and what can be undone, under the new names. */
function renamed({ joins, resets, received, compensables }: Scope, migration: Migration): Partial<Scope> {
  const { elements, flows } = migration;
  const map = <T>(
    record: Readonly<Record<string, T>> | null,
    names: Migration['flows'],
    value: (it: T) => T,
  ) => record && Object.fromEntries(Object.entries(record).map(([id, it]) => [named(names, id), value(it)]));
  return {
    joins: map(joins, elements, (tokens) => map(tokens, flows, (it) => it) ?? {}),
    resets: map(resets, elements, (had) => had.map((flow) => named(flows, flow))),
    received: map(received, elements, (it) => it),
    compensables: compensables.map((it) => renamedCompensable(it, elements)),
  };
}

function renamedCompensable(it: Compensable, elements: Migration['elements']): Compensable {
  return {
    ...it,
    element: named(elements, it.element),
    handler: it.handler === null ? null : named(elements, it.handler),
    inside: it.called === null ? it.inside.map((inner) => renamedCompensable(inner, elements)) : it.inside,
  };
}
