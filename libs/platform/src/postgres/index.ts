import pg from 'pg';

// 64-bit counts and positions fit a double for thousands of years; dates stay the text they are.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

export interface PoolOptions {
  readonly url: string;
  /** Connections at most; 10 by default. */
  readonly max?: number;
  /** Shown in `pg_stat_activity`. */
  readonly name?: string;
  /** No query waits longer for its answer, whatever became of the server; for ever by default. */
  readonly queryTimeoutMs?: number;
  /** Told of errors of idle connections: the next query opens a new one. */
  readonly onError?: (error: Error) => void;
}

/** Node asks ten times after that, a second apart. */
const keepAliveMs = 10_000;

/** A pool of connections that forgets broken ones and never lets a forgotten transaction hold the views back. */
export function createPool(options: PoolOptions): pg.Pool {
  const { url, max = 10, name = 'iter', queryTimeoutMs, onError } = options;
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: name,
    connectionTimeoutMillis: 10_000,
    ...(queryTimeoutMs !== undefined && { query_timeout: queryTimeoutMs }),
    // A connection whose other end is gone without a word is noticed within half a minute.
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveMs,
    idle_in_transaction_session_timeout: 60_000,
  });
  pool.on('error', (error) => onError?.(error));
  // A connection lost in the middle of a transaction fails its query; unheard, its event would end the process as well.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/**
 * Whether an error says that no connection was to be had, so that nothing was asked of the server: doing it again is safe.
 * Error codes: 53300 too many connections, 57P03 not yet started (PostgreSQL, appendix A).
 */
export function isUnreached(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return (
    code === 'ECONNREFUSED' ||
    code === '53300' ||
    code === '57P03' ||
    // The pool says it with no code: none was free, or the server did not answer in time.
    message === 'timeout exceeded when trying to connect' ||
    message === 'Connection terminated due to connection timeout'
  );
}

/** A server that starts, recovers from a crash or fails over takes connections again within this, or needs somebody. */
const reachedWithinMs = 120_000;

/**
 * Resolves when the server takes connections.
 * @param onWait told once, when it does not at first
 * @param signal ends the waiting
 * @throws what the last attempt ended in, after two minutes or at the signal; at once what is no trouble of connections (a
 *   wrong password)
 */
export async function untilReached(
  pool: pg.Pool,
  options: { patienceMs?: number; onWait?(): void; signal?: AbortSignal | undefined } = {},
): Promise<void> {
  const { patienceMs = reachedWithinMs, onWait = () => undefined, signal } = options;
  const giveUpAt = performance.now() + patienceMs;
  for (let attempt = 0; ; attempt++) {
    try {
      await pool.query('select 1');
      return;
    } catch (error) {
      if (!isUnreached(error) || performance.now() > giveUpAt || signal?.aborted) throw error;
      if (attempt === 0) onWait();
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

/** The server would forget what it acknowledged: nothing may be written to it. */
export class UnsafeDatabase extends Error {
  override readonly name = 'UnsafeDatabase';
}

/**
 * Refuses a server whose commits are not durable.
 * @returns warnings for the operator: what is allowed but not wise
 * @throws UnsafeDatabase naming the settings to change
 */
export async function assertSafeSettings(pool: pg.Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings where name in
     ('fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums', 'server_version_num')`,
  );
  const settings = Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
  const off = ['fsync', 'synchronous_commit', 'full_page_writes'].filter((name) => settings[name] === 'off');
  if (off.length > 0) {
    throw new UnsafeDatabase(
      `PostgreSQL runs with ${off.join(', ')} off and could lose acknowledged work: turn it on.`,
    );
  }
  if (Number(settings['server_version_num']) < 150_000) {
    throw new UnsafeDatabase('PostgreSQL 15 or later is needed.');
  }
  return settings['data_checksums'] === 'off'
    ? [
        'PostgreSQL keeps no data checksums: silent damage of the disk would go unnoticed (pg_checksums --enable).',
      ]
    : [];
}

/** One step of a schema, applied once, in the order of the list. */
export interface Migration {
  /** Unique and never changed after release. */
  readonly name: string;
  readonly sql: string;
}

/** Serialises migrations of all processes; any constant will do as long as it stays the same. */
const migrationLock = 4_717_061_973;

/**
 * Brings a schema up to date. Each step is one transaction with its own mark, so that a killed migration is simply run
 * again; concurrent processes wait for one another.
 */
export async function migrate(pool: pg.Pool, migrations: readonly Migration[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await client.query(
      'create table if not exists applied_migrations (name text primary key, applied_at timestamptz not null default now())',
    );
    const { rows } = await client.query<{ name: string }>('select name from applied_migrations');
    const applied = new Set(rows.map(({ name }) => name));
    for (const { name, sql } of migrations) {
      if (applied.has(name)) continue;
      try {
        await client.query('begin');
        await client.query(sql);
        await client.query('insert into applied_migrations (name) values ($1)', [name]);
        await client.query('commit');
      } catch (cause) {
        await client.query('rollback');
        throw new Error(`the migration ${name} failed`, { cause });
      }
    }
  } finally {
    await client.query('select pg_advisory_unlock($1)', [migrationLock]).catch(() => undefined);
    client.release();
  }
}

export interface Listener {
  close(): Promise<void>;
}

export interface ListenOptions {
  readonly url: string;
  readonly channel: string;
  /** Called for each notification, and with null after every (re)connection: something may have been missed. */
  readonly onNotice: (payload: string | null) => void;
  /** Pause before reconnecting; 500 ms by default. */
  readonly pauseMs?: number;
}

/** Listens on a channel with a connection of its own, and reconnects for as long as it is not closed. */
export async function listen({ url, channel, onNotice, pauseMs = 500 }: ListenOptions): Promise<Listener> {
  let closed = false;
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;

  const connect = async (): Promise<void> => {
    const next = new pg.Client({
      connectionString: url,
      application_name: `iter listen ${channel}`,
      keepAlive: true,
      keepAliveInitialDelayMillis: keepAliveMs,
    });
    let lost = false;
    const lose = (): void => {
      if (lost) return;
      lost = true;
      next.end().catch(() => undefined);
      if (!closed) timer = setTimeout(() => void connect().catch(() => undefined), pauseMs);
    };
    next.on('error', lose).on('end', lose);
    next.on('notification', ({ payload }) => onNotice(payload ?? ''));
    try {
      await next.connect();
      await next.query(`listen ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      lose();
      throw error;
    }
    if (closed) return next.end();
    client = next;
    onNotice(null);
  };

  const stop = (): void => {
    closed = true;
    if (timer) clearTimeout(timer);
  };
  await connect().catch((error: unknown) => {
    stop();
    throw error;
  });
  return {
    async close() {
      stop();
      await client?.end().catch(() => undefined);
    },
  };
}
