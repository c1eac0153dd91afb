import type { Draft } from '../draft.ts';
import type { Compensable, EventOf } from '../events.ts';
import type { CaseState, Deadline, Incident, Scope } from '../state.ts';
import { definitionIn, isOwn, isOwnWaiting } from '../state.ts';

type Migration = EventOf<'CaseMigrated'>['data'];

/** What lives in the case itself follows the new definition under its new names; inside calls nothing changes. */
export function migrate(draft: Draft, migration: Migration): void {
  const { definition, version, process, from } = migration;
  const { state } = draft;
  const { instances, runs, waiting, deadlines, called, incidents } = own(state);
  const renamedElement = (id: string): string => named(migration.elements, id);

  draft.set('definition', definition);
  draft.set('version', version);
  draft.set('process', process);
  draft.set('root', { ...state.root, ...renamed(state.root, migration) });
  for (const instance of instances) {
    const inside = instance.called === null ? renamed(instance, migration) : {};
    const element = renamedElement(instance.element);
    const begun = instance.begun && instance.begun.map(renamedElement);
    draft.put('elements', instance.key, { ...instance, ...inside, element, definition, begun });
    const task = state.tasks.get(instance.key);
    if (task) draft.put('tasks', task.key, { ...task, element });
    const job = state.jobs.get(instance.key);
    if (job) draft.put('jobs', job.key, { ...job, element });
  }
  for (const [run, ownOnes] of runs) {
    const pending = run.pending.map((it) =>
      ownOnes.has(it) ? { ...it, ...renamedCompensable(it, migration.elements) } : it,
    );
    draft.put('compensations', run.key, { ...run, pending });
  }
  for (const [field, it] of waiting) {
    draft.put(field, it.key, { ...it, element: renamedElement(it.element) } as never);
  }
  for (const it of deadlines) draft.put('deadlines', it.key, { ...it, element: renamedElement(it.element) });
  // The case's own definition is not theirs any more.
  for (const it of called) draft.put('deadlines', it.key, { ...it, definition: from });
  for (const it of incidents) {
    draft.put('incidents', it.key, { ...it, element: it.element && renamedElement(it.element) });
  }
}

/** All that belongs to the case itself; `called`: deadlines of what a process that calls itself has called. */
function own(state: CaseState) {
  const waits = ['timers', 'subscriptions', 'signals', 'conditions'] as const;
  const ofCase = [...state.deadlines.values()].filter((it) => it.definition === null);
  const isOfCase = ({ scope }: Deadline): boolean => isOwn(state, state.definition, scope);
  return {
    instances: [...state.elements.values()].filter((it) => isOwn(state, it.definition, it.scope)),
    runs: [...state.compensations.values()].map((run) => {
      const pending = run.pending.filter((it) => isOwn(state, definitionIn(state, it.scope), it.scope));
      return [run, new Set(pending)] as const;
    }),
    waiting: waits.flatMap((field) =>
      [...state[field].values()].filter((it) => isOwnWaiting(state, it)).map((it) => [field, it] as const),
    ),
    deadlines: ofCase.filter(isOfCase),
    called: ofCase.filter((it) => !isOfCase(it)),
    incidents: [...state.incidents.values()].filter((it) => isOwnIncident(state, it)),
  };
}

/** Of a live instance, or of something that lies in it: tokens that wait for ever. */
function isOwnIncident(state: CaseState, { host, element }: Incident): boolean {
  const instance = host === null ? undefined : state.elements.get(host);
  if (!instance) return host === null;
  return instance.element === element
    ? isOwn(state, instance.definition, instance.scope)
    : isOwn(state, definitionIn(state, host), host);
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
