import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { evaluate, unaryTest } from 'feelin';
import { anySentence, context, sentences } from './testing/expressions.ts';
import { cell, value } from './testing/run.ts';

/**
 * Another reading of the same standard, where both speak of what it leaves no doubt about: well-typed expressions
 * over whole numbers, texts and lists. Where the other is known to be wrong, the corpus has the standard's word.
 */
describe('two evaluators, one language', () => {
  it('agree on well-typed expressions', () => {
    fc.assert(
      fc.property(anySentence, context, (text, variables) => {
        fc.pre(text.length < 1_000);
        expect(value(text, variables)).toEqual(plain(evaluate(text, variables).value));
      }),
      { numRuns: 1_000 },
    );
  });

  it('agree on cells', () => {
    const endpoint = sentences.number;
    const test = fc.oneof(
      endpoint,
      fc.tuple(fc.constantFrom('<', '<=', '>', '>='), endpoint).map(([op, it]) => `${op} (${it})`),
      fc.constantFrom('[-3..9]', '(0..1]', '[5..20)'),
    );
    fc.assert(
      fc.property(
        fc.array(test, { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        context,
        (tests, not, variables) => {
          const text = not ? `not(${tests.join(', ')})` : tests.join(', ');
          fc.pre(text.length < 1_000);
          const tested = variables['n'] ?? null;
          expect(cell(text, tested, variables)).toEqual(unaryTest(text, { ...variables, '?': tested }).value);
        },
      ),
      { numRuns: 500 },
    );
  });
});

/** Zero has one sign. */
function plain(it: unknown): unknown {
  if (Array.isArray(it)) return it.map(plain);
  return it === 0 ? 0 : it;
}
