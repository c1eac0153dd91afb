import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createWebhookChannel } from '@iter/channels/webhooks';
import {
  hours,
  later,
  minutes,
  opened,
  openWebhookHouse,
  seconds,
  start,
} from '../../../../test/support/webhooks.ts';
import type { OutsideServer, WebhookHouse } from '../../../../test/support/webhooks.ts';
import { retryFailed } from '../operations/failed.ts';
import { createDeliveries } from './deliveries.ts';
import { pendingFigures, urlHashes } from './tables.ts';

let house: WebhookHouse;
let server: OutsideServer;
beforeAll(async () => void (house = await openWebhookHouse()));
afterAll(() => house.close());
beforeEach(async () => void (server = await house.server()));
afterEach(() => house.clear());

describe('what was told outside, for those who look after it', () => {
  it('is sent again when people ask: one, whatever became of it, or all that failed', async () => {
    server.behave(() => ({ status: 404 }));
    const w = house.world(server);
    await w.outside.note([opened('e1'), opened('e2')]);
    await w.work();
    server.behave(() => ({ status: 200 }));
    expect(await w.deliveries.again(w.receivers[0]!, 'e1')).toBeNull();
    const unknown = { code: 'webhook-delivery-not-found' };
    expect(await w.deliveries.again(w.receivers[0]!, 'none')).toMatchObject(unknown);
    const other = { id: 'w2', url: server.url, state: 'active' } as const;
    expect(await w.deliveries.again(other, 'e1')).toMatchObject(unknown);
    await w.work();
    expect(await house.statesOf()).toEqual({ 'w1.e1': 'taken', 'w1.e2': 'waiting' });
    expect(await w.deliveries.allAgain(w.receivers[0]!)).toBe(1);
    await w.work();
    expect(await w.deliveries.again(w.receivers[0]!, 'e1')).toBeNull();
    expect(await w.deliveries.allAgain(w.receivers[0]!)).toBe(0);
    await w.work();
    const tally = server.messages.map(({ id }) => id).sort();
    expect(tally).toEqual(['e1', 'e1', 'e1', 'e2', 'e2']);
  });

  it('is listed page by page, and forgotten after thirty days', async () => {
    const w = house.world(server);
    for (const n of [1, 2, 3]) await w.outside.note([opened(`e${n}`, { recordedAt: later(start, n) })]);
    await w.work();
    const page = await w.deliveries.list('w1', {}, 2, null);
    const rest = await w.deliveries.list('w1', {}, 2, page.at(-1)!);
    expect([page, rest].map((it) => it.map(({ id }) => id))).toEqual([['e3', 'e2'], ['e1']]);
    w.clock.set(later(start, 30 * 24 * hours + 1));
    await w.outside.tidy();
    expect(await house.statesOf()).toEqual({});
    const { rows } = await house.pool.query('select from effects.tries');
    expect(rows).toEqual([]);
  });

  it('is not sent again in a pause, where it would be held; a test is', async () => {
    const w = house.world(server);
    await w.deliveries.test(w.receivers[0]!, 't1');
    await w.outside.note([opened('e1'), opened('e2')]);
    await w.work();
    await house.pool.query(
      "update effects.webhook_deliveries set state = 'parked' where event_id in ('e2', 't1')",
    );
    w.change({ state: 'paused' });
    const [receiver] = w.receivers;
    const refused = { code: 'webhook-paused', until: null };
    expect(await w.deliveries.again(receiver!, 'e1')).toEqual(refused);
    expect(await w.deliveries.again(receiver!, 'e2')).toEqual(refused);
    expect(await w.deliveries.allAgain(receiver!)).toEqual(refused);
    expect(await retryFailed(house.pool, { kind: 'webhook' }, w.clock.now(), w.receivers)).toBe(1);
    await w.work();
    expect(await house.statesOf()).toEqual({ 'w1.e1': 'taken', 'w1.e2': 'parked', 'w1.t1': 'taken' });
    expect(await w.deliveries.again(receiver!, 't1')).toBeNull();
    await w.work();
    expect(server.messages.filter(({ id }) => id === 't1')).toHaveLength(3);
  });

  it('is not tried again with others while its receiver wants to be left alone, and counts as late for nobody', async () => {
    server.behave(() => ({ status: 503, retryAfter: '3600' }));
    const w = house.world(server);
    await w.outside.note([opened('e1'), opened('e2')]);
    await w.work();
    await house.pool.query("update effects.webhook_deliveries set state = 'parked' where event_id = 'e2'");
    const pressed = (at: string) => retryFailed(house.pool, { kind: 'webhook' }, at, w.receivers);
    const due = async (at: string) => {
      const asked = [at, JSON.stringify(urlHashes(w.receivers))];
      return (await house.pool.query<{ due: number }>(pendingFigures, asked)).rows[0]?.due;
    };
    const soon = later(start, 30 * minutes);
    expect([await pressed(soon), await due(soon)]).toEqual([0, 0]);
    expect(await house.statesOf()).toEqual({ 'w1.e1': 'waiting', 'w1.e2': 'parked' });
    // It was the old address that asked for it.
    w.change({ url: `${server.url}new` });
    expect([await pressed(soon), await due(soon)]).toEqual([2, 2]);
    w.change({ url: server.url });
    expect([await pressed(soon), await due(soon)]).toEqual([0, 0]);
    await house.pool.query("update effects.webhook_deliveries set state = 'parked' where event_id = 'e2'");
    const afterwards = later(start, 61 * minutes);
    expect([await pressed(afterwards), await due(afterwards)]).toEqual([1, 2]);
  });

  it('is held when a pause comes before it leaves again, and leaves when that is over', async () => {
    const w = house.world(server);
    await w.outside.note([opened('e1')]);
    await w.work();
    expect(await w.deliveries.again(w.receivers[0]!, 'e1')).toBeNull();
    w.change({ state: 'paused' });
    await w.work();
    expect(await house.statesOf()).toEqual({ 'w1.e1': 'held' });
    w.change({ state: 'active' });
    await w.work();
    expect(await house.statesOf()).toEqual({ 'w1.e1': 'taken' });
    expect(server.messages).toHaveLength(2);
  });

  it('is counted among all that was sent in a month without reading it all', async () => {
    await house.pool.query(
      `insert into effects.webhook_deliveries (id, webhook, event_id, kind, case_id, told_at, told, state, tries, done_at)
       select 'w1.' || n, 'w1', n::text, 'case.opened', '', $1, '{}', case when n % 10000 = 0 then 'parked' else 'taken' end, 1, $1
       from generate_series(1, 20000) n`,
      [start],
    );
    await house.pool.query('analyze effects.webhook_deliveries');
    const read: string[] = [];
    const w = house.world(server);
    const pool = {
      query: async (sql: string, values: unknown[]) => {
        const { rows } = await house.pool.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, values);
        read.push(...rows.map((row) => row['QUERY PLAN']));
        return house.pool.query(sql, values);
      },
    } as unknown as typeof house.pool;
    const deliveries = createDeliveries({ pool, clock: w.clock });
    expect(await deliveries.figures()).toEqual({ waiting: 0, held: 0, parked: 2 });
    expect((await deliveries.health(w.receivers)).get('w1')).toMatchObject({ parked: 2, lastTakenAt: start });
    expect(read.filter((line) => line.includes('Seq Scan on webhook_deliveries'))).toEqual([]);
  });

  it('is not sent again where the webhook has ended, nor is a test', async () => {
    const w = house.world(server);
    await w.outside.note([opened('e1')]);
    await w.work();
    w.change({ state: 'ended' });
    const [receiver] = w.receivers;
    const refused = { code: 'webhook-ended', until: null };
    expect(await w.deliveries.again(receiver!, 'e1')).toEqual(refused);
    expect(await w.deliveries.allAgain(receiver!)).toEqual(refused);
    expect(await w.deliveries.test(receiver!, 't1')).toEqual(refused);
    expect(await house.statesOf()).toEqual({ 'w1.e1': 'taken' });
  });

  it('is not sent again after thirty days, when receivers may have forgotten its id', async () => {
    server.behave(() => ({ status: 404 }));
    const w = house.world(server);
    const [receiver] = w.receivers;
    await w.outside.note([opened('e1'), opened('e2', { recordedAt: later(start, 1) })]);
    await w.work();
    const state = async (to: string) => {
      await house.pool.query('update effects.webhook_deliveries set state = $1, done_at = $2', [
        to,
        w.clock.now(),
      ]);
      await house.pool.query('truncate effects.tries');
    };
    await state('parked');
    server.behave(() => ({ status: 204 }));
    w.clock.set(later(start, 30 * 24 * hours + 1));
    const resendable = async () => (await w.deliveries.list('w1', {}, 9, null)).map((it) => it.resendable);
    expect(await resendable()).toEqual([true, false]);
    expect(await w.deliveries.again(receiver!, 'e1')).toMatchObject({ code: 'webhook-delivery-too-old' });
    expect(await retryFailed(house.pool, { id: 'webhook:w1.e1' }, w.clock.now())).toBe(0);
    expect(await w.deliveries.again(receiver!, 'e2')).toBeNull();
    await state('parked');
    expect(await retryFailed(house.pool, { kind: 'webhook' }, w.clock.now())).toBe(1);
    await state('parked');
    expect(await w.deliveries.allAgain(receiver!)).toBe(1);
    await state('taken');
    expect(await w.deliveries.again(receiver!, 'e1')).toMatchObject({ code: 'webhook-delivery-too-old' });
  });

  it('is refused to be sent again while it is being sent', async () => {
    const w = house.world(server);
    await w.outside.note([opened('e1')]);
    let pressed: unknown = null;
    const channel = createWebhookChannel({ publicUrl: 'https://iter.example', own: true });
    const sending = house.world(
      server,
      {},
      {
        channel: {
          ...channel,
          async send(message, signal) {
            pressed = await w.deliveries.again(w.receivers[0]!, 'e1');
            return channel.send(message, signal);
          },
        },
      },
    );
    await sending.work();
    expect(pressed).toEqual({ code: 'webhook-delivery-being-sent', until: null });
    expect(server.messages).toHaveLength(1);
  });

  it('awaits consent again under a new address, and says so', async () => {
    const w = house.world(server);
    await w.deliveries.test(w.receivers[0]!, 't1');
    await w.work();
    const agreed = async () => (await w.deliveries.health(w.receivers)).get('w1')!.agreed;
    expect(await agreed()).toBe(true);
    w.change({ url: `${server.url}altrove` });
    expect(await agreed()).toBe(false);
    await w.deliveries.test(w.receivers[0]!, 't2');
    await w.work();
    expect(await agreed()).toBe(true);
  });

  it('rests as long as anybody was asked to, which people see, and are told who press meanwhile', async () => {
    let n = 0;
    server.behave(() => (n++ === 0 ? { status: 429, retryAfter: '3600' } : { status: 503 }));
    const w = house.world(server);
    const [receiver] = w.receivers;
    // Side by side: the answer that asks for an hour, and three that ask for nothing.
    await w.outside.note(Array.from({ length: 4 }, (_, at) => opened(`e${at}`)));
    await w.work();
    const until = later(start, 3_600 * seconds);
    const restsUntil = async () => (await w.deliveries.health(w.receivers)).get('w1')!.restsUntil;
    expect(await restsUntil()).toBe(until);
    const refused = { code: 'webhook-resting', until };
    expect(await w.deliveries.test(receiver!, 't1')).toEqual(refused);
    expect(await w.deliveries.again(receiver!, 'e1')).toEqual(refused);
    expect(await w.deliveries.allAgain(receiver!)).toEqual(refused);
    // It asked so there; and a few seconds need no words.
    expect(await w.deliveries.test({ ...receiver!, url: `${server.url}altrove` }, 't2')).toBeNull();
    w.clock.set(later(until, -10 * seconds));
    expect(await w.deliveries.allAgain(receiver!)).toBe(4);
    server.behave(() => ({ status: 204 }));
    w.clock.set(until);
    await w.work();
    expect([await restsUntil(), new Set(Object.values(await house.statesOf()))]).toEqual([
      null,
      new Set(['taken']),
    ]);
  });

  it('is counted for those who watch', async () => {
    const w = house.world(server);
    await w.outside.note(['e1', 'e2', 'e3', 'e4'].map((id) => opened(id)));
    await w.deliveries.test(w.receivers[0]!, 't1');
    const given =
      "update effects.webhook_deliveries set state = 'parked' where event_id in ('e1', 'e2', 't1')";
    await house.pool.query(given);
    await house.pool.query("update effects.webhook_deliveries set state = 'held' where event_id = 'e3'");
    expect(await w.deliveries.figures()).toEqual({ waiting: 1, held: 1, parked: 2 });
  });
});
