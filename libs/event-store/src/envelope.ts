/** What JSON can say. Events, commands and views carry nothing else. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** Who acted: the account, in which role, for which body (IPA code). Programs act as `system`. */
export interface ActorRef {
  readonly account: string;
  readonly role: string;
  readonly body: string;
  /** The absent account in whose place a substitute acted (ADR 0014); without one the member is not there. */
  readonly onBehalfOf?: string;
}

/**
 * An event as it lies in the log: sealed (private fields encrypted) and chained.
 *
 * The shape is fixed from the first event on: the hash of an event is SHA-256 over the canonical JSON
 * (RFC 8785) of exactly these fields. Positions and the store's own times are outside of it.
 */
export interface SealedEvent {
  /** UUIDv5 of the command id and the event's number in it. */
  readonly id: string;
  readonly type: string;
  readonly schemaVersion: number;
  /** IPA code of the body whose data this is. */
  readonly tenant: string;
  readonly stream: string;
  /** 0 for the first event of the stream, then without gaps. */
  readonly revision: number;
  /** When it happened in the world; terms count from it. RFC 3339 instant in UTC. */
  readonly occurredAt: string;
  /** When it entered the log; never earlier than its predecessor's in the stream. RFC 3339 instant in UTC. */
  readonly recordedAt: string;
  readonly actor: ActorRef;
  readonly commandId: string;
  /** Keyed hash of the request that caused it: recognises the same command with another body. */
  readonly requestHash: string;
  readonly causationId: string | null;
  readonly correlationId: string;
  /** The data key that sealed the private fields; null when nothing is sealed. */
  readonly keyId: string | null;
  /** Clear fields, and under `$sealed` the encrypted ones. */
  readonly data: JsonObject;
  /** Hex hash of the event before it in the stream; 64 zeros for the first. */
  readonly prevHash: string;
}

/**
 * The event with other data: decrypted ones, for whoever reads. Written out, so that all events have one shape and nothing is
 * looked up: a spread of a chained event, which is frozen, takes several times as long, and a case has thousands.
 */
export const withData = (event: SealedEvent, data: JsonObject): SealedEvent => ({
  id: event.id,
  type: event.type,
  schemaVersion: event.schemaVersion,
  tenant: event.tenant,
  stream: event.stream,
  revision: event.revision,
  occurredAt: event.occurredAt,
  recordedAt: event.recordedAt,
  actor: event.actor,
  commandId: event.commandId,
  requestHash: event.requestHash,
  causationId: event.causationId,
  correlationId: event.correlationId,
  keyId: event.keyId,
  data,
  prevHash: event.prevHash,
});

/** An event as read: where the log has it. */
export interface StoredEvent extends SealedEvent {
  /** The position of the append it came with. */
  readonly position: Position;
  /** Its place in that append, from 0. */
  readonly index: number;
}

/**
 * Where an append stands in the log. Opaque outside the adapter, which alone compares positions; it carries
 * the log's epoch, so that a restored log is noticed. Safe in headers and URLs.
 */
export type Position = string & { readonly __position?: never };

export const firstPrevHash = '0'.repeat(64);
