import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import { drain } from '../effects/drain.ts';
import type { WakeUps } from '../queues/index.ts';
import { comingSeconds, dueBells, nextBellAt, ringOne, secondsOf } from './ring.ts';
import type { Bell, Ring, Second } from './ring.ts';

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
  /**
   * Rings everything that is due, and what becomes due within a second. Safe at any time, anywhere, twice; in one process it is done
   * once at a time, so that it never holds more than two pages of bells.
   */
  ringDue(): Promise<void>;
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
const restMs = 45_000;
/** So many bells in one second call another worker as well, up to so many. */
const bellsAWorker = 1_000;
const mostWorkers = 8;
/** A bell that comes so soon is waited for by the worker that is awake. */
const soonMs = 1_000;

/**
 * Rings the bells. The queue carries wake-ups, few a second and only for the next hour (ADR 0012); which bells
 * are due stands in the table. An early, late, double or resurrected wake-up finds nothing to do.
 */
export function createRinger({ pool, clock, wakeUps, worker, ring, leaseMs }: RingerPorts): Ringer {
  const stopping = new AbortController();
  const { signal } = stopping;

  let running: Promise<void> | null = null;
  let isAsked = false;
  let wake = (): void => undefined;

  const run = async (): Promise<void> => {
    try {
      while (isAsked && !signal.aborted) {
        isAsked = false;
        await drain<Bell>({
          ...{ pool, clock, worker, signal, concurrency, restMs },
          due: (now, limit, after) => dueBells(pool, now, limit, after),
          act: (bell) => ringOne(ring, bell),
          ...(leaseMs !== undefined && { leaseMs }),
        });
        const now = clock.now();
        const next = await nextBellAt(pool, now, later(now, soonMs));
        if (next === null || isAsked) continue;
        // Whoever asks meanwhile is not kept waiting.
        const woken = new AbortController();
        wake = () => woken.abort();
        const over = AbortSignal.any([signal, woken.signal]);
        await pause(Date.parse(next) - Date.parse(now) + 1, undefined, { signal: over }).catch(
          () => undefined,
        );
        // The engine's time may stand still (a virtual clock): then it is not waited for twice.
        isAsked ||= clock.now() >= next;
      }
    } finally {
      running = null;
    }
  };
  const ringDue = (): Promise<void> => {
    isAsked = true;
    wake();
    return (running ??= run());
  };

  /**
   * Named by the second of the world: after the demo's clock has moved the same bell gets another wake-up. A crowded second has
   * several, for as many workers.
   */
  const wakeAt = async (now: string, seconds: readonly Second[]): Promise<void> => {
    const coming = seconds.filter(({ at }) => at > now);
    const due = seconds.filter(({ at }) => at <= now).reduce((sum, { bells }) => sum + bells, 0);
    const calls = coming.map(({ at, bells }) => {
      const delayMs = Date.parse(at) - Date.parse(now);
      const id = `bell-${Math.ceil((Date.now() + delayMs) / 1_000)}`;
      // One of the same name may be active, and about to end without having seen this bell: a new one would be ignored.
      return { id: delayMs < 2 * soonMs ? `${id}-${randomUUID()}` : id, delayMs, bells };
    });
    if (due > 0) calls.push({ id: `bell-now-${randomUUID()}`, delayMs: 0, bells: due });
    await wakeUps.add(
      calls.flatMap(({ id, delayMs, bells }) => {
        const workers = Math.min(mostWorkers, Math.ceil(bells / bellsAWorker));
        return Array.from({ length: workers }, (_, n) => ({ id: n === 0 ? id : `${id}-${n}`, delayMs }));
      }),
    );
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
