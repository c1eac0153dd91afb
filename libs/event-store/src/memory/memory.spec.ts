import { describeEventLog } from '../contract/index.ts';
import { createMemoryLog } from './index.ts';

describeEventLog('the log in memory', async () => {
  const log = createMemoryLog();
  return { log, close: () => log.close() };
});

describeEventLog('the packed log in memory', async () => {
  const log = createMemoryLog({ packOf: 3 });
  return { log, close: () => log.close() };
});
