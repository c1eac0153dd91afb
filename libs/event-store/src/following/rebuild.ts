import { setTimeout as pause } from 'node:timers/promises';
import type { ClientBase, Pool } from 'pg';
import type { Page } from '../port.ts';
import { advance, createGeneration, createIndexes, inTransaction, readCheckpoint } from './generation.ts';
import type { Checkpoint } from './generation.ts';
import { foldPage, openPage } from './fold-page.ts';
import type { ClearEvent } from './projection.ts';
import { projectorChannel } from './commit-page.ts';
import type { ProjectorOptions } from './commit-page.ts';
import { fill, fillPageSize } from './fill.ts';

/** So few appends behind, the rest is folded while the live generation holds still. */
const nearAppends = 200;

const besideOf = (schema: string): string => `${schema}_next`;
const lockOf = (schema: string): string => `iter rebuild ${schema}`;

/** Where a comparison makes its rows. */
export const checkOf = (schema: string): string => `${schema}_check`;
/** Held by whoever reads or replaces the live generation as a whole: a swap must not queue behind a long reader, nor all others behind it. */
export const wholeOf = (schema: string): string => `iter whole ${schema}`;

/**
 * Makes a generation anew from the whole log beside the live one, then puts it in its place in one
 * transaction. Queries see the old rows until the swap and the new ones after it. Killed half way, it leaves
 * a schema that the next one drops. A comparison under way is waited for.
 * @param signal ends the waiting
 */
export async function rebuildBeside<E extends ClearEvent>(
  options: ProjectorOptions<E>,
  fingerprint: string,
  signal?: AbortSignal,
): Promise<void> {
  const { pool, schema } = options;
  const tables = options.projections.map(({ table }) => table);
  const beside = besideOf(schema);
  await alone(
    pool,
    [lockOf(schema), wholeOf(schema)],
    async () => {
      await pool.query(`drop schema if exists ${checkOf(schema)} cascade`);
      await inTransaction(pool, (db) => createGeneration(db, beside, tables, fingerprint, 'for-folding'));
      let at: Checkpoint = { fingerprint, position: null };
      const catchUp = async (): Promise<void> => {
        at = await fill(options, beside, at, untilNear(options, at));
      };
      await catchUp();
      await tell(pool, beside, 'indexing');
      await createIndexes(pool, beside, tables);
      await tell(pool, beside, 'folding');
      await catchUp();
      await tell(pool, beside, 'swapping');
      await swap(options, beside, at);
    },
    signal,
  );
}

/** Kept on the schema, for all processes to see. */
async function tell(pool: Pool, beside: string, phase: Rebuilding['phase']): Promise<void> {
  await pool.query(`comment on schema ${beside} is '${phase}'`);
}

/** Pages up to so near the end of the log that the rest is a moment's work. */
async function* untilNear<E extends ClearEvent>(
  { log, prefixes, pageSize = fillPageSize }: ProjectorOptions<E>,
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
  await pool.query(`comment on schema ${schema} is null`);
}

const lookEveryMs = 250;

/**
 * One at a time among all processes; whoever comes second waits. Several locks are taken in this order.
 * @param signal ends the waiting, and nothing after it
 */
export async function alone<T>(
  pool: Pool,
  names: readonly string[],
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const db: ClientBase & { release(error?: Error): void } = await pool.connect();
  let broken: Error | undefined;
  try {
    for (const name of names)
      while (!(await tryLock(db, name))) await pause(lookEveryMs, undefined, { signal });
    return await work();
  } finally {
    await db.query('select pg_advisory_unlock_all()').catch((error: Error) => (broken = error));
    db.release(broken);
  }
}

/** Tried again and again instead of waited for in the server, which a signal does not reach. */
async function tryLock(db: ClientBase, name: string): Promise<boolean> {
  const { rows } = await db.query<{ mine: boolean }>('select pg_try_advisory_lock(hashtext($1)) as mine', [
    name,
  ]);
  return rows[0]!.mine;
}

export interface Rebuilding {
  /** How much of the log is folded beside the live tables, 0 to 1. */
  readonly progress: number;
  /** Appends that are not. */
  readonly behind: number;
  /**
   * `waiting` for a comparison, `folding` the log, `indexing` the full tables, `swapping`: waiting for the live checkpoint, then taking
   * its place. Only while it is folding does `behind` get shorter.
   */
  readonly phase: 'waiting' | 'folding' | 'indexing' | 'swapping';
}

/** How far a rebuild is; null: nobody makes the tables anew, in any process. */
export async function rebuildProgress<E extends ClearEvent>({
  pool,
  schema,
  log,
}: ProjectorOptions<E>): Promise<Rebuilding | null> {
  const { rows } = await pool.query<{
    held: boolean;
    swapped: boolean;
    checked: boolean;
    told: Rebuilding['phase'] | null;
  }>(
    `select exists (select from pg_namespace where nspname = $2) as swapped,
       exists (select from pg_namespace where nspname = $3) as checked,
       (select obj_description(oid, 'pg_namespace') from pg_namespace where nspname in ($4, $5)
        and obj_description(oid, 'pg_namespace') is not null order by nspname = $5 limit 1) as told, exists (
       select from pg_locks where locktype = 'advisory' and granted
         and database = (select oid from pg_database where datname = current_database())
         -- A key of eight bytes stands in two columns.
         and objid = (hashtext($1)::bigint & 4294967295)::oid and objsubid = 1) as held`,
    [lockOf(schema), `${schema}_old`, checkOf(schema), besideOf(schema), schema],
  );
  const { held, swapped, checked, told } = rows[0]!;
  if (!held) return null;
  // It may take its place between one question and the next.
  const beside = await readCheckpoint(pool, besideOf(schema)).catch(() => null);
  if (!beside && (swapped || told === 'swapping')) return { progress: 1, behind: 0, phase: 'swapping' };
  const whole = log.distance(null, await log.lastPosition());
  // A schema that is there while it waits was left by one that was killed.
  const from = checked ? null : (beside?.position ?? null);
  const behind = Math.max(0, whole - log.distance(null, from));
  const phase = checked ? 'waiting' : (told ?? 'folding');
  return { progress: whole === 0 ? 1 : 1 - behind / whole, behind, phase };
}
