import { evolve } from '@iter/engine';
import { reelStride, stateAfter } from '@iter/commands/case';
import type { Reel } from '@iter/commands/case';
import type { EventLike } from '../case-file/pseudonymise.ts';
import { standingsOf } from './standing.ts';
import type { Changes, Item, Sight, Things } from './standing.ts';
import { threadsOf } from './threads.ts';
import { Walk } from './walk.ts';
import type { Taken, Visit } from './walk.ts';

/** What is drawn: by elements and flows, each with the definition that it is of. */
export interface Drawn {
  readonly visits: readonly Visit[];
  readonly flows: readonly Taken[];
}

/** One event with what it changed. */
export interface Step extends Drawn {
  readonly revision: number;
  readonly event: object;
  /** Definition that the event's element is of. */
  readonly definition: string;
  /** First and last event of the command that it came with. */
  readonly act: { readonly first: number; readonly last: number };
  /** The event that set it off; null: a person or something outside the case did. */
  readonly cause: number | null;
  /** Something that is no event of this case set it off: a message, another case. */
  readonly isFromOutside: boolean;
  /** By their first events, the commands that it set off. */
  readonly consequences: readonly number[];
  /** Other events about the same task, term, incident … */
  readonly related: readonly number[];
  readonly isIntervention: boolean;
  /** The process was exchanged: what was drawn of this definition is told anew. */
  readonly left: string | null;
  readonly changes: Changes;
}

/** A stretch of a case's history that can be stepped through by itself. */
export interface Chapter {
  /** Events of the whole history. */
  readonly total: number;
  /** The first event of the stretch. */
  readonly first: number;
  /** What stood before it. */
  readonly opening: Drawn & { readonly things: Things<Item> };
  readonly steps: readonly Step[];
  /** Where, in the whole history, people stepped into the flow: the first events of their commands. */
  readonly interventions: readonly number[];
}

/** How the reader sees the case. */
export interface Reader extends Sight {
  event<E extends EventLike>(event: E): E;
}

/** Others than these are found from there. */
const mostRelated = 20;
const mostInterventions = 500;
/** Characters of a field of an event beyond which it is only named: the case's variables have it. */
const mostCharacters = 8_000;

/**
 * The chapter in which a revision lies; chapters begin at the multiples of `reelStride`. Folds no more than the chapter:
 * what was before it is kept, or counted without folding.
 */
export function chapterAt(reel: Reel, revision: number, reader: Reader): Chapter {
  const { events, definitions } = reel;
  const first = Math.floor(revision / reelStride) * reelStride;
  const { acts, causes, consequences, subjects, interventions } = threadsOf(reel);
  const standings = standingsOf(reel, reader);
  const walk = walked(reel, first);
  const seen = seenBy(reader);

  let state = stateAfter(reel, first);
  const opening = { ...drawn(walk, reader), things: standings.all(state) };
  const steps = events.slice(first, first + reelStride).map((event): Step => {
    const before = { visits: new Map(walk.visits), flows: new Map(walk.flows), state };
    const definition = definitions[event.revision] ?? '';
    walk.add(event, definition);
    state = evolve(state, event);
    const act = acts[event.revision] ?? { first: event.revision, last: event.revision };
    const isFirst = act.first === event.revision;
    const key = 'key' in event.data ? event.data.key : undefined;
    const about = typeof key === 'string' ? (subjects.get(key) ?? []) : [];
    return {
      revision: event.revision,
      event: withoutLong(reader.event(event)),
      definition,
      act,
      cause: isFirst ? (causes.get(event.revision) ?? null) : act.first,
      isFromOutside: isFirst && event.causationId !== null && !causes.has(event.revision),
      consequences: (consequences.get(event.revision) ?? []).slice(0, mostRelated),
      related: nearest(about, event.revision),
      isIntervention: interventions.has(event.revision),
      left: event.type === 'CaseMigrated' ? event.data.from : null,
      visits: [...walk.visits]
        .filter(([name, it]) => before.visits.get(name) !== it)
        .map(([, it]) => seen(it)),
      flows: [...walk.flows].filter(([name, it]) => before.flows.get(name) !== it).map(([, it]) => it),
      changes: standings.changes(before.state, state),
    };
  });
  return {
    ...{ total: events.length, first, opening, steps },
    interventions: [...interventions].slice(0, mostInterventions),
  };
}

/** What is drawn of a case as it stands. */
export const drawnOf = (reel: Reel, reader: Reader): Drawn => drawn(walked(reel, reel.events.length), reader);

function walked({ events, definitions }: Reel, count: number): Walk {
  const walk = new Walk();
  for (const event of events.slice(0, count)) walk.add(event, definitions[event.revision] ?? '');
  return walk;
}

const seenBy =
  (reader: Reader) =>
  (visit: Visit): Visit => ({ ...visit, by: reader.person(visit.by) });

const drawn = ({ visits, flows }: Walk, reader: Reader): Drawn => ({
  visits: [...visits.values()].map(seenBy(reader)),
  flows: [...flows.values()],
});

/** The last event that the log had at an instant; -1: there was no case yet. */
export function revisionAt({ events }: Reel, at: string): number {
  const until = new Date(at).toISOString();
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.recordedAt ?? '') <= until) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function nearest(revisions: readonly number[], to: number): readonly number[] {
  const at = revisions.indexOf(to);
  const from = Math.max(0, at - mostRelated / 2);
  return revisions.slice(from, from + mostRelated + 1).filter((revision) => revision !== to);
}

function withoutLong<E extends EventLike & { readonly id: string }>(event: E): object {
  const { id, type, actor, data } = event;
  const { revision, occurredAt, recordedAt } = event as unknown as Record<string, unknown>;
  const short = Object.entries(data).filter(
    ([, value]) => (JSON.stringify(value)?.length ?? 0) <= mostCharacters,
  );
  return { id, type, revision, occurredAt, recordedAt, actor, data: Object.fromEntries(short) };
}
