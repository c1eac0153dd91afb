import type { ClientBase, Pool } from 'pg';
import type { Page } from '../port.ts';
import { advance, createGeneration, createIndexes, inTransaction, readCheckpoint } from './generation.ts';
import type { Checkpoint } from './generation.ts';
import { foldPage, openPage } from './fold-page.ts';
import type { ClearEvent } from './projection.ts';
import { commitPage, defaultPageSize, openPages, projectorChannel } from './commit-page.ts';
import type { ProjectorOptions } from './commit-page.ts';

/** So few appends behind, the rest is folded while the live generation holds still. */
const nearAppends = 200;

const besideOf = (schema: string): string => `${schema}_next`;
const lockOf = (schema: string): string => `iter rebuild ${schema}`;

/**
 * Makes a generation anew from the whole log beside the live one, then puts it in its place in one
 * transaction. Queries see the old rows until the swap and the new ones after it. Killed half way, it leaves
 * a schema that the next one drops.
 */
export async function rebuildBeside<E extends ClearEvent>(
  options: ProjectorOptions<E>,
  fingerprint: string,
): Promise<void> {
  const { pool, schema } = options;
  const tables = options.projections.map(({ table }) => table);
  const beside = besideOf(schema);
  await alone(pool, lockOf(schema), async () => {
    await inTransaction(pool, (db) => createGeneration(db, beside, tables, fingerprint, 'for-folding'));
    let at: Checkpoint = { fingerprint, position: null };
    const catchUp = async (): Promise<void> => {
      const pages = openPages(options, untilNear(options, at));
      for await (const page of pages) at = await commitPage(options, beside, at, page);
    };
    await catchUp();
    await createIndexes(pool, beside, tables);
    await catchUp();
    await swap(options, beside, at);
  });
}

/** Pages up to so near the end of the log that the rest is a moment's work. */
export async function* untilNear<E extends ClearEvent>(
  { log, prefixes, pageSize = defaultPageSize }: ProjectorOptions<E>,
  { position }: Checkpoint,
): AsyncGenerator<Page> {
  for (let after = position; ;) {
    if (log.distance(after, await log.lastPosition()) <= nearAppends) return;
    const page = await log.readAll({ after, prefixes, limit: pageSize });
    yield page;
    after = page.position;
  }
}

/** The live checkpoint is locked first, so that nobody folds into the old tables while the last events come over. */
async function swap<E extends ClearEvent>(
  options: ProjectorOptions<E>,
  beside: string,
  from: Checkpoint,
): Promise<void> {
  const { pool, schema, log, prefixes } = options;
  const folding = { ...options, schema: beside };
  await inTransaction(pool, async (db) => {
    await db.query(`lock table ${schema}.checkpoint in access exclusive mode`);
    let at = from;
    for (;;) {
      const page = await log.readAll({ after: at.position, prefixes });
      if (page.position !== at.position) {
        await advance(db, beside, at, page.position);
        await foldPage(db, folding, await openPage(folding, page.events), true);
        at = { ...at, position: page.position };
      }
      if (page.atEnd) break;
    }
    await db.query(`drop schema if exists ${schema}_old cascade`);
    await db.query(`alter schema ${schema} rename to ${schema}_old`);
    await db.query(`alter schema ${beside} rename to ${schema}`);
    await options.also?.(db, { changed: new Map(), poison: [] }, null);
    await db.query('select pg_notify($1, $2)', [projectorChannel(schema), at.position ?? '']);
  });
  // Apart from the swap: it waits for readers of the old tables, and nobody must wait for it.
  await pool.query(`drop schema if exists ${schema}_old cascade`);
}

/** One at a time among all processes; whoever comes second waits. */
export async function alone<T>(pool: Pool, name: string, work: () => Promise<T>): Promise<T> {
  const db: ClientBase & { release(error?: Error): void } = await pool.connect();
  let broken: Error | undefined;
  try {
    await db.query('select pg_advisory_lock(hashtext($1))', [name]);
    return await work();
  } finally {
    await db
      .query('select pg_advisory_unlock(hashtext($1))', [name])
      .catch((error: Error) => (broken = error));
    db.release(broken);
  }
}

export interface Rebuilding {
  /** How much of the log is folded beside the live tables, 0 to 1. */
  readonly progress: number;
  /** Appends that are not. */
  readonly behind: number;
}

/** How far a rebuild is; null: nobody makes the tables anew, in any process. */
export async function rebuildProgress<E extends ClearEvent>({
  pool,
  schema,
  log,
}: ProjectorOptions<E>): Promise<Rebuilding | null> {
  const { rows } = await pool.query<{ held: boolean; swapped: boolean }>(
    `select exists (select from pg_namespace where nspname = $2) as swapped, exists (
       select from pg_locks where locktype = 'advisory' and granted
         and database = (select oid from pg_database where datname = current_database())
         -- A key of eight bytes stands in two columns.
         and objid = (hashtext($1)::bigint & 4294967295)::oid and objsubid = 1) as held`,
    [lockOf(schema), `${schema}_old`],
  );
  const { held, swapped } = rows[0]!;
  if (!held) return null;
  // It may take its place between one question and the next.
  const beside = await readCheckpoint(pool, besideOf(schema)).catch(() => null);
  if (!beside && swapped) return { progress: 1, behind: 0 };
  const whole = log.distance(null, await log.lastPosition());
  const behind = Math.max(0, whole - log.distance(null, beside?.position ?? null));
  return { progress: whole === 0 ? 1 : 1 - behind / whole, behind };
}
