import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import {
  channelOf,
  event,
  hours,
  later,
  minutes,
  opened,
  openWebhookHouse,
  processOf,
  seconds,
  secret,
  sent,
  start,
} from '../../../../test/support/webhooks.ts';
import type { OutsideServer, WebhookHouse } from '../../../../test/support/webhooks.ts';
import { failedWork, retryFailed } from '../operations/failed.ts';

let house: WebhookHouse;
let server: OutsideServer;
beforeAll(async () => void (house = await openWebhookHouse()));
afterAll(() => house.close());
beforeEach(async () => void (server = await house.server()));
afterEach(() => house.clear());

describe('what is told outside', () => {
  it('is told once, signed, after the receiver has agreed; nothing of a person is in it', async () => {
    const w = house.world(server);
    const facts = [
      opened('e1'),
      event('e2', 'DeadlineOpened', { id: 'DL_X', plan: { legalDueDate: '2026-04-07' } }),
      event('e3', 'DeadlineMissed', { id: 'DL_H', legalDueDate: '2026-04-07T23:30:00.000Z' }),
      event('e4', 'EscalationRaised', { deadlineId: 'DL_X', legalDueDate: '2026-04-07', to: ['UPD'] }),
      event('e5', 'EscalationRaised', { deadlineId: null, legalDueDate: null, to: ['UPD'] }),
      sent('e6'),
      event('e7', 'CaseTerminated', { element: null }),
      event('e8', 'CommentAdded', { key: 'k' }),
      event('e9', 'CaseStarted', {}, { stream: 'message-1' }),
    ];
    expect(await w.outside.note(facts)).toBe(true);
    await w.outside.note(facts);
    await w.work();
    await w.outside.tidy();
    await w.work();
    expect(server.asked()).toBe(1);
    expect(server.messages.every(({ isSigned }) => isSigned)).toBe(true);
    const told = server.messages.map(({ id, body }) => ({
      ...(JSON.parse(body) as { data: object }),
      sent: id,
    }));
    const nothing = { outcome: null, term: null, dueOn: null };
    const data = { case: 'PD-2026-001', process: 'selection-interpello', comune: 'c_borgo' };
    const byId = Object.fromEntries(told.map(({ sent: id, data: it }) => [id, it]));
    expect(byId).toEqual({
      e1: { kind: 'case.opened', ...data, ...nothing },
      e2: { kind: 'term.opened', ...data, ...nothing, term: 'DL_X', dueOn: '2026-04-07' },
      e3: { kind: 'term.missed', ...data, ...nothing, term: 'DL_H', dueOn: '2026-04-08' },
      e4: { kind: 'term.escalated', ...data, ...nothing, term: 'DL_X', dueOn: '2026-04-07' },
      e6: { kind: 'act.sent', ...data, ...nothing },
      e7: { kind: 'case.ended', ...data, ...nothing, outcome: 'cancelled' },
    });
    expect(told[0]).toMatchObject({ id: told[0]!.sent, subject: 'PD-2026-001', time: start });
  });

  it('is what was asked for, of whose cases, since when', async () => {
    const w = house.world(server, { body: 'c_borgo', kinds: ['case.opened'] });
    await w.outside.note([
      opened('mine'),
      opened('theirs', { tenant: 'c_valle' }),
      sent('other'),
      opened('before', { recordedAt: later(start, -1) }),
    ]);
    await w.work();
    expect(server.messages.map(({ id }) => id)).toEqual(['mine']);
    // After the log was restored everything comes again; of long ago nothing is told.
    w.clock.set(later(start, 31 * 24 * hours));
    expect(await w.outside.note([opened('late')])).toBe(false);
  });

  it('leaves confidential cases out, but to whom they were opened by name', async () => {
    const w = house.world(server);
    const secret = { stream: 'case-secret' };
    w.receivers.push({ ...w.receivers[0]!, id: 'w2', confidential: true });
    await w.outside.note([opened('e1', secret), sent('e2', secret), opened('e3')]);
    expect(Object.keys(await house.statesOf())).toEqual(['w1.e3', 'w2.e1', 'w2.e2', 'w2.e3']);
    // It says of itself what it is about only there; that is asked of the case elsewhere.
    const asking = house.world(server);
    await asking.outside.note([sent('e4', secret)]);
    expect(Object.keys(await house.statesOf())).not.toContain('w1.e4');
    // What was noted and sent before it was closed to the receiver is not sent any more, nor again.
    server.behave(() => ({ status: 500 }));
    await w.work();
    const before = server.messages.length;
    w.change({ confidential: false }, 1);
    await w.deliveries.allAgain(w.receivers[1]!);
    server.behave(() => ({ status: 204 }));
    await w.work();
    expect(server.messages.slice(before).map(({ id }) => id)).toEqual(['e3']);
    expect(await house.statesOf()).toMatchObject({
      'w2.e1': 'dropped',
      'w2.e2': 'dropped',
      'w2.e3': 'taken',
    });
  });

  it('knows of what was noted before that was asked, by what it says', async () => {
    const w = house.world(server, { confidential: true });
    await w.outside.note([opened('e1', { stream: 'case-secret' }), opened('e2', { stream: 'case-secret' })]);
    await house.pool.query("update effects.webhook_deliveries set told = told - 'process'");
    server.behave(() => ({ status: 500 }));
    await w.work();
    await house.pool.query("update effects.webhook_deliveries set body = null where id = 'w1.e2'");
    await house.pool.query('truncate effects.tries');
    const before = server.messages.length;
    w.change({ confidential: false });
    await w.work();
    expect([server.messages.length, await house.statesOf()]).toEqual([
      before,
      { 'w1.e1': 'dropped', 'w1.e2': 'dropped' },
    ]);
  });

  it('bears the same id and the same bytes when it was sent and the process died before it wrote that down', async () => {
    const w = house.world(server);
    await w.outside.note([opened('e1')]);
    let isKilled = true;
    const dying = house.world(
      server,
      {},
      {
        pool: {
          ...{
            query: (async (text: string, values: unknown[]) => {
              if (isKilled && text.includes('set state = $2, tries = tries + 1')) throw new Error('killed');
              return house.pool.query(text, values);
            }) as never,
          },
        } as unknown as Pool,
      },
    );
    await dying.work();
    isKilled = false;
    expect(server.messages).toHaveLength(1);
    // Its leases are over, and the case has another name meanwhile.
    await house.pool.query('truncate effects.tries');
    w.rename('PD-2026-002');
    await w.work();
    await w.work();
    expect(server.messages).toHaveLength(2);
    expect(server.messages[1]).toEqual(server.messages[0]);
    expect(await house.statesOf()).toEqual({ 'w1.e1': 'taken' });
  });

  it('is not sent to who has not agreed; an address that changes is asked anew', async () => {
    server.allow(null);
    const w = house.world(server);
    await w.outside.note([opened('e1'), opened('e2')]);
    await w.work();
    expect([server.asked(), server.messages.length]).toEqual([1, 0]);
    const [one] = await w.deliveries.list('w1', {}, 10, null);
    expect(one).toMatchObject({ state: 'waiting', tries: 1, code: 'consent-missing', status: 200 });
    expect(one!.nextAt).toBe(later(start, 5 * seconds));
    server.allow('iter.example');
    w.clock.set(later(start, 5 * seconds));
    await w.work();
    await w.outside.note([opened('e3')]);
    await w.work();
    expect([server.asked(), server.messages.length]).toEqual([2, 3]);
    w.change({ url: `${server.url}altrove` });
    await w.outside.note([opened('e4')]);
    await w.work();
    expect([server.asked(), server.messages.length]).toEqual([3, 4]);
  });

  it('is tried ten times over three days, then parked; the webhook fails until something is taken', async () => {
    server.behave(() => ({ status: 500 }));
    const w = house.world(server);
    await w.outside.note([opened('e1')]);
    const at: string[] = [];
    for (;;) {
      await w.work();
      at.push(w.clock.now());
      const [{ nextAt, state }] = (await w.deliveries.list('w1', {}, 1, null)) as unknown as [
        { nextAt: string; state: string },
      ];
      if (state !== 'waiting') break;
      // Not a moment before.
      w.clock.set(later(nextAt, -1));
      await w.work();
      expect(server.messages).toHaveLength(at.length);
      w.clock.set(nextAt);
    }
    expect(server.messages).toHaveLength(10);
    expect(new Set(server.messages.map(({ id, body }) => id + body)).size).toBe(1);
    const days = (Date.parse(at.at(-1)!) - Date.parse(start)) / (24 * hours);
    expect(days).toBeGreaterThan(3);
    expect(days).toBeLessThan(3.5);
    expect(await w.deliveries.list('w1', { state: 'parked' }, 10, null)).toMatchObject([
      { id: 'e1', tries: 10, code: 'HTTP 500', status: 500, nextAt: null, caseId: '1' },
    ]);
    expect((await w.deliveries.health(w.receivers)).get('w1')).toMatchObject({
      parked: 1,
      failing: true,
      agreed: true,
    });
    expect(await failedWork(house.pool)).toMatchObject([
      { id: 'webhook:w1.e1', kind: 'webhook', error: 'HTTP 500' },
    ]);
    server.behave(() => ({ status: 200 }));
    w.clock.set(later(w.clock.now(), 1));
    expect(await retryFailed(house.pool, { kind: 'webhook' }, w.clock.now())).toBe(1);
    await w.work();
    expect((await w.deliveries.health(w.receivers)).get('w1')).toMatchObject({ parked: 0, failing: false });
    expect(await failedWork(house.pool)).toEqual([]);
  });

  it('rests as long as the receiver asks', async () => {
    server.behave((n) => ({ status: n === 1 ? 429 : 503, retryAfter: n === 1 ? '120' : '1' }));
    const w = house.world(server);
    await w.outside.note([opened('e1')]);
    await w.work();
    const nextAt = async () => (await w.deliveries.list('w1', {}, 1, null))[0]!.nextAt;
    expect(await nextAt()).toBe(later(start, 120 * seconds));
    w.clock.set(later(start, 120 * seconds));
    await w.work();
    // No shorter than our own pause.
    expect(await nextAt()).toBe(later(start, 120 * seconds + 5 * minutes));
  });

  it.each([
    [0, 4 * seconds],
    [1, 6 * seconds],
  ])('rests a little shorter or longer by chance (%d)', async (chance, pauseMs) => {
    server.behave(() => ({ status: 500 }));
    const w = house.world(server, {}, { random: () => chance });
    await w.outside.note([opened('e1')]);
    await w.work();
    expect((await w.deliveries.list('w1', {}, 1, null))[0]!.nextAt).toBe(later(start, pauseMs));
  });

  it('ends where the receiver says that it is gone', async () => {
    server.behave(() => ({ status: 410 }));
    const w = house.world(server);
    await w.outside.note([opened('e1')]);
    await w.work();
    expect(w.receivers[0]!.state).toBe('ended');
    server.behave(() => ({ status: 200 }));
    expect(await w.outside.note([opened('e2')])).toBe(false);
    await w.work();
    expect(server.messages).toHaveLength(1);
    expect(await house.statesOf()).toEqual({ 'w1.e1': 'dropped' });
  });

  it('is nothing to try again once its webhook has ended, though it was given up before', async () => {
    const w = house.world(server);
    await w.outside.note([opened('e1')]);
    await house.pool.query("update effects.webhook_deliveries set state = 'parked', done_at = $1", [start]);
    w.change({ state: 'ended' });
    await w.work();
    expect([await house.statesOf(), await failedWork(house.pool)]).toEqual([{ 'w1.e1': 'dropped' }, []]);
  });

  it('waits while its webhook is paused, but for a test; and leaves when it goes on', async () => {
    const w = house.world(server, { state: 'paused' });
    await w.outside.note([opened('e1')]);
    await w.deliveries.test(w.receivers[0]!, 't1');
    await w.deliveries.test(w.receivers[0]!, 't1');
    await w.work();
    expect(server.messages.map(({ id }) => id)).toEqual(['t1']);
    expect(JSON.parse(server.messages[0]!.body)).toMatchObject({
      subject: 'test',
      data: { kind: 'test', case: null, process: null, comune: null },
    });
    expect(await house.statesOf()).toEqual({ 'w1.e1': 'held', 'w1.t1': 'taken' });
    w.change({ state: 'active' });
    await w.work();
    expect(server.messages.map(({ id }) => id)).toEqual(['t1', 'e1']);
    // A webhook that another process made: this one does not know it yet.
    await w.deliveries.test({ id: 'w2', url: server.url, state: 'active' }, 't2');
    await w.work();
    expect((await house.statesOf())['w2.t2']).toBe('waiting');
  });

  it('is not told of a case that can no longer be read', async () => {
    const w = house.world(server);
    await w.outside.note([opened('e1', { stream: 'case-gone' })]);
    await w.work();
    expect([server.messages, await house.statesOf()]).toEqual([[], { 'w1.e1': 'dropped' }]);
  });

  it('keeps nobody waiting for one that hangs or breaks off', async () => {
    const other = await house.server();
    server.behave((n) => (n % 2 === 0 ? 'drop' : 'hang'));
    const w = house.world(server, {}, { channel: channelOf(2_000) });
    w.receivers.push({ ...w.receivers[0]!, id: 'w2', url: other.url });
    await w.outside.note([opened('e1'), opened('e2')]);
    await w.work();
    expect(other.messages).toHaveLength(2);
    const codes = (await w.deliveries.list('w1', {}, 10, null)).map(({ code }) => code).sort();
    expect(codes).toEqual(['ECONNRESET', 'ETIMEDOUT']);
    expect(await house.statesOf()).toMatchObject({ 'w1.e1': 'waiting', 'w2.e1': 'taken', 'w2.e2': 'taken' });
  });

  it('is not all tried in vain at once where no answer comes', async () => {
    server.behave(() => 'drop');
    const w = house.world(server);
    await w.outside.note(Array.from({ length: 40 }, (_, n) => opened(`e${n}`)));
    await w.work();
    // What was sent side by side, and what had been taken meanwhile.
    expect(server.messages.length).toBeLessThanOrEqual(8);
    server.behave(() => ({ status: 204 }));
    w.clock.set(later(start, 5 * seconds));
    await w.work();
    expect(new Set(Object.values(await house.statesOf()))).toEqual(new Set(['taken']));
  });

  it('leaves a receiver alone that is busy, with all that waits for it; not under another address', async () => {
    server.behave(() => ({ status: 429, retryAfter: '3600' }));
    const w = house.world(server);
    await w.outside.note(Array.from({ length: 40 }, (_, n) => opened(`e${n}`)));
    await w.work();
    const before = server.messages.length;
    expect(before).toBeLessThanOrEqual(8);
    server.behave(() => ({ status: 204 }));
    w.clock.set(later(start, 3_599 * seconds));
    await w.work();
    expect(server.messages).toHaveLength(before);
    w.change({ url: `${server.url}altrove` });
    await w.work();
    expect(server.messages.length).toBeGreaterThanOrEqual(40 - before);
  });

  it('goes to no address that was replaced meanwhile, whose 410 ends nothing', async () => {
    const other = await house.server();
    const w = house.world(server);
    await w.outside.note(Array.from({ length: 20 }, (_, n) => opened(`e${n}`)));
    server.behave(() => {
      w.change({ url: other.url });
      return { status: 410 };
    });
    await w.work();
    expect(server.messages.length).toBeLessThanOrEqual(4);
    expect(w.receivers[0]!.state).toBe('active');
    await w.work();
    expect(other.messages).toHaveLength(20);
  });

  it('waits while its webhook is paused, also when it is noted while a test is sent', async () => {
    const w = house.world(server, { state: 'paused' });
    await w.deliveries.test(w.receivers[0]!, 't1');
    server.behave(() => ({ status: 204 }));
    const noting = house.world(
      server,
      { state: 'paused' },
      {
        secretsOf: () => {
          void w.outside.note([opened('e1')]);
          return [secret];
        },
      },
    );
    await w.outside.note([opened('e0')]);
    await house.pool.query("update effects.webhook_deliveries set state = 'waiting'");
    await noting.work();
    await noting.work();
    expect(server.messages.map(({ id }) => id)).toEqual(['t1']);
  });

  it('is judged anew for each message: what is narrowed while they are sent counts for the next', async () => {
    const w = house.world(server, { confidential: true });
    await w.outside.note([
      ...Array.from({ length: 20 }, (_, n) => opened(`e${n}`, { stream: 'case-secret' })),
      ...Array.from({ length: 20 }, (_, n) => opened(`f${n}`)),
      ...Array.from({ length: 20 }, (_, n) => sent(`g${n}`)),
    ]);
    server.behave(() => {
      w.change({ confidential: false, kinds: ['act.sent'] });
      return { status: 204 };
    });
    await w.work();
    // What was on its way side by side, and then what is still to be heard.
    const told = server.messages.map(({ id }) => id);
    expect(told.filter((id) => !id.startsWith('g')).length).toBeLessThanOrEqual(4);
    expect(told.filter((id) => id.startsWith('g'))).toHaveLength(20);
    const states = Object.values(await house.statesOf());
    expect(states.filter((state) => state === 'dropped')).toHaveLength(60 - told.length);
    // A test is no kind that anybody asks for.
    await w.deliveries.test(w.receivers[0]!, 't1');
    await w.work();
    expect(server.messages.at(-1)!.id).toBe('t1');
  });

  it('is noted without reading cases: one that is damaged keeps nobody waiting, nor is it told to who may not hear', async () => {
    const damaged = 'case-damaged';
    const asked: string[] = [];
    const w = house.world(
      server,
      {},
      {
        async processOf(id) {
          asked.push(id);
          if (id === 'damaged') throw new Error('damaged');
          return processOf(`case-${id}`);
        },
        async caseNow(id) {
          if (id === 'damaged') return { code: 'X', process: 'disciplinary-ordinary', comune: 'c_borgo' };
          throw new Error('damaged');
        },
      },
    );
    expect(await w.outside.note([sent('e1', { stream: damaged }), sent('e2')])).toBe(true);
    await w.outside.note([sent('e3')]);
    expect(asked).toEqual(['damaged', '1']);
    await w.work();
    expect([server.messages, await house.statesOf()]).toEqual([
      [],
      { 'w1.e1': 'dropped', 'w1.e2': 'waiting', 'w1.e3': 'waiting' },
    ]);
    // Who hears everything is told without a look at the case.
    w.change({ confidential: true });
    await w.outside.note([sent('e4', { stream: damaged })]);
    expect(asked).toHaveLength(2);
  });

  it('is not sent long afterwards: not begun in thirty days, or not taken in forty', async () => {
    server.behave(() => ({ status: 404 }));
    const w = house.world(server);
    await w.outside.note([opened('e1')]);
    await w.work();
    await w.outside.note([opened('e2')]);
    const begun = server.messages.length;
    w.clock.set(later(start, 31 * 24 * hours));
    await w.outside.tidy();
    await w.work();
    expect(server.messages.slice(begun).map(({ id }) => id)).toEqual(['e1']);
    expect(await house.statesOf()).toEqual({ 'w1.e1': 'waiting', 'w1.e2': 'dropped' });
    w.clock.set(later(start, 40 * 24 * hours + 1));
    await w.work();
    expect(server.messages).toHaveLength(begun + 1);
    expect(await house.statesOf()).toMatchObject({ 'w1.e1': 'dropped' });
  });

  it('is forgotten with the days in which it could be sent again, when it was given up', async () => {
    const w = house.world(server);
    await w.outside.note([opened('e1'), opened('e2', { recordedAt: later(start, 2) })]);
    const given = later(start, 5 * 24 * hours);
    await house.pool.query("update effects.webhook_deliveries set state = 'parked', done_at = $1", [given]);
    w.clock.set(later(start, 30 * 24 * hours + 1));
    await w.outside.tidy();
    expect(await house.statesOf()).toEqual({ 'w1.e2': 'parked' });
  });

  it('keeps nobody waiting who stops the house: it counts as not tried', async () => {
    const w = house.world(server);
    const stop = new AbortController();
    server.behave(() => {
      stop.abort();
      return 'hang';
    });
    await w.outside.note([opened('e1')]);
    await w.outside.work(stop.signal);
    await w.outside.settled();
    expect(await w.deliveries.list('w1', {}, 1, null)).toMatchObject([
      { state: 'waiting', tries: 0, code: null },
    ]);
    server.behave(() => ({ status: 204 }));
    await w.work();
    expect(await house.statesOf()).toEqual({ 'w1.e1': 'taken' });
  });

  it('is sent 300 times once each, with three processes at work', async () => {
    const w = house.world(server);
    await w.outside.note(Array.from({ length: 300 }, (_, n) => opened(`e${n}`)));
    const workers = [w.outside, w.make('b'), w.make('c')];
    await Promise.all(workers.map((one) => w.work(one)));
    await w.work();
    expect(server.messages).toHaveLength(300);
    expect(new Set(server.messages.map(({ id }) => id)).size).toBe(300);
  });
});
