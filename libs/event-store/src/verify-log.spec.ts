import { expect, it } from '@jest/globals';
import { caseId, caseWriter, started, taskCreated } from '../../../test/support/case-log.ts';
import { createMemoryLog } from './memory/index.ts';
import type { Page } from './port.ts';
import { verifyLog } from './verify-log.ts';

let now = '2026-03-06T09:00:00.000Z';

async function log(cases: number) {
  const it = createMemoryLog();
  const write = caseWriter(it, () => now);
  for (let i = 0; i < cases; i++) await write(caseId(i), [started(), taskCreated('t')]);
  for (let i = 0; i < cases; i++) await write(caseId(i), [taskCreated('u')]);
  return it;
}

/** The log as it would be read if somebody had changed an event. */
const altered = (source: Awaited<ReturnType<typeof log>>, at: number, change: object) => ({
  readStream: source.readStream,
  async readAll(options: object): Promise<Page> {
    const page = await source.readAll(options);
    return { ...page, events: page.events.map((event, i) => (i === at ? { ...event, ...change } : event)) };
  },
});

it('finds every chain whole, whatever the pages', async () => {
  const checkpoints = { count: 0, last: null, kept: 0, broken: null };
  expect(await verifyLog(await log(7))).toEqual({ events: 21, streams: 7, broken: null, checkpoints });
  expect(await verifyLog(await log(0))).toEqual({ events: 0, streams: 0, broken: null, checkpoints });
});

it.each([
  // An alteration shows at the successor: of case 2, its third event.
  [4, { tenant: 'c_valle' }, { problem: 'broken-chain', revision: 1 }],
  [5, { tenant: 'c_valle' }, { problem: 'broken-chain', revision: 2 }],
  [5, { revision: 4 }, { problem: 'gap', revision: 1 }],
  [5, { prevHash: '0'.repeat(64) }, { problem: 'broken-chain', revision: 1 }],
])('names the first broken link: event %i with %j', async (at, change, broken) => {
  expect((await verifyLog(altered(await log(4), at, change))).broken).toMatchObject({
    ...broken,
    stream: `case-${caseId(2)}`,
  });
});

it('sees that time goes back between two appends', async () => {
  const it = await log(1);
  const last = 2;
  const { broken } = await verifyLog(altered(it, last, { recordedAt: '2026-03-05T09:00:00.000Z' }));
  expect(broken).toMatchObject({ problem: 'time-goes-back', revision: 2 });
  now = '2026-03-06T09:00:00.000Z';
});
