import type { Pool } from 'pg';
import { listen } from '../postgres/index.ts';
import type { Listener } from '../postgres/index.ts';

/** The engine's time: RFC 3339 in UTC with milliseconds. */
export interface Clock {
  now(): string;
}

export const systemClock: Clock = { now: () => new Date().toISOString() };

export interface VirtualClock extends Clock {
  /** Sets the time; it never goes back. @throws RangeError when it would */
  set(instant: string): void;
}

/** A clock that stands still until it is set: for tests, scenarios and `iter run`. */
export function virtualClock(start: string): VirtualClock {
  let at = new Date(start).toISOString();
  return {
    now: () => at,
    set(instant) {
      const next = new Date(instant).toISOString();
      if (next < at) throw new RangeError(`the clock stands at ${at} and does not go back to ${next}`);
      at = next;
    },
  };
}

export const clockMigrations = [
  {
    name: 'demo-clock-1',
    sql: `
      create table demo_clock (
        one boolean primary key default true check (one),
        offset_ms bigint not null check (offset_ms >= 0)
      );
      insert into demo_clock (offset_ms) values (0);`,
  },
] as const;

export interface DatabaseClock extends Clock {
  /** How far the demo clock is ahead of the world's time. */
  readonly offsetMs: number;
  /** This process's time less the database's, as measured last. */
  readonly skewMs: number;
  /** Moves the time of all processes ahead. @throws RangeError when it would go back */
  advanceTo(instant: string): Promise<void>;
  /** Called when the offset has changed, here or in another process. */
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

export interface DatabaseClockOptions {
  readonly pool: Pool;
  readonly url: string;
  /** Whether the stored offset counts; outside the demo it does not. */
  readonly movable: boolean;
  /** Told when this process's clock differs from the database's by more than `alarmMs`. */
  readonly onSkew?: (skewMs: number) => void;
  /** 2,000 by default. */
  readonly alarmMs?: number;
  /** How often the skew is measured again; every minute by default. */
  readonly measureEveryMs?: number;
}

const channel = 'iter_clock';

/**
 * Process time corrected by the measured offset to the database, so that all processes agree, and moved ahead by the
 * demo's stored offset. Within a process it never goes back.
 */
export async function databaseClock(options: DatabaseClockOptions): Promise<DatabaseClock> {
  const { pool, url, movable, onSkew, alarmMs = 2_000, measureEveryMs = 60_000 } = options;
  const listeners = new Set<() => void>();
  let skewMs = 0;
  let offsetMs = 0;
  let lastMs = 0;

  const measure = async (): Promise<void> => {
    const before = Date.now();
    const { rows } = await pool.query<{ ms: number }>(
      'select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms',
    );
    const after = Date.now();
    skewMs = (before + after) / 2 - rows[0]!.ms;
    if (Math.abs(skewMs) > alarmMs) onSkew?.(skewMs);
  };
  const readOffset = async (): Promise<void> => {
    const { rows } = await pool.query<{ offset_ms: number }>('select offset_ms from demo_clock');
    const next = movable ? (rows[0]?.offset_ms ?? 0) : 0;
    if (next === offsetMs) return;
    offsetMs = next;
    for (const listener of listeners) listener();
  };

  await measure();
  await readOffset();
  // A measurement that fails is repeated a minute later; the last one goes on counting.
  const timer = setInterval(() => void measure().catch(() => undefined), measureEveryMs).unref();
  const listener: Listener | null = movable
    ? await listen({ url, channel, onNotice: () => void readOffset().catch(() => undefined) })
    : null;

  const now = (): string => {
    lastMs = Math.max(lastMs, Math.round(Date.now() - skewMs + offsetMs));
    return new Date(lastMs).toISOString();
  };

  return {
    get offsetMs() {
      return offsetMs;
    },
    get skewMs() {
      return skewMs;
    },
    now,
    async advanceTo(instant) {
      const aheadMs = Date.parse(instant) - Date.parse(now());
      if (Number.isNaN(aheadMs)) throw new RangeError('this is no instant');
      if (aheadMs < 0) throw new RangeError('the clock only goes forward');
      await pool.query('update demo_clock set offset_ms = offset_ms + $1', [Math.round(aheadMs)]);
      await readOffset();
      await pool.query('select pg_notify($1, $2)', [channel, '']);
    },
    onChange(added) {
      listeners.add(added);
      return () => listeners.delete(added);
    },
    async close() {
      clearInterval(timer);
      await listener?.close();
    },
  };
}
