import { createPostgresBackend, createRedisBackend, runMigrations, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { createPool } from '@iter/platform/postgres';
import { round } from './measure.ts';

/**
 * The other way, for comparison: a job per timer, all due in the same second, done by a worker that does nothing. What ADR 0012
 * decides on: this alone, before anything is decided or written.
 */
export async function ringAlone(options: {
  readonly count: number;
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
}): Promise<object> {
  const { count, databaseUrl, redisUrl } = options;
  const name = `alone-${randomUUID().slice(0, 8)}`;
  const pool = createPool({ url: databaseUrl, max: 8 });
  const redis = redisUrl === undefined ? null : new Redis(redisUrl, { maxRetriesPerRequest: null });
  if (!redis) {
    const client = await pool.connect();
    await runMigrations(client, 'bullmq');
    client.release();
    await pool.end();
  }
  const own = redis ? null : createPool({ url: `${databaseUrl}?options=-c%20search_path%3Dbullmq`, max: 8 });
  const classes = withBackend((redis ? createRedisBackend : createPostgresBackend) as never) as unknown as {
    Queue: new (
      name: string,
      options: object,
    ) => {
      addBulk(jobs: readonly object[]): Promise<unknown>;
      close(): Promise<void>;
    };
    Worker: new (name: string, work: () => Promise<void>, options: object) => { close(): Promise<void> };
  };
  const connection = redis ?? own;
  const queue = new classes.Queue(name, { connection, prefix: 'iter-bench' });
  try {
    const began = performance.now();
    const dueAt = Date.now() + Math.max(3_000, count);
    for (let from = 0; from < count; from += 1_000) {
      await queue.addBulk(
        Array.from({ length: Math.min(1_000, count - from) }, (_, i) => ({
          name: 'timer',
          data: { id: `timer-${from + i}` },
          opts: {
            jobId: `timer-${from + i}`,
            delay: Math.max(0, dueAt - Date.now()),
            removeOnComplete: true,
            removeOnFail: true,
          },
        })),
      );
    }
    const addedPerSecond = Math.round((count * 1000) / (performance.now() - began));
    const lateness: number[] = [];
    await new Promise<void>((resolve) => {
      const worker = new classes.Worker(
        name,
        async () => {
          if (lateness.push(Date.now() - dueAt) === count) resolve();
        },
        { connection, prefix: 'iter-bench', concurrency: 64 },
      );
      closing = () => worker.close();
    });
    lateness.sort((a, b) => a - b);
    const at = (share: number): number => round(lateness[Math.floor((count - 1) * share)]!, 1);
    return { addedPerSecond, p50Ms: at(0.5), p99Ms: at(0.99), perSecond: Math.round((count * 1000) / at(1)) };
  } finally {
    await closing();
    await queue.close();
    await own?.end();
    await redis?.quit();
  }
}

let closing = async (): Promise<void> => undefined;
