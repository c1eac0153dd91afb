import { hash as digest } from 'node:crypto';
import { canonicalJson } from '@iter/platform/ids';
import type { SealedEvent } from './envelope.ts';
import { MalformedAppend } from './port.ts';

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
function envelope(event: SealedEvent, data: string): string {
  const { account, body, onBehalfOf, role } = event.actor;
  const { causationId, commandId, correlationId } = event;
  const before = JSON.stringify({
    actor: { account, body, onBehalfOf, role },
    causationId,
    commandId,
    correlationId,
  });
  const { id, keyId, occurredAt, prevHash, recordedAt, requestHash } = event;
  const { revision, schemaVersion, stream, tenant, type } = event;
  const after = JSON.stringify({
    id,
    keyId,
    occurredAt,
    prevHash,
    recordedAt,
    requestHash,
    revision,
    schemaVersion,
    stream,
    tenant,
    type,
  });
  return `${before.slice(0, -1)},"data":${data},${after.slice(1)}`;
}

/** What is computed of an event once, and needed by chaining, checking and packing alike. */
export interface Digest {
  /** SHA-256 of the canonical envelope, hex. */
  readonly hash: string;
  /** The data as canonical JSON. */
  readonly data: string;
  /** Length of the canonical envelope in UTF-8. */
  readonly bytes: number;
}

const itself = function (event: SealedEvent): SealedEvent {
  return event;
} as unknown as new (event: SealedEvent) => SealedEvent;

/**
 * An event that carries its digest, where nobody but this file sees it: sealed events are never changed, so that it stays
 * true. A private field is put on any object by a constructor that returns it. (A `WeakMap` would do the same, but what an
 * old one holds counts as alive until the next full collection: a third of all that small collections copied.)
 */
class Digested extends itself {
  readonly #digest: Digest;
  private constructor(event: SealedEvent, digest: Digest) {
    super(event);
    this.#digest = digest;
  }
  static of(event: SealedEvent): Digest | null {
    return #digest in event ? event.#digest : null;
  }
  static note(event: SealedEvent, digest: Digest): void {
    if (Object.isExtensible(event)) new Digested(event, digest);
  }
}

/** The canonical envelope of an event, RFC 8785. @throws MalformedAppend on what JSON cannot say */
export const canonicalEnvelope = (event: SealedEvent): string => envelope(event, canonicalData(event));

/** @throws MalformedAppend on what JSON cannot say */
export function digestOf(event: SealedEvent): Digest {
  const found = Digested.of(event);
  if (found) return found;
  const data = canonicalData(event);
  const canonical = envelope(event, data);
  const made = { hash: digest('sha256', canonical), data, bytes: Buffer.byteLength(canonical) };
  Digested.note(event, made);
  return made;
}
