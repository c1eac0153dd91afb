import type { createPool } from '@iter/platform/postgres';
import type { PublicContents } from '../contents.ts';

type Pool = ReturnType<typeof createPool>;

/** Table of what is published, for `migrate`. */
export const libraryMigrations = [
  {
    name: 'library-1',
    sql: `
      create table library_contents (
        sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
        content bytea not null,
        stored_at timestamptz not null default now()
      );
      -- Archives do not compress.
      alter table library_contents alter column content set storage external;`,
  },
] as const;

/** Beside the log, so that one backup holds both. */
export const createPostgresPublicContents = (pool: Pool): PublicContents => ({
  async put(sha256, content) {
    await pool.query(
      'insert into library_contents (sha256, content) values ($1, $2) on conflict (sha256) do nothing',
      [sha256, content],
    );
  },
  async get(sha256) {
    const { rows } = await pool.query<{ content: Buffer }>(
      'select content from library_contents where sha256 = $1',
      [sha256],
    );
    return rows[0]?.content ?? null;
  },
});
