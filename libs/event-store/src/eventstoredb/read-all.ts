import type { Position, StoredEvent } from '../envelope.ts';
import type { Page, ReadAll } from '../port.ts';
import { gatherAppends } from './gather.ts';
import { comparePlaces } from './place.ts';
import type { Place } from './place.ts';
import { checkPlace, placeOf, positionOf, readBack, readEnd } from './server.ts';
import type { Server } from './server.ts';
import { isLast, placed } from './stored.ts';
import type { Found } from './stored.ts';
import { subscribe } from './subscription.ts';
import { Silent } from './within.ts';

/** A page ends with the append at which the log has grown by so much, so that wide appends do not fill the memory. */
const mostBytes = 64 * 1024 * 1024;

/** See `EventLog.readAll`. */
export async function readAll(server: Server, options: ReadAll = {}): Promise<Page> {
  const { after, direction = 'forwards', limit = 1_000, prefixes } = options;
  const from = after === null || after === undefined ? null : placeOf(server, after);
  const isBack = direction === 'backwards';
  const [end] = await Promise.all([isBack ? null : readEnd(server), from && checkPlace(server, from)]);
  if (isBack) return readBackwards(server, from, limit, prefixes);
  if (!end || (from && comparePlaces(from, end) >= 0))
    return { events: [], position: after ?? null, atEnd: true };
  if (prefixes?.length === 0) return { events: [], position: positionOf(server, end), atEnd: true };
  return readForwards(server, { from, end, limit, prefixes: prefixes ?? [''] });
}

interface Stretch {
  readonly from: Place | null;
  /** The end of the log when the reading began. */
  readonly end: Place;
  readonly limit: number;
  readonly prefixes: readonly string[];
}

/**
 * Reads through a subscription: it alone is filtered by the server, which says how far it has come while it finds nothing.
 */
function readForwards(server: Server, { from, end, limit, prefixes }: Stretch): Promise<Page> {
  return new Promise((resolve, reject) => {
    const askedAt = performance.now();
    const events: StoredEvent[] = [];
    let first: number | null = null;
    let reached: Place | null = null;
    const finish = (result: () => void): void => {
      stop();
      clearTimeout(timer);
      result();
    };
    const answer = (place: Place, atEnd: boolean): void =>
      finish(() => resolve({ events, position: positionOf(server, place), atEnd }));
    const timer = setTimeout(() => {
      server.connection.suspect('read', askedAt);
      finish(() => reject(new Silent(`EventStoreDB was silent for ${server.quietMs} ms`)));
    }, server.quietMs);

    const gather = gatherAppends(server, (append) => {
      events.push(...append.events);
      reached = append.place;
      first ??= append.place.commit;
      const isAtEnd = comparePlaces(append.place, end) >= 0;
      if (isAtEnd || events.length >= limit || append.place.commit - first >= mostBytes)
        answer(append.place, isAtEnd);
    });
    const stop = subscribe(server, from, prefixes, {
      onEvent(found) {
        timer.refresh();
        gather(found);
      },
      onReached(commit) {
        timer.refresh();
        if (commit >= end.commit) answer(reached && comparePlaces(reached, end) > 0 ? reached : end, true);
      },
      onEnd: (error) => finish(() => reject(error)),
    });
  });
}

/** The server filters nothing backwards: what is not asked for is left out here. */
async function readBackwards(
  server: Server,
  from: Place | null,
  limit: number,
  prefixes: readonly string[] | undefined,
): Promise<Page> {
  const events: StoredEvent[] = [];
  let open: Found[] = [];
  let position: Position | null = null;
  await readBack(server, from, (found) => {
    // What comes first may be the rest of the append that the reading starts before.
    if (!found || (open.length === 0 && !isLast(found))) return true;
    open.push(found);
    if (found.index > 0) return true;
    position = positionOf(server, open[0]!.place);
    if (!prefixes || prefixes.some((prefix) => found.event.stream.startsWith(prefix)))
      events.push(...placed(open, position));
    open = [];
    return events.length < limit;
  });
  const isCut = events.length >= limit;
  return { events, position: isCut ? position : null, atEnd: !isCut };
}
