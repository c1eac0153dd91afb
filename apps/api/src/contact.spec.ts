import { afterEach, describe, expect, it } from '@jest/globals';
import type { InjectOptions } from 'fastify';
import { systemPrincipal } from '@iter/access';
import { createAccounts } from '@iter/access/accounts';
import type { Accounts } from '@iter/access/accounts';
import { createMemoryLog } from '@iter/event-store/memory';
import type { Mail, Sent } from '@iter/channels';
import { requestHashWith } from '@iter/platform/ids';
import { createMemoryDataKeys, createSealer } from '@iter/platform/sealing';
import type { DeadlineItem } from '@iter/read-models';
import { createApi } from './create-api.ts';
import type { Api } from './create-api.ts';
import type { ApiPorts } from './ports.ts';
import { aCase, fakeHouse, password, someone } from './testing/fake-ports.ts';

const worlds: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

const due = {
  id: `${aCase}.d1`,
  caseId: aCase,
  caseCode: 'PD-2026-001',
  comune: 'c_borgo',
  label: { it: 'Contestazione dell’addebito', en: 'Charge' },
  instance: 'CANARY',
  safeActionDate: '2026-04-03',
  legalDueDate: '2026-04-07',
  openedAt: '2026-03-06T09:00:00.000Z',
  ladder: {
    name: 'x',
    steps: [
      { at: '2026-03-30T06:00:00.000Z', by: ['feed'] },
      { at: '2026-03-31T06:00:00.000Z', by: ['desk', 'mail'] },
    ],
  },
  changes: [{ at: '2026-03-06T09:00:00.000Z', by: 'CANARY', reason: 'CANARY' }],
} as unknown as DeadlineItem;

/** The API over real accounts: what they say is in a log, what they may see is made up. */
async function world(answer: Sent = { outcome: 'accepted' }, more: Partial<ApiPorts> = {}) {
  const log = createMemoryLog();
  const accounts: Accounts = createAccounts({
    log,
    clock: { now: () => '2026-03-06T08:00:00.000Z' },
    sealer: createSealer({ store: createMemoryDataKeys() }),
    requestHash: requestHashWith(Buffer.from('key')),
    serves: (body) => (body === 'p_demo' ? ['c_borgo'] : []),
  });
  const people = [someone('operatore', 'DESK_OPERATOR'), someone('upd', 'UPD')];
  for (const { account, displayName, grants } of people) {
    await accounts.execute({
      username: account,
      command: { type: 'CreateAccount', username: account, displayName, grants },
      principal: systemPrincipal,
      route: 'test',
      idempotencyKey: account,
    });
  }
  const house = await fakeHouse(people);
  const mails: Mail[] = [];
  const asked: unknown[] = [];
  const logged: unknown[] = [];
  const note = (...args: unknown[]) => void logged.push(args);
  const ports = {
    ...house.ports,
    accounts,
    mail: {
      name: 'mail.example:587',
      send: async (mail: Mail) => (mails.push(mail), answer),
      close: () => undefined,
    },
    logger: { warn: note, error: note, info: note },
    views: {
      ...house.ports.views,
      feedDeadlines: async (...args: unknown[]) => (asked.push(args.slice(1)), [due]),
    },
    ...more,
  } as unknown as ApiPorts;
  const api: Api = await createApi(ports);
  worlds.push({ close: () => Promise.all([api.close(), accounts.close()]) });
  const send = (options: InjectOptions) => api.app.inject(options as never);
  const as = async (username: string) => {
    const signedIn = await send({ method: 'POST', url: '/api/v1/session', payload: { username, password } });
    const authorization = `Bearer ${signedIn.json<{ token: string }>().token}`;
    return (
      method: 'GET' | 'POST' | 'PUT' | 'DELETE',
      path: string,
      payload?: object,
      key = String(++keys),
    ) =>
      send({
        method,
        url: `/api/v1${path}`,
        headers: { authorization, 'idempotency-key': key },
        ...(payload && { payload }),
      });
  };
  return { log, accounts, mails, asked, logged, send, as };
}
let keys = 0;
const pathOf = (address: string): string => new URL(address).pathname;

