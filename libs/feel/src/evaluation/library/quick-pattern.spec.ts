import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isQuick } from './quick-pattern.ts';
import { withoutLabour } from '../../../../../test/support/labour.ts';

const quick = (source: string, length: number, flags = 'u') => isQuick(new RegExp(source, flags), length);

describe('patterns that need no watchdog', () => {
  it.each([
    ['^[A-Z]{6}\\d{2}[A-Z]\\d{2}[A-Z]\\d{3}[A-Z]$', 16],
    ['^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$', 30],
    ['^fo*b', 200],
    ['[.*+?()]', 1_000],
    ['^(ab|cd)x?$', 100],
  ])('%s on %d characters', (source, length) => {
    expect(quick(source, length)).toBe(true);
  });

  it.each([
    ['^(a+)+$', 30],
    ['(a|a)*b', 30],
    ['(?:a?){30}', 30],
    ['(a)\\1', 30],
    ['a(?=b)', 30],
    ['a*a*a*a*a*b', 1_000],
    ['^[^@]+@[^@]+\\.[^@]+$', 10_000],
  ])('but not %s on %d', (source, length) => {
    expect(quick(source, length)).toBe(false);
  });

  it('start at every line where lines count', () => {
    expect(quick('^a*b*$', 200)).toBe(true);
    expect(quick('^a*b*$', 200, 'um')).toBe(false);
  });

  it('end soon on texts that nearly match', async () => {
    const atom = fc.constantFrom('a', 'b', '.', '[ab]', '\\w', '(a|ab)', '(?:b)');
    const count = fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,3}', '{2,}', '*?');
    const piece = fc.tuple(atom, count).map(([a, c]) => (a.endsWith(')') ? a : a + c));
    const source = fc
      .tuple(fc.boolean(), fc.array(piece, { minLength: 1, maxLength: 12 }), fc.boolean())
      .map(([start, pieces, end]) => `${start ? '^' : ''}${pieces.join('')}${end ? '$' : ''}`);
    const text = fc
      .tuple(fc.constantFrom('a', 'ab', 'aab'), fc.integer({ min: 1, max: 400 }))
      .map(([unit, times]) => `${unit.repeat(times)}!`);
    await fc.assert(
      fc.asyncProperty(source, text, async (pattern, it) => {
        const expression = new RegExp(pattern, 'u');
        fc.pre(isQuick(expression, it.length));
        await withoutLabour(250, () => expression.test(it));
      }),
      { numRuns: 500 },
    );
  });
});
