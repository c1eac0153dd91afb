import { hashEvent, verifyStream } from './chain.ts';
import type { BrokenLink } from './chain.ts';
import type { Position, StoredEvent } from './envelope.ts';
import type { EventLog, StreamHead } from './port.ts';

export interface LogVerdict {
  readonly events: number;
  readonly streams: number;
  /** The first broken link in the order of the log; null: there is none. */
  readonly broken: (BrokenLink & { readonly position: Position }) | null;
}

interface Seen extends StreamHead {
  readonly recordedAt: string;
}

/**
 * Follows every chain of a log from its beginning, page by page, and stops at the first broken link. Memory grows by the number
 * of streams, about 200 bytes each.
 * @param onPage told after each page how many events were seen
 */
export async function verifyLog(
  log: Pick<EventLog, 'readAll'>,
  onPage: (events: number) => void = () => undefined,
): Promise<LogVerdict> {
  const heads = new Map<string, Seen>();
  let events = 0;
  for (let after: Position | null = null; ;) {
    const page = await log.readAll({ after, limit: 10_000 });
    const broken = firstBroken(page.events, heads);
    events += page.events.length;
    onPage(events);
    if (broken || page.atEnd || page.position === null) return { events, streams: heads.size, broken };
    after = page.position;
  }
}

function firstBroken(events: readonly StoredEvent[], heads: Map<string, Seen>): LogVerdict['broken'] {
  for (const event of events) {
    const { stream, position, revision, recordedAt } = event;
    const head = heads.get(stream) ?? null;
    const link = verifyStream([event], head);
    if (link) return { ...link, position };
    if (head && recordedAt < head.recordedAt) {
      return { stream, revision, problem: 'time-goes-back', position };
    }
    heads.set(stream, { revision, hash: hashEvent(event), recordedAt });
  }
  return null;
}
