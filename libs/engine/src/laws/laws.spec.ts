import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { playRandom } from './play-random.ts';
import { tapes } from './tapes.ts';

describe('whatever is drawn and whatever is asked', () => {
  // Always the same ones, so that a change breaks it and not chance; `test/laws/run.mjs` looks for new ones.
  it('the laws of the engine hold', () => {
    fc.assert(
      fc.property(tapes, ({ processes, commands }) => void playRandom(processes, commands)),
      { numRuns: 200, seed: 4, interruptAfterTimeLimit: 10_000 },
    );
  });
});
