import type { StoreClient } from './client.ts';
import type { Place } from './place.ts';
import { foundOf, onServer } from './server.ts';
import type { Server } from './server.ts';
import type { Found } from './stored.ts';

/** What a subscription says, in the order of the log. Whatever is thrown here ends it with that error. */
export interface Hearing {
  onEvent(found: Found): void;
  /** Up to here everything was seen, also what the prefixes left out. */
  onReached(commit: number): void;
  /** Once; the subscription does not come back by itself. */
  onEnd(error: Error): void;
}

/** So many events are passed over before the server says how far it has come. */
const window = 1_000;

/**
 * Subscribes to streams whose names begin with one of the prefixes; the server leaves out the others.
 * @param after exclusive; null: from the log's beginning
 * @returns ends it without a word
 */
export function subscribe(
  server: Server,
  after: Place | null,
  prefixes: readonly string[],
  hearing: Hearing,
): () => void {
  const { connection } = server;
  let isOver = false;
  let leave = (): void => undefined;
  const guarded = (what: () => void): void => {
    try {
      what();
    } catch (error) {
      end(error as Error);
    }
  };
  const stop = (): void => {
    if (isOver) return;
    isOver = true;
    leave();
  };
  const end = (error: Error): void => {
    if (isOver) return;
    stop();
    hearing.onEnd(error);
  };
  const open = (client: StoreClient): void => {
    // Read by hand, so that nothing which came before a checkpoint is heard after it.
    const drain = (): void =>
      guarded(() => {
        for (let next = subscription.read(); next !== null && !isOver; next = subscription.read()) {
          connection.heard('read');
          const found = foundOf(server, next.event);
          if (found) hearing.onEvent(found);
        }
      });
    const subscription = client.subscribeToAll({
      fromPosition: after ? onServer(after) : server.beginning,
      filter: {
        filterOn: 'streamName',
        prefixes: prefixes.map((prefix) => `${server.prefix}${prefix}`),
        ...{ maxSearchWindow: window, checkpointInterval: 1 },
        // Were anything thrown here, the process would end.
        checkpointReached(_, { commit }) {
          drain();
          if (!isOver) guarded(() => hearing.onReached(Number(commit)));
        },
      },
    });
    const forget = connection.onReplace(() => end(new Error('the client was replaced')));
    leave = (): void => {
      forget();
      void subscription.unsubscribe().catch(() => undefined);
    };
    subscription.on('readable', drain);
    subscription.on('error', end);
    for (const event of ['end', 'close'] as const)
      subscription.on(event, () => end(new Error('the subscription was closed')));
  };
  connection
    .client()
    .then((client) => {
      if (!isOver) open(client);
    })
    .catch(end);
  return stop;
}
