import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventLog, JsonObject, StoredEvent } from '@iter/event-store';
import { startEmbeddedPostgres, temporaryHome } from '@iter/platform/embedded-postgres';
import { createPool } from '@iter/platform/postgres';
import { createViewsProjector, openViews } from '@iter/read-models';
import type { Views } from '@iter/read-models';
import type { Pool } from 'pg';

export interface Projecting {
  /** Of a server on which a database may be made and dropped; null: an embedded one is started. */
  readonly databaseUrl: string | null;
  readonly log: EventLog;
  readonly now: string;
  unseal(event: StoredEvent): Promise<JsonObject>;
  readonly onProgress: (what: string) => void;
}

/**
 * Makes the views of a log with the projector of the house and asks them, in a database of their own that is gone afterwards.
 * @throws when a case could not be folded into the views
 */
export async function withViews<T>(
  { databaseUrl, log, now, unseal, onProgress }: Projecting,
  ask: (made: { readonly views: Views; readonly pool: Pool }) => Promise<T>,
): Promise<T> {
  const database = await emptyDatabase(databaseUrl, onProgress);
  const pool = createPool({ url: database.url });
  try {
    const clock = { now: () => now };
    const logger = { info: () => undefined, error: (_: object, text: string) => onProgress(text) };
    const projector = await createViewsProjector({ log, pool, clock, unseal, logger });
    projector.start();
    try {
      await projector.ready;
      while ((await projector.lag()).appends > 0) await sleep(50);
      const [aside] = await projector.parked();
      if (aside) throw new Error(`the case ${aside.caseId} was set aside by the views: ${aside.error}`);
      return await ask({ views: openViews(pool), pool });
    } finally {
      await projector.stop();
    }
  } finally {
    await pool.end();
    await database.drop();
  }
}

interface Database {
  readonly url: string;
  drop(): Promise<void>;
}

async function emptyDatabase(address: string | null, onProgress: (what: string) => void): Promise<Database> {
  if (address === null) {
    const home = temporaryHome('iter-simulate');
    const forget = (): void => rmSync(home, { recursive: true, force: true });
    const server = await startEmbeddedPostgres({ home, onProgress }).catch((error: unknown) => {
      forget();
      throw error;
    });
    return { url: server.url, drop: () => server.stop().finally(forget) };
  }
  const name = `iter_simulate_${randomBytes(6).toString('hex')}`;
  const onServer = async (sql: string): Promise<void> => {
    const pool = createPool({ url: address, max: 1 });
    await pool.query(sql).finally(() => pool.end());
  };
  await onServer(`create database ${name}`);
  const url = new URL(address);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(`drop database if exists ${name} with (force)`) };
}
