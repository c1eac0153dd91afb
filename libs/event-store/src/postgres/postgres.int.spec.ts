import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPool } from '@iter/platform/postgres';
import type { Pool } from 'pg';
import { createTestDatabase } from '../../../../test/support/database.ts';
import type { TestDatabase } from '../../../../test/support/database.ts';
import { appendSurely } from '../append-surely.ts';
import { verifyStream } from '../chain.ts';
import { appendOf } from '../contract/events.ts';
import { describeEventLog } from '../contract/index.ts';
import { LogOverloaded } from '../port.ts';
import type { EventLog } from '../port.ts';
import { createBatcher } from './batcher.ts';
import { createPostgresLog } from './index.ts';

async function open(database: TestDatabase): Promise<{ pool: Pool; log: EventLog; close(): Promise<void> }> {
  const pool = createPool({ url: database.url, name: 'iter log test', max: 4 });
  const log = await createPostgresLog({ url: database.url });
  return {
    pool,
    log,
    async close() {
      await log.close();
      await pool.end();
    },
  };
}

describeEventLog('the log in PostgreSQL', async () => {
  const database = await createTestDatabase();
  const [one, two] = await Promise.all([open(database), open(database)]);
  return {
    log: one.log,
    other: two.log,
    async close() {
      await Promise.all([one.close(), two.close()]);
      await database.drop();
    },
  };
});

describe('what only the log in PostgreSQL has', () => {
  let database: TestDatabase;
  let one: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => {
    database = await createTestDatabase();
    one = await open(database);
  });
  afterAll(async () => {
    await one.close();
    await database.drop();
  });

  it('numbers appends without gaps, in the order of commits, whoever loses', async () => {
    const two = await open(database);
    const write = async (log: EventLog, w: number): Promise<void> => {
      for (let i = 0; i < 25; i++) {
        const stream = `race-${i}`;
        await log.append(appendOf(stream, await log.head(stream), `${w}/${i}`));
      }
    };
    await Promise.all(Array.from({ length: 16 }, (_, w) => write(w % 2 ? one.log : two.log, w)));
    const { rows } = await one.pool.query<{ n: number; last: number; counter: number }>(
      'select count(*) as n, max(position) as last, (select position from log_counter) as counter from log',
    );
    expect(rows[0]!.n).toBe(rows[0]!.last);
    expect(rows[0]!.counter).toBe(rows[0]!.last);
    await two.close();
  });

  it('resolves an append whose connection died: written exactly once', async () => {
    for (let i = 0; i < 10; i++) {
      const stream = `killed-${i}`;
      const appending = appendSurely(one.log, appendOf(stream, null, stream, [{ i }]), { pauseMs: 5 });
      await one.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where application_name = 'iter log test' and pid <> pg_backend_pid()`,
      );
      expect((await appending).outcome).toBe('appended');
      expect(await one.log.readStream(stream)).toHaveLength(1);
    }
  });

  it('is found out when somebody with the database changes a row', async () => {
    const stream = 'tampered-1';
    await one.log.append(appendOf(stream, null, 'a', [{ sum: 100 }]));
    await one.log.append(appendOf(stream, await one.log.head(stream), 'b'));
    await one.pool.query(
      `update log set events = replace(events, '"sum":100', '"sum":900')
       where stream_key = (select stream_key from stream_heads where stream = $1)`,
      [stream],
    );
    expect(verifyStream(await one.log.readStream(stream))).toEqual({
      stream,
      revision: 1,
      problem: 'broken-chain',
    });
  });
});

describe('the batcher', () => {
  it('shares one statement among those who wait, keeps a stream to one place in it, and fails only its batch', async () => {
    const batches: string[][] = [];
    let finish: (error?: Error) => void = () => undefined;
    const batcher = createBatcher({
      mostWaiting: 3,
      write: (entries) => {
        batches.push(entries.map(({ stream }) => stream));
        return new Promise<string[]>((resolve, reject) => {
          finish = (error) => (error ? reject(error) : resolve(entries.map(({ stream }) => stream)));
        });
      },
    });
    const add = (stream: string): Promise<string> => batcher.add(appendOf(stream, null, stream));
    const first = add('a-1');
    await Promise.resolve();
    const rest = [add('a-2'), add('a-3'), add('a-2')];
    expect(() => add('a-4')).toThrow(LogOverloaded);
    finish(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    finish();
    expect(await Promise.all(rest.slice(0, 2))).toEqual(['a-2', 'a-3']);
    finish();
    expect(await rest[2]).toBe('a-2');
    expect(batches).toEqual([['a-1'], ['a-2', 'a-3'], ['a-2']]);
  });
});
