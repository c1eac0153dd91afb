import type { ClientBase } from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import type { Position } from '../envelope.ts';
import { commitPage, openPages } from './commit-page.ts';
import type { ProjectorOptions } from './commit-page.ts';
import { foldPage, openPage } from './fold-page.ts';
import { createGeneration, inTransaction, readCheckpoint } from './generation.ts';
import type { Checkpoint } from './generation.ts';
import type { ClearEvent } from './projection.ts';
import { alone, untilNear } from './rebuild.ts';

/** A row that is not what the log makes of it. */
export interface Difference {
  readonly table: string;
  readonly id: string;
  /** It should be there; it should not; it says something else. */
  readonly problem: 'missing' | 'extra' | 'altered';
}

export interface Comparison {
  /** Both were made up to here. */
  readonly position: Position | null;
  /** The first of each table. */
  readonly differences: readonly Difference[];
}

/** So many rows of a table are named. */
const mostNamed = 20;
/** Tables that lag behind are waited for. */
const patienceMs = 30_000;

/**
 * Makes a generation from the whole log beside the live one, compares it with the live rows as of the live checkpoint, and drops it:
 * rows that somebody altered by hand are found by nothing else. Nobody waits for it, neither queries nor projectors.
 * @throws Error when the live tables lag too far behind, or were made anew meanwhile
 */
export async function compareBeside<E extends ClearEvent>(
  options: ProjectorOptions<E>,
  fingerprint: string,
): Promise<Comparison> {
  const { pool, schema, log, projections } = options;
  const beside = `${schema}_check`;
  const tables = projections.map(({ table }) => table);
  return alone(pool, `iter check ${schema}`, async () => {
    try {
      await inTransaction(pool, (db) => createGeneration(db, beside, tables, fingerprint, 'for-folding'));
      let at: Checkpoint = { fingerprint, position: null };
      for await (const page of openPages(options, untilNear(options, at)))
        at = await commitPage(options, beside, at, page);
      const isBehind = async (): Promise<boolean> => {
        const live = (await readCheckpoint(pool, schema))?.position ?? null;
        return at.position !== null && (live === null || log.comparePositions(live, at.position) < 0);
      };
      for (const giveUpAt = performance.now() + patienceMs; await isBehind(); await pause(100))
        if (performance.now() > giveUpAt) throw new Error(`the tables of ${schema} lag behind the log`);
      return await inTransaction(pool, (db) => compareNow(db, options, beside, at));
    } finally {
      await pool.query(`drop schema if exists ${beside} cascade`);
    }
  });
}

/** One moment of the live tables is seen by all that is asked here; what is folded beside is seen by nobody else. */
async function compareNow<E extends ClearEvent>(
  db: ClientBase,
  options: ProjectorOptions<E>,
  beside: string,
  { fingerprint, position: from }: Checkpoint,
): Promise<Comparison> {
  const { pool, schema, log, prefixes, pageSize, projections } = options;
  await db.query('set transaction isolation level repeatable read');
  const generation = await generationOf(db, schema);
  const live = await readCheckpoint(db, schema);
  if (live?.fingerprint !== fingerprint) throw new Error(`the tables of ${schema} are of another version`);
  const { position: end } = live;
  const folding = { ...options, schema: beside };
  for (let after = from, isOver = end === null || end === from; !isOver;) {
    const page = await log.readAll({ after, prefixes, ...(pageSize && { limit: pageSize }) });
    const events = page.events.filter(({ position }) => log.comparePositions(position, end!) <= 0);
    await foldPage(db, folding, await openPage(folding, events), true);
    after = page.position;
    isOver = page.atEnd || events.length < page.events.length;
  }
  const differences: Difference[] = [];
  for (const { table } of projections) {
    const { rows } = await db.query<Omit<Difference, 'table'>>(
      `select coalesce(live.id, anew.id) as id,
         case when live.id is null then 'missing' when anew.id is null then 'extra' else 'altered' end as problem
       from ${schema}.${table.name} live full join ${beside}.${table.name} anew on live.id = anew.id
       where live::text is distinct from anew::text order by 1 limit ${mostNamed}`,
    );
    differences.push(...rows.map((row) => ({ table: table.name, ...row })));
  }
  if ((await generationOf(pool, schema)) !== generation)
    throw new Error(`the tables of ${schema} were made anew meanwhile`);
  return { position: end, differences };
}

/** Other tables under the same name are another generation. */
async function generationOf(db: Pick<ClientBase, 'query'>, schema: string): Promise<string> {
  const { rows } = await db.query<{ oid: string }>('select oid::text from pg_namespace where nspname = $1', [
    schema,
  ]);
  return rows[0]?.oid ?? '';
}
