import { expect, it } from '@jest/globals';
import { caseId, caseWriter, started, taskCreated } from '../../../test/support/case-log.ts';
import { hashEvent } from './chain.ts';
import type { StoredEvent } from './envelope.ts';
import { createMemoryLog } from './memory/index.ts';
import { verifyToHead } from './verify-to-head.ts';

const stream = `case-${caseId(0)}`;

async function house() {
  const log = createMemoryLog();
  const write = caseWriter(log, () => '2026-03-06T09:00:00.000Z');
  await write(caseId(0), [started(), taskCreated('t'), taskCreated('u')]);
  return { log, write };
}

/** The log as it would be read if somebody had changed the events of the stream and left its head. */
const changed = (
  log: Awaited<ReturnType<typeof house>>['log'],
  change: (events: readonly StoredEvent[]) => readonly StoredEvent[],
) => ({
  head: (name: string) => log.head(name),
  readStream: async (name: string) => change(await log.readStream(name)),
});

it('finds a chain whole up to the head that the log keeps', async () => {
  const { log } = await house();
  const events = await log.readStream(stream);
  const last = events.at(-1)!;
  expect(await verifyToHead(log, stream)).toEqual({
    ...{ events, first: events[0], last, broken: null },
    head: { revision: 2, hash: hashEvent(last) },
  });
  expect((await verifyToHead(log, 'case-none')).broken).toEqual({ revision: 0, problem: 'no-events' });
});

it.each<[string, (events: readonly StoredEvent[]) => readonly StoredEvent[], object]>([
  [
    'an event within',
    (all) => all.map((it, i) => (i === 1 ? { ...it, tenant: 'c_x' } : it)),
    { problem: 'broken-chain', revision: 2 },
  ],
  [
    'the last event',
    (all) => all.map((it, i) => (i === 2 ? { ...it, tenant: 'c_x' } : it)),
    { problem: 'head-differs', revision: 2 },
  ],
  ['a tail that was cut off', (all) => all.slice(0, 2), { problem: 'head-differs', revision: 1 }],
  ['everything, taken away,', () => [], { problem: 'no-events', revision: 0 }],
])('names %s that is not what it was', async (_, change, broken) => {
  const { log } = await house();
  expect((await verifyToHead(changed(log, change), stream)).broken).toEqual(broken);
});

it('does not judge what is appended while it reads', async () => {
  const { log, write } = await house();
  const busy = {
    head: (name: string) => log.head(name),
    readStream: async (name: string) => {
      await write(caseId(0), [taskCreated('v')]);
      return log.readStream(name);
    },
  };
  expect(await verifyToHead(busy, stream)).toMatchObject({ broken: null, head: { revision: 2 } });
});
