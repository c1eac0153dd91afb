import { gathered } from '@iter/platform/gathering';
import type { Pool } from 'pg';
import type { Position, StoredEvent } from '../envelope.ts';
import type { ReadStream, StreamHead } from '../port.ts';
import { read } from './connections.ts';
import { unpack } from './pack.ts';

interface Row {
  readonly position: number;
  readonly first_revision: number;
  readonly events: string;
}

const mostRevision = 2 ** 31 - 1;

/** Rows that hold the revisions from $2 to $3; the first of them may begin before. Without $2: the last $4 up to $3. */
const statement = (direction: 'asc' | 'desc'): string => `
  with head as (select stream_key as key, revision from stream_heads where stream = $1),
  low as (select coalesce($2, least($3, revision) - $4 + 1) as revision from head)
  select l.position, l.first_revision, l.events from log l
  where l.stream_key = (select key from head) and l.first_revision <= $3 and l.first_revision >= coalesce((
      select max(b.first_revision) from log b
      where b.stream_key = (select key from head) and b.first_revision <= (select revision from low)), 0)
  order by l.first_revision ${direction}`;

/** See `EventLog.readStream`; an append is one row, and a read may begin or end in the middle of one. */
export async function readStream(
  pool: Pool,
  positionOf: (number: number) => Position,
  stream: string,
  { from, direction = 'forwards', limit = Infinity }: ReadStream = {},
): Promise<readonly StoredEvent[]> {
  const forwards = direction === 'forwards';
  if (limit < 1 || (from !== undefined && (forwards ? from > mostRevision : from < 0))) return [];
  const most = Math.min(limit, mostRevision);
  const low = forwards ? Math.max(0, from ?? 0) : null;
  const high = forwards
    ? Math.min(low! + most - 1, mostRevision)
    : Math.min(from ?? mostRevision, mostRevision);
  const rows = await read<Row>(pool, {
    name: `read_stream_${forwards ? 'asc' : 'desc'}`,
    text: statement(forwards ? 'asc' : 'desc'),
    values: [stream, low, high, most],
  });
  const events = rows.flatMap((row) => {
    const unpacked = unpack(row.events, row.first_revision, positionOf(row.position)).filter(
      ({ revision }) => revision <= high && revision >= (low ?? 0),
    );
    return forwards ? unpacked : unpacked.reverse();
  });
  return events.length > limit ? events.slice(0, limit) : events;
}

interface Wanted {
  readonly stream: string;
  readonly low: number;
  readonly high: number;
}

/** Events of one stream that a shared read fetches; what is beyond is read for whoever asked, alone. */
const mostShared = 1_000;

/** The same rows as `statement('asc')`, of many streams; `n` says whose. */
const ofMany = `
  select i.n, l.position, l.first_revision, l.events
  from unnest($1::text[], $2::integer[], $3::integer[]) with ordinality as i (stream, low, high, n)
  cross join lateral (select s.stream_key from stream_heads s where s.stream = i.stream limit 1) h
  cross join lateral (
    select l.position, l.first_revision, l.events from log l
    where l.stream_key = h.stream_key and l.first_revision <= i.high and l.first_revision >= coalesce((
        select max(b.first_revision) from log b
        where b.stream_key = h.stream_key and b.first_revision <= i.low), 0)
    order by l.first_revision offset 0) l`;

/**
 * Reads streams forwards as `readStream` does; those who ask at the same time share a statement, so that ten thousand cases
 * whose bells ring at once do not mean ten thousand queries.
 */
export function createStreamReader(
  pool: Pool,
  positionOf: (number: number) => Position,
): (stream: string, from: number, limit: number) => Promise<readonly StoredEvent[]> {
  const rowsOf = gathered<Wanted, readonly Row[]>({
    async ask(wanted) {
      const one = wanted.length === 1 ? wanted[0] : undefined;
      if (one) {
        const values = [one.stream, one.low, one.high, null];
        return [await read<Row>(pool, { name: 'read_stream_asc', text: statement('asc'), values })];
      }
      const rows = await read<Row & { readonly n: number }>(pool, {
        name: 'read_streams',
        text: ofMany,
        values: [
          wanted.map(({ stream }) => stream),
          wanted.map(({ low }) => low),
          wanted.map(({ high }) => high),
        ],
      });
      const answers = wanted.map((): Row[] => []);
      for (const row of rows) answers[row.n - 1]!.push(row);
      return answers;
    },
  });
  return async (stream, from, limit) => {
    const low = Math.max(0, from);
    if (limit < 1 || low > mostRevision) return [];
    const high = Math.min(low + Math.min(limit, mostShared) - 1, mostRevision);
    const rows = await rowsOf({ stream, low, high });
    const events = rows.flatMap((row) =>
      unpack(row.events, row.first_revision, positionOf(row.position)).filter(
        ({ revision }) => revision >= low && revision <= high,
      ),
    );
    if (events.length < mostShared || limit <= mostShared) return events;
    const rest = await readStream(pool, positionOf, stream, { from: high + 1, limit: limit - mostShared });
    return [...events, ...rest];
  };
}

/** The events of the append that begins at a revision; none when none does. */
export async function readRow(
  pool: Pool,
  positionOf: (number: number) => Position,
  stream: string,
  revision: number,
): Promise<readonly StoredEvent[]> {
  const rows = await read<Row>(pool, {
    name: 'read_row',
    text: `select l.position, l.first_revision, l.events from log l
      where l.stream_key = (select stream_key from stream_heads where stream = $1) and l.first_revision = $2`,
    values: [stream, revision],
  });
  return rows.flatMap((row) => unpack(row.events, row.first_revision, positionOf(row.position)));
}

export async function readHead(pool: Pool, stream: string): Promise<StreamHead | null> {
  const [row] = await read<{ revision: number; hash: Buffer }>(pool, {
    name: 'stream_head',
    text: 'select revision, hash from stream_heads where stream = $1',
    values: [stream],
  });
  return row ? { revision: row.revision, hash: row.hash.toString('hex') } : null;
}
