import type { ClientBase } from 'pg';
import type { Position } from '../envelope.ts';
import type { Page } from '../port.ts';
import { openPages } from './commit-page.ts';
import type { ProjectorOptions } from './commit-page.ts';
import { fill, fillPageSize } from './fill.ts';
import { foldPage } from './fold-page.ts';
import { createGeneration, inTransaction, readCheckpoint, readParked } from './generation.ts';
import type { Checkpoint } from './generation.ts';
import type { ClearEvent } from './projection.ts';
import { alone, checkOf, wholeOf } from './rebuild.ts';
import { ownerColumn } from './table.ts';

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
  /** Cases set aside on either side, in order: their rows stand still somewhere, and were not compared. */
  readonly parked: readonly string[];
}

/** So many rows of a table are named. */
const mostNamed = 20;

/**
 * Makes a generation from the whole log beside the live one, compares it with the live rows as of one live checkpoint, and drops it:
 * rows that somebody altered by hand are found by nothing else. Neither queries nor projectors wait for it; a rebuild does. It
 * follows the live checkpoint twice, as it was at the beginning and as it is at the end, so that it ends however fast others write.
 * @param signal stops it while it waits and between two pages or tables; what it made is dropped
 * @throws Error when there are no live tables or they are of another version; LogWasRestored when they are of another log
 */
export async function compareBeside<E extends ClearEvent>(
  options: ProjectorOptions<E>,
  fingerprint: string,
  signal?: AbortSignal,
): Promise<Comparison> {
  const { pool, schema, log, projections } = options;
  const beside = checkOf(schema);
  const tables = projections.map(({ table }) => table);
  return alone(
    pool,
    [wholeOf(schema)],
    async () => {
      const live = await readCheckpoint(pool, schema);
      if (!live) throw new Error(`there are no tables of ${schema}`);
      if (live.fingerprint !== fingerprint) throw new Error(`the tables of ${schema} are of another version`);
      await log.readAll({ after: live.position, limit: 1 });
      try {
        await inTransaction(pool, (db) => createGeneration(db, beside, tables, fingerprint, 'for-folding'));
        const start: Checkpoint = { fingerprint, position: null };
        const at = await fill(options, beside, start, pagesUpTo(options, null, live.position), signal);
        return await inTransaction(pool, (db) => compareNow(db, options, at.position, signal));
      } finally {
        await pool.query(`drop schema if exists ${beside} cascade`);
      }
    },
    signal,
  );
}

/** Pages from one position up to another that the log has reached. */
async function* pagesUpTo<E extends ClearEvent>(
  { log, prefixes, pageSize = fillPageSize }: ProjectorOptions<E>,
  from: Position | null,
  end: Position | null,
): AsyncGenerator<Page> {
  for (let after = from; end !== null && after !== end;) {
    const page = await log.readAll({ after, prefixes, limit: pageSize });
    const isLast = page.atEnd || page.position === null || log.comparePositions(page.position, end) >= 0;
    const events = page.events.filter(({ position }) => log.comparePositions(position, end) <= 0);
    after = isLast ? end : page.position;
    yield { events, position: after, atEnd: isLast };
  }
}

/** One moment of the live tables is seen by all that is asked here; what is folded beside is seen by nobody else. */
async function compareNow<E extends ClearEvent>(
  db: ClientBase,
  options: ProjectorOptions<E>,
  from: Position | null,
  signal: AbortSignal | undefined,
): Promise<Comparison> {
  const { schema, projections } = options;
  const beside = checkOf(schema);
  await db.query('set transaction isolation level repeatable read');
  const end = (await readCheckpoint(db, schema))!.position;
  for await (const page of openPages(options, pagesUpTo(options, from, end))) {
    signal?.throwIfAborted();
    await foldPage(db, { ...options, schema: beside }, page, true);
  }
  const aside = [...(await readParked(db, schema)), ...(await readParked(db, beside))];
  const parked = [...new Set(aside.map(({ caseId }) => caseId))].sort();
  const differences: Difference[] = [];
  for (const { table } of projections) {
    signal?.throwIfAborted();
    const owner = ownerColumn(table);
    const { rows } = await db.query<Omit<Difference, 'table'>>(
      `select coalesce(live.id, anew.id) as id,
         case when live.id is null then 'missing' when anew.id is null then 'extra' else 'altered' end as problem
       from ${schema}.${table.name} live full join ${beside}.${table.name} anew on live.id = anew.id
       where live::text is distinct from anew::text and coalesce(anew.${owner}, live.${owner}) <> all($1)
       order by 1 limit ${mostNamed}`,
      [parked],
    );
    differences.push(...rows.map((row) => ({ table: table.name, ...row })));
  }
  return { position: end, differences, parked };
}
