import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clearFields } from '../clear-fields.ts';
import { playRandom } from './play-random.ts';
import { tapes } from './tapes.ts';

describe('whatever is drawn and whatever is asked', () => {
  // Always the same ones, so that a change breaks it and not chance; `test/laws/run.mjs` looks for new ones.
  it('the laws of the engine hold', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(tapes, ({ processes, commands }) => {
        for (const { type } of playRandom(processes, commands).history) seen.add(type);
      }),
      { numRuns: 1_000, seed: 4 },
    );
    const unseen = Object.keys(clearFields).filter((type) => !seen.has(type));
    expect(unseen.filter((it) => !rare.has(it))).toEqual([]);
  }, 60_000);
});

/** What so few plays may not come to; a hundred thousand do. */
const rare: ReadonlySet<string> = new Set([
  'DeadlineInterrupted',
  'DeadlineReopened',
  'DeadlineReplaced',
  'DeadlineResumed',
  'EscalationReopened',
]);
