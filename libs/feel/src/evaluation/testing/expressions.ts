import fc from 'fast-check';
import type { Json } from '../../expression.ts';

/** Random expressions that are well typed: what they give is never null by accident. */
type Text = fc.Arbitrary<string>;

interface Sentences {
  boolean: string;
  number: string;
  string: string;
  numbers: string;
}

/** The variables that the expressions read. */
export const context: fc.Arbitrary<Record<string, Json>> = fc.record({
  n: fc.integer({ min: -20, max: 20 }),
  m: fc.integer({ min: -20, max: 20 }),
  s: fc.constantFrom('', 'a', 'ab', 'foo', 'Bar'),
  yes: fc.boolean(),
  o: fc.record({ n: fc.integer({ min: -20, max: 20 }), s: fc.constantFrom('a', 'b') }),
  ns: fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 2, maxLength: 5 }),
});

const of = (template: string, ...fillings: Text[]): Text =>
  fc.tuple(...fillings).map((texts) => texts.reduce((text, it) => text.replace('_', `(${it})`), template));

export const sentences = fc.letrec<Sentences>((tie: fc.LetrecTypedTie<Sentences>) => {
  const [b, n, s, ns] = [tie('boolean'), tie('number'), tie('string'), tie('numbers')];
  const comparison = fc.constantFrom('=', '!=', '<', '<=', '>', '>=');
  return {
    boolean: fc.oneof(
      { depthSize: 'small', maxDepth: 4, withCrossShrink: true },
      fc.constantFrom('true', 'false', 'yes'),
      fc.tuple(n, comparison, n).map(([x, op, y]) => `(${x}) ${op} (${y})`),
      fc.tuple(s, fc.constantFrom('=', '!=', '<', '>='), s).map(([x, op, y]) => `(${x}) ${op} (${y})`),
      of('_ and _', b, b),
      of('_ or _', b, b),
      of('not(_)', b),
      of('_ between -7 and 7', n),
      of('_ in [-3..3]', n),
      of('_ in (1, < -2, > 5)', n),
      of('list contains(_, _)', ns, n),
      of('some i in _ satisfies i > _', ns, n),
      of('every i in _ satisfies i < _', ns, n),
      of('contains(_, _)', s, s),
      of('starts with(_, _)', s, s),
      of('if _ then _ else _', b, b, b),
    ),
    number: fc.oneof(
      { depthSize: 'small', maxDepth: 4, withCrossShrink: true },
      fc.integer({ min: 0, max: 9 }).map(String),
      fc.constantFrom('n', 'm', 'o.n', 'ns[1]', 'ns[-1]'),
      of('_ + _', n, n),
      of('_ - _', n, n),
      of('_ * _', n, n),
      of('-_', n),
      of('if _ then _ else _', b, n, n),
      of('count(_)', ns),
      of('sum(_)', ns),
      of('max(_)', ns),
      of('min(_)', ns),
      of('abs(_)', n),
      of('string length(_)', s),
    ),
    string: fc.oneof(
      { depthSize: 'small', maxDepth: 4, withCrossShrink: true },
      fc.constantFrom('"a"', '"ab"', '""', '"x y"', 's', 'o.s'),
      of('_ + _', s, s),
      of('upper case(_)', s),
      of('lower case(_)', s),
      of('substring before(_, "a")', s),
      of('substring after(_, "a")', s),
      of('if _ then _ else _', b, s, s),
      of('string(_)', n),
    ),
    numbers: fc.oneof(
      { depthSize: 'small', maxDepth: 4, withCrossShrink: true },
      fc.constantFrom('ns', '[1, 2, 3]', '[0, -1]'),
      of('[_, _]', n, n),
      of('append(_, _)', ns, n),
      of('concatenate(_, _)', ns, ns),
      of('reverse(_)', ns),
      of('for i in _ return i + 1', ns),
      of('for i in 1..3 return i * _', n),
      of('append(_[item > 0], 1, 2)', ns),
      of('distinct values(append(_, 7, 8))', ns),
      of('sort(_, function(x, y) x < y)', ns),
    ),
  };
});

export const anySentence: Text = fc.oneof(
  sentences.boolean,
  sentences.number,
  sentences.string,
  sentences.numbers,
);
