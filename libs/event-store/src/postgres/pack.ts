import { digestOf } from '../canonical.ts';
import type { ActorRef, Position, SealedEvent, StoredEvent } from '../envelope.ts';

/** Fields that the events of one append nearly always share: written once a row, and again only where they differ. */
const shared = [
  // First, so that rows of some streams are found by how they begin.
  'stream',
  'tenant',
  'occurredAt',
  'recordedAt',
  'actor',
  'commandId',
  'requestHash',
  'causationId',
  'correlationId',
  'keyId',
] as const;

type Common = Pick<SealedEvent, (typeof shared)[number]>;
type Own = Pick<SealedEvent, 'id' | 'type' | 'schemaVersion' | 'prevHash' | 'data'> & Partial<Common>;
type Packed = { readonly c: Common; readonly e: readonly Own[] };

const actorOnly = ({ account, role, body, onBehalfOf }: ActorRef): ActorRef => ({
  account,
  role,
  body,
  ...(onBehalfOf !== undefined && { onBehalfOf }),
});
const isSameActor = (a: ActorRef, b: ActorRef): boolean =>
  a === b ||
  (a.account === b.account && a.role === b.role && a.body === b.body && a.onBehalfOf === b.onBehalfOf);

const valueOf = (event: SealedEvent, field: (typeof shared)[number]): unknown =>
  field === 'actor' ? actorOnly(event.actor) : event[field];

/**
 * The events of one append as the text of one row: nothing of the envelope is lost, what they share is written once.
 * JSON without control characters, so that rows can be sent to the database joined by one.
 */
export function pack(events: readonly SealedEvent[]): string {
  const first = events[0]!;
  const common = Object.fromEntries(shared.map((field) => [field, valueOf(first, field)]));
  const own = events.map((event) => {
    const { id, type, schemaVersion, prevHash } = event;
    const differing: Record<string, unknown> = { id, type, schemaVersion, prevHash };
    for (const field of shared) {
      const isShared =
        field === 'actor' ? isSameActor(event.actor, first.actor) : event[field] === first[field];
      if (!isShared) differing[field] = valueOf(event, field);
    }
    return `${JSON.stringify(differing).slice(0, -1)},"data":${digestOf(event).data}}`;
  });
  return `{"c":${JSON.stringify(common)},"e":[${own.join(',')}]}`;
}

/** How rows of the streams with this prefix begin, and no others. */
export const rowsOf = (prefix: string): string => `{"c":{"stream":${JSON.stringify(prefix).slice(0, -1)}`;

/** The events of a row again, with their places. */
export function unpack(text: string, firstRevision: number, position: Position): StoredEvent[] {
  const { c, e } = JSON.parse(text) as Packed;
  // One literal for all, so that every event read has the same shape, which keeps folding fast.
  return e.map((event, index) => ({
    id: event.id,
    type: event.type,
    schemaVersion: event.schemaVersion,
    tenant: event.tenant ?? c.tenant,
    stream: event.stream ?? c.stream,
    revision: firstRevision + index,
    occurredAt: event.occurredAt ?? c.occurredAt,
    recordedAt: event.recordedAt ?? c.recordedAt,
    actor: event.actor ?? c.actor,
    commandId: event.commandId ?? c.commandId,
    requestHash: event.requestHash ?? c.requestHash,
    causationId: event.causationId === undefined ? c.causationId : event.causationId,
    correlationId: event.correlationId ?? c.correlationId,
    keyId: event.keyId === undefined ? c.keyId : event.keyId,
    data: event.data,
    prevHash: event.prevHash,
    position,
    index,
  }));
}
