import { listen, migrate } from '@iter/platform/postgres';
import type { Pool, QueryConfig, QueryResultRow } from 'pg';
import type { Position, StoredEvent } from '../envelope.ts';
import { formatPosition, parsePosition } from '../position.ts';
import { LogWasRestored, MalformedAppend } from '../port.ts';
import type { Append, AppendResult, EventLog, Page, ReadAll, ReadStream, StreamHead } from '../port.ts';
import { Signal } from '../signal.ts';
import { createBatcher } from './batcher.ts';
import type { Entry } from './batcher.ts';
import { unpack } from './pack.ts';
import { logChannel, logMigrations } from './schema.ts';

export interface PostgresLogOptions {
  readonly pool: Pool;
  /** For the connection that listens. */
  readonly url: string;
  /** How long a batch may take before its outcome counts as unknown; 15 s by default. */
  readonly timeoutMs?: number;
  /** How often to look without a notification, in case one was lost; 5 s by default. */
  readonly lookEveryMs?: number;
}

interface Row {
  readonly position: number;
  readonly first_revision: number;
  readonly events: string;
}

type Written = {
  readonly outcome: 'appended' | 'conflict' | 'broken-chain';
  readonly at: number;
  readonly actual: number;
};

const appendSql = 'select n, outcome, at_position, actual from append_batch($1, $2, $3, $4, $5, $6)';
/** Most appends hold a few events: so many rows fill a page about as asked. */
const eventsPerRow = 3;

/** Classes 08 and 57P (connection, shutdown) of PostgreSQL, and what sockets and the driver say. */
const isLostConnection = (error: unknown): boolean => {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return (
    /^(08|57P0)/.test(code) ||
    /^(ECONNRESET|EPIPE|ECONNREFUSED)$/.test(code) ||
    /Connection terminated/.test(message)
  );
};

