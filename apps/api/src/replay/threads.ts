import type { Reel } from '@iter/commands/case';

/** How the events of a case hang together. */
export interface Threads {
  /** By revision: the first and last event that came with the same command. */
  readonly acts: readonly { readonly first: number; readonly last: number }[];
  /** By revision of the first event of a command: the event of this case that set it off. */
  readonly causes: ReadonlyMap<number, number>;
  /** By revision: the commands that the event set off, by their first events. */
  readonly consequences: ReadonlyMap<number, readonly number[]>;
  /** By key of what it is about (a task, a term, an incident …): all events that name it. */
  readonly subjects: ReadonlyMap<string, readonly number[]>;
  /** By revision of the first event: commands by which people stepped into the flow. */
  readonly interventions: ReadonlySet<number>;
}

/** People do these things to a case; the flow never does. */
const onlyByHand = new Set(['CaseModified', 'CaseMigrated', 'CaseSuspended', 'CaseResumed', 'CaseRectified']);
/** The flow does these as well: then something else comes first in the command. */
const byHandWhenFirst = new Set([
  'CaseTerminated', 'ElementTerminated', 'VariablesSet', 'UserTaskAssigned', 'UserTaskReopened', 'IncidentResolved',
  'DeadlineSuspended', 'DeadlineResumed', 'DeadlineExtended', 'DeadlineInterrupted', 'DeadlineRebased',
  'DeadlineRectified', 'DeadlineProven', 'DeadlineReopened', 'DeadlineLadderReissued', 'DeadlineReplaced', 'DeadlineClosed',
]); // prettier-ignore

const known = new WeakMap<Reel, Threads>();

/** Woven once for each reel. */
export function threadsOf(reel: Reel): Threads {
  const found = known.get(reel) ?? weave(reel);
  known.set(reel, found);
  return found;
}

function weave({ events }: Reel): Threads {
  const byId = new Map(events.map(({ id, revision }) => [id, revision]));
  const acts: { first: number; last: number }[] = [];
  const causes = new Map<number, number>();
  const consequences = new Map<number, number[]>();
  const subjects = new Map<string, number[]>();
  const interventions = new Set<number>();
  for (const event of events) {
    const { revision, commandId, causationId, type, actor } = event;
    const before = acts[revision - 1];
    const isFirst = !before || events[revision - 1]?.commandId !== commandId;
    const act = isFirst ? { first: revision, last: revision } : before;
    act.last = revision;
    acts.push(act);
    const cause = causationId === null ? undefined : byId.get(causationId);
    if (isFirst && cause !== undefined) {
      causes.set(revision, cause);
      listed(consequences, cause).push(revision);
    }
    const key = 'key' in event.data ? event.data.key : undefined;
    if (typeof key === 'string') listed(subjects, key).push(revision);
    const isByHand = onlyByHand.has(type) || (isFirst && byHandWhenFirst.has(type));
    if (isByHand && actor.account !== 'system') interventions.add(act.first);
  }
  return { acts, causes, consequences, subjects, interventions };
}

function listed<K>(lists: Map<K, number[]>, key: K): number[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
