import { randomBytes, randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { decrypt, encrypt } from './cipher.ts';
import type { DataKeyStore } from './data-keys.ts';
import type { MasterKey } from './master-key.ts';
import type { DataKey } from './seal.ts';

/** Tables of the data keys, for `migrate`. */
export const dataKeyMigrations = [
  {
    name: 'data-keys-1',
    sql: `
      create table data_keys (
        key_id uuid primary key,
        wrapped bytea not null,
        -- The stream (or stream and subject) that took it; null while it is in stock.
        group_name text,
        made_at timestamptz not null default now()
      );
      create index data_keys_group on data_keys (group_name) where group_name is not null;`,
  },
] as const;

interface Row {
  readonly key_id: string;
  readonly wrapped: Buffer;
}

/** Keys in PostgreSQL, wrapped by the master key and bound to their id. */
export function createPostgresDataKeys(pool: Pool, master: MasterKey): DataKeyStore {
  const open = ({ key_id, wrapped }: Row): DataKey => ({
    id: key_id,
    bytes: decrypt(master, wrapped, key_id),
  });
  return {
    async mint(count) {
      const keys = Array.from({ length: count }, () => ({ id: randomUUID(), bytes: randomBytes(32) }));
      await pool.query(
        'insert into data_keys (key_id, wrapped) select * from unnest($1::uuid[], $2::bytea[])',
        [keys.map(({ id }) => id), keys.map(({ id, bytes }) => encrypt(master, bytes, id))],
      );
      return keys;
    },
    async assign(given) {
      await pool.query(
        `update data_keys set group_name = given.group_name
         from unnest($1::uuid[], $2::text[]) as given (key_id, group_name)
         where data_keys.key_id = given.key_id`,
        [given.map(({ id }) => id), given.map(({ group }) => group)],
      );
    },
    async findByGroup(group) {
      const { rows } = await pool.query<Row>(
        'select key_id, wrapped from data_keys where group_name = $1 order by made_at limit 1',
        [group],
      );
      return rows[0] ? open(rows[0]) : null;
    },
    async findByIds(ids) {
      const { rows } = await pool.query<Row>(
        'select key_id, wrapped from data_keys where key_id = any($1::uuid[])',
        [ids],
      );
      return rows.map(open);
    },
    async destroy(id) {
      const { rowCount } = await pool.query('delete from data_keys where key_id = $1', [id]);
      return rowCount === 1;
    },
  };
}
