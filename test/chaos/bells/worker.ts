// A worker in a process of its own: rings bells until it is killed. Obeys its parent's messages (`Order`).
import { jumpBy, freeze } from './wrong-clock.ts';
import { openBellHouse } from '../../support/bell-house.ts';

/** What the parent may ask. */
export type Order =
  /** This machine's clock is set ahead or back. */
  | { readonly order: 'jump'; readonly ms: number }
  /** It stands still. */
  | { readonly order: 'freeze' }
  /** The process does nothing else for so long. */
  | { readonly order: 'block'; readonly ms: number }
  | { readonly order: 'stop' };

/** What the worker says. */
export type Said =
  | { readonly said: 'ready' }
  | { readonly said: 'skew'; readonly ms: number }
  | { readonly said: 'trouble'; readonly what: string };

/** How a worker is configured, in its environment variable `CHAOS_WORKER`. */
export interface WorkerConfig {
  readonly databaseUrl: string;
  readonly redisUrl: string | null;
  readonly name: string;
  /** This machine's clock less the world's, from the start. */
  readonly skewMs: number;
  /** Intervals as short as a trial needs; absent: as in production. */
  readonly intervals: {
    readonly reconcileEveryMs: number;
    readonly leaseMs: number;
    readonly lockMs: number;
    readonly measureEveryMs: number;
  } | null;
}

const say = (said: Said): void => void process.send?.(said);
const config = JSON.parse(process.env['CHAOS_WORKER']!) as WorkerConfig;
const { databaseUrl, redisUrl, name, intervals } = config;
if (config.skewMs !== 0) jumpBy(config.skewMs);

const house = await openBellHouse({
  databaseUrl,
  redisUrl: redisUrl ?? undefined,
  worker: name,
  clock: {
    onSkew: (ms) => say({ said: 'skew', ms }),
    ...(intervals && { measureEveryMs: intervals.measureEveryMs }),
  },
  ...(intervals && {
    queues: { lockMs: intervals.lockMs },
    reactions: { reconcileEveryMs: intervals.reconcileEveryMs, leaseMs: intervals.leaseMs },
  }),
  onTrouble: (what) => say({ said: 'trouble', what }),
});
house.reactions.start();
await house.reactions.ready;

process.on('message', (order: Order) => {
  switch (order.order) {
    case 'jump':
      return jumpBy(order.ms);
    case 'freeze':
      return freeze();
    case 'block': {
      const until = performance.now() + order.ms;
      while (performance.now() < until);
      return;
    }
    case 'stop':
      return void house.close().then(() => process.exit(0));
  }
});
// Whoever started it has gone: nothing is left behind.
process.on('disconnect', () => process.exit(1));
say({ said: 'ready' });
