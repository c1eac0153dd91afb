import { createPostgresBackend, createRedisBackend, runMigrations, withBackend } from 'bullmq';
import type { Job } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';

/** A wake-up: an id and nothing else; what is to be done stands in tables. */
export interface WakeUp {
  /** The same id again, while it waits, changes nothing. No colons, no bare numbers. */
  readonly id: string;
  readonly delayMs: number;
}

export interface QueueFigures {
  readonly name: string;
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
  readonly completed: number;
}

/** One queue of wake-ups, and those who wake. */
export interface WakeUps {
  readonly name: string;
  add(wakeUps: readonly WakeUp[]): Promise<void>;
  /** Calls the handler for each wake-up that is due, in whichever process comes first. */
  onWake(handler: () => Promise<void>): void;
  figures(): Promise<QueueFigures>;
}

export interface Queues {
  readonly backend: 'postgres' | 'redis';
  open(name: string): WakeUps;
  /** Waits for what is being done, then lets go of all connections. */
  close(): Promise<void>;
}

/** Queues on BullMQ, whose own ones a board may look into. */
export interface BullQueues extends Queues {
  /** Those that were opened. */
  bull(): readonly object[];
}

export interface QueueOptions {
  /** Set: BullMQ runs on this Redis. */
  readonly redisUrl?: string | undefined;
  /** Else on its own schema (`bullmq`) of this PostgreSQL. */
  readonly databaseUrl: string;
  /** Told of errors of connections and workers; BullMQ reconnects by itself. */
  onError(error: Error): void;
  /** Apart from other users of the same Redis; `iter` by default. */
  readonly prefix?: string;
  /** How long a wake-up may take before it counts as stalled and another process gets it; 30 s by default. */
  readonly lockMs?: number;
}

/**
 * Wake-ups on BullMQ, with the backend that the addresses choose. Nothing is lost with the queue: wake-ups
 * are added again from the tables that they are about.
 */
export async function createQueues(options: QueueOptions): Promise<BullQueues> {
  const quieter = { ...options, onError: seldom((error) => options.onError(error)) };
  return options.redisUrl === undefined ? onPostgres(quieter) : onRedis(quieter, options.redisUrl);
}

const seldomMs = 60_000;

/** Reconnecting fails again and again: the same error is told once a minute. */
function seldom(tell: (error: Error) => void): (error: Error) => void {
  const told = new Map<string, number>();
  return (error) => {
    const now = performance.now();
    if (now - (told.get(error.message) ?? -seldomMs) < seldomMs) return;
    told.set(error.message, now);
    tell(error);
  };
}

async function onPostgres(options: QueueOptions): Promise<BullQueues> {
  const { databaseUrl, onError } = options;
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'iter queues',
    // Every worker listens on a connection of its own out of this pool.
    max: 8,
    options: '-c search_path=bullmq',
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
  });
  pool.on('error', onError);
  const client = await pool.connect();
  try {
    await runMigrations(client, 'bullmq');
  } finally {
    client.release();
  }
  const queues = build('postgres', withBackend(createPostgresBackend), pool, options);
  return {
    ...queues,
    async close() {
      await queues.close();
      await pool.end();
    },
  };
}

async function onRedis(options: QueueOptions, redisUrl: string): Promise<BullQueues> {
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: null, connectionName: 'iter queues' });
  redis.on('error', options.onError);
  // A server that may drop keys when it is full would drop wake-ups.
  const policy = await policyOf(redis).catch((error: unknown) => {
    redis.disconnect();
    throw error;
  });
  if (policy !== undefined && policy !== 'noeviction') {
    redis.disconnect();
    throw new Error(`Redis runs with maxmemory-policy ${policy}: it must be noeviction.`);
  }
  const queues = build('redis', withBackend(createRedisBackend), redis, options);
  return {
    ...queues,
    async close() {
      await queues.close();
      if (redis.status === 'ready') await redis.quit().catch(() => undefined);
      else redis.disconnect();
    },
  };
}

/** @returns undefined when the server does not tell (managed ones often do not) @throws when it does not answer */
async function policyOf(redis: Redis): Promise<string | undefined> {
  await inTime(redis.ping(), 'Redis does not answer: is REDIS_URL right?');
  const [, policy] = (await redis.config('GET', 'maxmemory-policy').catch(() => [])) as string[];
  return policy;
}

/** What both backends have in common of BullMQ's classes. */
interface Classes<C> {
  readonly Queue: new (name: string, options: { connection: C; prefix: string }) => BullQueue;
  readonly Worker: new (
    name: string,
    processor: (job: Job) => Promise<unknown>,
    options: {
      connection: C;
      prefix: string;
      concurrency: number;
      lockDuration: number;
      stalledInterval: number;
    },
  ) => BullWorker;
}

interface BullQueue {
  addBulk(jobs: { name: string; data: object; opts: object }[]): Promise<unknown>;
  getJobCounts(...types: ('waiting' | 'active' | 'delayed' | 'failed' | 'completed')[]): Promise<{
    [type: string]: number;
  }>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

interface BullWorker {
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

function build<C>(
  backend: Queues['backend'],
  { Queue, Worker }: Classes<C>,
  connection: C,
  { onError, prefix = 'iter', lockMs = 30_000 }: QueueOptions,
): BullQueues {
  const open: BullQueue[] = [];
  const workers: BullWorker[] = [];
  return {
    backend,
    bull: () => open,
    open(name) {
      const queue = new Queue(name, { connection, prefix });
      queue.on('error', onError);
      open.push(queue);
      return {
        name,
        async add(wakeUps) {
          if (wakeUps.length === 0) return;
          await inTime(
            queue.addBulk(
              wakeUps.map(({ id, delayMs }) => ({
                name: 'wake-up',
                data: {},
                // A finished id could not be added again: it goes at once, whatever became of it.
                opts: { jobId: id, delay: Math.max(0, delayMs), removeOnComplete: true, removeOnFail: true },
              })),
            ),
          );
        },
        onWake(handler) {
          const worker = new Worker(name, async () => handler(), {
            ...{ connection, prefix, concurrency: 2 },
            lockDuration: lockMs,
            stalledInterval: lockMs,
          });
          worker.on('error', onError);
          workers.push(worker);
        },
        async figures() {
          const counts = await inTime(
            queue.getJobCounts('waiting', 'active', 'delayed', 'failed', 'completed'),
          );
          const of = (type: string): number => counts[type] ?? 0;
          return {
            name,
            waiting: of('waiting'),
            active: of('active'),
            delayed: of('delayed'),
            failed: of('failed'),
            completed: of('completed'),
          };
        },
      };
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
      await Promise.all(open.map((queue) => queue.close()));
    },
  };
}

const patienceMs = 5_000;

/** A queue that is away keeps commands until it is back: nobody waits for that. */
async function inTime<T>(asked: Promise<T>, why = 'the queue does not answer'): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(why)), patienceMs);
  });
  try {
    return await Promise.race([asked, over]);
  } finally {
    clearTimeout(timer);
    asked.catch(() => undefined);
  }
}
