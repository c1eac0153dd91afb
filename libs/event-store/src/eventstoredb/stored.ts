import type { EventData, RecordedEvent } from '@eventstore/db-client';
import { hashEvent } from '../chain.ts';
import type { ActorRef, JsonObject, Position, SealedEvent, StoredEvent } from '../envelope.ts';
import { DamagedLog } from '../port.ts';
import type { Place } from './place.ts';

/** What stands beside an event's data: the rest of the envelope, and its place in its append. */
interface Beside {
  readonly id: string;
  readonly schemaVersion: number;
  readonly tenant: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly actor: ActorRef;
  readonly commandId: string;
  readonly requestHash: string;
  readonly causationId: string | null;
  readonly correlationId: string;
  readonly keyId: string | null;
  readonly prevHash: string;
  /** Absent: the append has one event. */
  readonly index?: number;
  readonly count?: number;
}

/** An event as it was read, before the position of its append is known. */
export interface Found {
  readonly event: SealedEvent;
  readonly index: number;
  readonly count: number;
  /** Its own place; its append's position is the place of the last one. */
  readonly place: Place;
}

export const isLast = ({ index, count }: Found): boolean => index === count - 1;

/**
 * The id under which the server keeps an event: the hash of its whole envelope, as UUID of version 8. The server compares
 * ids only; so what is the same for it is the same byte for byte, and all before it in the stream as well.
 * Source: RFC 9562 § 5.8
 */
export function storedId(event: SealedEvent): string {
  const hex = hashEvent(event);
  const variant = ((parseInt(hex[16]!, 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** What the server says itself (stream, revision, type) is not said again: an append of 1 MiB stays within its limit. */
export function toStored(events: readonly SealedEvent[]): EventData[] {
  return events.map((event, index): EventData => {
    const { stream: _, revision: __, type, data, ...envelope } = event;
    const beside: Beside = { ...envelope, ...(events.length > 1 && { index, count: events.length }) };
    return {
      id: storedId(event),
      contentType: 'application/json',
      type,
      data: { ...data },
      metadata: { ...beside },
    };
  });
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);

/**
 * @param stream the name without what the server's streams of this log begin with
 * @throws DamagedLog when it is not an event of ours: broken JSON comes as a text, and others may have written into the stream
 */
export function fromStored(recorded: RecordedEvent, stream: string): Found {
  const { id, type, revision, data, metadata, position } = recorded;
  if (!isObject(data) || !isObject(metadata) || typeof metadata['prevHash'] !== 'string' || !position)
    throw new DamagedLog(`event ${revision} of ${stream} in EventStoreDB is not one of this log`);
  const beside = metadata as unknown as Beside;
  return {
    // One literal for all, so that every event read has the same shape, which keeps folding fast.
    event: {
      id: beside.id,
      type,
      schemaVersion: beside.schemaVersion,
      tenant: beside.tenant,
      stream,
      revision: Number(revision),
      occurredAt: beside.occurredAt,
      recordedAt: beside.recordedAt,
      actor: beside.actor,
      commandId: beside.commandId,
      requestHash: beside.requestHash,
      causationId: beside.causationId,
      correlationId: beside.correlationId,
      keyId: beside.keyId,
      data,
      prevHash: beside.prevHash,
    },
    index: beside.index ?? 0,
    count: beside.count ?? 1,
    place: { commit: Number(position.commit), prepare: Number(position.prepare), mark: id.slice(0, 8) },
  };
}

/** Events of one append with its position. */
export const placed = (found: readonly Found[], position: Position): StoredEvent[] =>
  found.map(({ event, index }) => Object.freeze({ ...event, position, index }));
