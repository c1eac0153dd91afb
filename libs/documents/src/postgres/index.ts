import type { createPool } from '@iter/platform/postgres';
import type { ContentStore } from '../content-store.ts';

type Pool = ReturnType<typeof createPool>;

/** Table of the documents' content, for `migrate`. */
export const documentMigrations = [
  {
    name: 'documents-1',
    sql: `
      create table document_contents (
        case_id uuid not null,
        sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
        key_id uuid not null,
        box bytea not null,
        stored_at timestamptz not null default now(),
        primary key (case_id, sha256)
      );
      -- Ciphertext does not compress.
      alter table document_contents alter column box set storage external;`,
  },
] as const;

/**
 * Content in PostgreSQL, beside the log and the keys: one backup holds all of them, every process reaches it, and
 * a document is there when its event is. 25 MB at most per row is well within what `bytea` takes.
 */
export function createPostgresContents(pool: Pool): ContentStore {
  return {
    async put(caseId, sha256, { keyId, box }) {
      await pool.query(
        `insert into document_contents (case_id, sha256, key_id, box) values ($1, $2, $3, $4)
         on conflict (case_id, sha256) do update set key_id = excluded.key_id, box = excluded.box`,
        [caseId, sha256, keyId, box],
      );
    },
    async get(caseId, sha256) {
      const { rows } = await pool.query<{ key_id: string; box: Buffer }>(
        'select key_id, box from document_contents where case_id = $1 and sha256 = $2',
        [caseId, sha256],
      );
      return rows[0] ? { keyId: rows[0].key_id, box: rows[0].box } : null;
    },
    async remove(caseId, sha256) {
      await pool.query('delete from document_contents where case_id = $1 and sha256 = $2', [caseId, sha256]);
    },
    async removeAll(caseIds) {
      await pool.query('delete from document_contents where case_id = any($1)', [caseIds]);
    },
  };
}
