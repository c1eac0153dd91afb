import { setTimeout as pause } from 'node:timers/promises';
import type { Position, StoredEvent } from '../envelope.ts';
import { DamagedLog, LogWasRestored } from '../port.ts';
import type { EventLog } from '../port.ts';
import { listen } from './bell.ts';

/** Pauses before a log that could not be read is asked again double from the first to the longest. */
const firstPauseMs = 100;
const longestPauseMs = 5_000;
/** A log that is away for less is no news. */
const usuallyBearsMs = 30_000;

/** Something small kept in memory by following the log: definitions, bodies, accounts. */
export interface MemoryIndex {
  /** Resolves when everything that is in the log now has been applied. Call it before relying on a miss. */
  catchUp(): Promise<void>;
  /** The last position applied; null at the beginning. */
  position(): Position | null;
  /**
   * The error that stopped it, if any: an event that cannot be applied stops the index, it is not skipped; so does a log that
   * is another one or damaged. Anything else stops nothing, a log that is away for a while say: `catchUp` fails meanwhile, and
   * this is null again once it goes well.
   */
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
  /** Told when following has failed for longer than `bearsMs` and is tried on; with null when it goes well again. */
  onTrouble?(trouble: Error | null): void;
  /** How long failing is no news; 30 s by default. */
  readonly bearsMs?: number;
}

/**
 * Builds an index from the whole log and keeps it up to date until it is closed.
 * Reading goes through one queue, so that following and `catchUp` never apply an event twice.
 */
export function createMemoryIndex(options: MemoryIndexOptions): MemoryIndex {
  const { log, prefixes, apply, onFailure, onTrouble, bearsMs = usuallyBearsMs } = options;
  const stop = new AbortController();
  let at: Position | null = null;
  let failed = null as Error | null;
  let queue: Promise<void> = Promise.resolve();
  let failingSinceMs = null as number | null;
  let trouble = null as Error | null;

  const goesWrong = (error: unknown): void => {
    failingSinceMs ??= performance.now();
    if (trouble || performance.now() - failingSinceMs < bearsMs) return;
    onTrouble?.((trouble = error instanceof Error ? error : new Error(String(error))));
  };
  const goesWell = (): void => {
    failingSinceMs = null;
    if (trouble) onTrouble?.((trouble = null));
  };

  const pull = async (): Promise<void> => {
    for (;;) {
      if (failed) throw failed;
      const page = await log.readAll({ after: at, prefixes }).catch((error: unknown) => {
        throw error instanceof DamagedLog ? (failed = error) : error;
      });
      for (const event of page.events) {
        try {
          await apply(event);
        } catch (cause) {
          throw (failed = new Error(`cannot apply ${event.type} of ${event.stream}`, { cause }));
        }
      }
      at = page.position ?? at;
      if (page.atEnd) return goesWell();
    }
  };
  const catchUp = (): Promise<void> => (queue = queue.then(pull, pull));

  const follow = async (): Promise<void> => {
    await catchUp();
    await listen(log, { prefixes, hear: catchUp }, at, stop.signal);
  };
  const following = (async () => {
    let before = at;
    for (let pauseMs = firstPauseMs; !stop.signal.aborted; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      try {
        return await follow();
      } catch (error) {
        if (stop.signal.aborted) return;
        // What is damaged may be in the streams of another index: `pull` tells.
        if (error instanceof LogWasRestored) failed ??= error;
        if (failed) {
          onFailure?.(failed);
          return;
        }
        goesWrong(error);
        if (at !== before) pauseMs = firstPauseMs;
        before = at;
        await pause(pauseMs, undefined, { signal: stop.signal }).catch(() => undefined);
      }
    }
  })();

  return {
    catchUp,
    position: () => at,
    failure: () => failed ?? trouble,
    async close() {
      stop.abort();
      await following;
      await queue.catch(() => undefined);
    },
  };
}
