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

interface Stream {
  readonly events: StoredEvent[];
  hash: string;
}

/** Timers cannot wait longer; in memory no signal is ever lost. */
const never = 2 ** 31 - 1;

/** A log in memory with the promises of the real one: for `iter run`, scenarios and tests. */
export function createMemoryLog(): EventLog {
  const epoch = randomBytes(4).toString('hex');
  const streams = new Map<string, Stream>();
  const appends: (readonly StoredEvent[])[] = [];
  const signal = new Signal();
  let closed = false;

  const parse = (position: Parameters<typeof parsePosition>[1]): number => {
    const number = parsePosition(epoch, position);
    if (number > appends.length) throw new LogWasRestored('the position is ahead of the log');
    return number;
  };

  const append = ({ stream, expectedRevision, events }: Append): AppendResult => {
    if (closed) throw new Error('the log is closed');
    const { hash } = checkAppend({ stream, expectedRevision, events });
    const found = streams.get(stream);
    const actualRevision = (found?.events.length ?? 0) - 1;
    if (actualRevision !== expectedRevision) {
      const again = found?.events[expectedRevision + 1];
      const last = found?.events[expectedRevision + events.length];
      return again && last && isSame(last, events.at(-1)!)
        ? { outcome: 'appended', position: again.position, revision: expectedRevision + events.length }
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
    appends.push(stored);
    if (found) {
      found.events.push(...stored);
      found.hash = hash;
    } else streams.set(stream, { events: [...stored], hash });
    signal.raise(appends.length);
    return { outcome: 'appended', position, revision: expectedRevision + events.length };
  };

  const readAll = ({ after, direction = 'forwards', limit = 1_000, prefixes }: ReadAll = {}): Page => {
    const isWanted = ({ stream }: SealedEvent): boolean =>
      !prefixes || prefixes.some((prefix) => stream.startsWith(prefix));
    const events: StoredEvent[] = [];
    if (direction === 'backwards') {
      let number = after ? parse(after) - 1 : appends.length;
      for (; number > 0 && events.length < limit; number--) {
        if (isWanted(appends[number - 1]![0]!)) events.push(...appends[number - 1]!.toReversed());
      }
      return { events, position: number > 0 ? formatPosition(epoch, number + 1) : null, atEnd: number <= 0 };
    }
    let number = parse(after);
    while (number < appends.length && events.length < limit) {
      const added = appends[number++]!;
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
      return found ? { revision: found.events.length - 1, hash: found.hash } : null;
    },
    readStream: async (stream, { from, direction = 'forwards', limit = Infinity } = {}) => {
      const events = streams.get(stream)?.events ?? [];
      if (direction === 'forwards') {
        const first = Math.max(0, from ?? 0);
        return events.slice(first, first + limit);
      }
      const end = Math.max(0, Math.min(from ?? Infinity, events.length - 1) + 1);
      return events.slice(Math.max(0, end - limit), end).reverse();
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
