import type { ResolvedEvent } from '@eventstore/db-client';
import { hashEvent } from '../chain.ts';
import type { StoredEvent } from '../envelope.ts';
import { DamagedLog } from '../port.ts';
import type { ReadStream, StreamHead } from '../port.ts';
import { nameOf, positionOf } from './server.ts';
import type { Server } from './server.ts';
import { fromStored, isLast, placed } from './stored.ts';
import type { Found } from './stored.ts';
import { readUntil } from './within.ts';

const mostRevision = 2 ** 31 - 1;

interface Stretch {
  /** Null: from the end. */
  readonly from: number | null;
  readonly direction: 'forwards' | 'backwards';
  readonly maxCount: number;
}

/** Events in the order of reading; none when there is no such stream. */
async function readFound(server: Server, stream: string, { from, ...stretch }: Stretch): Promise<Found[]> {
  const found: Found[] = [];
  await readUntil<ResolvedEvent>(
    server.connection,
    server.quietMs,
    (client) =>
      client.readStream(nameOf(server, stream), {
        ...stretch,
        fromRevision: from === null ? 'end' : BigInt(from),
        requiresLeader: true,
      }),
    ({ event }) => found.push(fromStored(event!, stream)) > 0,
  ).catch((error: unknown) => {
    if ((error as { type?: string }).type !== 'stream-not-found') throw error;
  });
  return found;
}

/** The one event with this revision; undefined when the stream ends before it. */
export async function readOne(server: Server, stream: string, revision: number): Promise<Found | undefined> {
  const [found] = await readFound(server, stream, { from: revision, direction: 'forwards', maxCount: 1 });
  return found?.event.revision === revision ? found : undefined;
}

export async function readHead(server: Server, stream: string): Promise<StreamHead | null> {
  const [last] = await readFound(server, stream, { from: null, direction: 'backwards', maxCount: 1 });
  return last ? { revision: last.event.revision, hash: hashEvent(last.event) } : null;
}

/** See `EventLog.readStream`. */
export async function readStream(
  server: Server,
  stream: string,
  { from, direction = 'forwards', limit = Infinity }: ReadStream = {},
): Promise<readonly StoredEvent[]> {
  const isBack = direction === 'backwards';
  if (limit < 1 || (from !== undefined && (isBack ? from < 0 : from > mostRevision))) return [];
  const maxCount = Math.min(limit, Number.MAX_SAFE_INTEGER);
  if (!isBack) {
    const start = Math.max(0, from ?? 0);
    return inPlace(server, stream, await readFound(server, stream, { from: start, direction, maxCount }));
  }
  // From beyond the end the server reads what is there of a range that may be empty.
  const head = from === undefined ? null : await readHead(server, stream);
  if (from !== undefined && !head) return [];
  const start = head ? Math.min(from!, head.revision) : null;
  const found = await readFound(server, stream, { from: start, direction, maxCount });
  return (await inPlace(server, stream, found.reverse())).reverse();
}

/** Gives each event the position of its append, which is where the append's last event lies; that may be beyond what was read. */
async function inPlace(server: Server, stream: string, ascending: readonly Found[]): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  let open: Found[] = [];
  for (const found of ascending) {
    open.push(found);
    if (!isLast(found)) continue;
    events.push(...placed(open, positionOf(server, found.place)));
    open = [];
  }
  const rest = open.at(-1);
  if (!rest) return events;
  const last = await readOne(server, stream, rest.event.revision + rest.count - 1 - rest.index);
  if (!last) throw new DamagedLog(`EventStoreDB gave only a part of an append to ${stream}`);
  return [...events, ...placed(open, positionOf(server, last.place))];
}
