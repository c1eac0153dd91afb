import { describeError } from '@iter/event-store/following';
import { traced } from '@iter/platform/tracing';
import type { Pool } from 'pg';
import { claim, giveBack, postpone, settle } from './tries.ts';
import type { Effect } from './tries.ts';

/** `again`: try later, for this reason (a code, nothing personal), after `pauseMs` where the other side says how long. */
export type Effected = 'done' | { readonly again: string; readonly pauseMs?: number };

export interface Drain<T extends Effect> {
  readonly pool: Pool;
  readonly clock: { now(): string };
  readonly worker: string;
  /**
   * What is due and not leased or resting, the most urgent first.
   * @param after the last one of the page before; may be passed over, since what was taken is leased
   */
  due(now: string, limit: number, after: T | null): Promise<readonly T[]>;
  /** Does it. Throwing is a fault: tried again later. `untouched`: it was not begun, and is anybody's again. */
  act(effect: T, tries: number): Promise<Effected | 'untouched'>;
  /** At once; 32 by default. */
  readonly concurrency?: number;
  /** How long nobody else gets what was taken; 20 s by default. */
  readonly leaseMs?: number;
  /** How long what was done is left alone until the log takes it out of the table; as long as the lease by default. */
  readonly restMs?: number;
  readonly signal: AbortSignal;
}

const pageSize = 500;
/** Longer than acting takes: a page is done well within it. */
const usualLeaseMs = 20_000;

export interface Drained {
  readonly done: number;
  readonly postponed: number;
}

/**
 * Does everything that is due, page by page, with bounded concurrency, until nothing is left that this worker
 * could take; the next page is fetched while one is done. Safe to run anywhere, at any time, twice.
 */
export async function drain<T extends Effect>(options: Drain<T>): Promise<Drained> {
  const { pool, clock, worker, due, signal, concurrency = 32, leaseMs = usualLeaseMs } = options;
  const { restMs = leaseMs } = options;
  let done = 0;
  let postponed = 0;

  const take = async (after: T | null): Promise<Taken<T>> => {
    const now = clock.now();
    const page = await due(now, pageSize, after);
    const tries = await claim(pool, page, { now, until: later(now, leaseMs), worker });
    return { mine: page.filter(({ id }) => tries.has(id)), tries, last: page.at(-1) ?? null };
  };
  const work = async ({ mine, tries }: Taken<T>): Promise<void> => {
    const settled: string[] = [];
    const left = new Set(mine.map(({ id }) => id));
    await each(mine, concurrency, signal, async (effect) => {
      const nth = tries.get(effect.id) ?? 1;
      const result = await traced('effect', { 'iter.tries': nth }, () => options.act(effect, nth)).catch(
        (error: unknown): Effected => ({ again: describeError(error) }),
      );
      if (result === 'untouched') return;
      left.delete(effect.id);
      if (result === 'done') settled.push(effect.id);
      else {
        postponed++;
        const { again: error, pauseMs } = result;
        await postpone(pool, effect.id, { tries: nth, error, now: clock.now(), pauseMs });
      }
    });
    done += settled.length;
    if (settled.length > 0) await settle(pool, settled, later(clock.now(), restMs));
    if (left.size > 0) await giveBack(pool, [...left]);
  };

  let tookAny = false;
  let next = take(null);
  while (!signal.aborted) {
    const page = await next;
    if (page.last === null) {
      if (!tookAny) break;
      // Once more from the beginning: something may have come, or be due again.
      tookAny = false;
      next = take(null);
      continue;
    }
    tookAny ||= page.mine.length > 0;
    next = take(page.last);
    // When the work below fails, nobody waits for this any more.
    next.catch(() => undefined);
    await work(page);
  }
  const unused = await next.catch(() => null);
  if (unused && unused.mine.length > 0)
    await giveBack(
      pool,
      unused.mine.map(({ id }) => id),
    );
  return { done, postponed };
}

interface Taken<T> {
  readonly mine: readonly T[];
  /** How often each has been tried, this time included. */
  readonly tries: ReadonlyMap<string, number>;
  /** Where the page ended; null when there was none. */
  readonly last: T | null;
}

const later = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();

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
