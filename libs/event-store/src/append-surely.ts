import type { Append, AppendResult, EventLog } from './port.ts';
import { LogOverloaded, MalformedAppend } from './port.ts';

export interface Persistence {
  /** How often at most; 8 by default. */
  readonly attempts?: number;
  /** Pause before each repetition; 50 ms, doubled each time, by default. */
  readonly pauseMs?: number;
}

/** The log did not say, within all attempts, whether the append was written. The caller must read before it asks again. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Appends until the outcome is known. An append that ended in an error may have been written: the very same bytes are sent
 * again, and the store answers a repetition like the first time.
 * @throws OutcomeUnknown when every attempt ended in an error; MalformedAppend and LogOverloaded at once: nothing was written
 */
export async function appendSurely(
  log: EventLog,
  append: Append,
  persistence: Persistence = {},
): Promise<AppendResult> {
  const { attempts = 8, pauseMs = 50 } = persistence;
  for (let attempt = 1; ; attempt++) {
    try {
      return await log.append(append);
    } catch (error) {
      if (error instanceof MalformedAppend || (error instanceof LogOverloaded && attempt === 1)) throw error;
      if (attempt >= attempts)
        throw new OutcomeUnknown(`the outcome of an append to ${append.stream} is unknown`, { cause: error });
      await sleep(pauseMs * 2 ** (attempt - 1));
    }
  }
}
