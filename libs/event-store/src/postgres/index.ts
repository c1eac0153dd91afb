import { isSame } from '../chain.ts';
import { listen, migrate } from '@iter/platform/postgres';
import type { Pool } from 'pg';
import type { Position } from '../envelope.ts';
import { followPages } from '../follow.ts';
import { formatPosition, parsePosition } from '../position.ts';
import { LogMissing, MalformedAppend } from '../port.ts';
import type { Append, AppendResult, EventLog } from '../port.ts';
import { Signal } from '../signal.ts';
import { createBatcher } from './batcher.ts';
import { createLogPool } from './connections.ts';
import { readAll, readEnd } from './read-all.ts';
import { createStreamReader, readHead, readRow, readStream } from './read-stream.ts';
import { logChannel, logMigrations } from './schema.ts';
import { createWriter } from './write.ts';

export { logMigrations } from './schema.ts';

export interface PostgresLogOptions {
  /** Where the log lives. It has connections of its own, so that no view, however slow, holds back an append. */
  readonly url: string;
  /** Connections for reading, opened as needed; 4 by default. One more writes and one listens. */
  readonly readers?: number;
  /** How long a batch may take before its outcome counts as unknown; 15 s by default. */
  readonly timeoutMs?: number;
  /** How long a read may take before it fails; 30 s by default. A server that went silent would hold all readers for ever. */
  readonly readTimeoutMs?: number;
  /** How often followers look without a notification, in case one was lost; 5 s by default. */
  readonly lookEveryMs?: number;
  /** Appends that may wait for the database before others are refused as `LogOverloaded`; 20,000 by default. */
  readonly mostWaiting?: number;
  /**
   * Reads what is there and writes nothing: tables are neither made nor migrated, no epoch is renewed, appending throws. For
   * whoever examines a log, perhaps by an account that may only read.
   */
  readonly onlyRead?: boolean;
}

/** PostgreSQL's code for a table that is not there. */
const undefinedTable = '42P01';

const newEpoch = 'epoch = substr(md5(gen_random_uuid()::text), 1, 8), life = log_life()';

/**
 * Gives the log another epoch, so that every checkpoint and position from before is refused as `LogWasRestored`. To be
 * called after a restore that the log cannot notice by itself: a copy of the server's files put back.
 */
export async function renewEpoch(pool: Pool): Promise<void> {
  await pool.query(`update log_counter set ${newEpoch} where one`);
}

/**
 * The log in PostgreSQL (ADR 0001). Creates or migrates its tables. Where a restore to a point in time, into a new server,
 * or a failover began another life of the log, its epoch is renewed.
 * @throws LogMissing when it is only to be read and is not there
 */
export async function createPostgresLog(options: PostgresLogOptions): Promise<EventLog> {
  const { url, readers = 4, timeoutMs = 15_000, readTimeoutMs = 30_000 } = options;
  const { lookEveryMs = 5_000, mostWaiting, onlyRead = false } = options;
  const writer = createLogPool(url, { name: 'iter log append', max: 1 });
  const pool = createLogPool(url, { name: 'iter log read', max: readers, queryTimeoutMs: readTimeoutMs });
  const signal = new Signal();
  let closed = false;

  const open = async (): Promise<{ epoch: string; listener: Awaited<ReturnType<typeof listen>> }> => {
    if (!onlyRead) {
      await migrate(writer, logMigrations);
      await writer.query(`update log_counter set ${newEpoch} where one and life <> log_life()`);
    }
    const { rows } = await writer
      .query<{ epoch: string }>('select epoch from log_counter where one')
      .catch((error: unknown) => {
        if ((error as { code?: unknown }).code !== undefinedTable) throw error;
        throw new LogMissing('this database holds no log');
      });
    const epoch = rows[0]!.epoch;
    const look = (): void => {
      // A failed look is made good by the followers' own, every `lookEveryMs`.
      readEnd({ pool, epoch }).then(
        (end) => signal.raise(end),
        () => undefined,
      );
    };
    const onNotice = (payload: string | null): void =>
      payload === null ? look() : signal.raise(Number(payload));
    return { epoch, listener: await listen({ url, channel: logChannel, onNotice }) };
  };
  const { epoch, listener } = await open().catch(async (error: unknown) => {
    await Promise.all([writer.end(), pool.end()]);
    throw error;
  });

  const positionOf = (number: number): Position => formatPosition(epoch, number);
  const readOnwards = createStreamReader(pool, positionOf);
  const batches = createWriter(writer, pool, timeoutMs);
  const batcher = createBatcher({
    write: batches.write,
    ...(mostWaiting === undefined ? {} : { mostWaiting }),
  });

  const append = async (request: Append): Promise<AppendResult> => {
    if (closed) throw new Error('the log is closed');
    if (onlyRead) throw new Error('this log was opened for reading');
    const { stream, expectedRevision, events } = request;
    const revision = expectedRevision + events.length;
    const written = await batcher.add(request);
    if (written.outcome === 'broken-chain')
      throw new MalformedAppend(`append to ${stream}: event 0 does not follow from the stream's head`);
    if (written.outcome === 'appended') {
      // Followers in this process need not wait for the notification.
      signal.raise(written.number);
      return { outcome: 'appended', position: positionOf(written.number), revision };
    }
    if (written.actualRevision >= revision) {
      const there = await readRow(pool, positionOf, stream, expectedRevision + 1);
      const isRepetition = there.length === events.length && isSame(there.at(-1)!, events.at(-1)!);
      if (isRepetition) return { outcome: 'appended', position: there[0]!.position, revision };
    }
    return written;
  };

  const close = async (): Promise<void> => {
    closed = true;
    signal.raise(Infinity);
    await batcher.drain();
    await batches.close();
    await listener.close();
    await Promise.all([writer.end(), pool.end()]);
  };
  let closing: Promise<void> | null = null;

  return {
    append,
    head: (stream) => readHead(pool, stream),
    readStream: (stream, which = {}) =>
      which.direction === 'backwards'
        ? readStream(pool, positionOf, stream, which)
        : readOnwards(stream, which.from ?? 0, which.limit ?? Infinity),
    readAll: (which) => readAll({ pool, epoch }, which),
    follow: (which = {}) =>
      followPages(
        {
          readAll: (page) => readAll({ pool, epoch }, page),
          signal,
          numberOf: (position) => parsePosition(epoch, position),
          isClosed: () => closed,
          lookEveryMs,
        },
        which,
      ),
    async lastPosition() {
      const end = await readEnd({ pool, epoch });
      return end > 0 ? positionOf(end) : null;
    },
    comparePositions: (a, b) => parsePosition(epoch, a) - parsePosition(epoch, b),
    distance: (from, to) => parsePosition(epoch, to) - parsePosition(epoch, from),
    close: () => (closing ??= close()),
  };
}
