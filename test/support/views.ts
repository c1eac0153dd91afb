import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { EventLog } from '@iter/event-store';
import { followProgress } from '@iter/event-store/following';
import type { Progress, Projector } from '@iter/event-store/following';
import { createPool } from '@iter/platform/postgres';
import { createViewsProjector, viewsSchema } from '@iter/read-models';
import type { Pool } from 'pg';
import { anyLog } from './any-log.ts';
import { caseWriter } from './case-log.ts';
import { createTestDatabase } from './database.ts';
import type { TestDatabase } from './database.ts';

/** The views of a log, as they follow it. */
export interface FollowedViews {
  readonly projector: Projector;
  readonly progress: Progress;
  /** Waits until they show what the log holds now. */
  caughtUp(): Promise<void>;
  stop(): Promise<void>;
}

export interface FollowOptions {
  /** With events that are not sealed. */
  readonly log: EventLog;
  readonly pool: Pool;
  /** Of the database behind the pool. */
  readonly url: string;
  now(): string;
}

/** Starts the views; they follow until they are stopped. */
export async function followViews({ log, pool, url, now }: FollowOptions): Promise<FollowedViews> {
  const projector = await createViewsProjector({
    ...{ log, pool, clock: { now }, unseal: ({ data }) => Promise.resolve(data) },
    logger: { info: () => undefined, error: () => undefined },
  });
  projector.start();
  await projector.ready;
  const progress = await followProgress({ pool, url, schema: viewsSchema, log });
  return {
    ...{ projector, progress },
    async caughtUp() {
      const last = await log.lastPosition();
      if (last !== null && !(await progress.waitFor(last, 20_000))) throw new Error('The views lag behind.');
    },
    async stop() {
      await progress.close();
      await projector.stop();
    },
  };
}

/** What the tests of a file work on: an empty log and its views for each of them, in one database. */
export interface ViewHouse {
  readonly pool: Pool;
  readonly log: EventLog;
  /** Appends to the log. */
  readonly write: ReturnType<typeof caseWriter>;
  /** Waits until the views show what the log holds now. */
  caughtUp(): Promise<void>;
  /** Makes the views anew. */
  rebuild(): Promise<void>;
}

/** Makes it before each test of the file that calls it, and clears it away. */
export function viewHouse(now: () => string): ViewHouse {
  let database: TestDatabase;
  let pool: Pool;
  let log: EventLog;
  let write: ReturnType<typeof caseWriter>;
  let followed: FollowedViews;

  beforeAll(async () => {
    database = await createTestDatabase();
    pool = createPool({ url: database.url });
  });
  beforeEach(async () => {
    log = await anyLog();
    write = caseWriter(log, now);
    followed = await followViews({ log, pool, url: database.url, now });
  });
  afterEach(async () => {
    await followed.stop();
    await pool.query(`drop schema if exists ${viewsSchema} cascade`);
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });
  return {
    get pool() {
      return pool;
    },
    get log() {
      return log;
    },
    get write() {
      return write;
    },
    caughtUp: () => followed.caughtUp(),
    rebuild: () => followed.projector.rebuild(),
  };
}
