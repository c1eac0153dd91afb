import type { AllStreamResolvedEvent, RecordedEvent } from '@eventstore/db-client';
import type { Position } from '../envelope.ts';
import { LogWasRestored } from '../port.ts';
import type { Beginning } from './beginning.ts';
import type { Connection } from './connection.ts';
import { formatPlace, parsePlace } from './place.ts';
import type { Place } from './place.ts';
import { fromStored, isLast } from './stored.ts';
import type { Found } from './stored.ts';
import { readUntil } from './within.ts';

/** The server as one log sees it. */
export interface Server {
  readonly connection: Connection;
  /** What the names of the log's streams begin with on the server. */
  readonly prefix: string;
  /** Nothing of the log lies before it. */
  readonly beginning: Beginning;
  /** How long a read may be silent. */
  readonly quietMs: number;
}

export const nameOf = ({ prefix }: Server, stream: string): string => `${prefix}${stream}`;
export const positionOf = ({ beginning }: Server, place: Place): Position =>
  formatPlace(beginning.epoch, place);
export const placeOf = ({ beginning }: Server, position: Position): Place =>
  parsePlace(beginning.epoch, position);

/** Null: of another log, or the server's own. */
export function foundOf({ prefix }: Server, recorded: RecordedEvent | undefined): Found | null {
  if (!recorded?.streamId.startsWith(prefix)) return null;
  return fromStored(recorded, recorded.streamId.slice(prefix.length));
}

/** Whether a reading backwards has come to where the log begins. */
const isBefore = ({ beginning }: Server, recorded: { readonly position: { commit: bigint } } | undefined) =>
  recorded !== undefined && recorded.position.commit <= beginning.commit;

export const onServer = ({ commit, prepare }: Place) => ({
  commit: BigInt(commit),
  prepare: BigInt(prepare),
});

/** So many events are asked for at first, and so many at most at once. */
const firstPage = 16;
const mostAtOnce = 4_096;

/**
 * Reads everything on the server backwards, until `take` has had enough (it returns false) or the log begins: in pages that
 * grow, for not every client can be told to stop.
 * @param before exclusive; null: from the end
 */
export async function readBack(
  server: Server,
  before: Place | null,
  take: (found: Found | null) => boolean,
): Promise<void> {
  let from = before ? onServer(before) : ('end' as const);
  for (let maxCount = firstPage; ; maxCount = Math.min(maxCount * 8, mostAtOnce)) {
    let seen = 0;
    let goesOn = true;
    await readUntil<AllStreamResolvedEvent>(
      server.connection,
      server.quietMs,
      (client) =>
        client.readAll({ direction: 'backwards', fromPosition: from, maxCount, requiresLeader: true }),
      ({ event }) => {
        seen++;
        if (event) from = event.position;
        goesOn = !isBefore(server, event) && take(foundOf(server, event));
        return goesOn;
      },
    );
    if (!goesOn || seen < maxCount) return;
  }
}

/** The place of the last append; null when the log is empty. */
export async function readEnd(server: Server): Promise<Place | null> {
  let last: Place | null = null;
  await readBack(server, null, (found) => {
    if (found && isLast(found)) last = found.place;
    return last === null;
  });
  return last;
}

/**
 * Makes sure that what was at a place is there still.
 * @throws LogWasRestored when the log ends before it, or has something else there
 */
export async function checkPlace(server: Server, place: Place): Promise<void> {
  const { connection, quietMs } = server;
  let there: Place | null = null;
  await readUntil<AllStreamResolvedEvent>(
    connection,
    quietMs,
    (client) => client.readAll({ fromPosition: onServer(place), maxCount: 1, requiresLeader: true }),
    ({ event }) => {
      there = foundOf(server, event)?.place ?? null;
      return false;
    },
  ).catch((error: unknown) => {
    // An offset at which no event begins.
    if (!/position/i.test((error as Error).message)) throw error;
  });
  const { commit, mark } = (there as Place | null) ?? {};
  if (commit !== place.commit || mark !== place.mark)
    throw new LogWasRestored('the log is another than the position was made from');
}
