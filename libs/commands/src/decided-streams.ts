import { appendSurely, chainEvents, hashEvent } from '@iter/event-store';
import type { ActorRef, EventLog, JsonObject, Persistence, Position, StreamHead } from '@iter/event-store';
import { sealEvents } from '@iter/event-store/ledger';
import type { Sealer } from '@iter/event-store/ledger';
import { canonicalJson, uuidV5 } from '@iter/platform/ids';
import { LRUCache } from 'lru-cache';
import { createMailboxes } from './case/mailbox.ts';

export interface StreamPorts {
  readonly log: EventLog;
  readonly clock: { now(): string };
  readonly sealer: Sealer;
  requestHash(canonical: string): string;
  readonly persistence?: Persistence;
}

/** Streams in which something is decided that is no case: messages that meet their receivers, starts that need several events. */
export interface StreamKind<S, C, E> {
  readonly initial: S;
  /** @param event one that is only being decided has no revision yet */
  evolve(state: S, event: E & { readonly revision?: number }): S;
  /** What a command adds; nothing when it was done before. Must not need what is sealed. */
  decide(state: S, command: C, now: string): readonly E[];
  /** What is the same when the same command comes again. */
  identity(command: C): unknown;
  /** Per event type, the fields that stay readable. */
  readonly clear: Readonly<Record<string, readonly string[]>>;
}

export interface StreamDone<S, E> {
  readonly state: S;
  /** What was added; empty: the command had been done before. */
  readonly events: readonly E[];
  readonly position: Position | null;
}

export interface DecidedStreams<S, C, E> {
  /** Does a command in a stream, with all that follows from it there. Doing it again adds nothing. */
  execute(asked: {
    readonly stream: string;
    readonly tenant: string;
    readonly actor: ActorRef;
    /** Event that caused it. */
    readonly causationId?: string | null;
    readonly command: C;
  }): Promise<StreamDone<S, E>>;
  /** The stream as it stands. */
  read(stream: string): Promise<S>;
}

interface Folded<S> {
  readonly state: S;
  readonly head: StreamHead | null;
  readonly recordedAt: string;
}

/** Streams kept folded: a cache and nothing else. */
const mostHot = 2_000;
/** Each conflict means that another process wrote to the same stream meanwhile. */
const maxConflicts = 50;
const pageSize = 10_000;

/** The way of every command of such a stream: read on, decide, append; after a conflict the same again. */
export function createDecidedStreams<
  S,
  C extends { readonly type: string },
  E extends { readonly type: string; readonly data: object },
>(ports: StreamPorts, kind: StreamKind<S, C, E>): DecidedStreams<S, C, E> {
  const { log, clock, sealer } = ports;
  const inTurn = createMailboxes();
  const hot = new LRUCache<string, Folded<S>>({ max: mostHot });
  const nothing: Folded<S> = { state: kind.initial, head: null, recordedAt: '' };
  const fold = (events: readonly unknown[], from: S): S =>
    (events as readonly E[]).reduce((state, event) => kind.evolve(state, event), from);

  async function readOn(stream: string): Promise<Folded<S>> {
    let file = hot.get(stream) ?? nothing;
    for (;;) {
      const stored = await log.readStream(stream, {
        from: (file.head?.revision ?? -1) + 1,
        limit: pageSize,
      });
      const last = stored.at(-1);
      if (last) {
        file = {
          state: fold(stored, file.state),
          head: { revision: last.revision, hash: hashEvent(last) },
          recordedAt: last.recordedAt,
        };
      }
      if (stored.length < pageSize) {
        hot.set(stream, file);
        return file;
      }
    }
  }

  const isPrivate = ({ type, data }: E): boolean =>
    Object.entries(data).some(([field, value]) => value !== undefined && !kind.clear[type]?.includes(field));

  const execute: DecidedStreams<S, C, E>['execute'] = async (asked) => {
    const { stream, tenant, actor, causationId, command } = asked;
    for (let conflicts = 0; conflicts <= maxConflicts; conflicts++) {
      const { state, head, recordedAt: before } = await readOn(stream);
      const now = clock.now();
      const recordedAt = now > before ? now : before;
      const events = kind.decide(state, command, recordedAt);
      if (events.length === 0) return { state, events, position: null };
      const identity = canonicalJson(kind.identity(command));
      // A start takes the same message again after it gave it back: then it is another command.
      const expectedRevision = head?.revision ?? -1;
      const commandId = uuidV5(`${command.type}|${stream}|${expectedRevision}|${identity}`);
      const cover = {
        ...{ tenant, stream, actor, commandId, recordedAt, occurredAt: recordedAt },
        requestHash: ports.requestHash(identity),
        causationId: causationId ?? null,
        correlationId: commandId,
      };
      const decided = events as unknown as readonly { readonly type: string; readonly data: JsonObject }[];
      const key = events.some(isPrivate) ? await sealer.keyFor(stream) : null;
      const sealed = chainEvents(head, sealEvents(key, cover, decided, kind.clear));
      let result;
      try {
        result = await appendSurely(log, { stream, expectedRevision, events: sealed }, ports.persistence);
      } catch (error) {
        hot.delete(stream);
        throw error;
      }
      if (result.outcome === 'conflict') continue;
      const last = sealed[sealed.length - 1] as (typeof sealed)[number];
      const next = fold(sealed, state);
      hot.set(stream, {
        state: next,
        head: { revision: last.revision, hash: hashEvent(last) },
        recordedAt,
      });
      return { state: next, events, position: result.position };
    }
    throw new Error(`${stream} is written by too many at once`);
  };

  return {
    execute: (asked) => inTurn(asked.stream, () => execute(asked)),
    read: (stream) => inTurn(stream, async () => (await readOn(stream)).state),
  };
}
