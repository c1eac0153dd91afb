import { hash as digest } from 'node:crypto';
import { canonicalJson } from '@iter/platform/ids';
import type { SealedEvent } from './envelope.ts';
import { MalformedAppend } from './port.ts';

const text = (value: string | null): string => JSON.stringify(value);

/** @throws MalformedAppend on what JSON cannot say (NaN, half a surrogate pair) */
function canonicalData(event: SealedEvent): string {
  try {
    return canonicalJson(event.data);
  } catch (cause) {
    throw new MalformedAppend(`event ${event.id} holds what JSON cannot say`, { cause });
  }
}

/**
 * The envelope as canonical JSON (RFC 8785): exactly the fields of `SealedEvent`, sorted by name. Written out because the
 * envelope never changes and every append hashes it; the property test compares it with a general implementation.
 */
const envelope = (event: SealedEvent, data: string): string =>
  `{"actor":{"account":${text(event.actor.account)},"body":${text(event.actor.body)},` +
  (event.actor.onBehalfOf === undefined ? '' : `"onBehalfOf":${text(event.actor.onBehalfOf)},`) +
  `"role":${text(event.actor.role)}},"causationId":${text(event.causationId)},` +
  `"commandId":${text(event.commandId)},"correlationId":${text(event.correlationId)},"data":${data},` +
  `"id":${text(event.id)},"keyId":${text(event.keyId)},"occurredAt":${text(event.occurredAt)},` +
  `"prevHash":${text(event.prevHash)},"recordedAt":${text(event.recordedAt)},` +
  `"requestHash":${text(event.requestHash)},"revision":${event.revision},` +
  `"schemaVersion":${event.schemaVersion},"stream":${text(event.stream)},"tenant":${text(event.tenant)},` +
  `"type":${text(event.type)}}`;

/** What is computed of an event once, and needed by chaining, checking and packing alike. */
export interface Digest {
  /** SHA-256 of the canonical envelope, hex. */
  readonly hash: string;
  /** The data as canonical JSON. */
  readonly data: string;
  /** Length of the canonical envelope in UTF-8. */
  readonly bytes: number;
}

// Sealed events are never changed, so what was computed of one stays true as long as it lives.
const known = new WeakMap<SealedEvent, Digest>();

/** The canonical envelope of an event, RFC 8785. @throws MalformedAppend on what JSON cannot say */
export const canonicalEnvelope = (event: SealedEvent): string => envelope(event, canonicalData(event));

/** @throws MalformedAppend on what JSON cannot say */
export function digestOf(event: SealedEvent): Digest {
  const found = known.get(event);
  if (found) return found;
  const data = canonicalData(event);
  const canonical = envelope(event, data);
  const made = { hash: digest('sha256', canonical), data, bytes: Buffer.byteLength(canonical) };
  known.set(event, made);
  return made;
}
