import { hashEvent, verifyStream } from './chain.ts';
import type { BrokenLink } from './chain.ts';
import type { SealedEvent, StoredEvent } from './envelope.ts';
import type { EventLog, StreamHead } from './port.ts';

export interface StreamVerdict {
  readonly events: readonly StoredEvent[];
  readonly first: SealedEvent | null;
  readonly last: SealedEvent | null;
  /** Of the last event, as it was computed now. */
  readonly head: StreamHead | null;
  /**
   * The first broken link; `head-differs`: the last event is not the one that the log knows as the last; `no-events`: there is
   * none, be it that there never was.
   */
  readonly broken:
    | (Pick<BrokenLink, 'revision'> & {
        readonly problem: BrokenLink['problem'] | 'head-differs' | 'no-events';
      })
    | null;
}

/**
 * Follows the chain of a stream from its first event to the head that the log keeps of it, so that also an altered last event
 * and a tail cut off show, which the chain alone does not tell. Proves nothing against who rules the log as a whole.
 */
export async function verifyToHead(
  log: Pick<EventLog, 'head' | 'readStream'>,
  stream: string,
): Promise<StreamVerdict> {
  // First the head: what is appended meanwhile is not judged.
  const known = await log.head(stream);
  const events = known ? (await log.readStream(stream)).slice(0, known.revision + 1) : [];
  const [first] = events;
  const last = events.at(-1);
  if (!known || !first || !last)
    return { events, first: null, last: null, head: null, broken: { revision: 0, problem: 'no-events' } };
  const head = { revision: last.revision, hash: hashEvent(last) };
  const link = verifyStream(events);
  const broken = link
    ? { revision: link.revision, problem: link.problem }
    : head.revision === known.revision && head.hash === known.hash
      ? null
      : { revision: last.revision, problem: 'head-differs' as const };
  return { events, first, last, head, broken };
}
