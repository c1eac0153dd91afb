import { appendSurely, chainEvents, hashEvent } from '@iter/event-store';
import type { ActorRef, EventLog, JsonObject, Persistence, Position, StreamHead } from '@iter/event-store';
import { sealEvents } from '@iter/event-store/ledger';
import type { Sealer } from '@iter/event-store/ledger';
import { canonicalJson, uuidV5 } from '@iter/platform/ids';
import { createMailboxes } from '../case/mailbox.ts';
import { decideMessages } from '@iter/engine/messages';
import type { MessageCommand } from '@iter/engine/messages';
import { clearMessageFields, emptyMessages, evolveMessages } from '@iter/engine/messages';
import type { MessageEvent, MessageSeen, MessageState } from '@iter/engine/messages';

export interface MessageStreamPorts {
  readonly log: EventLog;
  readonly clock: { now(): string };
  readonly sealer: Sealer;
  requestHash(canonical: string): string;
  readonly persistence?: Persistence;
}

export interface MessageDone {
  readonly state: MessageState;
  /** What was added; empty: the command had been done before. */
  readonly events: readonly MessageEvent[];
  readonly position: Position | null;
}

export interface MessageStreams {
  /** Does a command in a stream, with all that follows from it there. Doing it again adds nothing. */
  execute(asked: {
    readonly stream: string;
    readonly tenant: string;
    readonly actor: ActorRef;
    /** Event that caused it. */
    readonly causationId?: string | null;
    readonly command: MessageCommand;
  }): Promise<MessageDone>;
  /** The stream as it stands. */
  read(stream: string): Promise<MessageState>;
}

interface Folded {
  readonly state: MessageState;
  readonly head: StreamHead | null;
  readonly recordedAt: string;
}

const nothing: Folded = { state: emptyMessages, head: null, recordedAt: '' };
/** Streams kept folded: a cache and nothing else. */
const mostHot = 2_000;
/** Each conflict means that another process wrote to the same stream meanwhile. */
const maxConflicts = 50;
const pageSize = 10_000;

/**
 * The way of every command of a message stream: read on, decide, append; after a conflict the same again. What is sealed
 * is never needed to decide.
 */
export function createMessageStreams(ports: MessageStreamPorts): MessageStreams {
  const { log, clock, sealer } = ports;
  const inTurn = createMailboxes();
  const hot = new Map<string, Folded>();

  async function readOn(stream: string): Promise<Folded> {
    let file = hot.get(stream) ?? nothing;
    for (;;) {
      const stored = await log.readStream(stream, {
        from: (file.head?.revision ?? -1) + 1,
        limit: pageSize,
      });
      const last = stored.at(-1);
      if (last) {
        const state = (stored as unknown as MessageSeen[]).reduce(evolveMessages, file.state);
        file = {
          state,
          head: { revision: last.revision, hash: hashEvent(last) },
          recordedAt: last.recordedAt,
        };
      }
      if (stored.length < pageSize) return keep(stream, file);
    }
  }

  function keep(stream: string, file: Folded): Folded {
    hot.delete(stream);
    hot.set(stream, file);
    if (hot.size > mostHot) hot.delete(hot.keys().next().value as string);
    return file;
  }

  const execute: MessageStreams['execute'] = async ({ stream, tenant, actor, causationId, command }) => {
    for (let conflicts = 0; conflicts <= maxConflicts; conflicts++) {
      const { state, head, recordedAt: before } = await readOn(stream);
      const now = clock.now();
      const recordedAt = now > before ? now : before;
      const events = decideMessages(state, command, recordedAt);
      if (events.length === 0) return { state, events, position: null };
      const { type, ...what } = command;
      const identity = canonicalJson(type === 'PublishMessage' ? command.message.messageId : what);
      // A start takes the same message again after it gave it back: then it is another command.
      const expectedRevision = head?.revision ?? -1;
      const commandId = uuidV5(`${type}|${stream}|${expectedRevision}|${identity}`);
      const cover = {
        ...{ tenant, stream, actor, commandId, recordedAt, occurredAt: recordedAt },
        requestHash: ports.requestHash(identity),
        causationId: causationId ?? null,
        correlationId: commandId,
      };
      const decided = events as unknown as readonly { readonly type: string; readonly data: JsonObject }[];
      const isPrivate = events.some(
        ({ type: it, data }) => it === 'MessagePublished' && data.variables !== undefined,
      );
      const key = isPrivate ? await sealer.keyFor(stream) : null;
      const sealed = chainEvents(head, sealEvents(key, cover, decided, clearMessageFields));
      let result;
      try {
        result = await appendSurely(log, { stream, expectedRevision, events: sealed }, ports.persistence);
      } catch (error) {
        hot.delete(stream);
        throw error;
      }
      if (result.outcome === 'conflict') continue;
      const last = sealed[sealed.length - 1] as (typeof sealed)[number];
      const next = (sealed as unknown as MessageSeen[]).reduce(evolveMessages, state);
      keep(stream, {
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
