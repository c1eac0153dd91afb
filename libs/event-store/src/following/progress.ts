import { listen } from '@iter/platform/postgres';
import type { Pool } from 'pg';
import type { Position } from '../envelope.ts';
import type { EventLog } from '../port.ts';
import { readCheckpoint } from './generation.ts';
import { projectorChannel } from './commit-page.ts';

/** Where a projector's tables stand, known in every process without asking over and over. */
export interface Progress {
  /**
   * Resolves with true when the tables have reached a position, with false when the time is over first.
   * @throws LogWasRestored when the position is not of this log
   */
  waitFor(position: Position, timeoutMs: number): Promise<boolean>;
  /** Called after every commit of the projector, and after a lost connection: look again. */
  onAdvance(listener: () => void): () => void;
  close(): Promise<void>;
}

export interface ProgressOptions {
  readonly pool: Pool;
  /** For the connection that listens. */
  readonly url: string;
  readonly schema: string;
  readonly log: EventLog;
}

export async function followProgress({ pool, url, schema, log }: ProgressOptions): Promise<Progress> {
  let at: Position | null = null;
  const listeners = new Set<() => void>();

  const reached = (position: Position): boolean => {
    try {
      return at !== null && log.comparePositions(position, at) <= 0;
    } catch (error) {
      // The tables may still be of another life of the log: then they have not reached it.
      log.comparePositions(position, position);
      void error;
      return false;
    }
  };
  const look = async (): Promise<void> => {
    at = (await readCheckpoint(pool, schema))?.position ?? at;
    for (const listener of listeners) listener();
  };
  const listener = await listen({
    url,
    channel: projectorChannel(schema),
    onNotice(payload) {
      if (payload === null) return void look().catch(() => undefined);
      at = payload || at;
      for (const each of listeners) each();
    },
  });

  return {
    async waitFor(position, timeoutMs) {
      if (reached(position)) return true;
      await look();
      if (reached(position)) return true;
      return new Promise((resolve) => {
        const done = (answer: boolean): void => {
          clearTimeout(timer);
          listeners.delete(check);
          resolve(answer);
        };
        const check = (): void => {
          if (reached(position)) done(true);
        };
        const timer = setTimeout(() => done(false), timeoutMs);
        listeners.add(check);
        check();
      });
    },
    onAdvance(added) {
      listeners.add(added);
      return () => listeners.delete(added);
    },
    close: () => listener.close(),
  };
}
