import { hashEvent, withData } from '@iter/event-store';
import type { EventLog, StoredEvent } from '@iter/event-store';
import type { Sealer } from '@iter/event-store/ledger';
import { unseal } from '@iter/platform/sealing';
import type { RecordedEvent } from '../outcome.ts';
import { addEvents, emptyFile } from './case-file.ts';
import type { CaseFile } from './case-file.ts';
import { withoutErased } from './erased.ts';
import type { CasePorts, Snapshots } from '../ports.ts';
import { readFile, writeFile } from './written-file.ts';

export const caseStream = (caseId: string): string => `case-${caseId}`;

const pageSize = 10_000;

/** The stream of a case does not begin at its beginning, or has a hole: it cannot be trusted or folded. */
export class CaseUnreadable extends Error {
  override readonly name = 'CaseUnreadable';
}

/** An event in clear, with its envelope. Fields whose key was destroyed are empty. */
export async function openEvent(sealer: Sealer, stored: StoredEvent): Promise<RecordedEvent> {
  if (stored.keyId === null) return withData(stored, stored.data) as unknown as RecordedEvent;
  const { data, erased } = await sealer.unseal(stored.id, stored.data);
  return withData(stored, withoutErased(data, erased)) as unknown as RecordedEvent;
}

/** Many of them, in their order; those with nothing to decrypt are taken as they are. */
async function openEvents(sealer: Sealer, stored: readonly StoredEvent[]): Promise<readonly RecordedEvent[]> {
  const sealed = stored.filter(({ keyId }) => keyId !== null);
  const clear = await Promise.all(sealed.map((event) => openEvent(sealer, event)));
  let opened = 0;
  return stored.map((event) => (event === sealed[opened] ? clear[opened++]! : (event as never)));
}

/** What reads a case: of one that was erased nothing that was sealed is there, whichever key somebody sealed it with. */
export const sealerOf = (
  { sealer, erasures }: Pick<CasePorts, 'sealer' | 'erasures'>,
  caseId: string,
): Sealer =>
  erasures?.find(caseId)
    ? { ...sealer, unseal: (eventId, data) => Promise.resolve(unseal(() => null, eventId, data)) }
    : sealer;

type LoadPorts = Pick<CasePorts, 'log' | 'sealer' | 'snapshots' | 'snapshotEvery' | 'erasures'>;

/**
 * The case with everything that its stream holds beyond `from`; `from` itself when there is nothing more. A long one is read
 * on from its snapshot, when there is one; of a case that was erased none is believed or left, it may be older than that.
 * @throws CaseUnreadable when the stream does not go on where `from` ends
 */
export async function readOn(
  ports: LoadPorts,
  caseId: string,
  from: CaseFile = emptyFile,
): Promise<CaseFile> {
  const { snapshots, snapshotEvery = 500 } = ports;
  const isErased = (): boolean => Boolean(ports.erasures?.find(caseId));
  if (!snapshots || from.head !== null || isErased()) return foldOn(ports, caseId, from);
  const first = await readPage(ports.log, caseId, -1, snapshotEvery);
  if (first.length < snapshotEvery) return fold(ports.sealer, from, first);
  const kept = await readSnapshot(ports, snapshots, caseId);
  const file = await foldOn(ports, caseId, kept ?? (await fold(ports.sealer, from, first)));
  const folded = (file.head?.revision ?? -1) - (kept?.head?.revision ?? -1);
  if (folded >= snapshotEvery && !isErased()) snapshots.keep(caseStream(caseId), writeFile(file));
  return file;
}

async function foldOn(ports: LoadPorts, caseId: string, from: CaseFile): Promise<CaseFile> {
  for (let file = from; ;) {
    const stored = await readPage(ports.log, caseId, file.head?.revision ?? -1, pageSize);
    file = await fold(sealerOf(ports, caseId), file, stored);
    if (stored.length < pageSize) return file;
  }
}

/** @throws CaseUnreadable when it has a hole, or does not begin right behind `after` */
async function readPage(
  log: EventLog,
  caseId: string,
  after: number,
  limit: number,
): Promise<readonly StoredEvent[]> {
  const stored = await log.readStream(caseStream(caseId), { from: after + 1, limit });
  stored.forEach((event, i) => {
    const due = after + 1 + i;
    if (event.revision !== due)
      throw new CaseUnreadable(`${event.stream} has revision ${event.revision} where ${due} belongs`);
  });
  return stored;
}

async function fold(sealer: Sealer, file: CaseFile, stored: readonly StoredEvent[]): Promise<CaseFile> {
  const last = stored.at(-1);
  if (!last) return file;
  const events = await openEvents(sealer, stored);
  return addEvents(file, events, { revision: last.revision, hash: hashEvent(last) });
}

/** The case as it was kept, if the stream still holds the very event that it ended with: a restored log may not. */
async function readSnapshot(
  { log }: LoadPorts,
  snapshots: Snapshots,
  caseId: string,
): Promise<CaseFile | null> {
  const text = await snapshots.find(caseStream(caseId));
  if (text === null) return null;
  const file = readFile(text);
  if (file.head === null) return null;
  const { revision, hash } = file.head;
  const [tip] = await log.readStream(caseStream(caseId), { from: revision, limit: 1 });
  return tip && hashEvent(tip) === hash ? file : null;
}

/**
 * The case as far as its stream can be read: up to the first hole, or the first event that does not open or fold. For what
 * must be told also of a damaged case; nothing is decided on it. Of a beginning that does not open, what was never sealed.
 * @returns the empty file when the beginning is missing
 */
export async function readAsFar(ports: LoadPorts, caseId: string): Promise<CaseFile> {
  const sealer = sealerOf(ports, caseId);
  let file = emptyFile;
  for (const stored of await ports.log.readStream(caseStream(caseId))) {
    if (stored.revision !== (file.head?.revision ?? -1) + 1) return file;
    try {
      const event = await openEvent(sealer, stored).catch((error: unknown) => {
        if (stored.revision > 0) throw error;
        return { ...stored, data: withoutErased(stored.data, ['variables', 'businessKey']) } as never;
      });
      file = addEvents(file, [event], { revision: stored.revision, hash: hashEvent(stored) });
    } catch {
      return file;
    }
  }
  return file;
}

/**
 * Every event of a case, oldest first, in clear.
 * @param from the first revision
 */
export async function readHistory(
  ports: Pick<CasePorts, 'log' | 'sealer' | 'erasures'>,
  caseId: string,
  from = 0,
): Promise<readonly (RecordedEvent & { readonly position: string })[]> {
  const history: (RecordedEvent & { readonly position: string })[] = [];
  for (;;) {
    const stored = await readPage(ports.log, caseId, from + history.length - 1, pageSize);
    const sealer = sealerOf(ports, caseId);
    for (const event of stored) {
      history.push({ ...(await openEvent(sealer, event)), position: event.position });
    }
    if (stored.length < pageSize) return history;
  }
}
