import type { CaseState, Deadline, Escalation, EventOf, Incident, Key, UserTask } from '@iter/engine';
import type { Reel } from '@iter/commands/case';
import { threadsOf } from './threads.ts';

// What stands in a case, in collections of things by key: a step is told by the things that it changed.

/** How the reader sees what names people or was entered. */
export interface Sight {
  person(account: string): string;
  value(value: unknown): unknown;
  /** The same for the same, so that a change of what is not told can be told; nothing can be read of it. */
  mark(what: string): string;
}

/** What is told of a thing beside the state: from the event with which it began. */
interface Beginnings {
  of<T extends 'UserTaskCreated' | 'DeadlineOpened' | 'EscalationRaised'>(
    type: T,
    key: Key,
  ): { readonly revision: number; readonly data: EventOf<T>['data'] } | undefined;
}

/** Of the case as a whole; how much there is of what is shown in part only. */
interface CaseFacts {
  readonly status: string;
  readonly process: string;
  readonly version: number;
  readonly definition: string;
  readonly openTasks: number;
  readonly openIncidents: number;
}

/** A variable where it lies: the scope's element instance, null for the case. */
interface Lying {
  readonly scope: Key | null;
  readonly name: string;
  readonly value: unknown;
}

interface Collection<Raw> {
  /** Parts of the state without whose change the collection is the same. */
  sources(state: CaseState): readonly unknown[];
  /** By key; the same thing until it changes. */
  raws(state: CaseState): Iterable<readonly [string, Raw]>;
  /** Whether two raws are the same thing. */
  same(a: Raw, b: Raw): boolean;
  item(key: string, raw: Raw, state: CaseState, from: Beginnings, sight: Sight): object;
}

/** Things of a kind that are shown: of more the first ones, and how many there are. */
export const mostShown = 500;
/** Characters of a value beyond which its beginning is shown. */
const mostCharacters = 2_000;

const identical = (a: unknown, b: unknown): boolean => a === b;

const theCase: Collection<CaseFacts> = {
  sources: ({ status, suspended, definition, tasks, incidents }) => [
    ...[status, suspended, definition],
    ...[tasks.size, incidents.size],
  ],
  raws: ({ status, suspended, process, version, definition, tasks, incidents }) => [
    [
      'case',
      {
        ...{ process, version, definition },
        status: suspended ? 'suspended' : status,
        openTasks: tasks.size,
        openIncidents: incidents.size,
      },
    ],
  ],
  same: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  item: (_, raw) => raw,
};

const tasks: Collection<UserTask> = {
  sources: (state) => [state.tasks],
  raws: (state) => state.tasks,
  same: identical,
  item(key, { element, assignee }, state, from, sight) {
    const began = from.of('UserTaskCreated', key);
    const about = began?.data.about;
    const instance = state.elements.get(key);
    return {
      element,
      definition: instance?.definition ?? state.definition,
      iteration: instance?.iteration || null,
      about: about !== undefined && sight.value(about) === about ? about : null,
      body: began?.data.body ?? null,
      role: began?.data.role ?? null,
      assignee: assignee === null ? null : sight.person(assignee),
      dueAt: began?.data.dueAt ?? null,
      since: began?.revision ?? null,
    };
  },
};

const variables: Collection<Lying> = {
  sources: ({ root, elements }) => [root.variables, elements],
  *raws({ root, elements }) {
    for (const [name, value] of Object.entries(root.variables))
      yield [`/${name}`, { scope: null, name, value }];
    let scopes = 0;
    for (const [scope, instance] of elements) {
      if (scopes++ >= mostShown) return;
      for (const [name, value] of Object.entries(instance.variables))
        yield [`${scope}/${name}`, { scope, name, value }];
    }
  },
  same: (a, b) => a.value === b.value,
  item(key, { scope, name, value }, state, _from, sight) {
    const instance = scope === null ? undefined : state.elements.get(scope);
    const seen = sight.value(value);
    const told = textOf(seen);
    return {
      name,
      element: instance?.element ?? null,
      definition: instance?.definition ?? state.definition,
      iteration: instance?.iteration || null,
      ...told,
      // What is masked reads like any other, and what is cut like all that begin so.
      mark: seen !== value || told.isCut ? sight.mark(`${key} ${JSON.stringify(value)}`) : null,
    };
  },
};

