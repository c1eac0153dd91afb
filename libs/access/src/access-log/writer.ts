import { randomBytes, randomUUID } from 'node:crypto';
import { appendSurely, chainEvents, hashEvent } from '@iter/event-store';
import type { ActorRef, EventLog, Persistence, StreamHead } from '@iter/event-store';
import { sealEvents } from '@iter/event-store/ledger';
import type { Sealer } from '@iter/event-store/ledger';
import type { Access, AccessLog } from '../access.ts';

/** What is stored of a reading, in streams `access-<yyyy-mm-dd>-<n>`; the actor is who read. */
export type ReadingEvent =
  | {
      readonly type: 'CaseRead';
      readonly data: { readonly caseId: string } & Pick<Access, 'what' | 'detail' | 'reason'>;
    }
  /** Histories of many cases, or who read them; the detail is what was asked for. */
  | { readonly type: 'LogRead'; readonly data: Pick<Access, 'what' | 'detail' | 'reason'> };

/** The reason is free text: it is sealed. */
export const accessClearFields = {
  CaseRead: ['caseId', 'what', 'detail'],
  LogRead: ['what', 'detail'],
} as const;

export interface AccessLogPorts {
  readonly log: EventLog;
  readonly clock: { now(): string };
  readonly sealer: Sealer;
  /** How long an append with an unknown outcome is repeated. */
  readonly persistence?: Persistence;
  /** How long readings may wait to be written together; 200 ms by default. */
  readonly delayMs?: number;
  /** Readings that may wait before further reading is refused; 20,000 by default. */
  readonly most?: number;
  /** Told when writing failed; it is tried again with the next batch. */
  onError?(error: unknown): void;
}

export interface AccessLogWriter extends AccessLog {
  /** Writes what waits. */
  flush(): Promise<void>;
  /** Writes what waits, then records nothing more. */
  close(): Promise<void>;
}

/** More readings wait than may be lost: the log does not take them. */
export class AccessLogFull extends Error {
  override readonly name = 'AccessLogFull';
}

interface Waiting extends Access {
  readonly at: string;
}

const perAppend = 200;

type Reader = Pick<Access, 'account' | 'role' | 'body' | 'onBehalfOf'>;
const actorOf = ({ account, role, body, onBehalfOf }: Reader): ActorRef => ({
  account,
  role,
  body,
  ...(onBehalfOf !== undefined && { onBehalfOf }),
});

/**
 * Batches readings into streams that this process alone writes, one per day, so that writing never conflicts and
 * reading a case never waits for the log. Readings never enter the case's own stream: its revision would change.
 *
 * A process that is killed loses what it read in the last `delayMs`; a log that takes nothing for long stops
 * reading altogether, since what cannot be recorded may not be read.
 */
export function createAccessLog(ports: AccessLogPorts): AccessLogWriter {
  const { log, clock, sealer, delayMs = 200, most = 20_000 } = ports;
  let writer = randomBytes(6).toString('hex');
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();
  let closed = false;
  let stream = '';
  let head: StreamHead | null = null;
  let recordedAt = '';

  const write = async (): Promise<void> => {
    while (waiting.length > 0) {
      const day = (waiting[0] as Waiting).at.slice(0, 10);
      const sameDay = waiting.findIndex(({ at }) => at.slice(0, 10) !== day);
      const batch = waiting.slice(0, Math.min(sameDay === -1 ? waiting.length : sameDay, perAppend));
      const name = `access-${day}-${writer}`;
      if (name !== stream) {
        stream = name;
        head = null;
      }
      const key = batch.some(({ reason }) => reason !== null) ? await sealer.keyFor(stream) : null;
      const now = clock.now();
      recordedAt = now > recordedAt ? now : recordedAt;
      const unchained = batch.flatMap(({ caseId, what, detail, reason, ...who }) => {
        const commandId = randomUUID();
        const cover = {
          tenant: who.comune,
          stream,
          occurredAt: who.at,
          recordedAt,
          actor: actorOf(who),
          commandId,
          requestHash: '',
          causationId: null,
          correlationId: commandId,
        };
        const data = { what, detail, ...(reason === null ? {} : { reason }) };
        const event =
          caseId === null
            ? { type: 'LogRead' as const, data }
            : { type: 'CaseRead' as const, data: { caseId, ...data } };
        return sealEvents(key, cover, [event], accessClearFields);
      });
      const events = chainEvents(head, unchained);
      const expectedRevision = head?.revision ?? -1;
      const result = await appendSurely(log, { stream, expectedRevision, events }, ports.persistence);
      if (result.outcome === 'conflict') throw new Error(`${stream} has another writer`);
      const last = events.at(-1);
      if (last) head = { revision: last.revision, hash: hashEvent(last) };
      waiting = waiting.slice(batch.length);
    }
  };

  const flush = (): Promise<void> => {
    if (timer) clearTimeout(timer);
    timer = null;
    return (writing = writing.then(write).catch(async (error: unknown) => {
      // What was written of this stream is unknown now: go on in a new one, which at worst says something twice.
      writer = randomBytes(6).toString('hex');
      await Promise.resolve(ports.onError?.(error));
      if (waiting.length > 0 && !closed) schedule();
    }));
  };
  const schedule = (): void => {
    timer ??= setTimeout(() => void flush(), delayMs).unref();
  };

  return {
    record(access) {
      if (closed) throw new AccessLogFull('the access log is closed');
      if (waiting.length >= most) throw new AccessLogFull(`${waiting.length} readings wait to be recorded`);
      waiting.push({ ...access, at: clock.now() });
      schedule();
    },
    flush,
    async close() {
      closed = true;
      await flush();
    },
  };
}
