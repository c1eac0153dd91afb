import { afterAll, beforeAll } from '@jest/globals';
import { EsdbDouble } from '../../../../test/support/esdb/index.ts';
import { describeEventLog } from '../contract/index.ts';
import { logsOn } from './testing.ts';

/** A process has one client: all logs of a suite are on one server, each in a namespace of its own. */
function describeOn(name: string, url: () => string): void {
  describeEventLog(name, async () => {
    const server = logsOn(url());
    const log = await server.open();
    return { log, other: await server.open(), estimatesDistances: true, close: () => server.close() };
  });
}

// The faults are tried on both ways of appending in every run; the whole contract on the older one where all logs of the run are in EventStoreDB.
const ways = process.env['ITER_TEST_LOG'] === 'eventstoredb' ? [true, false] : [true];
for (const batchAppend of ways) {
  let double: EsdbDouble;
  beforeAll(async () => {
    double = await EsdbDouble.start({ batchAppend });
  });
  afterAll(() => double.stop());
  describeOn(`the log in a double of EventStoreDB (batched: ${batchAppend})`, () => double.url);
}

const server = process.env['EVENTSTORE_TEST_URL'];
if (server) describeOn('the log in EventStoreDB', () => server);
