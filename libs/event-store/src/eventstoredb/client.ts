import type { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import type { EventStoreDBClient } from '@eventstore/db-client';
import type * as Official from '@eventstore/db-client';

/** What a read of the client is, as far as we use it. */
export interface Reading<T> {
  on(event: 'data', listener: (item: T) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'end' | 'close', listener: () => void): unknown;
  cancel(): Promise<void>;
}

type Asked<Method extends 'readStream' | 'readAll'> = Parameters<EventStoreDBClient[Method]>;

/** A client of the server as far as we use it, in the words of the official one. */
export interface StoreClient extends Pick<
  EventStoreDBClient,
  'appendToStream' | 'subscribeToAll' | 'dispose'
> {
  readStream(...asked: Asked<'readStream'>): Reading<Official.ResolvedEvent>;
  readAll(...asked: Asked<'readAll'>): Reading<Official.AllStreamResolvedEvent>;
}

export interface ClientModule extends Pick<typeof Official, 'jsonEvent'> {
  /** @throws Error whose message may repeat the address */
  clientOf(address: string): StoreClient;
}

interface Streams {
  readonly prototype: { batchAppend(...asked: unknown[]): EventEmitter };
}

let isContained = false;

/**
 * The official client forgets all appends that it waits for when one stream breaks, also those that went another way in the
 * meantime, and throws where nobody can catch it when such an answer comes after all: the process would end. Whoever waits for
 * that answer asks again, so that it is not needed. (Kurrent's client passes over such answers itself.)
 */
function containLateAnswers(): void {
  if (isContained) return;
  isContained = true;
  const require = createRequire(import.meta.url);
  const { StreamsClient } = require('@eventstore/db-client/generated/streams_grpc_pb.js') as {
    StreamsClient: Streams;
  };
  const { batchAppend } = StreamsClient.prototype;
  StreamsClient.prototype.batchAppend = function (...asked) {
    const stream = batchAppend.apply(this, asked);
    const on = stream.on.bind(stream);
    stream.on = (name, listener) =>
      on(name, name === 'data' ? (answer: unknown) => passOver(() => listener(answer)) : listener);
    return stream;
  };
}

function passOver(act: () => void): void {
  try {
    act();
  } catch {
    // An answer that nobody waits for.
  }
}

/** The client that speaks to an address; only this one is loaded, for both register the same messages. */
export async function loadClient(address: string): Promise<ClientModule> {
  if (address.startsWith('kurrentdb')) return (await import('./kurrent.ts')).kurrent;
  const { EventStoreDBClient: client, jsonEvent } = await import('@eventstore/db-client');
  containLateAnswers();
  return { jsonEvent, clientOf: (it) => client.connectionString(it) };
}
