import { Readable } from 'node:stream';
import { jsonEvent, KurrentDBClient } from '@kurrent/kurrentdb-client';
import type { ClientModule, Reading, StoreClient } from './client.ts';

/**
 * It reads in a module outside of JavaScript that cannot be told to stop. What is asked of nobody any more is read to its end,
 * which is near: left half read, it would keep the connection's window from the others. While the server is silent it is
 * left alone, and ends with the connection.
 */
const readingOf = <T>(items: AsyncIterableIterator<T>): Reading<T> =>
  Object.assign(Readable.from(items), { cancel: () => Promise.resolve() });

function clientOf(address: string): StoreClient {
  const client = KurrentDBClient.connectionString(address);
  return {
    appendToStream: (stream, events, { expectedRevision, ...options } = {}) =>
      client.appendToStream(stream, events, { streamState: expectedRevision, ...options }),
    readStream: (stream, options) => readingOf(client.readStream(stream, options)),
    readAll: (options) => readingOf(client.readAll(options)),
    subscribeToAll: (options) => client.subscribeToAll(options),
    dispose: () => client.dispose(),
  };
}

/** Kurrent's client under the names of the official one (ADR 0030). */
export const kurrent: ClientModule = { jsonEvent, clientOf };
