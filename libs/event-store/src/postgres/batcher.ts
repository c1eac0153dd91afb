import { checkAppend, checkSize } from '../check-append.ts';
import { firstPrevHash } from '../envelope.ts';
import { LogOverloaded } from '../port.ts';
import type { Append } from '../port.ts';
import { pack } from './pack.ts';

/** An append as the database takes it. */
export interface Entry {
  readonly stream: string;
  readonly expected: number;
  readonly prev: Buffer;
  readonly count: number;
  readonly hash: Buffer;
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
  /** Bytes in one statement; 4 MiB by default. */
  readonly mostBytes?: number;
  /** Appends that may wait; 20,000 by default. */
  readonly mostWaiting?: number;
}

export interface Batcher<R> {
  /** @throws MalformedAppend and LogOverloaded before anything is sent; any other error: outcome unknown */
  add(append: Append): Promise<R>;
  /** Resolves when nothing is in flight or waiting. */
  drain(): Promise<void>;
}

/**
 * Collects what arrives while a statement is in flight, and sends at once when idle: one caller alone waits for one commit,
 * many share it. A stream is in a batch once; an error of the statement makes all outcomes of that batch unknown.
 */
export function createBatcher<R>(options: BatcherOptions<R>): Batcher<R> {
  const { write, mostAppends = 200, mostBytes = 4 * 1024 * 1024, mostWaiting = 20_000 } = options;
  let waiting: Waiting<R>[] = [];
  let flying: Promise<void> | null = null;

  const takeBatch = (): Waiting<R>[] => {
    const streams = new Set<string>();
    const batch: Waiting<R>[] = [];
    const left: Waiting<R>[] = [];
    let bytes = 0;
    for (const item of waiting) {
      const { stream, events } = item.entry;
      const fits = batch.length < mostAppends && (batch.length === 0 || bytes + events.length <= mostBytes);
      if (fits && !streams.has(stream)) {
        streams.add(stream);
        bytes += events.length;
        batch.push(item);
      } else left.push(item);
    }
    waiting = left;
    return batch;
  };

  const fly = async (): Promise<void> => {
    // The microtask lets callers of the same turn share the first batch.
    await Promise.resolve();
    while (waiting.length > 0) {
      const batch = takeBatch();
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

  return {
    add(append) {
      const hash = checkAppend(append);
      if (waiting.length >= mostWaiting) throw new LogOverloaded('too many appends are waiting');
      const events = pack(append.events);
      checkSize(append.stream, events.length);
      const entry: Entry = {
        stream: append.stream,
        expected: append.expectedRevision,
        prev: Buffer.from(append.events[0]?.prevHash ?? firstPrevHash, 'hex'),
        count: append.events.length,
        hash: Buffer.from(hash, 'hex'),
        events,
      };
      return new Promise<R>((resolve, reject) => {
        waiting.push({ entry, resolve, reject });
        flying ??= fly();
      });
    },
    async drain() {
      while (flying) await flying;
    },
  };
}
