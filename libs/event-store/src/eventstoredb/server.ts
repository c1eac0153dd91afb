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
export const isBefore = (
  { beginning }: Server,
  recorded: { readonly position: { commit: bigint } } | undefined,
) => recorded !== undefined && recorded.position.commit <= beginning.commit;

export const onServer = ({ commit, prepare }: Place) => ({
  commit: BigInt(commit),
  prepare: BigInt(prepare),
});

/** So many events at the end are looked at first; there are more of the server's own only after a long quiet time. */
const firstLook = 16;

/** The place of the last append; null when the log is empty. */
export async function readEnd(server: Server): Promise<Place | null> {
  const { connection, quietMs } = server;
  for (const maxCount of [firstLook, Number.MAX_SAFE_INTEGER]) {
    let last: Place | null = null;
    let seen = 0;
    await readUntil<AllStreamResolvedEvent>(
      connection,
      quietMs,
      (client) =>
        client.readAll({ direction: 'backwards', fromPosition: 'end', maxCount, requiresLeader: true }),
      ({ event }) => {
        if (isBefore(server, event)) return false;
        seen++;
        const found = foundOf(server, event);
        if (found && isLast(found)) last = found.place;
        return last === null;
      },
    );
    if (last !== null || seen < maxCount) return last;
  }
  return null;
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
