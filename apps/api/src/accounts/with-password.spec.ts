import { afterEach, describe, expect, it } from '@jest/globals';
import { systemPrincipal } from '@iter/access';
import { createAccounts } from '@iter/access/accounts';
import { createMemoryLog } from '@iter/event-store/memory';
import { requestHashWith } from '@iter/platform/ids';
import { createMemoryDataKeys, createSealer } from '@iter/platform/sealing';
import { createApi } from '../create-api.ts';
import type { ApiPorts } from '../ports.ts';
import { fakeHouse, password, someone } from '../testing/fake-ports.ts';

const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function world() {
  const log = createMemoryLog();
  const accounts = createAccounts({
    log,
    clock: { now: () => '2026-03-06T08:00:00.000Z' },
    sealer: createSealer({ store: createMemoryDataKeys() }),
    requestHash: requestHashWith(Buffer.from('key')),
    serves: () => [],
  });
  const people = [someone('gestore', 'SYSTEM_OPERATOR'), someone('upd', 'UPD'), someone('nuovo', 'UPD')];
  for (const { account: username, displayName, grants } of people.slice(0, 2)) {
    const command = { type: 'CreateAccount', username, displayName, grants } as const;
    const by = { principal: systemPrincipal, route: 'test', idempotencyKey: username };
    await accounts.execute({ username, command, ...by });
  }
  const { ports } = await fakeHouse(people);
  const bodies = { ...ports.bodies, exists: () => true, find: () => ({}) };
  const api = await createApi({ ...ports, accounts, bodies } as unknown as ApiPorts);
  opened.push(api, accounts);
  const send = (headers: object, path: string, payload: object) =>
    api.app.inject({ method: 'POST', url: `/api/v1${path}`, headers, payload } as never);
  const signIn = (username: string, secret: string) => send({}, '/session', { username, password: secret });
  const as = async (username: string, secret = password) => {
    const authorization = `Bearer ${(await signIn(username, secret)).json<{ token: string }>().token}`;
    return async (path: string, payload: object, key: string) => {
      const answer = await send({ authorization, 'idempotency-key': key }, path, payload);
      return [answer.statusCode, answer.body === '' ? null : answer.json<{ code?: string }>().code];
    };
  };
  const enters = async (username: string, secret: string) =>
    (await signIn(username, secret)).statusCode === 201;
  const changes = async () => {
    const { events } = await log.readAll();
    return events.filter(({ type }) => type === 'PasswordChanged').length;
  };
  return { log, as, enters, changes };
}

const [one, other] = ['una nuova parola', 'un’altra parola'];

describe('a password', () => {
  it('is never changed by what the log does not tell', async () => {
    const { log, as, enters, changes } = await world();
    const gestore = await as('gestore');
    const reset = (secret: string, key: string) =>
      gestore('/accounts/upd/password', { password: secret }, key);
    expect(await reset(one, 'k1')).toEqual([200, undefined]);
    expect(await reset(other, 'k1')).toEqual([422, 'idempotency-key-reused']);
    expect([await enters('upd', one), await enters('upd', other), await changes()]).toEqual([true, false, 1]);
    expect(await reset(other, 'k2')).toEqual([200, undefined]);
    // What was asked first comes once more: it was done, and something else since.
    expect(await reset(one, 'k1')).toEqual([200, undefined]);
    expect([await enters('upd', one), await enters('upd', other), await changes()]).toEqual([false, true, 2]);
    expect(JSON.stringify(await log.readAll())).not.toMatch(/parola/);
  });

  it('comes with the account, and is left alone once another was given', async () => {
    const { as, enters } = await world();
    const gestore = await as('gestore');
    const grants = [{ role: 'UPD', body: 'p_demo' }];
    const create = (secret: string) =>
      gestore('/accounts', { username: 'nuovo', displayName: 'Nuovo', password: secret, grants }, 'k');
    expect(await create(one)).toEqual([201, undefined]);
    expect(await create(other)).toEqual([422, 'idempotency-key-reused']);
    await gestore('/accounts/nuovo/password', { password: other }, 'k2');
    expect(await create(one)).toEqual([201, undefined]);
    expect([await enters('nuovo', one), await enters('nuovo', other)]).toEqual([false, true]);
  });

  it('that is too long is refused before anything is in the log', async () => {
    const { as, changes } = await world();
    const long = '𝒶'.repeat(150);
    expect(await (await as('gestore'))('/accounts/upd/password', { password: long }, 'k')).toEqual([
      422,
      'request-invalid',
    ]);
    expect(await changes()).toBe(0);
  });

  it('is changed by oneself, who knows the one before, and signs in anew', async () => {
    const { as, enters, changes } = await world();
    const upd = await as('upd');
    expect(await upd('/session/password', { current: other, next: one }, 'k')).toEqual([
      422,
      'password-invalid',
    ]);
    expect(await upd('/session/password', { current: password, next: one }, 'k')).toEqual([204, null]);
    expect(await upd('/session/password', { current: one, next: other }, 'k2')).toEqual([
      401,
      'unauthenticated',
    ]);
    expect([await enters('upd', one), await enters('upd', password), await changes()]).toEqual([
      true,
      false,
      1,
    ]);
  });

  it('is not guessed through a session that is open', async () => {
    const { as } = await world();
    const upd = await as('upd');
    const answers = [];
    for (let n = 0; n < 6; n++)
      answers.push(await upd('/session/password', { current: other, next: one }, `k${n}`));
    expect(answers.at(-1)).toEqual([429, 'too-many-attempts']);
  });
});
