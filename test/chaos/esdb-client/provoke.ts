import { setTimeout as pause } from 'node:timers/promises';
import { createEventStoreLog } from '@iter/event-store/eventstoredb';
import { EsdbDouble } from '../../support/esdb/index.ts';
import type { Beside } from '../store/experiments.ts';

/**
 * Does beside the writers what must not disturb them: opens logs and closes them again, also of another server, which a
 * process cannot have beside the first; and follows with a loop that throws in the middle of a page.
 */
export async function provoke({ url, random, isOver, faults }: Beside): Promise<void> {
  const another = await EsdbDouble.start();
  try {
    while (!isOver()) {
      await createEventStoreLog({ url: another.url }).then(
        () => faults.push('a second client was opened'),
        () => undefined,
      );
      const log = await createEventStoreLog({ url, timeoutMs: 300, quietMs: 1_000, lookEveryMs: 80 }).catch(
        // While the client is replaced nobody can open a log: whoever starts then is started again.
        () => null,
      );
      if (!log) continue;
      const following = (async () => {
        for await (const page of log.follow()) if (page.events.length > 0) throw new Error('on purpose');
      })();
      const ended = following.then(
        () => undefined,
        () => undefined,
      );
      await pause(80 * random());
      await log.close();
      await ended;
    }
  } finally {
    another.stop();
  }
}
