import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { RecordedEvent } from '@iter/commands';
import { createPostgresLog } from '@iter/event-store/postgres';
import type { EventLog } from '@iter/event-store';
import { readCheckpoint } from '@iter/event-store/following';
import { createPool, migrate } from '@iter/platform/postgres';
import {
  createPostgresDataKeys,
  createSealer,
  dataKeyMigrations,
  loadMasterKey,
} from '@iter/platform/sealing';
import { viewsSchema } from '@iter/read-models';
import { fillLog } from './fill-log.ts';
import { round } from './measure.ts';
import { byCommand } from './real-cases.ts';
import type { RealCase } from './real-cases.ts';
import { startApi } from './w1-api.ts';

export interface System {
  readonly pid: number;
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  /** Asks as one of the demo's accounts. @throws when the answer is no success */
  ask<T>(account: string, method: 'GET' | 'POST', path: string, body?: object): Promise<T>;
  stop(): Promise<void>;
}

/** A copy of a case that is to be: whose it becomes; by default whose it was. */
interface Copy {
  readonly like: RealCase;
  readonly comune?: string;
}

/** A system that is not always up, and what stands behind it: its log, and the keys to it. */
export interface House {
  readonly pool: ReturnType<typeof createPool>;
  readonly log: EventLog;
  /** All of it in one process, as `npm start` runs it. */
  startSystem(): Promise<System>;
  /** What the system wrote of a case, in clear. */
  readCase(id: string): Promise<RealCase>;
  /** Writes so many cases, and lets the system follow. */
  fill(count: number, copy: (n: number) => Copy, onProgress: (what: string) => void): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param databaseUrl of an empty database
 * @param home a folder for what the system keeps beside it
 */
export async function openHouse(databaseUrl: string, home: string): Promise<House> {
  const pool = createPool({ url: databaseUrl });
  await migrate(pool, dataKeyMigrations);
  const log = await createPostgresLog({ url: databaseUrl });
  const sealer = createSealer({ store: createPostgresDataKeys(pool, loadMasterKey(null, home)) });

  /** Waits until views and reactions are where the log is. */
  const caughtUp = async (): Promise<void> => {
    const last = await log.lastPosition();
    for (const schema of [viewsSchema, 'reactions']) {
      while (log.distance((await readCheckpoint(pool, schema))?.position ?? null, last) > 0) await pause(200);
    }
  };
  return {
    pool,
    log,
    startSystem: () => startSystem(databaseUrl, home),
    async readCase(id) {
      const stored = await log.readStream(`case-${id}`);
      const events = await Promise.all(
        stored.map(async (event) => ({ ...event, data: (await sealer.unseal(event.id, event.data)).data })),
      );
      return byCommand(events as unknown as RecordedEvent[]);
    },
    async fill(count, copy, onProgress) {
      let left = count;
      const began = performance.now();
      await fillLog({ log, sealer, underWay: 1_000 }, () => (left-- > 0 ? copy(left) : null));
      onProgress(`${count} cases written in ${seconds(began)} s`);
      const system = await startSystem(databaseUrl, home);
      const followed = performance.now();
      await caughtUp();
      onProgress(`followed in ${seconds(followed)} s`);
      await system.stop();
      await pool.query('vacuum analyze');
    },
    async close() {
      await log.close();
      await pool.end();
    },
  };
}

const seconds = (since: number): number => round((performance.now() - since) / 1_000, 1);

async function startSystem(databaseUrl: string, home: string): Promise<System> {
  const api = await startApi({ databaseUrl, home, callers: 16, roles: 'api,projector,worker' });
  const tokens = new Map<string, string>();
  const signIn = async (account: string): Promise<string> => {
    const token = tokens.get(account) ?? (await api.signIn(account));
    tokens.set(account, token);
    return token;
  };
  return {
    pid: api.pid,
    url: api.url,
    async ask<T>(account: string, method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
      const headers = { authorization: `Bearer ${await signIn(account)}`, 'idempotency-key': randomUUID() };
      const { status, text } = await api.call(method, path, headers, body);
      if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
      return JSON.parse(text) as T;
    },
    stop: () => api.close(),
  };
}
