import { setTimeout as pause } from 'node:timers/promises';
import { supervise } from '../following/supervise.ts';
import type { LoopHealth, LoopLogger } from '../following/supervise.ts';
import type { Page, ReadAll } from '../port.ts';
import { LogWasRestored } from '../port.ts';
import { gatherAppends } from './gather.ts';
import type { Heard } from './gather.ts';
import type { Place } from './place.ts';
import { checkPlace, placeOf, positionOf, readEnd } from './server.ts';
import type { Server } from './server.ts';
import { subscribe } from './subscription.ts';

export interface TailPorts {
  readonly server: Server;
  readonly logger: LoopLogger;
  /** How often the subscription is compared with the log. */
  readonly lookEveryMs: number;
  /** The log has come so far. */
  onReached(commit: number): void;
  /** The subscription broke: what is remembered of the log may not be true any more. */
  onBroken(): void;
  /** The log is another than it was before the connection broke. */
  onRestored(): void;
}

export interface Tail {
  /** A page of what was heard last; null when it does not reach back so far, or the subscription is broken. */
  read(options: ReadAll): Page | null;
  health(): LoopHealth;
  stop(): Promise<void>;
}

/** So many appends are kept for followers that are near the end, as long as the log has not grown by so much over them. */
const mostKept = 10_000;
const mostBytes = 64 * 1024 * 1024;

/**
 * Hears of every append by one subscription and keeps the latest: whoever follows the log near its end is served from here,
 * however many follow. The client's subscriptions never come back after an error and may fall silent, so this one is
 * supervised, and compared with the log: what it has not heard of two looks later is a reason to subscribe again.
 * It serves followers only; a read sees what is on the server.
 */
export function createTail(ports: TailPorts): Tail {
  const { server, logger, lookEveryMs } = ports;
  let kept: Heard[] = [];
  /** Exclusive: everything after it is kept. Undefined: nothing is known. */
  let start: Place | null | undefined;
  let end: Place | null = null;

  const take = (append: Heard): void => {
    kept.push(append);
    end = append.place;
    if (kept.length > mostKept || append.place.commit - kept[0]!.place.commit > mostBytes) {
      const half = Math.ceil(kept.length / 2);
      start = kept[half - 1]!.place;
      kept = kept.slice(half);
    }
    ports.onReached(append.place.commit);
  };

  const run = async (signal: AbortSignal, alive: () => void): Promise<void> => {
    try {
      if (end) await checkPlace(server, end);
    } catch (error) {
      if (error instanceof LogWasRestored) ports.onRestored();
      throw error;
    }
    end = start = await readEnd(server);
    kept = [];
    const broken = new AbortController();
    let cause: Error | null = null;
    const stop = subscribe(server, start, [''], {
      onEvent: gatherAppends(server, take),
      onReached: alive,
      onEnd(error) {
        cause = error;
        broken.abort();
      },
    });
    if (end) ports.onReached(end.commit);
    try {
      for (let owed: Place | null = null; ;) {
        await pause(lookEveryMs, undefined, { signal: AbortSignal.any([signal, broken.signal]) }).catch(
          () => undefined,
        );
        if (signal.aborted) return;
        if (cause) throw cause;
        if (owed && (!end || end.commit < owed.commit)) throw new Error('the subscription fell silent');
        owed = await readEnd(server);
        alive();
      }
    } finally {
      stop();
      start = undefined;
      kept = [];
      ports.onBroken();
    }
  };
  const loop = supervise({
    ...{ name: 'eventstoredb', run, logger },
    clock: { now: () => new Date().toISOString() },
  });

  return {
    read({ after, limit = 1_000, prefixes }) {
      if (start === undefined) return null;
      const from = after === null || after === undefined ? null : placeOf(server, after);
      if (start && (!from || from.commit < start.commit)) return null;
      const events = [];
      let reached = from;
      for (let i = firstAfter(kept, from); i < kept.length && events.length < limit; i++) {
        const append = kept[i]!;
        reached = append.place;
        const { stream } = append.events[0]!;
        if (!prefixes || prefixes.some((prefix) => stream.startsWith(prefix))) events.push(...append.events);
      }
      const isAtEnd = !end || (reached !== null && reached.commit >= end.commit);
      return { events, position: reached && positionOf(server, reached), atEnd: isAtEnd };
    },
    health: () => loop.health(),
    stop: () => loop.stop(),
  };
}

/** The index of the first append after a place, by halving. */
function firstAfter(kept: readonly Heard[], place: Place | null): number {
  if (!place) return 0;
  let [low, high] = [0, kept.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (kept[middle]!.place.commit > place.commit) high = middle;
    else low = middle + 1;
  }
  return low;
}
