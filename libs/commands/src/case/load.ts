import type { CaseEvent } from '@iter/engine';
import { hashEvent } from '@iter/event-store';
import type { EventLog, StoredEvent } from '@iter/event-store';
import type { Sealer } from '@iter/event-store/ledger';
import type { RecordedEvent } from '../outcome.ts';
import { addEvents, emptyFile } from './case-file.ts';
import type { CaseFile } from './case-file.ts';
import { withoutErased } from './erased.ts';

export const caseStream = (caseId: string): string => `case-${caseId}`;

const pageSize = 10_000;

/** The stream of a case does not begin at its beginning, or has a hole: it cannot be trusted or folded. */
export class CaseUnreadable extends Error {
  override readonly name = 'CaseUnreadable';
}

/** An event in clear, with its envelope. Fields whose key was destroyed are empty. */
export async function openEvent(sealer: Sealer, stored: StoredEvent): Promise<RecordedEvent> {
  const { position: _, index: __, ...event } = stored;
  if (event.keyId === null) return event as unknown as RecordedEvent;
  const { data, erased } = await sealer.unseal(event.id, event.data);
  return { ...event, data: withoutErased(data, erased) } as unknown as RecordedEvent & CaseEvent;
}

/** Many of them, in their order; those with nothing to decrypt are taken as they are. */
async function openEvents(sealer: Sealer, stored: readonly StoredEvent[]): Promise<readonly RecordedEvent[]> {
  const sealed = stored.filter(({ keyId }) => keyId !== null);
  const clear = await Promise.all(sealed.map((event) => openEvent(sealer, event)));
  let opened = 0;
  return stored.map((event) => (event === sealed[opened] ? clear[opened++]! : (event as never)));
}

/**
 * The case with everything that its stream holds beyond `from`; `from` itself when there is nothing more.
 * @throws CaseUnreadable when the stream does not go on where `from` ends
 */
export async function readOn(
  { log, sealer }: { readonly log: EventLog; readonly sealer: Sealer },
  caseId: string,
  from: CaseFile = emptyFile,
): Promise<CaseFile> {
  let file = from;
  for (;;) {
    const next = (file.head?.revision ?? -1) + 1;
    const stored = await log.readStream(caseStream(caseId), { from: next, limit: pageSize });
    const last = stored.at(-1);
    if (!last) return file;
    stored.forEach((event, i) => {
      if (event.revision !== next + i) {
        throw new CaseUnreadable(`${event.stream} has revision ${event.revision} where ${next + i} belongs`);
      }
    });
    const events = await openEvents(sealer, stored);
    file = addEvents(file, events, { revision: last.revision, hash: hashEvent(last) });
    if (stored.length < pageSize) return file;
  }
}

/**
 * Every event of a case, oldest first, in clear.
 * @param from the first revision
 */
export async function readHistory(
  { log, sealer }: { readonly log: EventLog; readonly sealer: Sealer },
  caseId: string,
  from = 0,
): Promise<readonly (RecordedEvent & { readonly position: string })[]> {
  const history: (RecordedEvent & { readonly position: string })[] = [];
  for (;;) {
    const next = from + history.length;
    const stored = await log.readStream(caseStream(caseId), { from: next, limit: pageSize });
    if (stored.some((event, i) => event.revision !== next + i)) {
      throw new CaseUnreadable(`${caseStream(caseId)} has a hole after revision ${next - 1}`);
    }
    for (const event of stored) {
      history.push({ ...(await openEvent(sealer, event)), position: event.position });
    }
    if (stored.length < pageSize) return history;
  }
}