/** The log in PostgreSQL (ADR 0001). Creates or migrates its tables. */
export async function createPostgresLog(options: PostgresLogOptions): Promise<EventLog> {
  const { pool, url, timeoutMs = 15_000, lookEveryMs = 5_000 } = options;
  await migrate(pool, logMigrations);
  const { rows: meta } = await pool.query<{ epoch: string }>('select epoch from log_counter');
  const epoch = meta[0]!.epoch;
  const signal = new Signal();
  const listener = await listen({ url, channel: logChannel, onNotice: () => signal.raise() });
  const positionOf = (number: number): Position => formatPosition(epoch, number);

  /** A read changes nothing: when its connection died under it, it is simply asked again. */
  const read = async <R extends QueryResultRow>(query: QueryConfig): Promise<R[]> => {
    try {
      return (await pool.query<R>(query)).rows;
    } catch (error) {
      if (!isLostConnection(error)) throw error;
      return (await pool.query<R>(query)).rows;
    }
  };

  const write = async (entries: readonly Entry[]): Promise<Written[]> => {
    const { rows } = await pool.query<{ outcome: Written['outcome']; at_position: number; actual: number }>({
      name: 'append_batch',
      text: appendSql,
      values: [
        entries.map(({ stream }) => stream),
        entries.map(({ expected }) => expected),
        entries.map(({ prev }) => prev),
        entries.map(({ count }) => count),
        entries.map(({ hash }) => hash),
        entries.map(({ events }) => events),
      ],
      query_timeout: timeoutMs,
    } as Parameters<typeof pool.query>[0] & object);
    return rows.map(({ outcome, at_position, actual }) => ({ outcome, at: at_position, actual }));
  };
  const batcher = createBatcher({ write });

  const readRow = async (stream: string, revision: number): Promise<StoredEvent[]> => {
    const rows = await read<Row>({
      name: 'read_row',
      text: `select l.position, l.first_revision, l.events from log l
        where l.stream_key = (select stream_key from stream_heads where stream = $1) and l.first_revision = $2`,
      values: [stream, revision],
    });
    return rows.flatMap((row) => unpack(row.events, row.first_revision, positionOf(row.position)));
  };

  const append = async (request: Append): Promise<AppendResult> => {
    const { stream, expectedRevision, events } = request;
    const { outcome, at, actual } = await batcher.add(request);
    const revision = expectedRevision + events.length;
    if (outcome === 'appended') return { outcome, position: positionOf(at), revision };
    if (outcome === 'broken-chain')
      throw new MalformedAppend(`append to ${stream}: event 0 breaks the chain`);
    if (actual >= revision) {
      const there = await readRow(stream, expectedRevision + 1);
      const isRepetition = there.length === events.length && events.every(({ id }, i) => there[i]!.id === id);
      if (isRepetition) return { outcome: 'appended', position: there[0]!.position, revision };
    }
    return { outcome: 'conflict', actualRevision: actual };
  };

  const readStream = async (
    stream: string,
    { from, direction = 'forwards', limit = 10_000 }: ReadStream = {},
  ) => {
    // A row holds at least one event, so as many rows as events asked for are always enough.
    const forwards = direction === 'forwards';
    const rows = await read<Row>({
      name: `read_stream_${direction}`,
      text: forwards
        ? `with s as (select stream_key as key from stream_heads where stream = $1)
           select l.position, l.first_revision, l.events from log l, s
           where l.stream_key = s.key and l.first_revision >= coalesce(
             (select max(b.first_revision) from log b where b.stream_key = s.key and b.first_revision <= $2), 0)
           order by l.first_revision limit $3`
        : `with s as (select stream_key as key from stream_heads where stream = $1)
           select l.position, l.first_revision, l.events from log l, s
           where l.stream_key = s.key and l.first_revision <= $2
           order by l.first_revision desc limit $3`,
      values: [stream, from ?? (forwards ? 0 : 2 ** 31 - 1), limit],
    });
    const events = rows.flatMap(({ events: text, first_revision, position }) => {
      const unpacked = unpack(text, first_revision, positionOf(position));
      return forwards ? unpacked : unpacked.reverse();
    });
    const wanted =
      from === undefined
        ? events
        : events.filter(({ revision }) => (forwards ? revision >= from : revision <= from));
    return wanted.slice(0, limit);
  };

  const end = async (): Promise<number> => {
    const rows = await read<{ epoch: string; position: number }>({
      name: 'log_end',
      text: 'select epoch, position from log_counter',
    });
    if (rows[0]!.epoch !== epoch) throw new LogWasRestored('the log was replaced while it was open');
    return rows[0]!.position;
  };

  const readAll = async ({
    after,
    direction = 'forwards',
    limit = 1_000,
    prefixes,
  }: ReadAll = {}): Promise<Page> => {
    const forwards = direction === 'forwards';
    const last = await end();
    const start =
      after === null || after === undefined ? (forwards ? 0 : last + 1) : parsePosition(epoch, after);
    if (start > last + (forwards ? 0 : 1)) throw new LogWasRestored('the position is ahead of the log');
    const most = Math.max(1, Math.ceil(limit / eventsPerRow));
    const rows = await read<Row>({
      name: `read_all_${direction}${prefixes ? '_of' : ''}`,
      text: `select l.position, l.first_revision, l.events from log l
        ${prefixes ? 'join stream_heads h on h.stream_key = l.stream_key and h.stream ^@ any ($4::text[])' : ''}
        where l.position ${forwards ? '> $1 and l.position <= $2' : '< $1 and l.position <= $2'}
        order by l.position ${forwards ? '' : 'desc'} limit $3`,
      values: [start, last, most, ...(prefixes ? [prefixes] : [])],
    });
    const events = rows.flatMap((row) => {
      const unpacked = unpack(row.events, row.first_revision, positionOf(row.position));
      return forwards ? unpacked : unpacked.reverse();
    });
    const isFull = rows.length === most;
    if (!forwards) {
      const lowest = isFull ? rows.at(-1)!.position : 1;
      return { events, position: lowest > 1 ? positionOf(lowest) : null, atEnd: lowest <= 1 };
    }
    const reached = isFull ? rows.at(-1)!.position : last;
    return { events, position: reached > 0 ? positionOf(reached) : null, atEnd: reached === last };
  };

  return {
    append,
    readStream,
    readAll,
    async head(stream): Promise<StreamHead | null> {
      const rows = await read<{ revision: number; hash: Buffer }>({
        name: 'stream_head',
        text: 'select revision, hash from stream_heads where stream = $1',
        values: [stream],
      });
      return rows[0] ? { revision: rows[0].revision, hash: rows[0].hash.toString('hex') } : null;
    },
    async *follow({ signal: abort, after, ...rest } = {}) {
      let at = after ?? null;
      while (!abort?.aborted) {
        const version = signal.version;
        const page = await readAll({ ...rest, after: at, direction: 'forwards' });
        if (page.position !== at) yield page;
        at = page.position;
        if (page.atEnd) await signal.wait(version, lookEveryMs, abort);
      }
    },
    async lastPosition() {
      const last = await end();
      return last > 0 ? positionOf(last) : null;
    },
    comparePositions: (a, b) => parsePosition(epoch, a) - parsePosition(epoch, b),
    distance: (from, to) => parsePosition(epoch, to) - parsePosition(epoch, from),
    async close() {
      await batcher.drain();
      await listener.close();
    },
  };
}
