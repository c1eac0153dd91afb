import { createHash } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';
import type { Json } from '../envelope.ts';

/** A row as its table has it: column names, JSON values. Replaced, never changed in place. */
export type Row = { readonly [column: string]: Json };

/** A table kept by following the log. All of it can be dropped and made again. */
export interface Table<R extends object = Row> {
  readonly name: string;
  /** SQL type of every column. `id` is the key; `case_id` says whose stream made the row (absent: `id` does). */
  readonly columns: { readonly [column in keyof R & string]: string };
  /** What follows `create index on <table>`, e.g. `(due_on, id) where state = 'open'`. */
  readonly indexes: readonly string[];
  /** SQL condition: the rows that an event about the whole case may still change. An index should serve it. */
  readonly live: string;
}

/** The column that says whose stream made the row: a table with one row per case needs no other than its key. */
export const ownerColumn = (table: Table<never>): 'case_id' | 'id' =>
  'case_id' in table.columns ? 'case_id' : 'id';

/** Text that sorts by its bytes: ids, codes, instants, dates. */
export const code = 'text collate "C"';

/** Identifies tables and projections: rows made under another fingerprint are made again. */
export function fingerprintOf(tables: readonly Table<never>[], version: number): string {
  return createHash('sha256')
    .update(JSON.stringify([version, tables]))
    .digest('hex')
    .slice(0, 16);
}

/** The statements that make a table in a schema. */
export function createTableSql(schema: string, table: Table<never>): string {
  const columns = Object.entries<string>(table.columns).map(([name, type]) => `${name} ${type}`);
  return [
    `create table ${schema}.${table.name} (${columns.join(', ')}, primary key (id));`,
    ...table.indexes.map((index) => `create index on ${schema}.${table.name} ${index};`),
  ].join('\n');
}

/** What of a table must be at hand to fold a page: rows by id, and the live rows of some cases. */
export interface Wanted {
  readonly ids: ReadonlySet<string>;
  readonly cases: ReadonlySet<string>;
}

/** One query per table and page. */
export async function loadRows(
  db: ClientBase | Pool,
  schema: string,
  table: Table<never>,
  { ids, cases }: Wanted,
): Promise<readonly Row[]> {
  if (ids.size === 0 && cases.size === 0) return [];
  const from = `select * from ${schema}.${table.name} where`;
  const owner = ownerColumn(table);
  const parts = [
    ...(ids.size > 0 ? [`${from} id = any($1)`] : []),
    ...(cases.size > 0 ? [`${from} ${owner} = any($${ids.size > 0 ? 2 : 1}) and ${table.live}`] : []),
  ];
  const values = [ids, cases].filter(({ size }) => size > 0).map((set) => [...set]);
  const { rows } = await db.query<Row>(parts.join(' union all '), values);
  return rows;
}

/** Rows per statement: bounds what the server parses at once. */
const chunk = 2_000;

/** Inserts or replaces rows, many at a time. */
export async function upsertRows(
  db: ClientBase,
  schema: string,
  table: Table<never>,
  rows: readonly Row[],
): Promise<void> {
  const name = `${schema}.${table.name}`;
  const columns = Object.keys(table.columns);
  const set = columns.filter((column) => column !== 'id').map((column) => `${column} = excluded.${column}`);
  const text = `insert into ${name} (${columns.join(', ')})
    select ${columns.join(', ')} from json_populate_recordset(null::${name}, $1::json)
    on conflict (id) do update set ${set.join(', ')}`;
  for (let from = 0; from < rows.length; from += chunk) {
    await db.query(text, [JSON.stringify(rows.slice(from, from + chunk))]);
  }
}

/** Deletes rows by id; those that are not there do not matter. */
export async function deleteRows(
  db: ClientBase,
  schema: string,
  table: Table<never>,
  ids: readonly string[],
): Promise<void> {
  if (ids.length > 0) await db.query(`delete from ${schema}.${table.name} where id = any($1)`, [ids]);
}
