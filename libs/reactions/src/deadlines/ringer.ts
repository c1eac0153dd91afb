import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import { drain } from '../effects/drain.ts';
import type { Drained } from '../effects/drain.ts';
import type { WakeUps } from '../queues/index.ts';
import { comingSeconds, dueBells, nextBellAt, ringOne, secondsOf } from './ring.ts';
import type { Bell, Ring } from './ring.ts';

export interface RingerPorts {
  readonly pool: Pool;
  /** The engine's time; moving it re-arms. */
  readonly clock: { now(): string };
  readonly wakeUps: WakeUps;
  readonly worker: string;
  ring: Ring;
  /** How long a worker that died in the middle of ringing keeps its bells from others; 20 s by default. */
  readonly leaseMs?: number | undefined;
}

export interface Ringer {
  /** Rings everything that is due, and what becomes due within a second. Safe at any time, anywhere, twice. */
  ringDue(): Promise<Drained>;
  /** Adds wake-ups for the bells within the horizon. Those that are there already stay. */
  arm(): Promise<void>;
  /** The same for the bells of some cases, which have just changed: at once for those that are due. */
  armFor(caseIds: readonly string[]): Promise<void>;
  stop(): void;
}

/** Wake-ups are added for the next hour only: the queue stays small however many bells there are. */
const horizonMs = 3_600_000;
/**
 * Bells that ring at once: enough for one statement to read many cases and one commit to take many appends, and few enough for a
 * person's command to find the process within some hundredths of a second.
 */
const concurrency = 128;
/** What has rung leaves the table with the log; ringing it again meanwhile would be work for nothing. */
const restMs = 600_000;
/** A bell that comes so soon is waited for by the worker that is awake. */
const soonMs = 1_000;

/**
 * Rings the bells. The queue carries wake-ups, one a second at most and only for the next hour; which bells
 * are due stands in the table. An early, late, double or resurrected wake-up finds nothing to do.
 */
export function createRinger({ pool, clock, wakeUps, worker, ring, leaseMs }: RingerPorts): Ringer {
  const stopping = new AbortController();
  const { signal } = stopping;

  const ringDue = async (): Promise<Drained> => {
    let all: Drained = { done: 0, postponed: 0 };
    while (!signal.aborted) {
      const { done, postponed } = await drain<Bell>({
        pool,
        clock,
        worker,
        signal,
        due: (now, limit, after) => dueBells(pool, now, limit, after),
        act: (bell) => ringOne(ring, bell),
        ...{ concurrency, restMs },
        ...(leaseMs !== undefined && { leaseMs }),
      });
      all = { done: all.done + done, postponed: all.postponed + postponed };
      const now = clock.now();
      const next = await nextBellAt(pool, now, later(now, soonMs));
      if (next === null) break;
      // The engine's time may stand still (a virtual clock): then it is not waited for twice.
      await pause(Date.parse(next) - Date.parse(now) + 1, undefined, { signal }).catch(() => undefined);
      if (clock.now() < next) break;
    }
    return all;
  };

  /** Named by the second of the world: after the demo's clock has moved the same bell gets another wake-up. */
  const wakeAt = async (now: string, instants: readonly string[]): Promise<void> => {
    const delays = instants.map((at) => Date.parse(at) - Date.parse(now));
    const coming = delays
      .filter((delayMs) => delayMs > 0)
      .map((delayMs) => ({ id: `bell-${Math.ceil((Date.now() + delayMs) / 1_000)}`, delayMs }));
    const isDue = coming.length < delays.length;
    await wakeUps.add([...coming, ...(isDue ? [{ id: `bell-now-${randomUUID()}`, delayMs: 0 }] : [])]);
  };

  return {
    ringDue,
    async arm() {
      const now = clock.now();
      await wakeAt(now, await comingSeconds(pool, now, later(now, horizonMs)));
    },
    async armFor(caseIds) {
      const now = clock.now();
      await wakeAt(now, await secondsOf(pool, caseIds, later(now, horizonMs)));
    },
    stop: () => stopping.abort(),
  };
}

const later = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();
