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

/** The client that speaks to an address; only this one is loaded, for both register the same messages. */
export async function loadClient(address: string): Promise<ClientModule> {
  if (address.startsWith('kurrentdb')) return (await import('./kurrent.ts')).kurrent;
  const { EventStoreDBClient: client, jsonEvent } = await import('@eventstore/db-client');
  return { jsonEvent, clientOf: (it) => client.connectionString(it) };
}
