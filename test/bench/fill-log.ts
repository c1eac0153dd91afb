import { randomUUID } from 'node:crypto';
import { isClear } from '@iter/engine';
import type { CaseEventType } from '@iter/engine';
import { chainEvents, hashEvent } from '@iter/event-store';
import type { EventLog, JsonObject, StreamHead } from '@iter/event-store';
import { sealEvents } from '@iter/event-store/ledger';
import type { Sealer } from '@iter/event-store/ledger';
import type { RealCase } from './real-cases.ts';

const staysClear = (type: string, field: string, value: unknown): boolean =>
  isClear(type as CaseEventType, field, value);

/** Appends that a case waits for at a time, all cases together. */
export interface Filling {
  readonly log: EventLog;
  readonly sealer: Sealer;
  /** Cases under way at the same time: so many streams are mixed in the log, as in life. */
  readonly underWay: number;
}

/**
 * Writes copies of a case under new ids through the real sealing, chaining and appending, command by command; all
 * that is left out is deciding.
 * @param next the case to copy, and the body whose it becomes; null: enough
 */
export async function fillLog(
  { log, sealer, underWay }: Filling,
  next: () => { readonly like: RealCase; readonly comune?: string } | null,
): Promise<void> {
  const copy = async (like: RealCase, comune: string | undefined): Promise<void> => {
    const stream = `case-${randomUUID()}`;
    const key = await sealer.keyFor(stream);
    let head: StreamHead | null = null;
    for (const events of like) {
      const { tenant, occurredAt, recordedAt, actor, requestHash, causationId } = events[0]!;
      const commandId = randomUUID();
      const cover = {
        ...{ stream, occurredAt, recordedAt, actor, commandId, requestHash, causationId },
        tenant: comune ?? tenant,
        correlationId: commandId,
      };
      const decided = events.map(({ type, data }) => ({
        type,
        data: (comune !== undefined && type === 'CaseStarted'
          ? { ...data, comune }
          : data) as unknown as JsonObject,
      }));
      const sealed = chainEvents(head, sealEvents(key, cover, decided, staysClear));
      const result = await log.append({ stream, expectedRevision: head?.revision ?? -1, events: sealed });
      if (result.outcome !== 'appended') throw new Error(`${stream} was written by somebody else`);
      head = { revision: result.revision, hash: hashEvent(sealed.at(-1)!) };
    }
  };
  await Promise.all(
    Array.from({ length: underWay }, async () => {
      for (let it = next(); it; it = next()) await copy(it.like, it.comune);
    }),
  );
}
