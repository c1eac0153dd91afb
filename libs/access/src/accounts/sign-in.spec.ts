import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Principal } from '../types.ts';
import { createMemorySignInStore } from './sign-in-store.ts';
import type { SignInStore } from './sign-in-store.ts';
import { createSignIn } from './sign-in.ts';
import type { SignIn } from './sign-in.ts';

const cost = { N: 2 ** 4, r: 1, p: 1 };
const password = 'cavallo batteria graffetta';

describe('signing in', () => {
  let nowMs: number;
  let people: Map<string, Principal>;
  let store: SignInStore;
  let house: SignIn;

  beforeEach(async () => {
    nowMs = 1_000_000;
    people = new Map([
      ['upd', { account: 'upd', displayName: 'U', grants: [{ role: 'UPD', body: 'p_demo' }], serves: {} }],
    ]);
    store = createMemorySignInStore();
    house = createSignIn({
      store,
      cost,
      sessionMs: 60_000,
      nowMs: () => nowMs,
      principal: async (account) => people.get(account) ?? null,
    });
    await house.setPassword('upd', password);
  });

  const signIn = (username = 'upd', given = password, address = '10.0.0.1') =>
    house.signIn(username, given, address);

  const token = async (): Promise<string> => {
    const result = await signIn();
    if (result.outcome !== 'signed-in') throw new Error(result.outcome);
    return result.token;
  };

  it('gives a token that stands for the account until it expires', async () => {
    const bearer = await token();
    expect(await house.principalOf(bearer)).toMatchObject({ account: 'upd' });
    nowMs += 60_000;
    expect(await house.principalOf(bearer)).toBeNull();
  });

  it('refuses a wrong password, an unknown account and a disabled one alike', async () => {
    expect(await signIn('upd', 'wrong')).toEqual({ outcome: 'refused' });
    expect(await signIn('nobody')).toEqual({ outcome: 'refused' });
    people.delete('upd');
    expect(await signIn()).toEqual({ outcome: 'refused' });
  });

  it('an account disabled or changed while signed in is so at once', async () => {
    const bearer = await token();
    people.set('upd', { account: 'upd', displayName: 'U', grants: [], serves: {} });
    expect((await house.principalOf(bearer))?.grants).toEqual([]);
    people.delete('upd');
    expect(await house.principalOf(bearer)).toBeNull();
  });

  it('after five failures the account waits, longer each time, also for the right password', async () => {
    for (let i = 0; i < 5; i++) expect(await signIn('upd', 'wrong')).toEqual({ outcome: 'refused' });
    expect(await signIn()).toEqual({ outcome: 'too-many-attempts', retryAfterMs: 1000 });
    nowMs += 1000;
    expect(await signIn('upd', 'wrong')).toEqual({ outcome: 'refused' });
    expect(await signIn()).toEqual({ outcome: 'too-many-attempts', retryAfterMs: 2000 });
    nowMs += 2000;
    expect((await signIn()).outcome).toBe('signed-in');
    expect(await signIn('upd', 'wrong')).toEqual({ outcome: 'refused' });
  });

  it('throttles an address that tries many accounts', async () => {
    for (let i = 0; i < 50; i++) await signIn(`guess${i}`, 'wrong');
    expect((await signIn()).outcome).toBe('too-many-attempts');
    expect((await signIn('upd', password, '10.0.0.2')).outcome).toBe('signed-in');
  });

  it('signing out ends the session; a new password ends all of them', async () => {
    const [one, two] = [await token(), await token()];
    expect(one).not.toBe(two);
    await house.signOut(one);
    expect(await house.principalOf(one)).toBeNull();
    expect(await house.principalOf(two)).not.toBeNull();
    expect(await house.setPassword('upd', 'una nuova parola lunga')).toBeNull();
    expect(await house.principalOf(two)).toBeNull();
    expect(await signIn()).toEqual({ outcome: 'refused' });
  });

  it.each(['', 'x', '../../etc', 'a'.repeat(100_000), '\u0000'])(
    'nobody has the token %#',
    async (garbage) => {
      expect(await house.principalOf(garbage)).toBeNull();
    },
  );

  it('refuses short and endless passwords', async () => {
    expect(await house.setPassword('upd', 'corta')).toBe('password-too-short');
    expect(await house.setPassword('upd', 'x'.repeat(201))).toBe('password-too-long');
  });
});
