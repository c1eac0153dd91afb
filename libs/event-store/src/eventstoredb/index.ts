import { setTimeout as pause } from 'node:timers/promises';
import type { LoopHealth, LoopLogger } from '../following/supervise.ts';
import { followPages } from '../follow.ts';
import type { Position } from '../envelope.ts';
import { DamagedLog, LogWasRestored } from '../port.ts';
import type { EventLog, Page, ReadAll } from '../port.ts';
import { Signal } from '../signal.ts';
import { connect } from './connection.ts';
import { openBeginning } from './beginning.ts';
import { comparePlaces } from './place.ts';
import { readAll } from './read-all.ts';
import { readHead, readStream } from './read-stream.ts';
import { placeOf, positionOf, readEnd } from './server.ts';
import type { Server } from './server.ts';
import { createTail } from './tail.ts';
import { createWriter } from './write.ts';

export interface EventStoreLogOptions {
  /** Connection string of a server or a cluster, `esdb://` or `esdb+discover://`; with `kurrentdb` for `esdb`, through Kurrent's client. */
  readonly url: string;
  /** What the log's streams are called on the server: `iter.case-…`. A server can hold several logs. */
  readonly namespace?: string;
  /** How long an append may take before its outcome counts as unknown; 15 s by default. */
  readonly timeoutMs?: number;
  /** How long a read may be silent; 30 s by default. */
  readonly quietMs?: number;
  /** How often the subscription is compared with the log, and followers look without it; 5 s by default. */
  readonly lookEveryMs?: number;
  /** Appends that may wait before others are refused as `LogOverloaded`; 20,000 by default. */
  readonly mostWaiting?: number;
  /** Reads what is there and writes nothing, not even the log's beginning; appending throws. */
  readonly onlyRead?: boolean;
  readonly logger?: LoopLogger;
}

export interface EventStoreLog extends EventLog {
  /** How the subscription fares that followers are told by. */
  health(): LoopHealth;
}

const silent: LoopLogger = { info: () => undefined, error: () => undefined };

/** Before a server that was away is asked again by a follower; doubled up to the time between looks. */
const firstPauseMs = 50;

/** About so many bytes of the server's files are an append: of two or three events, with what the server adds. */
const bytesPerAppend = 3_000;

/**
 * The log in EventStoreDB or KurrentDB (ADR 0019), from server version 23.10 on.
 * @throws LogMissing when it is only to be read and is not there
 */
export async function createEventStoreLog(options: EventStoreLogOptions): Promise<EventStoreLog> {
  const { url, namespace = 'iter', timeoutMs = 15_000, quietMs = 30_000, lookEveryMs = 5_000 } = options;
  const connection = await connect(url);
  const { onlyRead = false } = options;
  const beginning = await openBeginning(connection, `${namespace}-log`, onlyRead).catch(
    async (error: unknown) => {
      await connection.release();
      throw error;
    },
  );
  const server: Server = { connection, prefix: `${namespace}.`, beginning, quietMs };
  const writer = createWriter(server, timeoutMs, options.mostWaiting ?? 20_000);
  const signal = new Signal();
  let isRestored = false;
  let closing: Promise<void> | null = null;

  const tail = createTail({
    ...{ server, lookEveryMs, logger: options.logger ?? silent },
    onReached: (commit) => signal.raise(commit),
    onBroken: () => writer.forget(),
    onRestored: () => (isRestored = true),
  });
  /** What this process holds in memory is of the log that it opened. */
  const open = (): Server => {
    if (closing) throw new Error('the log is closed');
    if (isRestored) throw new LogWasRestored('the log was replaced while it was open');
    return server;
  };
  const close = async (): Promise<void> => {
    signal.raise(Infinity);
    await writer.drain();
    await Promise.allSettled(asking);
    await tail.stop();
    await connection.release();
  };
  const asking = new Set<Promise<unknown>>();
  /** Closing waits for it: a read whose connection is taken away would never end. */
  const ask = async <T>(question: (server: Server) => Promise<T>): Promise<T> => {
    const answer = question(open());
    asking.add(answer);
    return answer.finally(() => asking.delete(answer));
  };
  const isOver = (abort?: AbortSignal): boolean => abort?.aborted === true || closing !== null;
  /** Pages for a follower, which need not know that the server was away: it is asked until it answers. */
  const pagesFor = (abort?: AbortSignal) => {
    // The first page is the server's, which knows whether the checkpoint is of this log.
    let isFirst = true;
    return async (which: ReadAll): Promise<Page> => {
      for (let pauseMs = firstPauseMs; !isOver(abort); pauseMs = Math.min(2 * pauseMs, lookEveryMs)) {
        try {
          const page = (isFirst ? null : tail.read(which)) ?? (await ask((it) => readAll(it, which)));
          isFirst = false;
          return page;
        } catch (error) {
          if (error instanceof LogWasRestored || error instanceof DamagedLog) throw error;
          await pause(pauseMs, undefined, abort && { signal: abort }).catch(() => undefined);
        }
      }
      return { events: [], position: which.after ?? null, atEnd: true };
    };
  };

  return {
    async append(request) {
      open();
      if (onlyRead) throw new Error('this log was opened for reading');
      return writer.append(request);
    },
    head: (stream) => ask((it) => readHead(it, stream)),
    readStream: (stream, which) => ask((it) => readStream(it, stream, which)),
    readAll: (which) => ask((it) => readAll(it, which)),
    follow: (which = {}) =>
      followPages(
        {
          readAll: pagesFor(which.signal),
          signal,
          numberOf: (position) => (position === null ? 0 : placeOf(server, position).commit),
          isClosed: () => isOver(),
          lookEveryMs,
        },
        which,
      ),
    async lastPosition() {
      const end = await ask(readEnd);
      return end && positionOf(server, end);
    },
    comparePositions: (a, b) => comparePlaces(placeOf(server, a), placeOf(server, b)),
    distance(from, to) {
      const offsetOf = (position: Position | null): number =>
        position ? placeOf(server, position).commit : Number(beginning.commit);
      const bytes = offsetOf(to) - offsetOf(from);
      return bytes === 0 ? 0 : Math.sign(bytes) * Math.max(1, Math.round(Math.abs(bytes) / bytesPerAppend));
    },
    health: () => tail.health(),
    close: () => (closing ??= close()),
  };
}
