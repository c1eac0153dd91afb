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
  /**
   * JSON columns by whose content lists are narrowed: PostgreSQL is to know how often something is in them. Looking for that in
   * all JSON was half of what indexing took.
   */
  readonly counted?: readonly (keyof R & string)[];
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

/**
 * The statements that make a table in a schema, with its key. Pages keep room for the next version of their rows, so that a
 * change that no index sees touches none; and rows up to a page stay whole, which costs less than compressing them each time.
 */
export function createTableSql(schema: string, table: Table<never>): string {
  const columns = Object.entries<string>(table.columns).map(([name, type]) => `${name} ${type}`);
  const name = `${schema}.${table.name}`;
  const counted: readonly string[] = table.counted ?? [];
  const uncounted = Object.entries<string>(table.columns).filter(
    ([column, type]) => type === 'jsonb' && !counted.includes(column),
  );
  return [
    `create table ${name} (${columns.join(', ')}, primary key (id))
       with (fillfactor = 80, toast_tuple_target = 8160)`,
    ...uncounted.map(([column]) => `alter table ${name} alter ${column} set statistics 0`),
  ].join(';');
}

/** The statements that make its indexes: those by which folding finds the rows of a case, and those for queries. */
export function indexesSql(
  schema: string,
  table: Table<never>,
): Record<'forFolding' | 'forQueries', readonly string[]> {
  const statement = (index: string): string => `create index on ${schema}.${table.name} ${index}`;
  const ofCase = (index: string): boolean => index.startsWith('(case_id');
  return {
    forFolding: table.indexes.filter(ofCase).map(statement),
    forQueries: table.indexes.filter((index) => !ofCase(index)).map(statement),
  };
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

/** Text and values. */
export type Statement = [text: string, values: unknown[]];

/** The statements that insert or replace rows, many at a time; each is made when it is asked for. */
export function* upserts(schema: string, table: Table<never>, rows: readonly Row[]): Generator<Statement> {
  const name = `${schema}.${table.name}`;
  const columns = Object.keys(table.columns);
  const set = columns.filter((column) => column !== 'id').map((column) => `${column} = excluded.${column}`);
  const text = `insert into ${name} (${columns.join(', ')})
    select ${columns.join(', ')} from json_populate_recordset(null::${name}, $1::json)
    on conflict (id) do update set ${set.join(', ')}`;
  for (let from = 0; from < rows.length; from += chunk) {
    yield [text, [JSON.stringify(rows.slice(from, from + chunk))]];
  }
}

/** The statement that deletes rows by id; those that are not there do not matter. */
export const deletion = (schema: string, table: Table<never>, ids: readonly string[]): Statement => [
  `delete from ${schema}.${table.name} where id = any($1)`,
  [ids],
];
