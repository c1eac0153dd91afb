import { describeError } from '@iter/event-store/following';
import type { Pool } from 'pg';
import { claim, postpone, settle } from './tries.ts';
import type { Effect } from './tries.ts';

/** `again`: try later, for this reason (a code, nothing personal). */
export type Effected = 'done' | { readonly again: string };

export interface Drain<T extends Effect> {
  readonly pool: Pool;
  readonly clock: { now(): string };
  readonly worker: string;
  /** What is due and not leased or resting, the most urgent first. */
  due(now: string, limit: number): Promise<readonly T[]>;
  /** Does it. Throwing is a fault: tried again later. */
  act(effect: T, tries: number): Promise<Effected>;
  /** At once; 32 by default. */
  readonly concurrency?: number;
  readonly signal: AbortSignal;
}

const pageSize = 500;
/** Longer than acting takes: a page is done well within it. */
const leaseMs = 20_000;

export interface Drained {
  readonly done: number;
  readonly postponed: number;
}

/**
 * Does everything that is due, page by page, with bounded concurrency, until nothing is left that this worker
 * could take. Safe to run anywhere, at any time, twice.
 */
export async function drain<T extends Effect>(options: Drain<T>): Promise<Drained> {
  const { pool, clock, worker, due, signal, concurrency = 32 } = options;
  let done = 0;
  let postponed = 0;
  while (!signal.aborted) {
    const now = clock.now();
    const until = new Date(Date.parse(now) + leaseMs).toISOString();
    const page = await due(now, pageSize);
    const taken = await claim(pool, page, { now, until, worker });
    const mine = page.filter(({ id }) => taken.has(id));
    const settled: string[] = [];
    await each(mine, concurrency, signal, async (effect) => {
      const tries = taken.get(effect.id) ?? 1;
      const result = await options
        .act(effect, tries)
        .catch((error: unknown) => ({ again: describeError(error) }));
      if (result === 'done') settled.push(effect.id);
      else {
        postponed++;
        await postpone(pool, effect.id, { tries, error: result.again, now: clock.now() });
      }
    });
    done += settled.length;
    if (settled.length > 0) await settle(pool, settled);
    if (mine.length === 0) break;
  }
  return { done, postponed };
}

async function each<T>(
  items: readonly T[],
  concurrency: number,
  signal: AbortSignal,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length && !signal.aborted) await work(items[next++]!);
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, lane));
}
