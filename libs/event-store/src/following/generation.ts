import type { ClientBase, Pool } from 'pg';
import type { Position } from '../envelope.ts';
import { code, createTableSql, indexesSql } from './table.ts';
import type { Table } from './table.ts';

/**
 * A generation is a schema with the tables, the checkpoint up to which they are made, and the cases set
 * aside. Making the tables anew fills a second schema beside the live one, which then takes its name.
 */
export interface Checkpoint {
  readonly fingerprint: string;
  /** Null: nothing was folded yet. */
  readonly position: Position | null;
}

const ownTables = (schema: string): string => `
  create table ${schema}.checkpoint (
    one boolean primary key default true check (one),
    fingerprint text not null,
    position text,
    committed_at timestamptz not null default now()
  );
  create table ${schema}.parked (
    case_id ${code} primary key,
    event_id text not null,
    event_type text not null,
    revision integer not null,
    position text not null,
    error text not null,
    parked_at timestamptz not null default now()
  );`;

/**
 * Makes an empty generation; one that is there already under this name is dropped.
 * @param indexes `for-folding`: only those that folding reads by; `createIndexes` makes the others, which is quicker when
 *   the tables are full
 */
export async function createGeneration(
  db: ClientBase,
  schema: string,
  tables: readonly Table<never>[],
  fingerprint: string,
  indexes: 'all' | 'for-folding' = 'all',
): Promise<void> {
  await db.query(`drop schema if exists ${schema} cascade; create schema ${schema}; ${ownTables(schema)}`);
  for (const table of tables) {
    const { forFolding, forQueries } = indexesSql(schema, table);
    const made = indexes === 'all' ? [...forFolding, ...forQueries] : forFolding;
    await db.query([createTableSql(schema, table), ...made].join(';'));
  }
  await db.query(`insert into ${schema}.checkpoint (fingerprint) values ($1)`, [fingerprint]);
}

/**
 * What a generation made for folding lacks, and what the planner should know of its full tables; two tables at a time, since
 * PostgreSQL uses a processor for each.
 */
export async function createIndexes(
  pool: Pool,
  schema: string,
  tables: readonly Table<never>[],
): Promise<void> {
  const left = [...tables];
  const workThrough = async (): Promise<void> => {
    for (let table = left.shift(); table; table = left.shift()) {
      const { forQueries } = indexesSql(schema, table);
      try {
        await pool.query([...forQueries, `analyze ${schema}.${table.name}`].join(';'));
      } catch (error) {
        // The other must not go on by itself: whoever tries again makes tables of the same names.
        left.length = 0;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled([workThrough(), workThrough()]);
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}

/** @returns null when there is no such generation */
export async function readCheckpoint(
  db: ClientBase | Pool,
  schema: string,
  lock: '' | 'for update' = '',
): Promise<Checkpoint | null> {
  // Not `to_regclass`: it answers from what the connection remembers, which may be what another has made since.
  const { rows: there } = await db.query<{ there: boolean }>(
    "select exists (select from pg_tables where schemaname = $1 and tablename = 'checkpoint') as there",
    [schema],
  );
  if (!there[0]!.there) return null;
  const { rows } = await db.query<Checkpoint>(
    `select fingerprint, position from ${schema}.checkpoint ${lock}`,
  );
  return rows[0] ?? null;
}

/**
 * Waits until nobody moves the checkpoint and locks it for the transaction: whoever follows stands still meanwhile.
 * @throws Fenced when there is no such generation
 */
export async function hold(db: ClientBase, schema: string): Promise<Checkpoint> {
  const held = await readCheckpoint(db, schema, 'for update');
  if (!held) throw new Fenced(`there are no tables in ${schema}`);
  return held;
}

/** Someone else moved this generation on, or replaced it: what was made here must not be committed. */
export class Fenced extends Error {
  override readonly name = 'Fenced';
}

/**
 * Moves the checkpoint from where this projector believes it to be, and locks it for the transaction.
 * @throws Fenced when it is elsewhere: another projector is at work
 */
export async function advance(
  db: ClientBase,
  schema: string,
  from: Checkpoint,
  to: Position | null,
): Promise<void> {
  const { rowCount } = await db.query(
    `update ${schema}.checkpoint set position = $1, committed_at = now()
     where position is not distinct from $2 and fingerprint = $3`,
    [to, from.position, from.fingerprint],
  );
  if (rowCount !== 1) throw new Fenced(`the checkpoint of ${schema} is not where it was left`);
}

export interface ParkedCase {
  readonly caseId: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly revision: number;
  readonly position: Position;
  readonly error: string;
  readonly parkedAt: string;
}

export async function readParked(db: ClientBase | Pool, schema: string): Promise<readonly ParkedCase[]> {
  const { rows } = await db.query<Omit<ParkedCase, 'parkedAt'> & { parkedAt: Date }>(
    `select case_id as "caseId", event_id as "eventId", event_type as "eventType", revision, position, error,
       parked_at as "parkedAt" from ${schema}.parked order by parked_at, case_id`,
  );
  return rows.map((row) => ({ ...row, parkedAt: row.parkedAt.toISOString() }));
}

/** One transaction; an error undoes all of it. */
export async function inTransaction<T>(pool: Pool, work: (db: ClientBase) => Promise<T>): Promise<T> {
  const db = await pool.connect();
  let broken: Error | undefined;
  try {
    await db.query('begin');
    const result = await work(db);
    await db.query('commit');
    return result;
  } catch (error) {
    await db.query('rollback').catch((lost: Error) => (broken = lost));
    throw error;
  } finally {
    db.release(broken);
  }
}
