import type { EventLog } from '@iter/event-store';

interface Ordered {
  readonly caseId: string;
  readonly keys: readonly string[];
  readonly orderedAt: string;
  /** Null: not yet. */
  readonly carriedOutAt: string | null;
}

/** What was ordered to be erased, and how it goes. */
export interface ErasurePorts {
  /** Every order, carried out or not. */
  list(): readonly Ordered[];
  /** Ordered and not carried out, the oldest first. */
  due(): readonly Ordered[];
  /** Destroys keys, documents and whatever else is kept of the cases; again: nothing more. */
  destroy(erasures: readonly Ordered[]): Promise<void>;
  carriedOut(caseId: string): Promise<void>;
  /** Told of each order. @returns an end to it */
  onOrdered(listener: () => void): () => void;
}

/** Events read at once from the end of a case: what came after its order is no more than a few. */
const stretch = 50;
/** How far apart the clocks of two processes may be. */
const apartMs = 10 * 60_000;

/**
 * The keys of erased cases: those that the orders name, and those with which somebody who was late has written since. Of a case
 * only its end is read, so that a start does not read every case that was ever erased.
 */
export async function keysOf(
  log: Pick<EventLog, 'readStream'>,
  erasures: readonly Pick<Ordered, 'caseId' | 'keys' | 'orderedAt'>[],
): Promise<readonly string[]> {
  const keys = new Set(erasures.flatMap((it) => it.keys));
  for (const { caseId, orderedAt } of erasures) {
    const named = new Date(Date.parse(orderedAt) - apartMs).toISOString();
    for (let from: number | undefined; from === undefined || from >= 0;) {
      const where = { direction: 'backwards', limit: stretch, ...(from !== undefined && { from }) } as const;
      const events = await log.readStream(`case-${caseId}`, where);
      for (const { keyId } of events) if (keyId !== null) keys.add(keyId);
      const first = events.at(-1);
      from = first && first.recordedAt >= named ? first.revision - 1 : -1;
    }
  }
  return [...keys];
}

/**
 * Carries out what was ordered: keys first, so that a crash half way leaves nothing that can be read.
 * @throws what the first one threw that could not be carried out, once the others are
 */
export async function carryOut({ due, destroy, carriedOut }: ErasurePorts, stop: AbortSignal): Promise<void> {
  const faults: unknown[] = [];
  for (const erasure of due()) {
    if (stop.aborted) return;
    try {
      await destroy([erasure]);
      await carriedOut(erasure.caseId);
    } catch (error) {
      faults.push(error);
    }
  }
  if (faults.length > 0) throw faults[0];
}

/** Cases of which everything is looked for at once. */
const portion = 500;

/**
 * Destroys once more what was destroyed before, many cases at a time: a copy of the database that was put back beside a log of its
 * own brings keys and documents again, and so may a process that learnt of an order late.
 * @param since only of what was carried out since then; null: of all
 */
export async function destroyAgain(
  { list, destroy }: ErasurePorts,
  stop: AbortSignal,
  since: string | null = null,
): Promise<void> {
  const erased = list().filter(({ carriedOutAt }) => carriedOutAt !== null && carriedOutAt >= (since ?? ''));
  for (let from = 0; from < erased.length && !stop.aborted; from += portion)
    await destroy(erased.slice(from, from + portion));
}
