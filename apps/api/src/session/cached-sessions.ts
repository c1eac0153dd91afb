import type { Session, SignInStore } from '@iter/access/accounts';

const freshMs = 5_000;
const most = 20_000;

/**
 * Remembers sessions for five seconds, so that not every request asks the database. Signing out counts at once in this
 * process and within five seconds in others; what an account may do is asked at every request all the same.
 */
export function cachedSessions(
  store: SignInStore,
  nowMs: () => number = () => performance.now(),
): SignInStore {
  const known = new Map<string, { readonly session: Session; readonly untilMs: number }>();
  return {
    ...store,
    async session(tokenHash, atMs) {
      const cached = known.get(tokenHash);
      if (cached && cached.untilMs > nowMs()) {
        return cached.session.expiresAtMs > atMs ? cached.session : null;
      }
      known.delete(tokenHash);
      const session = await store.session(tokenHash, atMs);
      if (session) {
        if (known.size >= most) known.clear();
        known.set(tokenHash, { session, untilMs: nowMs() + freshMs });
      }
      return session;
    },
    async closeSession(tokenHash) {
      known.delete(tokenHash);
      await store.closeSession(tokenHash);
      // A request that was being asked about meanwhile may have remembered it again.
      known.delete(tokenHash);
    },
    async closeSessionsOf(account) {
      const forget = (): void => {
        for (const [hash, { session }] of known) if (session.account === account) known.delete(hash);
      };
      forget();
      await store.closeSessionsOf(account);
      forget();
    },
  };
}
