import { _SHA256 } from '@noble/hashes/sha2.js';
import { canonicalEnvelope } from '@iter/event-store';
import type { SealedEvent } from '@iter/event-store';

/**
 * An event of which only the end of the canonical envelope is to be seen. Who acted, by which command, and what the event says
 * stand before; of them there is only the state that SHA-256 has after them. Hashing goes on from it, so that the rest is proven to
 * be the event's own, and its hash to be the one in the chain (ADR 0038).
 */
export interface CoveredEvent {
  /** How much is covered, in bytes: a multiple of 64, which is what SHA-256 takes at a time. */
  readonly covered: number;
  /** Its state after that much, hex. */
  readonly state: string;
  /** From `id` or a little later on, to the end. */
  readonly rest: string;
}

/** What the end of an envelope says, and the hash of the whole. */
export interface Link extends Pick<
  SealedEvent,
  'type' | 'tenant' | 'stream' | 'revision' | 'occurredAt' | 'recordedAt' | 'prevHash'
> {
  readonly hash: string;
}

const blockBytes = 64;

/** SHA-256 that is interrupted, and goes on elsewhere. */
class Resumable extends _SHA256 {
  stateAfter(blocks: Uint8Array): string {
    this.update(blocks);
    return this.get()
      .map((word) => (word >>> 0).toString(16).padStart(8, '0'))
      .join('');
  }
  resume(state: string, bytes: number): this {
    this.set(...(state.match(/.{8}/g)!.map((word) => parseInt(word, 16)) as ReturnType<Resumable['get']>));
    (this as unknown as { length: number }).length = bytes;
    return this;
  }
}

/** @throws MalformedAppend on what JSON cannot say */
export function cover(event: SealedEvent): CoveredEvent {
  const canonical = canonicalEnvelope(event);
  const data = Buffer.byteLength(canonical.slice(0, canonical.lastIndexOf(',"id":')));
  const bytes = Buffer.from(canonical);
  const covered = Math.ceil(data / blockBytes) * blockBytes;
  return {
    covered,
    state: new Resumable().stateAfter(bytes.subarray(0, covered)),
    rest: bytes.subarray(covered).toString(),
  };
}

/** Anchored at the end, where an envelope has these fields whatever its data are; the cut may go through `occurredAt`'s name. */
const end =
  /rredAt":"([^"\\]+)","prevHash":"([0-9a-f]{64})","recordedAt":"([^"\\]+)","requestHash":"[^"\\]*","revision":(\d{1,15}),"schemaVersion":\d+,"stream":"([^"\\]+)","tenant":"([^"\\]+)","type":"([A-Za-z]+)"\}$/;

/** Null: it is no covered event. */
export function linkOf(value: unknown): Link | null {
  const { covered, state, rest, ...more } = (value ?? {}) as { [K in keyof CoveredEvent]?: unknown };
  const isSound =
    Object.keys(more).length === 0 &&
    typeof covered === 'number' &&
    Number.isSafeInteger(covered) &&
    covered > 0 &&
    covered % blockBytes === 0 &&
    typeof state === 'string' &&
    /^[0-9a-f]{64}$/.test(state) &&
    typeof rest === 'string';
  const said = isSound && end.exec(rest);
  if (!said) return null;
  const [occurredAt, prevHash, recordedAt, revision, stream, tenant, type] = said.slice(1) as Tuple;
  const digest = new Resumable().resume(state, covered).update(Buffer.from(rest)).digest();
  return {
    ...{ type, tenant, stream, revision: Number(revision), occurredAt, recordedAt, prevHash },
    hash: Buffer.from(digest).toString('hex'),
  };
}
type Tuple = [string, string, string, string, string, string, string];
