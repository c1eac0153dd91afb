/**
 * What signing in needs beside the log: credentials, sessions, failed attempts.
 *
 * They are not events on purpose. A replaced hash must be gone, not readable in a history for ever; a session
 * is no fact of anybody's case; and a table can be emptied (everybody signs in anew) without touching the log.
 * The log says that a password was changed, by whom and when. Of the password itself it says nothing; that it is another
 * one changes the keyed hash by which a request that is sent again is known.
 */
export interface SignInStore {
  /** The password hash of an account; null: it has none and cannot sign in. */
  credential(account: string): Promise<string | null>;
  setCredential(account: string, hash: string): Promise<void>;
  /** @param tokenHash SHA-256 of the token, hex: the token itself is stored nowhere */
  openSession(session: Session): Promise<void>;
  /** The session, unless it has expired at `nowMs`. */
  session(tokenHash: string, nowMs: number): Promise<Session | null>;
  closeSession(tokenHash: string): Promise<void>;
  /** Signs an account out everywhere. */
  closeSessionsOf(account: string): Promise<void>;
  /** Attempts that failed one after the other, and when the last was; counting restarts after `forgetMs`. */
  failures(subject: string): Promise<Failures>;
  recordFailure(subject: string, nowMs: number, forgetMs: number): Promise<void>;
  clearFailures(subject: string): Promise<void>;
  /** Forgets what expired before `nowMs`. */
  sweep(nowMs: number, forgetMs: number): Promise<void>;
}

export interface Session {
  readonly tokenHash: string;
  readonly account: string;
  readonly openedAtMs: number;
  readonly expiresAtMs: number;
}

export interface Failures {
  readonly count: number;
  readonly lastAtMs: number;
}

/** The store for tests and worlds in memory. */
export function createMemorySignInStore(): SignInStore {
  const credentials = new Map<string, string>();
  const sessions = new Map<string, Session>();
  const failed = new Map<string, Failures>();
  return {
    credential: async (account) => credentials.get(account) ?? null,
    setCredential: async (account, hash) => void credentials.set(account, hash),
    openSession: async (session) => void sessions.set(session.tokenHash, session),
    session: async (tokenHash, nowMs) => {
      const session = sessions.get(tokenHash);
      return session && session.expiresAtMs > nowMs ? session : null;
    },
    closeSession: async (tokenHash) => void sessions.delete(tokenHash),
    closeSessionsOf: async (account) => {
      for (const [hash, session] of sessions) if (session.account === account) sessions.delete(hash);
    },
    failures: async (subject) => failed.get(subject) ?? { count: 0, lastAtMs: 0 },
    recordFailure: async (subject, nowMs, forgetMs) => {
      const before = failed.get(subject);
      const count = before && nowMs - before.lastAtMs < forgetMs ? before.count + 1 : 1;
      failed.set(subject, { count, lastAtMs: nowMs });
    },
    clearFailures: async (subject) => void failed.delete(subject),
    sweep: async (nowMs, forgetMs) => {
      for (const [hash, session] of sessions) if (session.expiresAtMs <= nowMs) sessions.delete(hash);
      for (const [subject, { lastAtMs }] of failed) if (nowMs - lastAtMs >= forgetMs) failed.delete(subject);
    },
  };
}
