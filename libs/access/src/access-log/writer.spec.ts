import { describe, expect, it } from '@jest/globals';
import { verifyStream } from '@iter/event-store';
import type { EventLog } from '@iter/event-store';
import { createMemoryLog } from '@iter/event-store/memory';
import { createMemoryDataKeys, createSealer } from '@iter/platform/sealing';
import type { Access } from '../access.ts';
import { AccessLogFull, createAccessLog } from './writer.ts';

const access = (more: Partial<Access> = {}): Access => ({
  caseId: '3b0f0a52-6f0b-5a5e-9d38-1f5f6f0f8a11',
  comune: 'c_borgo',
  account: 'upd',
  role: 'UPD',
  body: 'p_demo',
  what: 'case',
  detail: null,
  reason: null,
  ...more,
});

const world = (log: EventLog = createMemoryLog(), more: object = {}) => {
  let now = '2026-03-06T08:00:00.000Z';
  const clock = { now: () => now };
  const sealer = createSealer({ store: createMemoryDataKeys() });
  const writer = createAccessLog({ log, clock, sealer, delayMs: 60_000, ...more });
  const all = async () => (await log.readAll({ prefixes: ['access-'], limit: 100_000 })).events;
  return { log, writer, all, set: (instant: string) => (now = instant) };
};

describe('the access log', () => {
  it('says of which case, or that the log was read across cases', async () => {
    const { writer, all } = world();
    writer.record(access());
    writer.record(access({ caseId: null, what: 'audit-events', detail: 'type=DeadlineMissed' }));
    await writer.flush();
    expect((await all()).map(({ type, data }) => [type, data['caseId'] ?? null, data['what']])).toEqual([
      ['CaseRead', access().caseId, 'case'],
      ['LogRead', null, 'audit-events'],
    ]);
  });

  it('returns at once and writes together, chained, the reader as actor', async () => {
    const { writer, all } = world();
    for (let i = 0; i < 450; i++) writer.record(access({ detail: String(i) }));
    expect(await all()).toEqual([]);
    await writer.flush();
    const events = await all();
    expect(events.map(({ data }) => data['detail'])).toEqual(
      Array.from({ length: 450 }, (_, i) => String(i)),
    );
    expect(new Set(events.map(({ position }) => position)).size).toBe(3);
    expect(verifyStream(events)).toBeNull();
    expect(events[0]).toMatchObject({
      tenant: 'c_borgo',
      actor: { account: 'upd', role: 'UPD', body: 'p_demo' },
    });
  });

  it('goes on in the stream of the new day', async () => {
    const { writer, all, set } = world();
    writer.record(access());
    set('2026-03-07T00:00:00.000Z');
    writer.record(access());
    await writer.close();
    expect((await all()).map(({ stream }) => stream.slice(0, 17))).toEqual([
      'access-2026-03-06',
      'access-2026-03-07',
    ]);
  });

  it('seals the reason', async () => {
    const { writer, all } = world();
    writer.record(access({ role: 'DESK_SUPERVISOR', reason: 'CANARY' }));
    await writer.flush();
    expect(JSON.stringify(await all())).not.toContain('CANARY');
  });

  it('writes later what the log did not take', async () => {
    const store = createMemoryLog();
    let broken = true;
    const errors: unknown[] = [];
    const log: EventLog = {
      ...store,
      append: async (append) => {
        if (broken) throw new Error('away');
        return store.append(append);
      },
    };
    const persistence = { attempts: 1 };
    const { writer, all } = world(log, { onError: (error: unknown) => errors.push(error), persistence });
    writer.record(access());
    await writer.flush();
    expect(errors).toHaveLength(1);
    broken = false;
    await writer.close();
    expect(await all()).toHaveLength(1);
  });

  it('lets nothing be read that could not be recorded', async () => {
    const { writer } = world(undefined, { most: 2 });
    writer.record(access());
    writer.record(access());
    expect(() => writer.record(access())).toThrow(AccessLogFull);
    await writer.close();
    expect(() => writer.record(access())).toThrow(AccessLogFull);
  });
});
