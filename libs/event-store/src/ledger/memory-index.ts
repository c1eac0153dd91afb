import type { Position, StoredEvent } from '../envelope.ts';
import type { EventLog } from '../port.ts';

/** Something small kept in memory by following the log: definitions, bodies, accounts. */
export interface MemoryIndex {
  /** Resolves when everything that is in the log now has been applied. Call it before relying on a miss. */
  catchUp(): Promise<void>;
  /** The last position applied; null at the beginning. */
  position(): Position | null;
  /** The error that stopped it, if any: an event that cannot be applied stops the index, it is not skipped. */
  failure(): Error | null;
  close(): Promise<void>;
}

export interface MemoryIndexOptions {
  readonly log: EventLog;
  /** Streams it is made of. */
  readonly prefixes: readonly string[];
  /** Applies one event; called one at a time, in the order of the log. */
  apply(event: StoredEvent): void | Promise<void>;
  /** Told once when following ends in an error. */
  onFailure?(error: Error): void;
}

/**
 * Builds an index from the whole log and keeps it up to date until it is closed.
 * Reading goes through one queue, so that following and `catchUp` never apply an event twice.
 */
export function createMemoryIndex({ log, prefixes, apply, onFailure }: MemoryIndexOptions): MemoryIndex {
  const stop = new AbortController();
  let at: Position | null = null;
  let failed: Error | null = null;
  let queue: Promise<void> = Promise.resolve();

  const pull = async (): Promise<void> => {
    for (;;) {
      if (failed) throw failed;
      const page = await log.readAll({ after: at, prefixes });
      for (const event of page.events) {
        try {
          await apply(event);
        } catch (cause) {
          throw (failed = new Error(`cannot apply ${event.type} of ${event.stream}`, { cause }));
        }
      }
      at = page.position ?? at;
      if (page.atEnd) return;
    }
  };
  const catchUp = (): Promise<void> => (queue = queue.then(pull, pull));

  const following = (async () => {
    await catchUp();
    for await (const page of log.follow({ after: at, prefixes, signal: stop.signal })) {
      if (page.events.length > 0) await catchUp();
    }
  })().catch((error: unknown) => {
    if (stop.signal.aborted) return;
    failed ??= error instanceof Error ? error : new Error(String(error));
    onFailure?.(failed);
  });

  return {
    catchUp,
    position: () => at,
    failure: () => failed,
    async close() {
      stop.abort();
      await following;
      await queue.catch(() => undefined);
    },
  };
}
