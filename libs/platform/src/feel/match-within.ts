import { createContext, Script } from 'node:vm';
import { Exhausted } from '@iter/feel/evaluation';

// The script only calls back: what runs under the time limit is the call.
const realm = createContext({ call: (): unknown => undefined });
const script = new Script('call()');

/**
 * Runs a match against a pattern and ends it when the time is over: what backtracks for ever is ended from outside.
 * @throws what it throws, or Exhausted
 */
export function matchWithin<T>(match: () => T, leftMs: number): T {
  if (leftMs < 1) throw new Exhausted();
  realm['call'] = match;
  try {
    return script.runInContext(realm, { timeout: Math.ceil(leftMs) }) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw new Exhausted();
    throw error;
  } finally {
    realm['call'] = undefined;
  }
}
