import { randomBytes, randomUUID } from 'node:crypto';
import type { Pool, QueryConfig } from 'pg';
import { gathered } from '../gathering/index.ts';
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

/** All who want keys wait for one question: none is asked for ever of a server that went silent. */
const patienceMs = 15_000;
const bounded = (query: QueryConfig): QueryConfig & { readonly query_timeout: number } => ({
  ...query,
  query_timeout: patienceMs,
});

/** Keys in PostgreSQL, wrapped by the master key and bound to their id. */
export function createPostgresDataKeys(pool: Pool, master: MasterKey): DataKeyStore {
  const open = ({ key_id, wrapped }: Row): DataKey => ({
    id: key_id,
    bytes: decrypt(master, wrapped, key_id),
  });
  const byIds = async (ids: readonly string[]): Promise<readonly DataKey[]> => {
    const { rows } = await pool.query<Row>(
      bounded({
        name: 'data_keys_by_id',
        text: 'select key_id, wrapped from data_keys where key_id = any($1::uuid[])',
        values: [[...new Set(ids)]],
      }),
    );
    return rows.map(open);
  };
  // Cases that wake at the same moment ask for their keys together.
  const findById = gathered<string, DataKey | undefined>({
    async ask(ids) {
      const found = new Map((await byIds(ids)).map((key) => [key.id, key]));
      return ids.map((id) => found.get(id));
    },
  });
  const findByGroup = gathered<string, DataKey | null>({
    async ask(groups) {
      const { rows } = await pool.query<Row & { readonly group_name: string }>(
        bounded({
          name: 'data_keys_by_group',
          text: `select distinct on (group_name) group_name, key_id, wrapped from data_keys
          where group_name = any($1::text[]) order by group_name, made_at`,
          values: [groups],
        }),
      );
      const found = new Map(rows.map((row) => [row.group_name, open(row)]));
      return groups.map((group) => found.get(group) ?? null);
    },
  });
  return {
    async mint(count) {
      const keys = Array.from({ length: count }, () => ({ id: randomUUID(), bytes: randomBytes(32) }));
      await pool.query(
        bounded({
          text: 'insert into data_keys (key_id, wrapped) select * from unnest($1::uuid[], $2::bytea[])',
          values: [keys.map(({ id }) => id), keys.map(({ id, bytes }) => encrypt(master, bytes, id))],
        }),
      );
      return keys;
    },
    async assign(given) {
      await pool.query(
        bounded({
          text: `update data_keys set group_name = given.group_name
         from unnest($1::uuid[], $2::text[]) as given (key_id, group_name)
         where data_keys.key_id = given.key_id`,
          values: [given.map(({ id }) => id), given.map(({ group }) => group)],
        }),
      );
    },
    findByGroup,
    async findByIds(ids) {
      const keys = await Promise.all(ids.map(findById));
      return keys.filter((key) => key !== undefined);
    },
    async destroy(ids, groups = []) {
      const { rowCount } = await pool.query(
        'delete from data_keys where key_id = any($1::uuid[]) or group_name = any($2::text[])',
        [ids, groups],
      );
      return rowCount ?? 0;
    },
  };
}
