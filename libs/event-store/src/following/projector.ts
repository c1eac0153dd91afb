import { setTimeout as pause } from 'node:timers/promises';
import type { Position } from '../envelope.ts';
import { LogWasRestored } from '../port.ts';
import { compareBeside } from './compare.ts';
import type { Comparison } from './compare.ts';
import { commitPage, defaultPageSize, openPages } from './commit-page.ts';
import type { ProjectorOptions } from './commit-page.ts';
import { createGeneration, Fenced, inTransaction, readCheckpoint, readParked } from './generation.ts';
import type { Checkpoint, ParkedCase } from './generation.ts';
import type { ClearEvent } from './projection.ts';
import { rebuildBeside, rebuildProgress } from './rebuild.ts';
import type { Rebuilding } from './rebuild.ts';
import { resumeCase } from './resume.ts';
import { supervise } from './supervise.ts';
import type { LoopHealth, Supervised } from './supervise.ts';
import { fingerprintOf } from './table.ts';

/** How far a follower is behind the log. */
export interface Lag {
  /** Up to here the tables are made; null: nothing yet, or from another log. */
  readonly position: Position | null;
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
  /** How far a rebuild is that runs in whichever process; null: none runs. */
  rebuilding(): Promise<Rebuilding | null>;
  /** Whether the live rows are what the log makes of them, by making all of them once more beside. */
  compare(signal?: AbortSignal): Promise<Comparison>;
  parked(): Promise<readonly ParkedCase[]>;
  /** Folds a case that was set aside again from its beginning. @returns the error when it still cannot be folded */
  resume(caseId: string): Promise<string | null>;
}

/** After another projector was faster. */
const standByMs = 2_000;

/**
 * Keeps a generation of tables by following the log: rows and checkpoint in one transaction. Several may run;
 * the checkpoint fences all but one at any moment, and the others try again.
 */
export function createProjector<E extends ClearEvent>(options: ProjectorOptions<E>): Projector {
  const { log, pool, schema, prefixes, logger, clock, pageSize = defaultPageSize } = options;
  const fingerprint = fingerprintOf(
    options.projections.map(({ table }) => table),
    options.version,
  );
  let loop: Supervised | null = null;
  let isReady = (): void => undefined;
  const ready = new Promise<void>((resolve) => (isReady = resolve));
  let tookOver = false;

  const rebuild = (signal?: AbortSignal): Promise<void> => rebuildBeside(options, fingerprint, signal);

  /** The live checkpoint, after making or remaking the tables when that is due. */
  const prepare = async (signal: AbortSignal): Promise<Checkpoint> => {
    let live = await readCheckpoint(pool, schema);
    if (!live) {
      await createFirst(options, fingerprint);
      live = (await readCheckpoint(pool, schema))!;
    }
    if (live.fingerprint !== fingerprint) {
      // While running, other tables than ours mean that a newer version took over: it is not fought.
      if (tookOver) throw new Fenced(`the tables of ${schema} are of another version`);
      logger.info({ schema }, 'the tables are of another version and are made anew');
      await rebuild(signal);
      live = (await readCheckpoint(pool, schema))!;
    }
    try {
      await log.readAll({ after: live.position, limit: 1 });
    } catch (error) {
      if (!(error instanceof LogWasRestored)) throw error;
      logger.error({ schema }, 'the log was restored from a copy: the tables are made anew');
      await rebuild(signal);
      live = (await readCheckpoint(pool, schema))!;
    }
    tookOver = true;
    isReady();
    return live;
  };

  const run = async (signal: AbortSignal, alive: () => void): Promise<void> => {
    while (!signal.aborted) {
      let at = await prepare(signal);
      alive();
      const ended = new AbortController();
      const until = AbortSignal.any([signal, ended.signal]);
      try {
        const pages = log.follow({ after: at.position, prefixes, limit: pageSize, signal: until });
        for await (const page of openPages(options, pages)) {
          at = await commitPage(options, at, page).catch((error: unknown) => {
            ended.abort();
            throw error;
          });
          alive();
          if (signal.aborted) return;
        }
      } catch (error) {
        if (!(error instanceof Fenced)) throw error;
        logger.info({ schema }, 'another projector is at work: this one stands by');
        await pause(standByMs, undefined, { signal }).catch(() => undefined);
      }
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
    rebuild: () => rebuild(),
    rebuilding: () => rebuildProgress(options),
    compare: (signal) => compareBeside(options, fingerprint, signal),
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

/** Of a log that was restored, nothing was folded: it is behind by the whole log until the tables are made anew. */
async function lagOf<E extends ClearEvent>(options: ProjectorOptions<E>): Promise<Lag> {
  const live = await readCheckpoint(options.pool, options.schema);
  try {
    return await lagFrom(options, live?.position ?? null);
  } catch (error) {
    if (!(error instanceof LogWasRestored)) throw error;
    return lagFrom(options, null);
  }
}

async function lagFrom<E extends ClearEvent>(
  { log, prefixes, clock }: ProjectorOptions<E>,
  position: Position | null,
): Promise<Lag> {
  const next = await log.readAll({ after: position, prefixes, limit: 1 });
  const first = next.events[0];
  if (!first) return { position, appends: 0, seconds: 0 };
  const ageMs = Date.parse(clock.now()) - Date.parse(first.recordedAt);
  return {
    position,
    appends: log.distance(position, await log.lastPosition()),
    seconds: Math.max(0, ageMs / 1_000),
  };
}
