import { afterAll } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { EventLog } from '@iter/event-store';
import { createMemoryLog } from '@iter/event-store/memory';
import { createTestDatabase } from './database.ts';
import { openTestLog } from './logs.ts';

const ends: (() => Promise<void>)[] = [];
/** Ends the logs that were opened; at the latest when the test's file ends. */
export async function endLogs(): Promise<void> {
  for (const end of ends.splice(0)) await end();
}
afterAll(endLogs);

/** An empty log for a test to which any store is good: in memory, or where `ITER_TEST_LOG` says (`postgres`, `eventstoredb`). */
export async function anyLog(): Promise<EventLog> {
  const store = process.env['ITER_TEST_LOG'];
  if (store === undefined) return createMemoryLog();
  const database = store === 'postgres' ? await createTestDatabase() : null;
  const log = await openTestLog(database?.url ?? randomUUID());
  ends.push(async () => {
    await log.close();
    await database?.drop();
  });
  return log;
}
