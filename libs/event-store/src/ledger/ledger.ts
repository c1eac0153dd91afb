import type { ActorRef, Position, StoredEvent } from '../envelope.ts';
import type { EventLog, StreamHead } from '../port.ts';
import { appendSurely } from '../append-surely.ts';
import { chainEvents, hashEvent } from '../chain.ts';
import { sealEvents } from './sealing.ts';
import type { Decided, Sealer } from './sealing.ts';

export interface LedgerPorts {
  readonly log: EventLog;
  readonly clock: { now(): string };
  /** Absent: everything in these streams is public. */
  readonly sealer?: Sealer;
}

/** An event of a kind's own union; its data is plain JSON. */
export interface LedgerEvent {
  readonly type: string;
  readonly data: object;
}

/** How the streams of one kind are read and written: bodies, accounts, definitions. */
export interface LedgerKind<S, E extends LedgerEvent> {
  readonly initial: S;
  evolve(state: S, event: E): S;
  /** Per event type, the fields that stay readable. */
  readonly clear: Readonly<Record<string, readonly string[]>>;
}

export interface LedgerCommand<S, E, R> {
  readonly stream: string;
  /** IPA code of the body whose data this is. */
  readonly tenant: string;
  readonly actor: ActorRef;
  readonly commandId: string;
  /** Keyed hash of the request: the same command with another body is refused. */
  readonly requestHash: string;
  readonly occurredAt?: string;
  readonly correlationId?: string;
  readonly causationId?: string | null;
  /** Events to add (none: nothing to do), or a rejection. Pure; called again after a conflict. */
  decide(state: S): readonly E[] | R;
}

export type LedgerOutcome<S, E, R> =
  | {
      readonly outcome: 'done';
      readonly state: S;
      readonly events: readonly E[];
      /** Null: nothing was added. */
      readonly position: Position | null;
      readonly repeated: boolean;
    }
  | { readonly outcome: 'rejected'; readonly rejection: R }
  | { readonly outcome: 'key-reused' };

export interface Ledger<S, E extends LedgerEvent> {
  /** The state of a stream as it stands now. */
  load(stream: string): Promise<S>;
  /** An event in clear. */
  open(event: StoredEvent): Promise<E>;
  execute<R extends { readonly code: string }>(
    command: LedgerCommand<S, E, R>,
  ): Promise<LedgerOutcome<S, E, R>>;
}

const attempts = 10;

/**
 * Small streams, written seldom: load, decide, seal, append; on a conflict the same again. Nothing is cached.
 * A command that the stream has seen is answered like the first time.
 */
export function createLedger<S, E extends LedgerEvent>(
  ports: LedgerPorts,
  kind: LedgerKind<S, E>,
): Ledger<S, E> {
  const { log, clock, sealer } = ports;

  const open = async (event: StoredEvent): Promise<E> => {
    const data = sealer && event.keyId ? (await sealer.unseal(event.id, event.data)).data : event.data;
    return { type: event.type, data } as unknown as E;
  };

  const read = async (stream: string) => {
    const stored = await log.readStream(stream);
    const events = await Promise.all(stored.map(open));
    return {
      stored,
      events,
      state: events.reduce((state, event) => kind.evolve(state, event), kind.initial),
    };
  };

  return {
    open,
    load: async (stream) => (await read(stream)).state,
    async execute({ stream, decide, ...command }) {
      for (let attempt = 0; attempt < attempts; attempt++) {
        const { stored, events, state } = await read(stream);
        const first = stored.find(({ commandId }) => commandId === command.commandId);
        if (first) {
          if (first.requestHash !== command.requestHash) return { outcome: 'key-reused' };
          const own = events.filter((_, i) => stored[i]?.commandId === command.commandId);
          return { outcome: 'done', state, events: own, position: first.position, repeated: true };
        }
        const decided = decide(state);
        if (!Array.isArray(decided)) return { outcome: 'rejected', rejection: decided as never };
        const added = decided as readonly E[];
        if (added.length === 0)
          return { outcome: 'done', state, events: [], position: null, repeated: false };

        const last = stored.at(-1);
        const head: StreamHead | null = last ? { revision: last.revision, hash: hashEvent(last) } : null;
        const now = clock.now();
        const recordedAt = last && last.recordedAt > now ? last.recordedAt : now;
        const cover = {
          tenant: command.tenant,
          stream,
          occurredAt: command.occurredAt ?? recordedAt,
          recordedAt,
          actor: command.actor,
          commandId: command.commandId,
          requestHash: command.requestHash,
          causationId: command.causationId ?? null,
          correlationId: command.correlationId ?? command.commandId,
        };
        const isPrivate = added.some(({ type, data }) =>
          Object.keys(data).some((field) => !(kind.clear[type] ?? [field]).includes(field)),
        );
        const key = sealer && isPrivate ? await sealer.keyFor(stream) : null;
        const sealed = chainEvents(
          head,
          sealEvents(key, cover, added as unknown as readonly Decided[], kind.clear),
        );
        const result = await appendSurely(log, {
          stream,
          expectedRevision: head?.revision ?? -1,
          events: sealed,
        });
        if (result.outcome === 'appended') {
          const next = added.reduce((s, event) => kind.evolve(s, event), state);
          return { outcome: 'done', state: next, events: added, position: result.position, repeated: false };
        }
      }
      throw new Error(`${stream} changed ${attempts} times while one command was being decided`);
    },
  };
}
