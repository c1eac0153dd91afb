import { eventId } from '@iter/platform/ids';
import type { ActorRef, JsonObject, SealedEvent } from '../envelope.ts';

/** Encrypts what is private before it enters the log, and back. `@iter/platform/sealing` implements it. */
export interface Sealer {
  /**
   * The data key of a group, made when the group is new. Await it once per command, then seal many events.
   * @param group the case, account … whose erasure is one act: name of the stream. Events name their keys: those are what is
   *   erased, since a group may have come to more than one
   * @param isNew nobody has asked for the group before: nothing is looked up
   */
  keyFor(group: string, isNew?: boolean): Promise<SealingKey>;
  /** @returns the data in clear; fields whose key was destroyed are absent and named in `erased` */
  unseal(
    eventId: string,
    data: JsonObject,
  ): Promise<{ readonly data: JsonObject; readonly erased: readonly string[] }>;
}

export interface SealingKey {
  readonly id: string;
  /** @returns the data with every field that is not in `clear` encrypted under `$sealed`; the same data when there is none */
  seal(eventId: string, data: JsonObject, clear: readonly string[]): JsonObject;
}

/** An event that was decided, before it is sealed and chained. */
export interface Decided {
  readonly type: string;
  readonly data: JsonObject;
  readonly schemaVersion?: number;
}

/** What all events of one command have in common. */
export type Cover = Pick<
  SealedEvent,
  | 'tenant'
  | 'stream'
  | 'occurredAt'
  | 'recordedAt'
  | 'commandId'
  | 'requestHash'
  | 'causationId'
  | 'correlationId'
> & { readonly actor: ActorRef };

/** Sealed, but without its place in the stream: chaining gives revision and `prevHash`, anew after a conflict. */
export type Unchained = Omit<SealedEvent, 'revision' | 'prevHash'>;

/** Which fields of an event's data stay readable: a list per type (a type that is not there stays readable as a whole), or a rule. */
export type Clear =
  Readonly<Record<string, readonly string[]>> | ((type: string, field: string, value: unknown) => boolean);

/**
 * Seals the events of one command. Ids derive from the command's, so that sealing again gives the same ids
 * (and other ciphertext: an append that may have been written is repeated with the first bytes).
 */
export function sealEvents(
  key: SealingKey | null,
  cover: Cover,
  events: readonly Decided[],
  clear: Clear,
): readonly Unchained[] {
  return events.map(({ type, data, schemaVersion = 1 }, index) => {
    const id = eventId(cover.commandId, index);
    const sealed = key ? key.seal(id, data, clearOf(clear, type, data)) : data;
    const keyId = sealed === data ? null : (key?.id ?? null);
    // Written out, like `withData`.
    return {
      id,
      type,
      schemaVersion,
      tenant: cover.tenant,
      stream: cover.stream,
      occurredAt: cover.occurredAt,
      recordedAt: cover.recordedAt,
      actor: cover.actor,
      commandId: cover.commandId,
      requestHash: cover.requestHash,
      causationId: cover.causationId,
      correlationId: cover.correlationId,
      keyId,
      data: sealed,
    };
  });
}

function clearOf(clear: Clear, type: string, data: JsonObject): readonly string[] {
  if (typeof clear !== 'function') return clear[type] ?? Object.keys(data);
  return Object.keys(data).filter((field) => clear(type, field, data[field]));
}
