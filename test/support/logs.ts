import { createHash } from 'node:crypto';
import type { EventLog } from '@iter/event-store';
import { createEventStoreLog } from '@iter/event-store/eventstoredb';
import { createPostgresLog } from '@iter/event-store/postgres';

export type Store = 'postgres' | 'eventstoredb';

/** Where logs of tests are unless a test says it: `ITER_TEST_LOG=eventstoredb` puts them all there. */
export const usualStore: Store =
  process.env['ITER_TEST_LOG'] === 'eventstoredb' ? 'eventstoredb' : 'postgres';

/**
 * The place beside a test's database: the double that the run started, or the server of `EVENTSTORE_TEST_URL`.
 * @param database its address, or the folder of an embedded one
 */
export function eventStoreOf(database: string): { readonly url: string; readonly namespace: string } {
  const url = process.env['ITER_TEST_EVENTSTORE_URL'];
  if (!url) throw new Error('There is no test server: run with `npm test`.');
  return { url, namespace: `t${createHash('sha1').update(database).digest('hex').slice(0, 12)}` };
}

/** The log of a test that has a database of its own. */
export const openTestLog = (databaseUrl: string, store: Store = usualStore): Promise<EventLog> =>
  store === 'eventstoredb'
    ? createEventStoreLog(eventStoreOf(databaseUrl))
    : createPostgresLog({ url: databaseUrl });
