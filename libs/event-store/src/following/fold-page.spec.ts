import { expect, it } from '@jest/globals';
import { chainEvents, hashEvent } from '../chain.ts';

import type { JsonObject } from '../envelope.ts';
import type { StreamHead } from '../port.ts';
import { createMemoryLog } from '../memory/index.ts';
import { openPage } from './fold-page.ts';
import type { Folding } from './fold-page.ts';
import type { ClearEvent } from './projection.ts';

const person = 'Canarino';

async function house() {
  const log = createMemoryLog();
  let n = 0;
  const heads = new Map<string, StreamHead>();
  const write = async (
    stream: string,
    revision: number,
    type: string,
    data: JsonObject,
    keyId: string | null,
  ) => {
    const at = '2026-03-06T09:00:00.000Z';
    const plain = {
      ...{ id: `e${++n}`, stream, type, data, keyId, schemaVersion: 1, tenant: 'c', occurredAt: at },
      ...{ recordedAt: at, actor: { account: 'a', role: 'R', body: 'c' }, commandId: `c${n}` },
      ...{ requestHash: '', causationId: null, correlationId: 'x' },
    };
    const events = chainEvents(heads.get(stream) ?? null, [plain]);
    heads.set(stream, { revision, hash: hashEvent(events[0]!) });
    return log.append({ stream, expectedRevision: revision - 1, events });
  };
  const say = (id: string, revision: number) =>
    write(`case-${id}`, revision, 'CommentAdded', { at: 'x', $sealed: {} }, `k${revision}`);
  const folding = {
    log,
    ...{ schema: 'v', projections: [{ opens: ['CommentAdded'] }], isKnown: () => true },
    unseal: async ({ data }: { data: JsonObject }) => ({ at: data['at'], text: person }),
  } as unknown as Folding<ClearEvent>;
  /** What is told of a case, a page at a time. */
  const told = async (id: string, limit: number) => {
    const events: ClearEvent[] = [];
    for (let after: string | null = null; ;) {
      const page = await log.readAll({ after, prefixes: ['case-', 'erasure-'], limit });
      const { byCase, erased } = await openPage(folding, page.events);
      if (erased.has(id)) events.length = 0;
      events.push(...(byCase.get(id) ?? []));
      if (page.atEnd) return events;
      after = page.position;
    }
  };
  return {
    say,
    told,
    order: (id: string) => write(`erasure-${id}`, 0, 'ErasureOrdered', { keys: [] }, null),
  };
}

it.each([1, 100])(
  'of a case that was erased says nothing that was sealed, before the order or by a late writer after it (pages of %s)',
  async (limit) => {
    const { say, told, order } = await house();
    await say('1', 0);
    await say('2', 0);
    await order('1');
    await say('1', 1);
    await say('2', 1);
    expect(await told('1', limit)).toMatchObject([{ data: { at: 'x' } }, { data: { at: 'x' } }]);
    expect(JSON.stringify(await told('1', limit))).not.toContain(person);
    expect(await told('2', limit)).toMatchObject([{ data: { text: person } }, { data: { text: person } }]);
    // What is written later still, too: whoever follows has heard of the order long ago.
    await say('1', 2);
    expect(JSON.stringify(await told('1', limit))).not.toContain(person);
  },
);

it('hears of an order that comes while it follows', async () => {
  const { say, told, order } = await house();
  await say('1', 0);
  expect(JSON.stringify(await told('1', 100))).toContain(person);
  await order('1');
  await say('1', 1);
  expect(JSON.stringify(await told('1', 100))).not.toContain(person);
});
