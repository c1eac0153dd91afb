import { describe, expect, it } from '@jest/globals';
import { createMemorySignInStore } from '@iter/access/accounts';
import { cachedSessions } from './cached-sessions.ts';

const session = { tokenHash: 'h', account: 'operatore', openedAtMs: 0, expiresAtMs: 100_000 };

function setUp() {
  const inner = createMemorySignInStore();
  let asked = 0;
  let now = 0;
  const counting = {
    ...inner,
    session: (hash: string, at: number) => {
      asked++;
      return inner.session(hash, at);
    },
  };
  const store = cachedSessions(counting, () => now);
  return { inner, store, asked: () => asked, pass: (ms: number) => void (now += ms) };
}

describe('remembered sessions', () => {
  it('asks the store once in five seconds', async () => {
    const { inner, store, asked, pass } = setUp();
    await inner.openSession(session);
    expect(await store.session('h', 1)).toEqual(session);
    expect(await store.session('h', 2)).toEqual(session);
    expect(asked()).toBe(1);
    pass(5_001);
    await store.session('h', 3);
    expect(asked()).toBe(2);
  });

  it('ends a session at once here, and within five seconds when another process ended it', async () => {
    const { inner, store, pass } = setUp();
    await inner.openSession(session);
    await store.session('h', 1);
    await inner.closeSession('h');
    expect(await store.session('h', 2)).not.toBeNull();
    pass(5_001);
    expect(await store.session('h', 3)).toBeNull();

    await inner.openSession(session);
    await store.session('h', 4);
    await store.closeSessionsOf('operatore');
    expect(await store.session('h', 5)).toBeNull();
  });

  it('does not outlive the session', async () => {
    const { inner, store } = setUp();
    await inner.openSession(session);
    await store.session('h', 1);
    expect(await store.session('h', 100_000)).toBeNull();
  });
});
