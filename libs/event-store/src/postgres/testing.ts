import { createPool } from '@iter/platform/postgres';
import type { Pool } from 'pg';
import { createTestDatabase } from '../../../../test/support/database.ts';
import type { EventLog } from '../port.ts';
import { createPostgresLog } from './index.ts';
import type { PostgresLogOptions } from './index.ts';

/** A database of its own with as many logs opened on it as a test wants, and a pool to interfere with it. */
export interface LogDatabase {
  readonly url: string;
  readonly pool: Pool;
  open(options?: Partial<PostgresLogOptions>): Promise<EventLog>;
  /** Kills the sessions whose application name begins so. */
  kill(name: string): Promise<void>;
  /** Resolves when a session with that name waits for a lock. */
  untilBlocked(name: string): Promise<void>;
  /** Holds the counter row, so that every batch waits, until the returned function is called. */
  holdCounter(): Promise<() => Promise<void>>;
  drop(): Promise<void>;
}

export async function createLogDatabase(): Promise<LogDatabase> {
  const database = await createTestDatabase();
  const pool = createPool({ url: database.url, name: 'iter log test' });
  const logs: EventLog[] = [];
  return {
    url: database.url,
    pool,
    async open(options = {}) {
      const log = await createPostgresLog({ url: database.url, ...options });
      logs.push(log);
      return log;
    },
    async kill(name) {
      await pool.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name ^@ $1',
        [name],
      );
    },
    async untilBlocked(name) {
      const sql = `select count(*) as n from pg_stat_activity
        where datname = current_database() and application_name = $1 and wait_event_type = 'Lock'`;
      for (;;) {
        const { rows } = await pool.query<{ n: number }>(sql, [name]);
        if (rows[0]!.n > 0) return;
      }
    },
    async holdCounter() {
      const client = await pool.connect();
      await client.query('begin');
      await client.query('select * from log_counter for update');
      return async () => {
        await client.query('rollback');
        client.release();
      };
    },
    async drop() {
      await Promise.all(logs.map((log) => log.close()));
      await pool.end();
      await database.drop();
    },
  };
}
