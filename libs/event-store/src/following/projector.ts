import type { ClientBase, Pool } from 'pg';
import type { Page, Position, StoredEvent } from '../index.ts';
import { LogWasRestored } from '../port.ts';
import type { EventLog } from '../port.ts';
import { isDataError } from './describe-error.ts';
import { foldPage, openPage } from './fold-page.ts';
import type { Folding, PageResult } from './fold-page.ts';
import {
  advance,
  createGeneration,
  Fenced,
  inTransaction,
  readCheckpoint,
  readParked,
} from './generation.ts';
import type { Checkpoint, ParkedCase } from './generation.ts';
import type { ClearEvent } from './projection.ts';
import { rebuildBeside } from './rebuild.ts';
import { resumeCase } from './resume.ts';
import { supervise } from './supervise.ts';
import type { LoopHealth, LoopLogger, Supervised } from './supervise.ts';
import { fingerprintOf } from './table.ts';

export interface ProjectorOptions<E extends ClearEvent> extends Folding<E> {
  readonly log: EventLog;
  readonly pool: Pool;
  readonly clock: { now(): string };
  readonly logger: LoopLogger;
  readonly prefixes: readonly string[];
  /** Raise it when the same events would give other rows: the tables are then made anew at the next start. */
  readonly version: number;
  /** Events a page; 5,000 by default. */
  readonly pageSize?: number;
  /** More to write in the transaction of a live page: a change feed. Not called while tables are made anew. */
  also?(db: ClientBase, page: PageResult, position: Position | null): Promise<void>;
  /** After the commit of a live page, in this process: a wake-up. */
  committed?(page: PageResult): void;
}

/** How far a follower is behind the log. */
export interface Lag {
  /** Appends not yet folded. */
  readonly appends: number;
  /** Age of the oldest of them, in seconds; 0 when there are none. */
  readonly seconds: number;
}

export interface Projector {
  /** Makes the tables when they are missing or of another version (beside the old ones), then follows the log. */
  start(): void;
  /** Resolves when the tables are of this version and were made from this log. */
  readonly ready: Promise<void>;
  stop(): Promise<void>;
  health(): LoopHealth;
  lag(): Promise<Lag>;
  /** Makes all tables anew beside the live ones, then swaps; queries go on meanwhile. */
  rebuild(): Promise<void>;
  parked(): Promise<readonly ParkedCase[]>;
  /** Folds a case that was set aside again from its beginning. @returns the error when it still cannot be folded */
  resume(caseId: string): Promise<string | null>;
}

/** Told on this channel, with the position, whenever a live page was committed. */
export const projectorChannel = (schema: string): string => `iter_${schema}`;

/**
 * Keeps a generation of tables by following the log: rows and checkpoint in one transaction. Several may run;
 * the checkpoint fences all but one at any moment, and the others try again.
 */
export function createProjector<E extends ClearEvent>(options: ProjectorOptions<E>): Projector {
  const { log, pool, schema, prefixes, logger, clock, pageSize = 5_000 } = options;
  const fingerprint = fingerprintOf(
    options.projections.map(({ table }) => table),
    options.version,
  );
  let loop: Supervised | null = null;
  let isReady = (): void => undefined;
  const ready = new Promise<void>((resolve) => (isReady = resolve));
  let tookOver = false;

  const rebuild = (): Promise<void> => rebuildBeside(options, fingerprint);

  /** The live checkpoint, after making or remaking the tables when that is due. */
  const prepare = async (): Promise<Checkpoint> => {
    let live = await readCheckpoint(pool, schema);
    if (!live) {
      await createFirst(options, fingerprint);
      live = (await readCheckpoint(pool, schema))!;
    }
    if (live.fingerprint !== fingerprint) {
      // While running, other tables than ours mean that a newer version took over: it is not fought.
      if (tookOver) throw new Fenced(`the tables of ${schema} are of another version`);
      logger.info({ schema }, 'the tables are of another version and are made anew');
      await rebuild();
      live = (await readCheckpoint(pool, schema))!;
    }
    try {
      log.distance(live.position, live.position);
      await log.readAll({ after: live.position, limit: 1 });
    } catch (error) {
      if (!(error instanceof LogWasRestored)) throw error;
      logger.error({ schema }, 'the log was restored from a copy: the tables are made anew');
      await rebuild();
      live = (await readCheckpoint(pool, schema))!;
    }
    tookOver = true;
    isReady();
    return live;
  };

  const run = async (signal: AbortSignal, alive: () => void): Promise<void> => {
    let at = await prepare();
    alive();
    for await (const page of log.follow({ after: at.position, prefixes, limit: pageSize, signal })) {
      at = await commitPage(options, schema, at, page);
      alive();
      if (signal.aborted) return;
    }
  };

  return {
    ready,
    start() {
      loop ??= supervise({ name: schema, run, logger, clock });
    },
    async stop() {
      await loop?.stop();
    },
    health: () =>
      loop?.health() ?? { name: schema, state: 'stopped', failingSince: null, error: null, failures: 0 },
    lag: () => lagOf(options),
    rebuild,
    parked: async () => ((await readCheckpoint(pool, schema)) ? readParked(pool, schema) : []),
    resume: (caseId) => resumeCase(options, caseId),
  };
}

async function createFirst<E extends ClearEvent>(
  { pool, schema, projections }: ProjectorOptions<E>,
  fingerprint: string,
): Promise<void> {
  await inTransaction(pool, async (db) => {
    await db.query('select pg_advisory_xact_lock(hashtext($1))', [`iter first ${schema}`]);
    if (await readCheckpoint(db, schema)) return;
    await createGeneration(
      db,
      schema,
      projections.map(({ table }) => table),
      fingerprint,
    );
  });
}

/** Folds a page and moves the checkpoint; when PostgreSQL refuses the page for its data, case by case. */
export async function commitPage<E extends ClearEvent>(
  options: ProjectorOptions<E>,
  schema: string,
  from: Checkpoint,
  page: Page,
): Promise<Checkpoint> {
  const isLive = schema === options.schema;
  const folding = { ...options, schema };
  const byCase = await openPage(folding, page.events);
  const commit = (isolate: boolean): Promise<PageResult> =>
    inTransaction(options.pool, async (db) => {
      await advance(db, schema, from, page.position);
      const result = await foldPage(db, folding, byCase, isolate);
      if (isLive) {
        await options.also?.(db, result, page.position);
        await db.query('select pg_notify($1, $2)', [projectorChannel(schema), page.position ?? '']);
      }
      return result;
    });
  const result = await commit(false).catch((error: unknown) => {
    if (!isDataError(error)) throw error;
    return commit(true);
  });
  for (const { caseId, event, error } of result.poison) {
    const { type, revision } = event as StoredEvent;
    options.logger.error(
      { schema, caseId, type, revision, error },
      'a case was set aside: resume it when mended',
    );
  }
  if (isLive) options.committed?.(result);
  return { ...from, position: page.position };
}

async function lagOf<E extends ClearEvent>(options: ProjectorOptions<E>): Promise<Lag> {
  const { log, pool, schema, prefixes, clock } = options;
  const position = (await readCheckpoint(pool, schema))?.position ?? null;
  const next = await log.readAll({ after: position, prefixes, limit: 1 });
  const first = next.events[0];
  if (!first) return { appends: 0, seconds: 0 };
  const ageMs = Date.parse(clock.now()) - Date.parse(first.recordedAt);
  return { appends: log.distance(position, await log.lastPosition()), seconds: Math.max(0, ageMs / 1_000) };
}
