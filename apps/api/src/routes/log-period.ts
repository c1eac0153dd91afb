import { addDays, romeDate } from '@iter/legal-calendar';
import { LogWasRestored } from '@iter/event-store';
import type { EventLog, Position } from '@iter/event-store';
import { readCheckpoints } from '@iter/event-store/checkpoints';

type Readable = Pick<EventLog, 'readStream' | 'readAll'>;

/**
 * Whether an event, and with it all before it in the log, was recorded before a day. Clocks differ, and an append may be
 * repeated for a while: what was recorded at midnight may stand beside what was before, so there is a day between.
 * @param from in Rome, `YYYY-MM-DD`
 */
export const isBefore = (from: string, { recordedAt }: { readonly recordedAt: string }): boolean =>
  addDays(romeDate(recordedAt), 1) < from;

/**
 * From where to read backwards for what was recorded up to a day: a position behind all of it, found among the signed
 * checkpoints in a dozen reads, so that an old day costs no more than yesterday. When a checkpoint was signed says nothing of
 * where it ends, since many may be signed long after; when what lies there was recorded does.
 * @param to a day in Rome, `YYYY-MM-DD`
 * @returns null: from the end of the log
 */
export async function behindDay(log: Readable, to: string): Promise<Position | null> {
  const [latest] = await readCheckpoints(log, { direction: 'backwards', limit: 1 });
  let behind: Position | null = null;
  for (let low = 1, high = latest?.checkpoint.number ?? 0; low <= high;) {
    const middle = Math.floor((low + high) / 2);
    const [one] = await readCheckpoints(log, { from: middle - 1, limit: 1 });
    const day = one && (await dayBefore(log, one.checkpoint.through));
    if (day && addDays(day, -1) > to) [high, behind] = [middle - 1, one.checkpoint.through];
    else low = middle + 1;
  }
  return behind;
}

/** On which day the last was recorded before a position; null: nothing is there, or it is of the log before it was restored. */
async function dayBefore(log: Readable, position: Position): Promise<string | null> {
  try {
    const { events } = await log.readAll({ after: position, direction: 'backwards', limit: 1 });
    return events[0] ? romeDate(events[0].recordedAt) : null;
  } catch (error) {
    if (error instanceof LogWasRestored) return null;
    throw error;
  }
}
