import type { StoredEvent } from '../envelope.ts';
import { advance, Fenced, inTransaction, readCheckpoint } from './generation.ts';
import { foldPage, forgetRows, openPage } from './fold-page.ts';
import type { ClearEvent } from './projection.ts';
import type { ProjectorOptions } from './commit-page.ts';

/**
 * Folds one case anew from its stream, up to where the tables stand, with the very functions that follow the
 * log. The checkpoint is locked meanwhile, so that no event is missed or folded twice.
 * @returns null when it went well; else why the case stays set aside
 */
export async function resumeCase<E extends ClearEvent>(
  options: ProjectorOptions<E>,
  caseId: string,
): Promise<string | null> {
  const { pool, schema, log, projections, prefixes } = options;
  const stream = `${prefixes[0] ?? ''}${caseId}`;
  const events: StoredEvent[] = [];
  for (;;) {
    const more = await log.readStream(stream, { from: events.length });
    events.push(...more);
    if (more.length < 10_000) break;
  }
  return inTransaction(pool, async (db) => {
    const at = await readCheckpoint(db, schema);
    if (!at) throw new Fenced(`there are no tables in ${schema}`);
    await advance(db, schema, at, at.position);
    const upTo = events.filter(
      ({ position }) => at.position !== null && log.comparePositions(position, at.position) <= 0,
    );
    await forgetRows(db, schema, projections, [caseId]);
    const { poison } = await foldPage(db, options, await openPage(options, upTo), true);
    await options.also?.(db, { changed: new Map([[caseId, new Set<string>()]]), poison }, at.position);
    return poison[0]?.error ?? null;
  });
}
