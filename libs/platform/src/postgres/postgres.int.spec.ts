import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { createTestDatabase } from '../../../../test/support/database.ts';
import type { TestDatabase } from '../../../../test/support/database.ts';
import { freePort } from '../../../../test/support/servers.mjs';
import { eventually } from '../../../../test/support/system.ts';
import { clockMigrations, databaseClock } from '../clock/index.ts';
import { createPostgresDataKeys, createSealer, dataKeyMigrations } from '../sealing/index.ts';
import {
  UnsafeDatabase,
  assertSafeSettings,
  createPool,
  isUnreached,
  listen,
  migrate,
  untilReached,
} from './index.ts';

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

describe('migrations', () => {
  it('are applied once, also when processes start together, and run again after a failure', async () => {
    const steps = [{ name: 'a', sql: 'create table a (n int)' }];
    await Promise.all([1, 2, 3].map(() => migrate(pool, steps)));
    await expect(migrate(pool, [...steps, { name: 'b', sql: 'create table a (n int)' }])).rejects.toThrow(
      'b failed',
    );
    await migrate(pool, [...steps, { name: 'b', sql: 'create table b (n int)' }]);
    expect((await pool.query('select to_regclass($1) as t', ['b'])).rows).toEqual([{ t: 'b' }]);
  });
});

describe('a server that is not there yet', () => {
  const through = (port: number): Pool =>
    createPool({ url: Object.assign(new URL(database.url), { port: String(port) }).href, max: 1 });

  it('is waited for, and that is told once', async () => {
    const port = await freePort();
    const early = through(port);
    const waits: string[] = [];
    const reached = untilReached(early, { onWait: () => waits.push('waiting') });
    await eventually('the first refusal', async () => waits.length === 1);
    const gate = createServer((socket) => {
      socket.pipe(connect(Number(new URL(database.url).port), '127.0.0.1')).pipe(socket);
    }).listen(port, '127.0.0.1');
    await reached;
    expect(waits).toEqual(['waiting']);
    await early.end();
    gate.close();
  });

  it('is given up in the end; a server that refuses who asks is not waited for', async () => {
    const nobody = through(await freePort());
    await expect(untilReached(nobody, { patienceMs: 300 })).rejects.toThrow('ECONNREFUSED');
    const stop = new AbortController();
    const stopped = untilReached(nobody, { onWait: () => stop.abort(), signal: stop.signal });
    await expect(stopped).rejects.toThrow('ECONNREFUSED');
    await nobody.end();
    const url = Object.assign(new URL(database.url), { pathname: '/no_such_database' }).href;
    const stranger = createPool({ url, max: 1 });
    await expect(untilReached(stranger)).rejects.toThrow('does not exist');
    await stranger.end();
  });
});

describe('the settings of the server', () => {
  it('are refused when a commit could be lost', async () => {
    expect(await assertSafeSettings(pool)).toEqual([]);
    const careless = createPool({ url: `${database.url}?options=-c%20synchronous_commit%3Doff` });
    await expect(assertSafeSettings(careless)).rejects.toThrow(UnsafeDatabase);
    await careless.end();
  });
});

describe('a database that cannot be reached', () => {
  const failure = (asked: Promise<unknown>): Promise<unknown> =>
    asked.then(
      () => undefined,
      (error: unknown) => error,
    );

  it('is told from one that refuses what is asked', async () => {
    const full = createPool({ url: database.url, max: 1 });
    const only = await full.connect();
    full.options.connectionTimeoutMillis = 20;
    expect(isUnreached(await failure(full.query('select 1')))).toBe(true);
    expect(isUnreached(await failure(only.query('select from nowhere')))).toBe(false);
    only.release();
    await full.end();
    const nobody = createPool({ url: 'postgres://iter@127.0.0.1:1/iter' });
    expect(isUnreached(await failure(nobody.query('select 1')))).toBe(true);
    await nobody.end();
    // It takes the connection and says nothing, as a server does whose machine is overloaded.
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as { port: number };
    const waiting = createPool({ url: `postgres://iter@127.0.0.1:${port}/iter` });
    waiting.options.connectionTimeoutMillis = 20;
    expect(isUnreached(await failure(waiting.query('select 1')))).toBe(true);
    await waiting.end();
    silent.close();
    expect(isUnreached(await failure(Promise.resolve()))).toBe(false);
  });
});

describe('listening', () => {
  it('goes on after the connection was killed, and says that something may have been missed', async () => {
    const heard: (string | null)[] = [];
    let wake = () => undefined as void;
    const until = async (count: number) => {
      while (heard.length < count) await new Promise<void>((resolve) => (wake = resolve));
    };
    const onNotice = (payload: string | null) => {
      heard.push(payload);
      wake();
    };
    const listener = await listen({ url: database.url, channel: 'news', onNotice, pauseMs: 5 });
    await pool.query("select pg_notify('news', 'one')");
    await until(2);
    await pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'iter listen news'",
    );
    await until(3);
    await pool.query("select pg_notify('news', 'two')");
    await until(4);
    expect(heard).toEqual([null, 'one', null, 'two']);
    await listener.close();
  });
});

describe('the demo clock', () => {
  it('is shared by all processes and only goes forward', async () => {
    await migrate(pool, clockMigrations);
    const one = await databaseClock({ pool, url: database.url, movable: true });
    const two = await databaseClock({ pool, url: database.url, movable: true });
    const fixed = await databaseClock({ pool, url: database.url, movable: false });
    const changed = new Promise<void>((resolve) => two.onChange(resolve));
    const target = new Date(Date.parse(one.now()) + 30 * 86_400_000).toISOString();
    await one.advanceTo(target);
    await changed;
    expect(one.now() >= target && two.now() >= target).toBe(true);
    expect(fixed.now() < target).toBe(true);
    await expect(two.advanceTo('2020-01-01T00:00:00Z')).rejects.toThrow(RangeError);
    await Promise.all([one.close(), two.close(), fixed.close()]);
  });
});

describe('data keys', () => {
  it('are found by another process, and are gone for both when destroyed', async () => {
    await migrate(pool, dataKeyMigrations);
    const store = createPostgresDataKeys(pool, Buffer.alloc(32, 7));
    const one = createSealer({ store, stock: 3 });
    const key = await one.keyFor('case-1');
    const sealed = key.seal('e', { name: 'Rossi' }, []);
    const two = createSealer({ store });
    expect((await two.unseal('e', sealed)).data).toEqual({ name: 'Rossi' });
    await two.destroy([key.id]);
    expect((await createSealer({ store }).unseal('e', sealed)).erased).toEqual(['name']);
    const { rows } = await pool.query<{ wrapped: Buffer }>('select wrapped from data_keys');
    expect(rows.length).toBeGreaterThan(0);
    await expect(createPostgresDataKeys(pool, Buffer.alloc(32, 8)).findByGroup('case-2')).resolves.toBeNull();
  });
});
