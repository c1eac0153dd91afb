import type { Source } from '../content.ts';

/** One of the events that a start needs has happened. */
export interface Occurrence {
  /** It counts once. */
  readonly id: string;
  /** What it is: `message:<name>`, `signal:<name>`, or `timer:<place among the events of the start>`. */
  readonly trigger: string;
  /** Of a message: its body and key. Only messages of one group begin a case together. Null: it is told to all. */
  readonly group: string | null;
  readonly tenant: string;
  /** The event whose variables it brings. */
  readonly source: Source | null;
  /** The case and element that caused it. */
  readonly by: { readonly case: string; readonly element: string } | null;
}

/** All that one case needs has happened: it begins. */
export interface Gathered {
  readonly group: string;
  readonly tenant: string;
  readonly version: number;
  /** Ids, in the order in which they happened. */
  readonly occurrences: readonly string[];
  /** The one that was still missing. */
  readonly last: string;
}

/** What happens in a `start-…` stream, where the events of a parallel multiple start meet. */
export type GatheringEvent =
  | { readonly type: 'StartTriggered'; readonly data: Occurrence }
  | { readonly type: 'StartGathered'; readonly data: Gathered };

/** What must happen before a case begins, as the version deployed last says. */
export interface Needs {
  readonly version: number;
  /** Triggers that are one case's: a name stands as often as it is needed. */
  readonly messages: readonly string[];
  /** Triggers that are told to all: signals and timers. */
  readonly shared: readonly string[];
  /** Whose case begins where no message says so: the body in whose name the process was deployed. */
  readonly body: string;
}

export interface Gather {
  readonly type: 'GatherStart';
  readonly occurrence: Occurrence;
  readonly needs: Needs;
}

type Seen = Occurrence & { readonly place: number };

export interface GatheringState {
  /** Everything that ever happened here, in its order. */
  readonly seen: ReadonlyMap<string, Seen>;
  /** Messages that wait for the others, by group. */
  readonly waiting: ReadonlyMap<string, readonly string[]>;
  /** The last time that each shared trigger happened. */
  readonly latest: ReadonlyMap<string, string>;
  /** By group: how much had happened when its last case began. What is shared counts from there. */
  readonly since: ReadonlyMap<string, number>;
  /** By the occurrence that was still missing. */
  readonly gathered: ReadonlyMap<string, readonly Gathered[]>;
}

export const nothingGathered: GatheringState = {
  seen: new Map(),
  waiting: new Map(),
  latest: new Map(),
  since: new Map(),
  gathered: new Map(),
};

/** Fields that stay readable in the log: what the events say stays where it is. */
export const clearGatheringFields = {
  StartTriggered: ['id', 'trigger', 'group', 'tenant', 'source', 'by'],
  StartGathered: ['group', 'tenant', 'version', 'occurrences', 'last'],
} as const;

const put = <V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> =>
  new Map(map).set(key, value);

export function evolveGathering(state: GatheringState, { type, data }: GatheringEvent): GatheringState {
  const { seen, waiting, latest, since, gathered } = state;
  if (type === 'StartTriggered') {
    const after = { ...state, seen: put(seen, data.id, { ...data, place: seen.size }) };
    if (data.group === null) return { ...after, latest: put(latest, data.trigger, data.id) };
    const others = waiting.get(data.group) ?? [];
    return { ...after, waiting: put(waiting, data.group, [...others, data.id]) };
  }
  const left = (waiting.get(data.group) ?? []).filter((id) => !data.occurrences.includes(id));
  return {
    ...state,
    waiting: put(waiting, data.group, left),
    since: put(since, data.group, seen.size),
    gathered: put(gathered, data.last, [...(gathered.get(data.last) ?? []), data]),
  };
}

/**
 * Notes that one event of a start has happened, and which cases begin with it. Doing it again adds nothing. Pure.
 *
 * Each message is for one case: what comes more often than it is needed waits for the next round of its group. A signal or
 * a timer is told to all, once: for each group it has happened when it did so since the group's last case began.
 * Source: BPMN 2.0.2 §10.5.2, start events, parallel multiple: all must be triggered before the process is instantiated
 */
export function decideGathering(
  state: GatheringState,
  { occurrence, needs }: Gather,
): readonly GatheringEvent[] {
  if (state.seen.has(occurrence.id)) return [];
  const first: GatheringEvent = { type: 'StartTriggered', data: occurrence };
  const after = evolveGathering(state, first);
  const groups =
    needs.messages.length === 0
      ? [needs.body]
      : occurrence.group === null
        ? [...after.waiting.keys()]
        : [occurrence.group];
  const complete = groups.flatMap((group): readonly GatheringEvent[] => {
    const all = allOf(after, needs, group);
    if (!all) return [];
    const occurrences = all.sort((a, b) => a.place - b.place).map(({ id }) => id);
    const tenant = all.find((it) => it.group !== null)?.tenant ?? needs.body;
    const { version } = needs;
    return [{ type: 'StartGathered', data: { group, tenant, version, occurrences, last: occurrence.id } }];
  });
  return [first, ...complete];
}

/** One of each that is needed, the oldest of each message; null while any is missing. */
function allOf(state: GatheringState, { messages, shared }: Needs, group: string): Seen[] | null {
  const waiting = (state.waiting.get(group) ?? []).flatMap((id) => state.seen.get(id) ?? []);
  const found = new Set<Seen>();
  for (const trigger of messages) {
    const next = waiting.find((it) => it.trigger === trigger && !found.has(it));
    if (!next) return null;
    found.add(next);
  }
  for (const trigger of shared) {
    const last = state.seen.get(state.latest.get(trigger) ?? '');
    if (!last || last.place < (state.since.get(group) ?? 0)) return null;
    found.add(last);
  }
  return [...found];
}
