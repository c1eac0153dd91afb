import { createHash, randomBytes } from 'node:crypto';
import type { Principal } from '../types.ts';
import { checkPassword, hashPassword, nobodysHash, passwordRules, verifyPassword } from './password.ts';
import type { PasswordRefusal, ScryptCost } from './password.ts';
import type { SignInStore } from './sign-in-store.ts';

export interface SignInPorts {
  readonly store: SignInStore;
  /** Who an account is now; null: unknown or disabled. Asked at every request, so that a role removed is gone. */
  principal(account: string): Promise<Principal | null>;
  /** Wall clock of the process, ms: sessions and throttling do not follow the engine's movable time. */
  nowMs(): number;
  readonly cost?: ScryptCost;
  /** How long a session lasts; 10 hours by default. */
  readonly sessionMs?: number;
}

export type SignInResult =
  | {
      readonly outcome: 'signed-in';
      readonly token: string;
      readonly principal: Principal;
      readonly expiresAtMs: number;
    }
  | NotConfirmed;

export type NotConfirmed =
  /** Unknown account, disabled account and wrong password are the same answer. */
  { readonly outcome: 'refused' } | { readonly outcome: 'too-many-attempts'; readonly retryAfterMs: number };

export interface SignIn {
  /** @param address where the attempt comes from: throttled as well, more loosely than the account */
  signIn(username: string, password: string, address: string): Promise<SignInResult>;
  /** Whether this is the password of an account; throttled as signing in is. */
  confirm(
    username: string,
    password: string,
    address: string,
  ): Promise<{ readonly outcome: 'confirmed'; readonly principal: Principal } | NotConfirmed>;
  /** Who a bearer token or session cookie stands for; null: nobody (any more). */
  principalOf(token: string): Promise<Principal | null>;
  signOut(token: string): Promise<void>;
  signOutEverywhere(account: string): Promise<void>;
  /** @returns why the password was refused; null when it is set. All sessions of the account end. */
  setPassword(account: string, password: string): Promise<PasswordRefusal | null>;
}

const freeAttempts = { account: 5, address: 50 } as const;
const longestWaitMs = 15 * 60_000;
/** After this time without a failed attempt, counting starts anew. */
export const forgetFailuresMs = 60 * 60_000;

/**
 * Signing in with a local account. Every attempt costs one scrypt, also for accounts that do not exist; after
 * five failures the account waits 1, 2, 4 … seconds, at most 15 minutes, and no password is tried meanwhile.
 * Source: OWASP ASVS 5.0 V6.3; reference/reliability.md § 6 case 26.
 */
export function createSignIn(ports: SignInPorts): SignIn {
  const { store, nowMs } = ports;
  const sessionMs = ports.sessionMs ?? 10 * 3_600_000;
  const nobody = nobodysHash(ports.cost);

  const waitMs = async (subject: string, free: number): Promise<number> => {
    const { count, lastAtMs } = await store.failures(subject);
    if (count < free) return 0;
    const pauseMs = Math.min(longestWaitMs, 1000 * 2 ** Math.min(count - free, 20));
    return Math.max(0, lastAtMs + pauseMs - nowMs());
  };

  const confirm: SignIn['confirm'] = async (username, password, address) => {
    const subjects = [`account:${username.slice(0, 64)}`, `address:${address.slice(0, 64)}`] as const;
    const retryAfterMs = Math.max(
      await waitMs(subjects[0], freeAttempts.account),
      await waitMs(subjects[1], freeAttempts.address),
    );
    if (retryAfterMs > 0) return { outcome: 'too-many-attempts', retryAfterMs };

    const hash = await store.credential(username);
    const matches = await verifyPassword(password.slice(0, passwordRules.maxLength + 1), hash ?? nobody);
    const principal = await ports.principal(username);
    if (!hash || !matches || !principal) {
      for (const subject of subjects) await store.recordFailure(subject, nowMs(), forgetFailuresMs);
      return { outcome: 'refused' };
    }
    await store.clearFailures(subjects[0]);
    return { outcome: 'confirmed', principal };
  };

  return {
    confirm,
    async signIn(username, password, address) {
      const confirmed = await confirm(username, password, address);
      if (confirmed.outcome !== 'confirmed') return confirmed;
      const { principal } = confirmed;
      // 256 random bits, always new: nothing that was there before signing in survives it.
      const token = randomBytes(32).toString('base64url');
      const expiresAtMs = nowMs() + sessionMs;
      const tokenHash = hashToken(token);
      await store.openSession({ tokenHash, account: username, openedAtMs: nowMs(), expiresAtMs });
      return { outcome: 'signed-in', token, principal, expiresAtMs };
    },
    async principalOf(token) {
      if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return null;
      const session = await store.session(hashToken(token), nowMs());
      return session && ports.principal(session.account);
    },
    signOut: (token) => store.closeSession(hashToken(token)),
    signOutEverywhere: (account) => store.closeSessionsOf(account),
    async setPassword(account, password) {
      const refusal = checkPassword(password);
      if (refusal) return refusal;
      await store.setCredential(account, await hashPassword(password, ports.cost));
      await store.closeSessionsOf(account);
      return null;
    },
  };
}

const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');
