import { expect, it } from '@jest/globals';
import { chainEvents } from '@iter/event-store';
import { createSigner } from '@iter/event-store/checkpoints';
import { createMemoryLog } from '@iter/event-store/memory';
import { romeDate } from '@iter/legal-calendar';
import { signingKeyOf } from '@iter/platform/signatures';
import { behindDay } from './log-period.ts';

const key = signingKeyOf(new Uint8Array(32).fill(7));
const dayOf = (n: number): string =>
  new Date(Date.parse('2026-03-01T09:00:00.000Z') + n * 86_400_000).toISOString();

/** Events of so many days, in turn; signed each evening, or all together long after. */
async function logOf(days: number, eventsADay: number, signed: 'daily' | 'late') {
  const log = createMemoryLog();
  let now = '';
  const signer = createSigner({ log, key, clock: { now: () => now }, onSigned: () => undefined });
  for (let n = 0; n < days; n++) {
    now = dayOf(n);
    for (let i = 0; i < eventsADay; i++) {
      const stream = `case-${n}-${i}`;
      const events = chainEvents(null, [
        {
          ...{ id: stream, type: 'T', schemaVersion: 1, tenant: 'c_borgo', stream, commandId: stream },
          ...{ occurredAt: now, recordedAt: now, actor: { account: 'a', role: 'UPD', body: 'b' } },
          ...{ requestHash: '', causationId: null, correlationId: stream, keyId: null, data: {} },
        },
      ]);
      await log.append({ stream, expectedRevision: -1, events });
    }
    if (signed === 'daily') await signer.sign();
  }
  now = '2026-06-01T09:00:00.000Z';
  await signer.sign();
  return log;
}

it.each([
  ['daily', 10, 3],
  ['late', 40, 100],
] as const)('leaves out nothing of the days asked for, with a log signed %s', async (signed, days, each) => {
  const log = await logOf(days, each, signed);
  const { events } = await log.readAll({ limit: 100_000 });
  let spared = 0;
  for (let n = 0; n < days; n++) {
    const to = romeDate(dayOf(n));
    const behind = await behindDay(log, to);
    if (behind === null) continue;
    const isOfThen = ({ stream }: { stream: string }) => Number(/^case-(\d+)/.exec(stream)?.[1]) <= n;
    const left = events.filter(
      (event) => isOfThen(event) && log.comparePositions(event.position, behind) >= 0,
    );
    expect(left).toEqual([]);
    spared++;
  }
  // An old day is not read up to from the end.
  expect(spared).toBeGreaterThan(days / 2);
});

it('leaves out nothing up to the last day that the calendar has', async () => {
  expect(await behindDay(await logOf(3, 1, 'daily'), '9999-12-31')).toBeNull();
});

it('reads from the end when nothing is signed', async () => {
  expect(await behindDay(createMemoryLog(), '2026-03-01')).toBeNull();
});
