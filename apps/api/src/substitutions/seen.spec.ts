import { describe, expect, it } from '@jest/globals';
import type { Grant, Principal, Role } from '@iter/access';
import type { Account } from '@iter/access/accounts';
import { colleaguesOf } from './colleagues.ts';
import { seenSubstitutions } from './seen.ts';

const grant = (role: Role, body = 'p_demo'): Grant => ({ role, body });
const account = (username: string, grants: readonly Grant[], more: Partial<Account> = {}): Account =>
  ({
    username,
    displayName: `Nome ${username}`,
    grants,
    disabled: false,
    substitutions: [],
    ...more,
  }) as Account;
const days = { from: '2026-03-09', to: '2026-03-10', roles: null, bodies: null, reason: 'ferie' } as const;
const people: readonly Account[] = [
  account('ugo', [grant('UPD')], {
    substitutions: [
      { id: '1', substitute: 'olga', ...days, from: '2026-02-02', to: '2026-02-03', endedAt: null },
      { id: '2', substitute: 'olga', ...days, endedAt: null },
    ],
  }),
  account('olga', [grant('DESK_OPERATOR')]),
  account('rita', [grant('DESK_SUPERVISOR')]),
  account('sara', [grant('STRUCTURE_HEAD', 'c_borgo')]),
  account('altra', [grant('COMUNE_HR', 'c_valle')]),
  account('diana', [grant('PARTICIPANT', 'c_borgo')]),
  account('cessato', [grant('UPD')], { disabled: true }),
  account('automa', [grant('WORKER')]),
];
const who = (username: string): Principal => ({
  account: username,
  displayName: username,
  grants: people.find((one) => one.username === username)?.grants ?? [],
  serves: { p_demo: ['c_borgo'] },
});

describe('substitutions are seen', () => {
  const seen = (name: string, all = false) =>
    seenSubstitutions(who(name), people, '2026-03-09', all).map(({ id, state, reason, mayEnd }) => [
      id,
      state,
      reason,
      mayEnd,
    ]);

  it('by both persons and by whoever might arrange them; why, not by the substitute', () => {
    expect(seen('ugo')).toEqual([['ugo.2', 'current', 'ferie', true]]);
    expect(seen('rita')).toEqual([['ugo.2', 'current', 'ferie', true]]);
    expect(seen('olga')).toEqual([['ugo.2', 'current', null, false]]);
    expect(seen('sara')).toEqual([]);
    expect(seen('altra', true)).toEqual([]);
  });

  it('also when they are over, the latest first', () => {
    expect(seen('ugo', true)).toEqual([
      ['ugo.2', 'current', 'ferie', true],
      ['ugo.1', 'over', 'ferie', false],
    ]);
  });
});

it('colleagues are the people with an office in one’s bodies and those that these serve', () => {
  const names = (name: string) => colleaguesOf(who(name), people, (body) => body).map((one) => one.account);
  // Who has left is called by name where they did something.
  expect(names('rita')).toEqual(['olga', 'rita', 'sara', 'ugo', 'cessato']);
  const left = colleaguesOf(who('rita'), people, (body) => body).filter(({ disabled }) => disabled);
  expect(left.map(({ displayName }) => displayName)).toEqual(['Nome cessato']);
  expect(names('sara')).toEqual(['sara']);
  expect(names('diana')).toEqual([]);
  expect(colleaguesOf(who('sara'), people, (body) => `Ente ${body}`)[0]?.offices).toEqual([
    { role: 'STRUCTURE_HEAD', body: 'c_borgo', bodyName: 'Ente c_borgo' },
  ]);
});
