import { createEventStoreLog } from '@iter/event-store/eventstoredb';
import { EsdbDouble } from '../../support/esdb/index.ts';
import type { TrialOutcome, TrialPorts } from '../experiment.ts';
import { restoredTrial } from './restored.ts';

/** F38 on EventStoreDB: the double's files are put back to a copy. */
export async function restoreEventStore(ports: TrialPorts): Promise<TrialOutcome> {
  const double = await EsdbDouble.start();
  const prefix = 'iter.';
  let putBack = (): void => undefined;
  try {
    return await restoredTrial(ports, {
      logUrl: double.url,
      open: () => createEventStoreLog({ url: double.url, lookEveryMs: 300 }),
      read: () => {
        const lying = double.store.log
          .filter(({ stream }) => stream.startsWith(prefix))
          .map(({ stream, revision, type, metadata }) => {
            const { id } = JSON.parse(Buffer.from(metadata).toString('utf8')) as { readonly id: string };
            return { stream: stream.slice(prefix.length), revision, type, id };
          });
        return Promise.resolve({ lying, faults: [] });
      },
      mayGoOn: true,
      backUp: () => Promise.resolve(),
      mark() {
        putBack = double.store.backup();
        return Promise.resolve();
      },
      async restore() {
        double.stop();
        putBack();
        await double.start();
      },
    });
  } finally {
    double.stop();
  }
}
