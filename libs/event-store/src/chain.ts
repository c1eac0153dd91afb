import { createHash } from 'node:crypto';
import { canonicalJson } from '@iter/platform/ids';
import type { SealedEvent } from './envelope.ts';
import { firstPrevHash } from './envelope.ts';
import type { StreamHead } from './port.ts';

/** An event whose place in its stream is not fixed yet. */
export type UnchainedEvent = Omit<SealedEvent, 'revision' | 'prevHash'>;

const text = (value: string | null): string => JSON.stringify(value);

/**
 * The envelope as canonical JSON (RFC 8785): exactly the fields of `SealedEvent`, sorted by name. Written out because the
 * envelope never changes and every append hashes it; the property test compares it with a general implementation.
 */
export function canonicalEnvelope(event: SealedEvent): string {
  const { account, body, role } = event.actor;
  return (
    `{"actor":{"account":${text(account)},"body":${text(body)},"role":${text(role)}},` +
    `"causationId":${text(event.causationId)},"commandId":${text(event.commandId)},` +
    `"correlationId":${text(event.correlationId)},"data":${canonicalJson(event.data)},"id":${text(event.id)},` +
    `"keyId":${text(event.keyId)},"occurredAt":${text(event.occurredAt)},"prevHash":${text(event.prevHash)},` +
    `"recordedAt":${text(event.recordedAt)},"requestHash":${text(event.requestHash)},"revision":${event.revision},` +
    `"schemaVersion":${event.schemaVersion},"stream":${text(event.stream)},"tenant":${text(event.tenant)},` +
    `"type":${text(event.type)}}`
  );
}

/** SHA-256 of the canonical envelope, hex: the next event's `prevHash`. */
export const hashEvent = (event: SealedEvent): string =>
  createHash('sha256').update(canonicalEnvelope(event)).digest('hex');

/** Puts events behind the head of their stream (null: a new stream). Done again after a conflict; sealing is not. */
export function chainEvents(head: StreamHead | null, events: readonly UnchainedEvent[]): SealedEvent[] {
  let { revision, hash } = head ?? { revision: -1, hash: firstPrevHash };
  return events.map((event) => {
    const chained: SealedEvent = { ...event, revision: ++revision, prevHash: hash };
    hash = hashEvent(chained);
    return chained;
  });
}

export interface BrokenLink {
  readonly stream: string;
  readonly revision: number;
  readonly problem: 'gap' | 'broken-chain' | 'wrong-stream' | 'time-goes-back';
}

/**
 * Names the first broken link of a stream read from its beginning; null when there is none.
 *
 * A chain alone proves that nothing inside was altered, removed or put in. It does not prove that the tail was not cut, nor
 * that somebody with full access did not write the whole anew: that needs a head published elsewhere.
 */
export function verifyStream(events: readonly SealedEvent[]): BrokenLink | null {
  let hash = firstPrevHash;
  let recordedAt = '';
  for (const [revision, event] of events.entries()) {
    const broken = (problem: BrokenLink['problem']): BrokenLink => ({
      stream: event.stream,
      revision,
      problem,
    });
    if (event.stream !== events[0]!.stream) return broken('wrong-stream');
    if (event.revision !== revision) return broken('gap');
    if (event.prevHash !== hash) return broken('broken-chain');
    if (event.recordedAt < recordedAt) return broken('time-goes-back');
    hash = hashEvent(event);
    recordedAt = event.recordedAt;
  }
  return null;
}
