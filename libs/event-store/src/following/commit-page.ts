import { traced } from '@iter/platform/tracing';
import type { ClientBase, Pool } from 'pg';
import type { Position } from '../envelope.ts';
import type { Page } from '../port.ts';
import { ahead } from './ahead.ts';
import { UnfitValue } from './copy-rows.ts';
import { isDataError } from './describe-error.ts';
import { foldPage, openPage } from './fold-page.ts';
import type { Folding, Opened, PageResult } from './fold-page.ts';
import { advance, inTransaction } from './generation.ts';
import type { Checkpoint } from './generation.ts';
import type { ClearEvent, Poison } from './projection.ts';
import type { LoopLogger } from './supervise.ts';

export interface ProjectorOptions<E extends ClearEvent> extends Folding<E> {
  readonly pool: Pool;
  readonly clock: { now(): string };
  readonly logger: LoopLogger;
  readonly prefixes: readonly string[];
  /** Raise it when the same events would give other rows: the tables are then made anew at the next start. */
  readonly version: number;
  /** Events a page; 10,000 by default, and 1,000 while tables are filled. */
  readonly pageSize?: number;
  /** Rows kept in memory while tables are filled; 20,000 by default, which takes 60 MB or so. */
  readonly rowsInMemory?: number;
  /** More to write in the transaction of a live page: a change feed. Not called while tables are made anew. */
  also?(db: ClientBase, page: PageResult, position: Position | null): Promise<void>;
  /** After the commit of a live page, in this process: a wake-up. */
  committed?(page: PageResult): void;
}

/** Told on this channel, with the position, whenever a live page was committed. */
export const projectorChannel = (schema: string): string => `iter_${schema}`;

export const defaultPageSize = 10_000;

/** A page whose events are in clear. */
export type OpenPage<E> = Opened<E> & Pick<Page, 'position' | 'atEnd'>;

/** Pages in clear; where more is there already, it is read and decrypted while PostgreSQL writes what came before. */
export function openPages<E extends ClearEvent>(
  folding: Folding<E>,
  pages: AsyncIterable<Page>,
): AsyncIterable<OpenPage<E>> {
  const opened = async function* (): AsyncGenerator<OpenPage<E>> {
    for await (const { events, ...page } of pages) {
      yield { ...page, ...(await openPage(folding, events)) };
    }
  };
  return ahead(opened(), ({ atEnd }) => !atEnd);
}

/** Folds a live page and moves the checkpoint; when PostgreSQL refuses the page for its data, case by case. */
export async function commitPage<E extends ClearEvent>(
  options: ProjectorOptions<E>,
  from: Checkpoint,
  page: OpenPage<E>,
): Promise<Checkpoint> {
  const { schema } = options;
  const commit = (isolate: boolean): Promise<PageResult> =>
    inTransaction(options.pool, async (db) => {
      await advance(db, schema, from, page.position);
      const result = await foldPage(db, options, page, isolate);
      await options.also?.(db, result, page.position);
      await db.query('select pg_notify($1, $2)', [projectorChannel(schema), page.position ?? '']);
      return result;
    });
  const facts = { 'iter.follower': schema, 'iter.cases': page.byCase.size };
  const result = await traced('page', facts, () => orIsolated(commit));
  tellPoison(options, schema, result.poison);
  options.committed?.(result);
  return { ...from, position: page.position };
}

/** What PostgreSQL refuses for its data is tried again case by case. */
export const orIsolated = <T>(commit: (isolate: boolean) => Promise<T>): Promise<T> =>
  commit(false).catch((error: unknown) => {
    if (!isDataError(error) && !(error instanceof UnfitValue)) throw error;
    return commit(true);
  });

export function tellPoison(
  { logger }: { readonly logger: LoopLogger },
  schema: string,
  poison: readonly Poison[],
): void {
  for (const { caseId, event, error } of poison) {
    const { type, revision } = event;
    logger.error({ schema, caseId, type, revision, error }, 'a case was set aside: resume it when mended');
  }
}
