import type { Reading, StoreClient } from './client.ts';
import type { Connection } from './connection.ts';

/** The server did not answer in time. Of an append this says nothing about its outcome. */
export class Silent extends Error {
  override readonly name = 'Silent';
}

/** Awaits the answer to an append for so long; the client's own deadline is not kept while the server says nothing. */
export async function within<T>(
  connection: Connection,
  timeoutMs: number,
  ask: (client: StoreClient) => Promise<T>,
): Promise<T> {
  const client = await connection.client();
  const askedAt = performance.now();
  const answer = ask(client);
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      connection.suspect('append', askedAt);
      reject(new Silent(`EventStoreDB did not answer within ${timeoutMs} ms`));
    }, timeoutMs);
  });
  // Whichever comes second has nobody who waits for it.
  answer.then(
    () => connection.heard('append'),
    () => undefined,
  );
  silence.catch(() => undefined);
  return Promise.race([answer, silence]).finally(() => clearTimeout(timer));
}

/**
 * Reads until the end, until `take` has had enough (it returns false), or until the server was silent for so long: the
 * client itself waits for ever.
 */
export async function readUntil<T>(
  connection: Connection,
  quietMs: number,
  open: (client: StoreClient) => Reading<T>,
  take: (item: T) => boolean,
): Promise<void> {
  const client = await connection.client();
  return new Promise((resolve, reject) => {
    let askedAt = performance.now();
    let isOver = false;
    const reading = open(client);
    const end = (error?: Error): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      forget();
      if (error) reject(error);
      else resolve();
    };
    const stop = (error?: Error): void => {
      end(error);
      void reading.cancel().catch(() => undefined);
    };
    const timer = setTimeout(() => {
      connection.suspect('read', askedAt);
      stop(new Silent(`EventStoreDB was silent for ${quietMs} ms`));
    }, quietMs);
    const forget = connection.onReplace(() => stop(new Silent('EventStoreDB was silent for others as well')));
    // An error after the end has no other listener, and would end the process.
    reading.on('error', end);
    reading.on('end', () => {
      connection.heard('read');
      end();
    });
    reading.on('close', () => end(new Error('the reading was closed before its end')));
    reading.on('data', (item) => {
      if (isOver) return;
      askedAt = performance.now();
      connection.heard('read');
      timer.refresh();
      try {
        if (!take(item)) stop();
      } catch (error) {
        stop(error as Error);
      }
    });
  });
}
