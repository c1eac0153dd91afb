import { describe, expect, it } from '@jest/globals';
import { createMemoryLog } from '@iter/event-store/memory';
import { requestHashWith } from '@iter/platform/ids';
import { createMemoryDataKeys, createSealer } from '@iter/platform/sealing';
import { systemPrincipal } from '../system.ts';
import type { Principal } from '../types.ts';
import { createAccounts } from './accounts.ts';
import type { AccountCommand } from './account.ts';

const world = () => {
  const log = createMemoryLog();
  const accounts = createAccounts({
    log,
    clock: { now: () => '2026-01-01T00:00:00.000Z' },
    sealer: createSealer({ store: createMemoryDataKeys() }),
    requestHash: requestHashWith(Buffer.from('key')),
    serves: (body) => (body === 'p_demo' ? ['c_borgo'] : []),
  });
  let n = 0;
  const execute = (
    username: string,
    command: AccountCommand,
    principal: Principal = systemPrincipal,
    key = `k${n++}`,
  ) => accounts.execute({ username, command, principal, route: 'test', idempotencyKey: key });
  return { log, accounts, execute };
};

const create = (username: string, role: 'UPD' | 'AUDITOR' | 'SYSTEM_OPERATOR' = 'UPD'): AccountCommand => ({
  type: 'CreateAccount',
  username,
  displayName: 'CANARY Rossi',
  grants: [{ role, body: 'p_demo' }],
});

describe('accounts', () => {
  it('are created once, and are principals with what their bodies serve', async () => {
    const { accounts, execute } = world();
    expect(await execute('rossi', create('rossi'), systemPrincipal, 'same')).toMatchObject({
      outcome: 'done',
    });
    expect(await execute('rossi', create('rossi'), systemPrincipal, 'same')).toMatchObject({
      outcome: 'done',
    });
    expect(await execute('rossi', create('rossi'))).toMatchObject({
      rejection: { code: 'account-already-exists' },
    });
    expect(await accounts.principal('rossi')).toEqual({
      account: 'rossi',
      displayName: 'CANARY Rossi',
      grants: [{ role: 'UPD', body: 'p_demo' }],
      serves: { p_demo: ['c_borgo'] },
    });
    expect(accounts.holding({ role: 'UPD', body: 'p_demo' })).toHaveLength(1);
    await accounts.close();
  });

  it('are given other roles only by who saw those that they have', async () => {
    const { accounts, execute } = world();
    await execute('rossi', create('rossi'));
    const [upd, hr, head] = (['UPD', 'COMUNE_HR', 'STRUCTURE_HEAD'] as const).map((role) => [
      { role, body: 'p_demo' },
    ]);
    const grant = (grants = upd!, former = upd!) =>
      execute('rossi', { type: 'GrantRoles', grants, former, reason: 'altro ufficio' });
    expect(await grant(hr)).toMatchObject({ outcome: 'done' });
    expect(await grant(head)).toMatchObject({ rejection: { code: 'account-changed' } });
    // Whoever wanted the same has what was wanted.
    expect(await grant(hr)).toMatchObject({ outcome: 'done' });
    expect((await accounts.principal('rossi'))?.grants).toEqual(hr);
    await accounts.close();
  });

  it('that are disabled are nobody', async () => {
    const { accounts, execute } = world();
    await execute('rossi', create('rossi'));
    await execute('rossi', { type: 'DisableAccount', reason: 'cessato' });
    expect(await accounts.principal('rossi')).toBeNull();
    await execute('rossi', { type: 'EnableAccount', reason: 'rientrato' });
    expect(await accounts.principal('rossi')).not.toBeNull();
    await accounts.close();
  });

  it.each([
    ['Rossi', create('Rossi'), 'account-invalid'],
    ['__proto__', create('__proto__'), 'account-invalid'],
    ['xx', { type: 'DisableAccount', reason: '' } as const, 'account-not-found'],
    [
      'yy',
      {
        ...create('yy'),
        grants: [
          { role: 'AUDITOR', body: 'p' },
          { role: 'SYSTEM_OPERATOR', body: 'p' },
        ],
      } as AccountCommand,
      'roles-incompatible',
    ],
    [
      'zz',
      { ...create('zz'), grants: [{ role: 'SYSTEM', body: 'p' }] } as AccountCommand,
      'roles-incompatible',
    ],
  ])('%s is refused', async (username, command, code) => {
    const { accounts, execute } = world();
    expect(await execute(username, command)).toMatchObject({ outcome: 'rejected', rejection: { code } });
    await accounts.close();
  });

  it('are the operator’s to change, but not his own', async () => {
    const { accounts, execute } = world();
    await execute('gestore', create('gestore', 'SYSTEM_OPERATOR'));
    const gestore = (await accounts.principal('gestore')) as Principal;
    const grant: AccountCommand = {
      type: 'GrantRoles',
      grants: [{ role: 'UPD', body: 'p_demo' }],
      reason: 'x',
    };
    expect(await execute('rossi', create('rossi'), gestore)).toMatchObject({ outcome: 'done' });
    expect(await execute('rossi', grant, gestore)).toMatchObject({ outcome: 'done' });
    expect(await execute('gestore', grant, gestore)).toMatchObject({ rejection: { code: 'not-authorised' } });
    const rossi = (await accounts.principal('rossi')) as Principal;
    expect(await execute('gestore', grant, rossi)).toMatchObject({ rejection: { code: 'not-authorised' } });
    await accounts.close();
  });

  it('leave no name readable in the log', async () => {
    const { log, accounts, execute } = world();
    await execute('rossi', create('rossi'));
    await execute('rossi', { type: 'DisableAccount', reason: 'CANARY motivo' });
    expect(JSON.stringify(await log.readAll())).not.toContain('CANARY');
    await accounts.close();
  });
});
