import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPool, migrate } from '@iter/platform/postgres';
import { createTestDatabase } from '../../../../test/support/database.ts';
import { createMemorySignInStore } from '../accounts/sign-in-store.ts';
import type { SignInStore } from '../accounts/sign-in-store.ts';
import { createPostgresSignInStore, signInMigrations } from './index.ts';

/** One suite for both stores: they must not be told apart. */
describe.each(['memory', 'postgres'])('the sign-in store in %s', (kind) => {
  let store: SignInStore;
  let end = async (): Promise<void> => undefined;

  beforeAll(async () => {
    if (kind === 'memory') {
      store = createMemorySignInStore();
      return;
    }
    const database = await createTestDatabase();
    const pool = createPool({ url: database.url });
    await migrate(pool, signInMigrations);
    store = createPostgresSignInStore(pool);
    end = async () => {
      await pool.end();
      await database.drop();
    };
  });
  afterAll(() => end());

  it('keeps one credential per account', async () => {
    expect(await store.credential('a')).toBeNull();
    await store.setCredential('a', 'h1');
    await store.setCredential('a', 'h2');
    expect(await store.credential('a')).toBe('h2');
  });

  it('keeps sessions until they end', async () => {
    const session = { tokenHash: 't1', account: 'a', openedAtMs: 1000, expiresAtMs: 5000 };
    await store.openSession(session);
    await store.openSession({ ...session, tokenHash: 't2' });
    await store.openSession({ ...session, tokenHash: 't3', account: 'b' });
    expect(await store.session('t1', 4999)).toEqual(session);
    expect(await store.session('t1', 5000)).toBeNull();
    await store.closeSession('t1');
    expect(await store.session('t1', 1000)).toBeNull();
    await store.closeSessionsOf('a');
    expect(await store.session('t2', 1000)).toBeNull();
    expect(await store.session('t3', 1000)).not.toBeNull();
    await store.sweep(5000, 1);
    expect(await store.session('t3', 1000)).toBeNull();
  });

  it('counts failures one after the other, and forgets them in time', async () => {
    expect(await store.failures('s')).toEqual({ count: 0, lastAtMs: 0 });
    await store.recordFailure('s', 1000, 500);
    await store.recordFailure('s', 1499, 500);
    expect(await store.failures('s')).toEqual({ count: 2, lastAtMs: 1499 });
    await store.recordFailure('s', 1999, 500);
    expect(await store.failures('s')).toEqual({ count: 1, lastAtMs: 1999 });
    await store.clearFailures('s');
    expect((await store.failures('s')).count).toBe(0);
    await store.recordFailure('s', 2000, 500);
    await store.sweep(2500, 500);
    expect((await store.failures('s')).count).toBe(0);
  });
});
