import type { createPool } from '@iter/platform/postgres';
import type { SignInStore } from '../accounts/sign-in-store.ts';

type Pool = ReturnType<typeof createPool>;

/** Tables of signing in, for `migrate`. */
export const signInMigrations = [
  {
    name: 'sign-in-1',
    sql: `
      create table credentials (
        account text primary key,
        hash text not null,
        changed_at timestamptz not null default now()
      );
      create table sessions (
        token_hash text primary key,
        account text not null,
        opened_at_ms bigint not null,
        expires_at_ms bigint not null
      );
      create index sessions_account on sessions (account);
      create table sign_in_failures (
        subject text primary key,
        count integer not null,
        last_at_ms bigint not null
      );`,
  },
] as const;

/** Credentials, sessions and failed attempts in PostgreSQL, shared by all processes. */
export function createPostgresSignInStore(pool: Pool): SignInStore {
  return {
    async credential(account) {
      const { rows } = await pool.query<{ hash: string }>('select hash from credentials where account = $1', [
        account,
      ]);
      return rows[0]?.hash ?? null;
    },
    async setCredential(account, hash) {
      await pool.query(
        `insert into credentials (account, hash) values ($1, $2)
         on conflict (account) do update set hash = excluded.hash, changed_at = now()`,
        [account, hash],
      );
    },
    async openSession({ tokenHash, account, openedAtMs, expiresAtMs }) {
      await pool.query('insert into sessions values ($1, $2, $3, $4)', [
        tokenHash,
        account,
        openedAtMs,
        expiresAtMs,
      ]);
    },
    async session(tokenHash, nowMs) {
      const { rows } = await pool.query<{ account: string; opened_at_ms: number; expires_at_ms: number }>(
        'select account, opened_at_ms, expires_at_ms from sessions where token_hash = $1 and expires_at_ms > $2',
        [tokenHash, nowMs],
      );
      const row = rows[0];
      return row
        ? { tokenHash, account: row.account, openedAtMs: row.opened_at_ms, expiresAtMs: row.expires_at_ms }
        : null;
    },
    async closeSession(tokenHash) {
      await pool.query('delete from sessions where token_hash = $1', [tokenHash]);
    },
    async closeSessionsOf(account) {
      await pool.query('delete from sessions where account = $1', [account]);
    },
    async failures(subject) {
      const { rows } = await pool.query<{ count: number; last_at_ms: number }>(
        'select count, last_at_ms from sign_in_failures where subject = $1',
        [subject],
      );
      return { count: rows[0]?.count ?? 0, lastAtMs: rows[0]?.last_at_ms ?? 0 };
    },
    async recordFailure(subject, nowMs, forgetMs) {
      await pool.query(
        `insert into sign_in_failures as f (subject, count, last_at_ms) values ($1, 1, $2)
         on conflict (subject) do update set last_at_ms = excluded.last_at_ms,
           count = case when excluded.last_at_ms - f.last_at_ms < $3 then f.count + 1 else 1 end`,
        [subject, nowMs, forgetMs],
      );
    },
    async clearFailures(subject) {
      await pool.query('delete from sign_in_failures where subject = $1', [subject]);
    },
    async sweep(nowMs, forgetMs) {
      await pool.query('delete from sessions where expires_at_ms <= $1', [nowMs]);
      await pool.query('delete from sign_in_failures where last_at_ms <= $1', [nowMs - forgetMs]);
    },
  };
}