describe('preferences', () => {
  it('are one’s own, sealed in the log, and told back', async () => {
    const { log, as } = await world();
    const me = await as('operatore');
    expect((await me('GET', '/session/preferences')).json()).toEqual({
      email: null,
      delivery: 'immediate',
      sends: true,
    });
    const set = { email: 'canary.olga@provincia.example', delivery: 'digest' };
    expect((await me('PUT', '/session/preferences', set)).json()).toEqual({ ...set, sends: true });
    expect((await me('GET', '/session/preferences')).json()).toMatchObject(set);
    expect((await (await as('upd'))('GET', '/session/preferences')).json()).toMatchObject({ email: null });
    const { events } = await log.readAll();
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['EmailAddressSet', 'DeliveryChosen']),
    );
    expect(JSON.stringify(events)).not.toContain('canary');
  });

  it.each([
    'olga',
    'olga@',
    'Olga <olga@provincia.example>',
    'a@b.example, c@d.example',
    'a@b.example\nBcc: c@d.example',
    'a b@c.example',
    'a@localhost',
    '"a"@b.example',
  ])('take no address such as %j', async (email) => {
    const { log, as } = await world();
    const before = (await log.readAll()).events.length;
    const answer = await (await as('operatore'))('PUT', '/session/preferences', { email, delivery: 'off' });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([422, 'email-invalid']);
    expect((await log.readAll()).events).toHaveLength(before);
  });

  it.each([
    [{ outcome: 'accepted' } as const, { outcome: 'accepted', code: null }],
    [{ outcome: 'refused', code: 'SMTP 550 5.1.1' } as const, { outcome: 'refused', code: 'SMTP 550 5.1.1' }],
  ])('are tried with a mail to oneself: %j', async (answer, told) => {
    const { mails, as } = await world(answer);
    const me = await as('operatore');
    expect((await me('POST', '/session/preferences/test-mail')).json()).toMatchObject({
      status: 409,
      code: 'email-missing',
    });
    await me('PUT', '/session/preferences', { email: 'olga@provincia.example', delivery: 'off' });
    expect((await me('POST', '/session/preferences/test-mail', undefined, 'same')).json()).toEqual(told);
    expect((await me('POST', '/session/preferences/test-mail', undefined, 'same')).json()).toEqual(told);
    expect(mails.map(({ to }) => to)).toEqual(['olga@provincia.example', 'olga@provincia.example']);
    expect(mails[1]!.messageId).toBe(mails[0]!.messageId);
  });

  it('are not tried more than a few times a minute, nor where no mail is set up', async () => {
    const { mails, as } = await world();
    const me = await as('operatore');
    await me('PUT', '/session/preferences', { email: 'olga@provincia.example', delivery: 'off' });
    const answers = [];
    for (let n = 0; n < 6; n++) answers.push((await me('POST', '/session/preferences/test-mail')).statusCode);
    expect(answers).toEqual([200, 200, 200, 200, 200, 429]);
    expect(mails).toHaveLength(5);
    const without = await (await world(undefined, { mail: null })).as('operatore');
    expect((await without('POST', '/session/preferences/test-mail')).json()).toMatchObject({
      code: 'mail-not-set-up',
    });
  });
});

describe('how mail is doing', () => {
  it('is told to machines as well, without names', async () => {
    const { send } = await world();
    const { body } = await send({ method: 'GET', url: '/metrics' });
    expect(body).toContain('iter_mails{state="waiting"} 2');
    expect(body).toContain('iter_mails{state="refused"} 1');
  });
});

