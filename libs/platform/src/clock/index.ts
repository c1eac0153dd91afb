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
  /** This machine's clock less the database's, as measured last. Nothing is decided by it. */
  readonly skewMs: number;
  /** How far the database's clock has jumped, as long as that is not believed; 0 when there is no doubt. */
  readonly doubtMs: number;
  /** Moves the time of all processes ahead. @throws RangeError when it would go back */
  advanceTo(instant: string): Promise<void>;
  /** Called when the offset has changed, here or in another process. */
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

export interface DatabaseClockOptions {
  readonly pool: Pick<Pool, 'query'>;
  readonly url: string;
  /** Whether the stored offset counts; outside the demo it does not. */
  readonly movable: boolean;
  /**
   * Told when this machine's clock begins to differ from the database's by more than `alarmMs`, when the difference
   * changes by as much, and when the database's clock itself jumps.
   */
  readonly onSkew?: (skewMs: number) => void;
  /** 2,000 by default. */
  readonly alarmMs?: number;
  /** How often the database is asked again; every 20 s by default, and a tenth of it while there is a doubt. */
  readonly measureEveryMs?: number;
  /** How long the database's clock must stand by a jump to be believed; 20 s by default. */
  readonly believeAfterMs?: number;
  /** This machine's clocks, in ms: the one that is set by people and programs, and the one that only counts on. */
  readonly machine?: { wall(): number; steady(): number };
}

const channel = 'iter_clock';

/** Of so many answers the quickest counts. */
const samples = 3;

/**
 * The database's time, counted on by this machine's steady clock between one answer and the next, so that all processes agree;
 * moved ahead by the demo's stored offset. Whatever anybody does to this machine's own clock, nothing comes early by it.
 *
 * It is at most as late as an answer takes, and never ahead of the database. Within a process it never goes back, unless the
 * database's clock was set back and stands by it. A jump of the database's clock is believed when it has lasted a while.
 */
export async function databaseClock(options: DatabaseClockOptions): Promise<DatabaseClock> {
  const { pool, url, movable, alarmMs = 2_000, measureEveryMs = 20_000, believeAfterMs = 20_000 } = options;
  const { machine = { wall: () => Date.now(), steady: () => performance.now() } } = options;
  const listeners = new Set<() => void>();
  let offsetMs = 0;
  let lastMs = 0;
  /** What the database said, when the steady clock stood at `steadyMs`. */
  let line: { readonly databaseMs: number; readonly steadyMs: number } | null = null;
  let skewMs = 0;
  let toldMs = 0;
  let doubtMs = 0;
  let doubtSinceMs = 0;

  const tell = (differsByMs: number): void => {
    const isNews = Math.abs(differsByMs - toldMs) > alarmMs;
    if (Math.abs(differsByMs) <= alarmMs) toldMs = 0;
    else if (isNews) {
      toldMs = differsByMs;
      options.onSkew?.(differsByMs);
    }
  };
  const ask = async (): Promise<{ databaseMs: number; steadyMs: number; tookMs: number }> => {
    const before = machine.steady();
    const { rows } = await pool.query<{ ms: number }>(
      'select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms',
    );
    const steadyMs = machine.steady();
    return { databaseMs: rows[0]!.ms, steadyMs, tookMs: steadyMs - before };
  };
  const measure = async (): Promise<void> => {
    let best = await ask();
    for (let n = 1; n < samples; n++) {
      const next = await ask();
      if (next.tookMs < best.tookMs) best = next;
    }
    const { databaseMs, steadyMs } = best;
    skewMs = machine.wall() - (databaseMs + machine.steady() - steadyMs);
    const jumpMs = line === null ? 0 : databaseMs - (line.databaseMs + steadyMs - line.steadyMs);
    if (Math.abs(jumpMs) > alarmMs) {
      if (doubtMs === 0) doubtSinceMs = steadyMs;
      doubtMs = jumpMs;
      tell(jumpMs);
      if (steadyMs - doubtSinceMs < believeAfterMs) return;
      if (jumpMs < 0) lastMs = 0;
    }
    doubtMs = 0;
    tell(skewMs);
    line = { databaseMs, steadyMs };
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
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  // A measurement that fails is repeated; meanwhile time is counted on.
  const again = (): void => {
    if (closed) return;
    const inMs = doubtMs === 0 ? measureEveryMs : measureEveryMs / 10;
    timer = setTimeout(() => void measure().then(again, again), inMs).unref();
  };
  again();
  const listener: Listener | null = movable
    ? await listen({ url, channel, onNotice: () => void readOffset().catch(() => undefined) })
    : null;

  const now = (): string => {
    const { databaseMs, steadyMs } = line!;
    // Cut, not rounded: half a millisecond early is early.
    lastMs = Math.max(lastMs, Math.floor(databaseMs + machine.steady() - steadyMs + offsetMs));
    return new Date(lastMs).toISOString();
  };

  return {
    get offsetMs() {
      return offsetMs;
    },
    get skewMs() {
      return skewMs;
    },
    get doubtMs() {
      return doubtMs;
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
      closed = true;
      clearTimeout(timer);
      await listener?.close();
    },
  };
}
