import { isSame } from '../chain.ts';
import { randomBytes } from 'node:crypto';
import { digestOf } from '../canonical.ts';
import { checkAppend } from '../check-append.ts';
import type { JsonObject, SealedEvent, StoredEvent } from '../envelope.ts';
import { followPages } from '../follow.ts';
import { formatPosition, parsePosition } from '../position.ts';
import { LogWasRestored, MalformedAppend } from '../port.ts';
import type { Append, AppendResult, EventLog, Page, ReadAll, StreamHead } from '../port.ts';
import { Signal } from '../signal.ts';
import { createAppends, createPackedAppends } from './appends.ts';

interface Stream {
  /** Numbers of its appends, and of each the revision of its first event. */
  readonly appends: number[];
  readonly firsts: number[];
  revision: number;
  hash: string;
}

export interface MemoryLogOptions {
  /**
   * Appends that are compressed together and put into a file, once they are so many; none are by default. For logs of years, of
   * which little is read twice.
   */
  readonly packOf?: number;
}

/** Timers cannot wait longer; in memory no signal is ever lost. */
const never = 2 ** 31 - 1;

/** A log in memory with the promises of the real one: for `iter run`, scenarios and tests. */
export function createMemoryLog({ packOf }: MemoryLogOptions = {}): EventLog {
  const epoch = randomBytes(4).toString('hex');
  const streams = new Map<string, Stream>();
  const appends = packOf === undefined ? createAppends() : createPackedAppends(packOf);
  const signal = new Signal();
  let closed = false;

  const parse = (position: Parameters<typeof parsePosition>[1]): number => {
    const number = parsePosition(epoch, position);
    if (number > appends.length) throw new LogWasRestored('the position is ahead of the log');
    return number;
  };

  /** Events of a stream, both revisions included; fewer when it is shorter. */
  const eventsOf = (stream: Stream, first: number, last: number): StoredEvent[] => {
    const events: StoredEvent[] = [];
    if (first > stream.revision || last < first) return events;
    // Mostly it is the end that is read.
    let at = stream.firsts.length - 1;
    while (stream.firsts[at]! > first) at--;
    for (; at < stream.firsts.length && stream.firsts[at]! <= last; at++)
      events.push(...appends.at(stream.appends[at]!));
    return events.filter(({ revision }) => revision >= first && revision <= last);
  };

  const append = ({ stream, expectedRevision, events }: Append): AppendResult => {
    if (closed) throw new Error('the log is closed');
    const { hash } = checkAppend({ stream, expectedRevision, events });
    const found = streams.get(stream);
    const actualRevision = found?.revision ?? -1;
    const revision = expectedRevision + events.length;
    if (actualRevision !== expectedRevision) {
      const [again] = found ? eventsOf(found, expectedRevision + 1, expectedRevision + 1) : [];
      const [last] = found ? eventsOf(found, revision, revision) : [];
      return again && last && isSame(last, events.at(-1)!)
        ? { outcome: 'appended', position: again.position, revision }
        : { outcome: 'conflict', actualRevision };
    }
    if (found && found.hash !== events[0]!.prevHash)
      throw new MalformedAppend(`append to ${stream}: event 0 breaks the chain`);
    const position = formatPosition(epoch, appends.length + 1);
    const stored = events.map((event, index): StoredEvent => {
      // A copy, as from a real store: nobody who still holds the original can alter the log.
      const data = JSON.parse(digestOf(event).data) as JsonObject;
      return Object.freeze({ ...event, data, position, index });
    });
    appends.add(stored);
    const into = found ?? { appends: [], firsts: [], revision, hash };
    if (!found) streams.set(stream, into);
    into.appends.push(appends.length);
    into.firsts.push(expectedRevision + 1);
    Object.assign(into, { revision, hash });
    signal.raise(appends.length);
    return { outcome: 'appended', position, revision };
  };

  const readAll = ({ after, direction = 'forwards', limit = 1_000, prefixes }: ReadAll = {}): Page => {
    const isWanted = ({ stream }: SealedEvent): boolean =>
      !prefixes || prefixes.some((prefix) => stream.startsWith(prefix));
    const events: StoredEvent[] = [];
    if (direction === 'backwards') {
      let number = after ? parse(after) - 1 : appends.length;
      for (; number > 0 && events.length < limit; number--) {
        const added = appends.at(number);
        if (isWanted(added[0]!)) events.push(...added.toReversed());
      }
      return { events, position: number > 0 ? formatPosition(epoch, number + 1) : null, atEnd: number <= 0 };
    }
    let number = parse(after);
    while (number < appends.length && events.length < limit) {
      const added = appends.at(++number);
      if (isWanted(added[0]!)) events.push(...added);
    }
    return {
      events,
      position: number > 0 ? formatPosition(epoch, number) : null,
      atEnd: number === appends.length,
    };
  };

  return {
    append: async (request) => append(request),
    head: async (stream): Promise<StreamHead | null> => {
      const found = streams.get(stream);
      return found ? { revision: found.revision, hash: found.hash } : null;
    },
    readStream: async (stream, { from, direction = 'forwards', limit = Infinity } = {}) => {
      const found = streams.get(stream);
      if (!found) return [];
      if (direction === 'forwards') {
        const first = Math.max(0, from ?? 0);
        return eventsOf(found, first, Math.min(found.revision, first + limit - 1));
      }
      const last = Math.min(from ?? Infinity, found.revision);
      return eventsOf(found, Math.max(0, last - limit + 1), last).reverse();
    },
    readAll: async (options) => readAll(options),
    follow: (options = {}) =>
      followPages(
        {
          readAll: async (page) => readAll(page),
          signal,
          numberOf: (position) => parsePosition(epoch, position),
          isClosed: () => closed,
          lookEveryMs: never,
        },
        options,
      ),
    lastPosition: async () => (appends.length > 0 ? formatPosition(epoch, appends.length) : null),
    comparePositions: (a, b) => parsePosition(epoch, a) - parsePosition(epoch, b),
    distance: (from, to) => parsePosition(epoch, to) - parsePosition(epoch, from),
    close: async () => {
      closed = true;
      signal.raise(Infinity);
    },
  };
}
