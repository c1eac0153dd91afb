import type { Append, AppendResult, EventLog } from './port.ts';
import { LogOverloaded, MalformedAppend } from './port.ts';

export interface Persistence {
  /** No repetition begins later than this; 30 s by default. */
  readonly deadlineMs?: number;
  /** How often at most; as often as the deadline allows, by default. */
  readonly attempts?: number;
  /** Pause before the first repetition; 20 ms by default, doubled each time up to 1 s. */
  readonly pauseMs?: number;
}

/** The log did not say, within all attempts, whether the append was written. The caller must read before it asks again. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
}

const longestPauseMs = 1_000;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Appends until the outcome is known. An append that ended in an error may have been written: the very same bytes are sent
 * again, and the store answers a repetition like the first time, so it is written once whatever happened.
 * @throws OutcomeUnknown when every attempt ended in an error; MalformedAppend and LogOverloaded (on the first attempt)
 * mean that nothing was written
 */
export async function appendSurely(
  log: Pick<EventLog, 'append'>,
  append: Append,
  { deadlineMs = 30_000, attempts = Infinity, pauseMs = 20 }: Persistence = {},
): Promise<AppendResult> {
  const deadline = performance.now() + deadlineMs;
  for (let attempt = 1; ; attempt++) {
    try {
      return await log.append(append);
    } catch (error) {
      if (error instanceof MalformedAppend || (error instanceof LogOverloaded && attempt === 1)) throw error;
      const pause = Math.min(pauseMs * 2 ** (attempt - 1), longestPauseMs);
      if (attempt >= attempts || performance.now() + pause > deadline)
        throw new OutcomeUnknown(`the outcome of an append to ${append.stream} is unknown`, { cause: error });
      await sleep(pause);
    }
  }
}
