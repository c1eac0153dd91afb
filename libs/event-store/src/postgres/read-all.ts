import type { Pool } from 'pg';
import type { Position, StoredEvent } from '../envelope.ts';
import { formatPosition, parsePosition } from '../position.ts';
import { LogWasRestored } from '../port.ts';
import type { Page, ReadAll } from '../port.ts';
import { read } from './connections.ts';
import { rowsOf, unpack } from './pack.ts';

/** Most appends hold a few events: so many rows fill a page about as asked. */
const eventsPerRow = 3;
/** A page ends with the append that passes it, so that wide appends do not fill the memory. */
const mostBytes = 16 * 1024 * 1024;
/** So many appends are looked through at once for the few that are asked for. */
const window = 10_000;
/** Streams with so few events in all are read by name, wherever in the log they lie. */
const few = 10_000;

interface Row {
  readonly epoch: string;
  readonly last: number;
  /** Null in the one row that comes when there is nothing to read. */
  readonly position: number | null;
  readonly first_revision: number;
  readonly events: string;
  readonly upto: number;
}

/**
 * Rows with where the log ends, from one snapshot. In the inner query $1 is the number to start from (exclusive), $2 how
 * many rows, $3 after how many bytes a page ends, $4 the prefixes (of rows, or of names for the few). The join keeps the
 * inner order.
 */
const statement = (rows: string, direction: 'asc' | 'desc'): string => `
  select c.epoch, c.position as last, l.* from log_counter c left join lateral (
    select r.position, r.first_revision, r.events, r.upto from (
      select r.*, sum(octet_length(r.events)) over (order by r.position ${direction} rows unbounded preceding) as upto
      from (${rows} order by l.position ${direction} limit $2) r
    ) r where r.upto - octet_length(r.events) < $3 order by r.position ${direction}
  ) l on true where c.one`;

const columns = 'select l.position, l.first_revision, l.events';
/** Rows begin with the name of their stream: no look-up is needed to leave others out. */
const isWanted = 'l.events ^@ any ($4::text[])';
/** Streams of a prefix are a range of the index: names are ASCII in byte order. */
const streamsOf = `unnest($4::text[]) p (prefix) cross join lateral (
  select h.stream_key, h.revision from stream_heads h where h.stream >= p.prefix and h.stream < p.prefix || '~')`;

const plans = {
  'all-forwards': statement(`${columns} from log l where l.position > $1::bigint`, 'asc'),
  'all-backwards': statement(
    `${columns} from log l where l.position < least($1::bigint, c.position + 1)`,
    'desc',
  ),
  'window-forwards': statement(
    `${columns} from log l where l.position > $1::bigint and l.position <= $1::bigint + ${window} and ${isWanted}`,
    'asc',
  ),
  'window-backwards': statement(
    `${columns} from log l where l.position < least($1::bigint, c.position + 1)
       and l.position >= least($1::bigint, c.position + 1) - ${window} and ${isWanted}`,
    'desc',
  ),
  'few-forwards': statement(
    `${columns} from (select distinct s.stream_key from ${streamsOf} s) s join log l using (stream_key)
     where l.position > $1::bigint`,
    'asc',
  ),
} as const;

export interface ReadAllPorts {
  readonly pool: Pool;
  readonly epoch: string;
}

/** Where the log ends. @throws LogWasRestored when it was replaced while it was open */
export async function readEnd({ pool, epoch }: ReadAllPorts): Promise<number> {
  const [row] = await read<{ epoch: string; position: number }>(pool, {
    name: 'log_end',
    text: 'select epoch, position from log_counter where one',
  });
  if (row!.epoch !== epoch) throw new LogWasRestored('the log was replaced while it was open');
  return row!.position;
}

/** Whether the streams of the prefixes hold so little that reading them by name is cheaper than looking through the log. */
async function areFew({ pool }: ReadAllPorts, prefixes: readonly string[]): Promise<boolean> {
  const [row] = await read<{ few: boolean }>(pool, {
    name: 'log_few',
    text: `select count(*) <= $1::bigint and coalesce(sum(f.revision + 1), 0) <= $1::bigint as few
           from (select s.revision from ${streamsOf.replaceAll('$4', '$2')} s limit $1::bigint + 1) f`,
    values: [few, prefixes],
  });
  return row!.few;
}

/** See `EventLog.readAll`. Rare streams are found by their names, others by looking through a stretch of the log. */
export async function readAll(ports: ReadAllPorts, options: ReadAll = {}): Promise<Page> {
  const { after, direction = 'forwards', limit = 1_000, prefixes } = options;
  const forwards = direction === 'forwards';
  const isFromEdge = after === null || after === undefined;
  const edge = forwards ? 0 : Number.MAX_SAFE_INTEGER;
  const from = isFromEdge ? edge : parsePosition(ports.epoch, after);
  const most = Math.max(1, Math.ceil(limit / eventsPerRow));

  const ask = (plan: keyof typeof plans, ...given: readonly string[][]): Promise<Row[]> =>
    read<Row>(ports.pool, {
      name: `log_${plan}`,
      text: plans[plan],
      values: [from, most, mostBytes, ...given],
    });
  let isWindow = prefixes !== undefined;
  let rows = prefixes
    ? await ask(`window-${direction}`, prefixes.map(rowsOf))
    : await ask(`all-${direction}`);
  const { epoch, last } = rows[0]!;
  if (epoch !== ports.epoch) throw new LogWasRestored('the log was replaced while it was open');
  if (!isFromEdge && from > last) throw new LogWasRestored('the position is ahead of the log');
  const isFar = forwards && last - from > window && rows.length < most;
  if (prefixes && isFar && (await areFew(ports, prefixes))) {
    rows = await ask('few-forwards', [...prefixes]);
    isWindow = false;
  }

  const found = rows.filter((row): row is Row & { position: number } => row.position !== null);
  const positionOf = (number: number): Position => formatPosition(epoch, number);
  const events = found.flatMap((row): StoredEvent[] => {
    const unpacked = unpack(row.events, row.first_revision, positionOf(row.position));
    return forwards ? unpacked : unpacked.reverse();
  });
  const end = found.at(-1);
  const isCut = end !== undefined && (found.length === most || end.upto >= mostBytes);
  if (forwards) {
    const now = rows[0]!.last;
    const reached = isCut ? end.position : isWindow ? Math.min(now, from + window) : now;
    return { events, position: reached > 0 ? positionOf(reached) : null, atEnd: reached === now };
  }
  const start = Math.min(from, last + 1);
  const lowest = isCut ? end.position : isWindow ? Math.max(1, start - window) : 1;
  return { events, position: lowest > 1 ? positionOf(lowest) : null, atEnd: lowest <= 1 };
}
