import { digestOf } from './canonical.ts';
import type { SealedEvent } from './envelope.ts';
import { firstPrevHash } from './envelope.ts';
import type { StreamHead } from './port.ts';

export { canonicalEnvelope } from './canonical.ts';

/** An event whose place in its stream is not fixed yet. */
export type UnchainedEvent = Omit<SealedEvent, 'revision' | 'prevHash'>;

/**
 * SHA-256 of the canonical envelope (RFC 8785), hex: the next event's `prevHash`. Computed once for each object.
 * @throws MalformedAppend on what JSON cannot say
 */
export const hashEvent = (event: SealedEvent): string => digestOf(event).hash;

/** Whether two events are the very same, and with them all before them: each names the hash of the one before. */
export const isSame = (a: SealedEvent, b: SealedEvent): boolean =>
  a.id === b.id && hashEvent(a) === hashEvent(b);

/**
 * Puts events behind the head of their stream (null: a new stream). Done again after a conflict; sealing is not.
 * @throws MalformedAppend on what JSON cannot say
 */
export function chainEvents(head: StreamHead | null, events: readonly UnchainedEvent[]): SealedEvent[] {
  let { revision, hash } = head ?? { revision: -1, hash: firstPrevHash };
  return events.map((event) => {
    const chained: SealedEvent = { ...event, revision: ++revision, prevHash: hash };
    hash = hashEvent(chained);
    return Object.freeze(chained);
  });
}

export interface BrokenLink {
  readonly stream: string;
  readonly revision: number;
  readonly problem: 'gap' | 'broken-chain' | 'wrong-stream' | 'time-goes-back';
}

/** What of an event its chain goes by. */
export type ChainLink = Pick<SealedEvent, 'stream' | 'revision' | 'prevHash' | 'recordedAt'>;

/**
 * Names the first broken link of a stream; null when there is none. An altered event shows at its successor, whose
 * `prevHash` no longer fits.
 *
 * A chain alone proves that nothing inside was altered, removed or put in. It does not prove that the tail was not cut, nor
 * that somebody with full access did not write the whole anew: that needs a head published elsewhere.
 * @param events of one stream, in order
 * @param head what they must follow from, when they are not the stream's beginning
 */
export const verifyStream = (
  events: readonly SealedEvent[],
  head: StreamHead | null = null,
): BrokenLink | null => verifyLinks(events, hashEvent, head);

/** The same of events that are not there as a whole. @param hashOf the hash of one, which the next one names */
export function verifyLinks<L extends ChainLink>(
  links: readonly L[],
  hashOf: (link: L) => string,
  head: StreamHead | null = null,
): BrokenLink | null {
  let { revision, hash } = head ?? { revision: -1, hash: firstPrevHash };
  let recordedAt = '';
  for (const link of links) {
    revision++;
    const broken = (problem: BrokenLink['problem']): BrokenLink => ({
      stream: link.stream,
      revision,
      problem,
    });
    if (link.stream !== links[0]!.stream) return broken('wrong-stream');
    if (link.revision !== revision) return broken('gap');
    if (link.prevHash !== hash) return broken('broken-chain');
    if (link.recordedAt < recordedAt) return broken('time-goes-back');
    hash = hashOf(link);
    recordedAt = link.recordedAt;
  }
  return null;
}
