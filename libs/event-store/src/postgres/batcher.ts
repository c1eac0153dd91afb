import { checkAppend } from '../check-append.ts';
import { LogOverloaded } from '../port.ts';
import type { Append } from '../port.ts';
import { pack } from './pack.ts';

/** An append as the database takes it. */
export interface Entry {
  readonly stream: string;
  readonly expected: number;
  readonly count: number;
  /** Hash of the last event that the writer has seen, and of its own last one. */
  readonly prevHash: string;
  readonly hash: string;
  readonly events: string;
}

interface Waiting<R> {
  readonly entry: Entry;
  readonly resolve: (result: R) => void;
  readonly reject: (error: Error) => void;
}

export interface BatcherOptions<R> {
  /** Writes entries of distinct streams in one statement and one commit; answers in their order. */
  readonly write: (entries: readonly Entry[]) => Promise<readonly R[]>;
  /** Appends in one statement; 200 by default. */
  readonly mostAppends?: number;
  /** Length of the events in one statement; 4 Mi by default. A larger append goes alone. */
  readonly mostLength?: number;
  /** Appends that may wait; 20,000 by default. */
  readonly mostWaiting?: number;
  /** Length of the events that may wait; 64 Mi by default. */
  readonly mostWaitingLength?: number;
}

export interface Batcher<R> {
  /** @throws MalformedAppend and LogOverloaded before anything is sent; any other error: outcome unknown */
  add(append: Append): Promise<R>;
  /** Resolves when nothing is in flight or waiting. */
  drain(): Promise<void>;
}

const Mi = 1024 * 1024;

/**
 * Collects what arrives while a statement is in flight, and sends at once when idle: one caller alone waits for one commit,
 * many share it. A stream is in a batch once; an error of the statement makes all outcomes of that batch unknown.
 *
 * Those whom one statement answered come back together. Would they share the next one, they and the server would take turns
 * ever after, each idle while the other works. So half of them depart without the rest: from then on one half prepares while
 * the other is written.
 */
export function createBatcher<R>(options: BatcherOptions<R>): Batcher<R> {
  const { write, mostAppends = 200, mostLength = 4 * Mi } = options;
  const { mostWaiting = 20_000, mostWaitingLength = 64 * Mi } = options;
  let waiting: Waiting<R>[] = [];
  let waitingLength = 0;
  let flying: Promise<void> | null = null;
  /** So many do not wait for the rest of their turn. */
  let enough = Infinity;

  /** First come, first served; a second append to a stream stays for the next batch, and so do those that do not fit. */
  const takeBatch = (): Waiting<R>[] => {
    const streams = new Set<string>();
    const batch: Waiting<R>[] = [];
    const left: Waiting<R>[] = [];
    let length = 0;
    let i = 0;
    for (; i < waiting.length && batch.length < mostAppends; i++) {
      const item = waiting[i]!;
      const { stream, events } = item.entry;
      if (streams.has(stream)) {
        left.push(item);
        continue;
      }
      if (batch.length > 0 && length + events.length > mostLength) break;
      streams.add(stream);
      length += events.length;
      batch.push(item);
    }
    waiting = left.concat(waiting.slice(i));
    waitingLength -= length;
    return batch;
  };

  const fly = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = takeBatch();
      enough = Math.ceil(batch.length / 2);
      try {
        const results = await write(batch.map(({ entry }) => entry));
        batch.forEach(({ resolve }, i) => resolve(results[i]!));
      } catch (error) {
        for (const { reject } of batch) reject(error as Error);
      }
    }
    // In the same turn as the last look: whoever comes next starts another flight.
    flying = null;
  };
  const depart = (): void => {
    if (!flying && waiting.length > 0) flying = fly();
  };

  return {
    add(append) {
      const refuseWhen = (isFull: boolean): void => {
        if (isFull)
          throw new LogOverloaded(`${waiting.length} appends are waiting: this one was not written`);
      };
      refuseWhen(waiting.length >= mostWaiting);
      const { hash } = checkAppend(append);
      const events = pack(append.events);
      refuseWhen(waitingLength + events.length > mostWaitingLength);
      const entry: Entry = {
        stream: append.stream,
        expected: append.expectedRevision,
        count: append.events.length,
        prevHash: append.events[0]!.prevHash,
        hash,
        events,
      };
      waitingLength += events.length;
      return new Promise<R>((resolve, reject) => {
        waiting.push({ entry, resolve, reject });
        if (waiting.length >= enough) depart();
        // Callers of the same turn share a batch.
        else if (!flying) queueMicrotask(depart);
      });
    },
    async drain() {
      for (depart(); flying; depart()) await flying;
    },
  };
}
