import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventLog } from '@iter/event-store';
import { createMemoryLog } from '@iter/event-store/memory';
import { testWorld } from '../../../test/support/world.ts';
import { createSignals } from './signals.ts';
import type { Signals } from './signals.ts';

describe('signals from outside', () => {
  let log: EventLog;
  let world: ReturnType<typeof testWorld>;
  let signals: Signals;

  beforeEach(() => {
    log = createMemoryLog();
    world = testWorld(log);
    signals = createSignals(world.ports);
  });
  afterEach(() => world.close());

  const broadcast = (role: 'DESK_SUPERVISOR' | 'SYSTEM_OPERATOR', more: object = {}) =>
    signals.broadcast({
      ...{ name: 'portalOutage', variables: { until: 'CANARY' }, reason: 'guasto' },
      ...{ principal: world.inRole(role), route: 'signals', idempotencyKey: 'k', ...more },
    });

  it('are thrown once, into a stream of their own, with what they say sealed', async () => {
    const first = await broadcast('DESK_SUPERVISOR');
    const { events } = await log.readAll({ prefixes: ['signal-'] });
    expect(events).toMatchObject([{ type: 'SignalThrown', data: { name: 'portalOutage' } }]);
    expect(first).toMatchObject({ outcome: 'thrown', signalId: events[0]?.id, repeated: false });
    expect(JSON.stringify(events)).not.toContain('CANARY');
    expect(await broadcast('DESK_SUPERVISOR')).toEqual({ ...first, repeated: true });
    expect(await broadcast('DESK_SUPERVISOR', { variables: {} })).toEqual({ outcome: 'key-reused' });
  });

  it('need somebody who may, and a reason', async () => {
    const refused = async (...asked: Parameters<typeof broadcast>) =>
      (await broadcast(...asked)) as { rejection?: { code: string } };
    expect((await refused('SYSTEM_OPERATOR')).rejection?.code).toBe('not-authorised');
    expect((await refused('DESK_SUPERVISOR', { reason: ' ' })).rejection?.code).toBe('reason-required');
    expect((await refused('DESK_SUPERVISOR', { idempotencyKey: '' })).rejection?.code).toBe(
      'idempotency-key-invalid',
    );
    expect(await log.lastPosition()).toBeNull();
  });
});
