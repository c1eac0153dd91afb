// A projector in a process of its own, that ends or stands still where it is told to. Obeys its parent's messages (`Order`).
import { createEventStoreLog } from '@iter/event-store/eventstoredb';
import { createPostgresLog } from '@iter/event-store/postgres';
import type { Projector } from '@iter/event-store/following';
import { createPool } from '@iter/platform/postgres';
import { watchPoints } from './points.ts';
import type { Point } from './points.ts';
import { openViewsProjector } from './projector.ts';

export interface FollowerConfig {
  /** Of the views. */
  readonly databaseUrl: string;
  /** A database or an EventStoreDB; the views' own by default. */
  readonly logUrl?: string;
  readonly pageSize: number;
  readonly version: number;
  /** A release with a defect: it fails at one event in so many. */
  readonly failsAtOneIn?: number;
  /** Stops itself with this signal when it comes by this point the nth time. */
  readonly halt?: { readonly point: Point; readonly nth: number; readonly signal: 'SIGKILL' | 'SIGSTOP' };
}

export type Order =
  | { readonly order: 'begin'; readonly config: FollowerConfig }
  | { readonly order: 'rebuild' }
  | { readonly order: 'resume'; readonly caseId: string };

export type Said =
  /** Loaded: waits for `begin`. */
  | { readonly said: 'loaded' }
  /** The views are there. */
  | { readonly said: 'ready' }
  | { readonly said: 'rebuilt' }
  /** A case was folded anew, and is no longer set aside. */
  | { readonly said: 'resumed' }
  /** It was, and stays aside. */
  | { readonly said: 'aside' }
  /** What was ordered did not go well. */
  | { readonly said: 'failed' }
  /** What its logger is told, and errors. */
  | { readonly said: 'note'; readonly what: string };

const say = (said: Said): void => void process.send?.(said);
const note = (what: string): void => say({ said: 'note', what });
let projector: Projector | null = null;

async function begin({ databaseUrl, logUrl = databaseUrl, halt, ...config }: FollowerConfig): Promise<void> {
  const pool = createPool({ url: databaseUrl, name: 'chaos follower' });
  // A trial has not a minute for the transactions of those that stand still.
  pool.options.idle_in_transaction_session_timeout = 1_000;
  let passed = 0;
  if (halt) {
    watchPoints(pool, (point) => {
      if (point === halt.point && ++passed === halt.nth) process.kill(process.pid, halt.signal);
    });
  }
  const log = logUrl.startsWith('esdb')
    ? await createEventStoreLog({ url: logUrl, lookEveryMs: 300 })
    : await createPostgresLog({ url: logUrl });
  const logger = {
    info: (_: object, message: string) => note(message),
    error: (fields: object, message: string) => note(`${message} ${JSON.stringify(fields)}`),
  };
  projector = await openViewsProjector({ ...config, log, pool, logger });
  projector.start();
  await projector.ready;
  say({ said: 'ready' });
}

async function obey(order: Order): Promise<void> {
  if (order.order === 'begin') return begin(order.config);
  if (order.order === 'rebuild') return projector!.rebuild().then(() => say({ said: 'rebuilt' }));
  say({ said: (await projector!.resume(order.caseId)) === null ? 'resumed' : 'aside' });
}

process.on('message', (order: Order) => {
  obey(order).catch((error: unknown) => {
    note(`failed: ${String(error)}`);
    say({ said: 'failed' });
  });
});
// Whoever started it has gone: nothing is left behind.
process.on('disconnect', () => process.exit(1));
say({ said: 'loaded' });
