import { setTimeout as pause } from 'node:timers/promises';
import { describeError } from './describe-error.ts';

/** How a background loop fares, for health checks and the operations page. */
export interface LoopHealth {
  readonly name: string;
  readonly state: 'running' | 'failing' | 'stopped';
  /** Since when it fails, and why; null while it runs. */
  readonly failingSince: string | null;
  readonly error: string | null;
  /** Failures in a row. */
  readonly failures: number;
}

/** What loops say to the log of the process; codes and ids only. */
export interface LoopLogger {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface Supervised {
  health(): LoopHealth;
  /** Ends the loop after what it is doing now. */
  stop(): Promise<void>;
}

export interface Supervision {
  readonly name: string;
  /** Runs until the signal aborts; calls `alive` whenever it got something done. Throwing restarts it. */
  run(signal: AbortSignal, alive: () => void): Promise<void>;
  readonly logger: LoopLogger;
  readonly clock: { now(): string };
  /** Pauses between restarts double from the first to the longest; 200 ms and 30 s by default. */
  readonly firstPauseMs?: number;
  readonly longestPauseMs?: number;
}

/**
 * Keeps a loop running: an error is logged once, shown in `health`, and the loop restarted after a growing
 * pause. It never spins and never gives up.
 */
export function supervise(options: Supervision): Supervised {
  const { name, run, logger, clock, firstPauseMs = 200, longestPauseMs = 30_000 } = options;
  const stop = new AbortController();
  let health: LoopHealth = { name, state: 'running', failingSince: null, error: null, failures: 0 };
  const alive = (): void => {
    if (health.failures === 0) return;
    logger.info({ loop: name, failures: health.failures }, 'the loop runs again');
    health = { ...health, state: 'running', failingSince: null, error: null, failures: 0 };
  };

  const loop = (async () => {
    while (!stop.signal.aborted) {
      try {
        await run(stop.signal, alive);
      } catch (error) {
        if (stop.signal.aborted) break;
        const message = describeError(error);
        if (health.error !== message)
          logger.error({ loop: name, error: message }, 'the loop failed and is restarted');
        const failures = health.failures + 1;
        health = {
          name,
          state: 'failing',
          failingSince: health.failingSince ?? clock.now(),
          error: message,
          failures,
        };
        const pauseMs = Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs);
        await pause(pauseMs, undefined, { signal: stop.signal }).catch(() => undefined);
      }
    }
    health = { ...health, state: 'stopped' };
  })();

  return {
    health: () => health,
    async stop() {
      stop.abort();
      await loop;
    },
  };
}
