import { expect, it } from '@jest/globals';
import { registersOf } from './registers.ts';

const gamma = { ipa: 'p_gamma', name: 'Provincia di Gamma', kind: 'province', province: null, mailboxes: [] };
const registers = registersOf(
  { find: (ipa: string) => (ipa === gamma.ipa ? gamma : null) } as never,
  {} as never,
  {} as never,
  {},
  false,
);
const bodyOf = (key: string | readonly (string | null)[]) =>
  registers.read({ register: 'body', key, comune: 'c_uno', process: 'any', on: '2026-01-22' });

it('finds a body by its code, and a list of bodies by a list of codes, in its order', async () => {
  const found = {
    ...{ ipa: 'p_gamma', name: 'Provincia di Gamma', kind: 'province', province: null },
    ...{ mailbox: null, certifiedMail: false },
  };
  expect(await bodyOf('p_gamma')).toEqual(found);
  expect(await bodyOf('p_ignota')).toBeNull();
  expect(await bodyOf(['p_ignota', 'p_gamma', null])).toEqual([null, found, null]);
});
