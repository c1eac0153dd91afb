import type { StoredEvent } from '../envelope.ts';
import type { EventLog } from '../port.ts';
import { hold, inTransaction } from './generation.ts';
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
  return inTransaction(pool, async (db) => {
    const { position: end } = await hold(db, schema);
    // Not before: whoever follows passes over what is written meanwhile, as long as the case is set aside.
    const events = await wholeStream(log, `${prefixes[0] ?? ''}${caseId}`);
    const upTo = events.filter(({ position }) => end !== null && log.comparePositions(position, end) <= 0);
    await forgetRows(db, schema, projections, [caseId]);
    const { poison } = await foldPage(db, options, await openPage(options, upTo), true);
    await options.also?.(db, { changed: new Map([[caseId, new Set<string>()]]), poison }, end);
    return poison[0]?.error ?? null;
  });
}

async function wholeStream(log: EventLog, stream: string): Promise<readonly StoredEvent[]> {
  const events: StoredEvent[] = [];
  for (;;) {
    const more = await log.readStream(stream, { from: events.length });
    events.push(...more);
    if (more.length < 10_000) return events;
  }
}
