import type { EventLog, Position, StoredEvent } from '@iter/event-store';
import type { PageRequest } from '../ports.ts';

/** Events looked at, and reads, for one answer: a rare filter is answered in several pages, some of them short. */
const looked = { events: 5_000, reads: 20 } as const;
/** Events asked for at once; more each time, since what is rare is far. */
const step = { first: 100, most: 1_000 } as const;

/** What is sought in the log, the newest first. */
export interface Sought {
  readonly prefixes: readonly string[];
  /** Where the first page begins; null: at the end. */
  readonly start?: () => Promise<Position | null>;
  /** Whether nothing before this one is sought any more. */
  readonly isOver?: (event: StoredEvent) => boolean;
  readonly wanted: (events: readonly StoredEvent[]) => Promise<readonly StoredEvent[]>;
}

/** A page of the log backwards. `next` names the append to go on before; appends are not split. */
export async function readBackwards(
  log: Pick<EventLog, 'readAll'>,
  { limit, cursor }: PageRequest,
  { prefixes, start, isOver, wanted }: Sought,
): Promise<{ readonly found: readonly StoredEvent[]; readonly next: Position | null }> {
  let after: Position | null = cursor ?? (await start?.()) ?? null;
  let size: number = Math.max(step.first, limit);
  const found: StoredEvent[] = [];
  for (let seen = 0, reads = 1; ; reads++) {
    const page = await log.readAll({ after, direction: 'backwards', limit: size, prefixes });
    size = Math.min(size * 2, step.most);
    seen += page.events.length;
    for (const event of await wanted(page.events)) {
      // The store gives so many appends; of those that hold many events fewer make a page.
      const last = found.at(-1);
      if (last && found.length >= limit && event.position !== last.position)
        return { found, next: last.position };
      found.push(event);
    }
    after = page.position;
    const last = page.events.at(-1);
    if (page.atEnd || after === null || (last && isOver?.(last))) return { found, next: null };
    if (found.length >= limit || seen >= looked.events || reads >= looked.reads)
      return { found, next: after };
  }
}