const deadlines: Collection<Deadline> = {
  sources: (state) => [state.deadlines],
  raws: (state) => state.deadlines,
  // Its bell and who answers for it are not what the law says of it.
  same: (a, b) =>
    a.status === b.status && a.plan === b.plan && a.bases === b.bases && a.decidedOn === b.decidedOn,
  item(
    key,
    { id, instance, nature, status, bases, plan, decidedOn, suspendedOn, extraDays },
    _,
    from,
    sight,
  ) {
    const began = from.of('DeadlineOpened', key);
    const { nominalDate, legalDueDate, safeActionDate, earliestActionDate, explanation } = plan;
    return {
      ...{ id, nature, status, bases, decidedOn, suspendedOn, extraDays },
      ...{ nominalDate, legalDueDate, safeActionDate, earliestActionDate, explanation },
      instance: instance === null ? null : sight.value(instance),
      label: began?.data.label ?? { it: id, en: id },
      norm: began?.data.norm ?? '',
      since: began?.revision ?? null,
    };
  },
};

const escalations: Collection<Escalation> = {
  sources: (state) => [state.escalations],
  *raws(state) {
    for (const entry of state.escalations) if (entry[1].state !== 'resolved') yield entry;
  },
  same: identical,
  item(key, { state, owner }, _, from, sight) {
    const began = from.of('EscalationRaised', key);
    return {
      state,
      owner: owner === null ? null : sight.person(owner),
      label: began?.data.label ?? { it: key, en: key },
      to: began?.data.to ?? [],
      since: began?.revision ?? null,
    };
  },
};

const incidents: Collection<Incident> = {
  sources: (state) => [state.incidents],
  raws: (state) => state.incidents,
  same: identical,
  item: (_, { element, code, host }, state) => ({
    ...{ element, code },
    definition: (host !== null && state.elements.get(host)?.definition) || state.definition,
  }),
};

const collections = { case: theCase, tasks, variables, deadlines, escalations, incidents };
export type CollectionName = keyof typeof collections;
export const collectionNames = Object.keys(collections) as CollectionName[];

export type Item = { readonly key: string };
/** Things by the collection that they are in; a collection that nothing is said of is absent. */
export type Things<T> = { readonly [N in CollectionName]?: readonly T[] };

/** What a step changed: things as they are after it, and keys of those that are gone. */
export interface Changes {
  readonly put: Things<Item>;
  readonly gone: Things<string>;
}

/** Tells what stands in a case, and what changes from one state of it to another. */
export function standingsOf(reel: Reel, sight: Sight) {
  const { subjects } = threadsOf(reel);
  // The mark of a value is that of one variable of one case: elsewhere nothing can be concluded from it.
  const own: Sight = { ...sight, mark: (what) => sight.mark(`${reel.events[0]?.id} ${what}`) };
  const from: Beginnings = {
    of(type, key) {
      for (const revision of subjects.get(key) ?? []) {
        const event = reel.events[revision];
        if (event?.type === type) return { revision, data: event.data as never };
      }
      return undefined;
    },
  };
  const shown = (name: CollectionName, state: CaseState): ReadonlyMap<string, never> => {
    const first = new Map<string, never>();
    for (const [key, raw] of collections[name].raws(state) as Iterable<[string, never]>) {
      if (first.size >= mostShown) break;
      first.set(key, raw);
    }
    return first;
  };
  // Of one step and the next the second's things are the first's again.
  let last: {
    readonly state: CaseState;
    readonly things: Map<CollectionName, ReadonlyMap<string, never>>;
  } | null = null;
  const thingsOf = (name: CollectionName, state: CaseState): ReadonlyMap<string, never> => {
    if (last?.state !== state) return shown(name, state);
    const found = last.things.get(name) ?? shown(name, state);
    last.things.set(name, found);
    return found;
  };

  return {
    /** Everything that stands. */
    all: (state: CaseState): Things<Item> => changes(null, state).put,
    changes,
  };

  function changes(before: CaseState | null, after: CaseState): Changes {
    const put: Record<string, Item[]> = {};
    const gone: Record<string, string[]> = {};
    const things = new Map<CollectionName, ReadonlyMap<string, never>>();
    for (const name of collectionNames) {
      const { sources, same, item } = collections[name] as Collection<never>;
      const held = before && sources(before);
      if (held && sources(after).every((it, i) => it === held[i])) {
        things.set(name, thingsOf(name, before));
        continue;
      }
      const was = before === null ? new Map<string, never>() : thingsOf(name, before);
      const is = shown(name, after);
      things.set(name, is);
      const changed = [...is].filter(([key, raw]) => !was.has(key) || !same(was.get(key) as never, raw));
      const left = [...was.keys()].filter((key) => !is.has(key));
      if (changed.length > 0 || before === null) {
        put[name] = changed.map(([key, raw]) => ({ key, ...item(key, raw, after, from, own) }));
      }
      if (left.length > 0) gone[name] = left;
    }
    last = { state: after, things };
    return { put, gone };
  }
}

/** A value as text; of a long one the beginning. */
function textOf(value: unknown) {
  const isText = typeof value === 'string';
  const text = isText ? value : JSON.stringify(value);
  return { text: text.slice(0, mostCharacters), isText, isCut: text.length > mostCharacters };
}