describe('calendar feeds', () => {
  const make = { name: 'Le mie', scope: 'mine' };

  it('have an address that is told once, and again only to the very same request', async () => {
    const { log, as } = await world();
    const me = await as('operatore');
    const first = (await me('POST', '/calendar/feeds', make, 'same')).json<{ address: string }>();
    expect(first).toMatchObject({ ...make, bodyName: null, createdAt: '2026-03-06T08:00:00.000Z' });
    expect(first.address).toMatch(/^https:\/\/iter\.example\/api\/v1\/calendar\/feeds\/[\w-]{43}\.ics$/);
    const again = await me('POST', '/calendar/feeds', make, 'same');
    expect(again.json()).toEqual(first);
    const other = await me('POST', '/calendar/feeds', make);
    expect(other.json<{ address: string }>().address).not.toBe(first.address);
    const list = await me('GET', '/calendar/feeds');
    expect(list.json<{ items: unknown[] }>().items).toHaveLength(2);
    expect(list.body).not.toContain('address');
    const secret = pathOf(first.address).split('/').at(-1)!.slice(0, 43);
    expect(JSON.stringify((await log.readAll()).events)).not.toContain(secret);
    expect(list.body).not.toContain(secret);
  });

  it('are read without a session, with nothing personal in them, and not again while nothing changes', async () => {
    const { asked, send, as } = await world();
    const me = await as('operatore');
    const body = { name: 'Borgo', scope: 'c_borgo' };
    const url = pathOf((await me('POST', '/calendar/feeds', body)).json<{ address: string }>().address);
    const feed = await send({ method: 'GET', url });
    expect(feed.statusCode).toBe(200);
    expect(feed.headers).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'private, max-age=900',
    });
    const lines = feed.body.replaceAll('\r\n ', '');
    expect(lines).toContain('PD-2026-001: scadenza di legge – Contestazione dell’addebito');
    expect(lines).toContain(`https://iter.example/cases/${aCase}`);
    expect(lines).toContain('TRIGGER;VALUE=DATE-TIME:20260330T060000Z');
    expect(lines).toContain('TRIGGER;VALUE=DATE-TIME:20260403T060000Z');
    expect(lines).not.toContain('20260331T060000Z');
    expect(lines).not.toContain('CANARY');
    expect(asked).toEqual([['c_borgo', '2027-09-06']]);
    const etag = String(feed.headers.etag);
    const same = await send({ method: 'GET', url, headers: { 'if-none-match': `W/"x", ${etag}` } });
    expect([same.statusCode, same.body, same.headers.etag]).toEqual([304, '', etag]);
  });

  it('that are wrong, revoked, or of somebody disabled are answered alike', async () => {
    const { accounts, send, as } = await world();
    const me = await as('operatore');
    const of = async () =>
      (await me('POST', '/calendar/feeds', make)).json<{ id: string; address: string }>();
    const [revoked, orphan] = [await of(), await of()];
    const answer = async (url: string) => {
      const { statusCode, headers, json } = await send({ method: 'GET', url }).then((it) => ({
        statusCode: it.statusCode,
        headers: it.headers,
        json: it.json<object>(),
      }));
      return { statusCode, type: headers['content-type'], ...json, instance: '', traceId: '' };
    };
    expect((await send({ method: 'GET', url: pathOf(orphan.address) })).statusCode).toBe(200);
    // Nobody revokes what is another's.
    const stranger = await (await as('upd'))('DELETE', `/calendar/feeds/${revoked.id}`);
    expect(stranger.json()).toMatchObject({ status: 404, code: 'feed-not-found' });
    expect((await me('DELETE', `/calendar/feeds/${revoked.id}`)).statusCode).toBe(200);
    expect((await me('DELETE', `/calendar/feeds/${revoked.id}`)).json()).toMatchObject({ status: 404 });
    await accounts.execute({
      username: 'operatore',
      command: { type: 'DisableAccount', reason: 'cessata' },
      principal: systemPrincipal,
      route: 'test',
      idempotencyKey: 'off',
    });
    const wrong = await answer(`/api/v1/calendar/feeds/${'a'.repeat(43)}.ics`);
    expect(wrong).toMatchObject({ statusCode: 404, code: 'feed-not-found' });
    for (const url of [
      pathOf(revoked.address),
      pathOf(orphan.address),
      pathOf(orphan.address).replace('.ics', ''),
      '/api/v1/calendar/feeds/x.ics',
      '/api/v1/calendar/feeds/..%2f.ics',
    ]) {
      expect(await answer(url)).toEqual(wrong);
    }
  });

  it('are refused for bodies that are not one’s own, and beyond a number', async () => {
    const { as } = await world();
    const me = await as('operatore');
    for (const scope of ['c_altro', '__proto__', '']) {
      expect((await me('POST', '/calendar/feeds', { name: 'x', scope })).statusCode).toBe(422);
    }
    for (let n = 0; n < 20; n++) await me('POST', '/calendar/feeds', make);
    expect((await me('POST', '/calendar/feeds', make)).json()).toMatchObject({
      status: 409,
      code: 'too-many-feeds',
    });
  });

  it('are guessed, and read, so often in a minute and no more; no secret is logged', async () => {
    const fail = { feedDeadlines: async () => Promise.reject(new Error('broken')) };
    const { logged, send, as } = await world();
    const url = pathOf(
      (await (await as('operatore'))('POST', '/calendar/feeds', make)).json<{ address: string }>().address,
    );
    const wrong = `/api/v1/calendar/feeds/${'b'.repeat(43)}.ics`;
    const codes = new Set<number>();
    for (let n = 0; n < 61; n++) codes.add((await send({ method: 'GET', url: wrong })).statusCode);
    expect([...codes]).toEqual([404, 429]);
    expect((await send({ method: 'GET', url })).statusCode).toBe(200);

    const broken = await world(undefined, { views: fail as never });
    const mine = await (await broken.as('operatore'))('POST', '/calendar/feeds', make);
    const address = pathOf(mine.json<{ address: string }>().address);
    expect((await broken.send({ method: 'GET', url: address })).statusCode).toBe(500);
    expect(broken.logged).toHaveLength(1);
    expect(JSON.stringify([logged, broken.logged])).not.toContain(address.split('/').at(-1)!.slice(0, 43));
  });
});
