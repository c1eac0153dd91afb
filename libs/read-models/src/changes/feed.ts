import type { Position } from '@iter/event-store';
import type { Progress } from '@iter/event-store/following';
import type { Pool } from 'pg';
import type { Viewer } from '../querying/viewer.ts';

/** Something that a desk may show has changed. */
export interface Change {
  /** Of the append up to which the views are; null: unknown, load everything anew. */
  readonly position: Position | null;
  /** Null: everything may have changed. */
  readonly caseId: string | null;
  readonly comune: string | null;
  /** Names of the views, e.g. `tasks`. */
  readonly views: readonly string[];
}

export interface ChangeFeed {
  /**
   * Changes from a position on, else from some time ago, else from now on; for ever, until the signal aborts. After a
   * position or a time that is no longer known the first change says that everything may have changed. Whoever reads too
   * slowly is told the same instead of what was missed.
   */
  follow(options: {
    readonly after?: Position | undefined;
    /** What nobody could read so many milliseconds ago is told, and perhaps a little of what came before it. */
    readonly agoMs?: number | undefined;
    readonly signal: AbortSignal;
  }): AsyncIterable<Change>;
  close(): void;
}

/** Whether a change may be told to someone: that something happened in a case is for those who may see it. */
export const concerns = ({ comuni }: Viewer, { comune }: Change): boolean =>
  comune === null || comuni === 'all' || comuni.includes(comune);

interface Row {
  readonly number: number;
  readonly position: string;
  readonly case_id: string | null;
  readonly comune: string | null;
  readonly views: readonly string[];
}

/** Changes waiting for one slow reader before it is told to load everything. */
const mostWaiting = 1_000;
const everything: Change = { position: null, caseId: null, comune: null, views: [] };

interface Reader {
  last: number;
  waiting: Change[];
  wake: () => void;
}

/** One reading of the changes per process, shared by all who follow. */
export async function createChangeFeed(pool: Pool, progress: Progress): Promise<ChangeFeed> {
  const readers = new Set<Reader>();
  const newest = async (): Promise<number> => {
    const { rows } = await pool.query<{ last: number | null }>(
      'select max(number) as last from desk.changes',
    );
    return rows[0]?.last ?? 0;
  };
  const sightings = createSightings();
  let last = await newest();
  sightings.note(last);
  let queue: Promise<void> = Promise.resolve();

  const pull = async (): Promise<void> => {
    if (readers.size === 0) {
      last = await newest();
      sightings.note(last);
      return;
    }
    for (;;) {
      const rows = await read(pool, last);
      for (const reader of readers) give(reader, rows);
      last = rows.at(-1)?.number ?? last;
      sightings.note(last);
      if (rows.length < pageSize) return;
    }
  };
  // A failed look is repeated by the next commit, or by the listener when it is connected again.
  const look = (): Promise<void> => (queue = queue.then(pull).catch(() => undefined));
  const stop = progress.onAdvance(() => void look());

  /**
   * Brings a reader from where it asked to the present and lets it share the readings from then on.
   * @param start the number of the last change that it knows; null: unknown
   */
  const begin = async (reader: Reader, start: () => Promise<number | null>): Promise<void> => {
    await pull();
    reader.last = last;
    const from = await start();
    if (from === null) reader.waiting.push(everything);
    else reader.last = from;
    for (;;) {
      const rows = await read(pool, reader.last);
      give(reader, rows);
      if (rows.length < pageSize) break;
    }
    readers.add(reader);
  };

  return {
    async *follow({ after, agoMs = 0, signal }) {
      const seenBy = sightings.at(performance.now() - agoMs);
      const reader: Reader = { last: 0, waiting: [], wake: () => undefined };
      // In the queue of the shared readings: one of them in between would give what is newer before what is missed,
      // and what is older is taken for known.
      const begun = queue.then(() =>
        begin(reader, after === undefined ? async () => seenBy : () => numberOf(pool, after)),
      );
      queue = begun.catch(() => undefined);
      await begun;
      try {
        while (!signal.aborted) {
          const next = reader.waiting.shift();
          if (next) yield next;
          else await nextChange(reader, signal);
        }
      } finally {
        readers.delete(reader);
      }
    },
    close: stop,
  };
}

/** How much of the past sightings hold: ten minutes, by the second. */
const mostSightings = 600;
const sightingEveryMs = 1_000;

/** Which change was the newest, and since when this process knows that it could be read. */
function createSightings() {
  const seen: { readonly atMs: number; readonly number: number }[] = [];
  return {
    note(number: number): void {
      if (seen.at(-1)?.number === number) return;
      const [before, newest] = seen.slice(-2);
      if (before && newest && newest.atMs - before.atMs < sightingEveryMs) seen.pop();
      seen.push({ atMs: performance.now(), number });
      if (seen.length > mostSightings) seen.shift();
    },
    /** @returns the number of a change that could be read at that time, if not the last one; null: too long ago */
    at: (atMs: number): number | null => seen.findLast((one) => one.atMs <= atMs)?.number ?? null,
  };
}

const pageSize = 1_000;

async function read(pool: Pool, after: number): Promise<readonly Row[]> {
  const { rows } = await pool.query<Row>(
    'select number, position, case_id, comune, views from desk.changes where number > $1 order by number limit $2',
    [after, pageSize],
  );
  return rows;
}

async function numberOf(pool: Pool, position: Position): Promise<number | null> {
  const { rows } = await pool.query<{ last: number | null }>(
    'select max(number) as last from desk.changes where position = $1',
    [position],
  );
  return rows[0]?.last ?? null;
}

/** Rows may come twice, from the catching up and from the shared reading: the number tells. */
function give(reader: Reader, rows: readonly Row[]): void {
  for (const row of rows) {
    if (row.number <= reader.last) continue;
    reader.last = row.number;
    const { case_id: caseId, comune, views } = row;
    reader.waiting.push(caseId === null ? everything : { position: row.position, caseId, comune, views });
  }
  if (reader.waiting.length > mostWaiting) reader.waiting = [everything];
  if (reader.waiting.length > 0) reader.wake();
}

function nextChange(reader: Reader, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      signal.removeEventListener('abort', done);
      reader.wake = () => undefined;
      resolve();
    };
    reader.wake = done;
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted || reader.waiting.length > 0) done();
  });
}
