import { romeDate } from '@iter/legal-calendar';
import { LogWasRestored } from '@iter/event-store';
import type { EventLog, Position } from '@iter/event-store';
import { readCheckpoints } from '@iter/event-store/checkpoints';

type Readable = Pick<EventLog, 'readStream' | 'comparePositions'>;

/**
 * From where to read backwards for what was recorded up to a day: a position behind all of it, found among the signed
 * checkpoints in a dozen reads, so that an old day costs no more than yesterday.
 * @param to a day in Rome, `YYYY-MM-DD`
 * @returns null: from the end of the log
 */
export async function behindDay(log: Readable, to: string): Promise<Position | null> {
  const [latest] = await readCheckpoints(log, { direction: 'backwards', limit: 1 });
  if (!latest || romeDate(latest.checkpoint.madeAt) <= to) return null;
  const numbered = async (number: number) =>
    (await readCheckpoints(log, { from: number - 1, limit: 1 }))[0]?.checkpoint;
  let [low, high] = [1, latest.checkpoint.number];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const one = await numbered(middle);
    if (one && romeDate(one.madeAt) > to) high = middle;
    else low = middle + 1;
  }
  // The first that was made later may end with what was recorded on the day itself; reading leaves out where it starts.
  const next = await numbered(low + 1);
  return next && isOfThisLog(log, next.through) ? next.through : null;
}

/** Checkpoints from before a restoration say where things were in another life of the log. */
function isOfThisLog(log: Readable, position: Position): boolean {
  try {
    return log.comparePositions(position, position) === 0;
  } catch (error) {
    if (error instanceof LogWasRestored) return false;
    throw error;
  }
}
