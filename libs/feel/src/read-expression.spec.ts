import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readExpression, readUnaryTests } from './read-expression.ts';

const feel = (text: string) => readExpression(text, { plainString: false });
const read = (text: string) => {
  const result = feel(text);
  if (!result.ok) throw new Error(`${result.rule}: ${result.message}`);
  return result.expression;
};

describe('the names an expression reads', () => {
  it.each([
    ['x', ['x']],
    ['=x + y.z', ['x', 'y']],
    ['deadlines.DL_X.state = "met"', ['deadlines']],
    ['for i in xs return i * k', ['xs', 'k']],
    ['for i in i, j in i return i + j', ['i']],
    ['some x in xs satisfies x = y and z in x', ['xs', 'y', 'z']],
    ['[for x in xs return x, x]', ['xs', 'x']],
    ['orders[price > limit]', ['orders', 'price', 'limit']],
    ['string length(s) > 0 and not(b)', ['s', 'b']],
    ['date and time(hearingAt) > now()', ['hearingAt']],
    ['years and months duration(a, b)', ['a', 'b']],
    ['is defined(a) and get or else(b, 1) = 1', ['a', 'b']],
    ['`my name` + 1', ['my name']],
    ['x instance of string', ['x']],
    ['{ a: 1, b: c }', ['c']],
    ['{ a: 1, b: a, c: { d: b + e, e: a } }', ['e']],
    ['{ a: a, b: d, d: 1 }.a + b', ['a', 'd', 'b']],
    ['{ my key: 1, b: my key + 1, c: `my key` }', []],
    ['sort(list: xs, precedes: function(a, b) a < b)', ['xs']],
    ['{ f: function(a: number) a + b, g: a }', ['b', 'a']],
    ['count(xs)', ['xs']],
    ['duration > count and date(date) = today', ['duration', 'count', 'date', 'today']],
    ['(date(date and time(n)) - date(date and time(h))).days', ['n', 'h']],
  ])('%s', (text, names) => {
    expect(read(text).names).toEqual(names);
  });
});

describe('what is refused at deployment', () => {
  it.each([
    ['', 'expression-empty'],
    ['=', 'expression-empty'],
    ['a +', 'feel-syntax'],
    ['"abc', 'feel-syntax'],
    ['1 2', 'feel-syntax'],
    ['a b', 'feel-syntax'],
    ['if a then 1', 'feel-syntax'],
    ['a = 1 &&  b', 'feel-syntax'],
    ['foo(1)', 'feel-unknown-function'],
    ['foo bar(1)', 'feel-unknown-function'],
    ['uuid()', 'feel-unknown-function'],
    ['random number()', 'feel-unknown-function'],
    ['a.b(1)', 'feel-unknown-function'],
    ['x.constructor.constructor("return 1")()', 'feel-unknown-function'],
    ['function(a) external { java: 1 }', 'feel-unknown-function'],
    ['@"2026-13-01"', 'feel-syntax'],
    ['{ a: 1, a: 2 }', 'feel-syntax'],
    ['{ a: 1, "a": 2 }', 'feel-syntax'],
    ['x instance of money', 'feel-syntax'],
    ['x instance of range<number>', 'feel-syntax'],
    ['function(x: money) x', 'feel-syntax'],
    ['? > 3', 'feel-syntax'],
    ['x in [1] = true', 'feel-syntax'],
    ['x in (< 3 and y)', 'feel-syntax'],
    ['!= 3', 'feel-syntax'],
    [`"${'x'.repeat(2_000)}"`, 'expression-too-long'],
    [`${'('.repeat(900)}1${')'.repeat(900)}`, 'expression-too-complex'],
    [`1${'+1'.repeat(900)}`, 'expression-too-complex'],
  ])('%s', (text, rule) => {
    expect(feel(text)).toMatchObject({ ok: false, rule });
  });
});

describe('what may run without a time limit', () => {
  it.each([
    ['a = "B" and c > 3', true],
    ['if x = null then today() else date(x)', true],
    ['{ a: 1, b: c }', true],
    ['for i in 1..10 return i', false],
    ['some x in xs satisfies x', false],
    ['xs[1]', false],
    ['matches(a, "^b")', false],
    ['replace(a, "b", "c")', false],
    ['split(a, ",")', false],
    ['count([1..1000000000])', true],
    ['{ a: x + x, b: a + a, c: b + b }', false],
    ['{ f: function(x) x, y: f(1) }', false],
  ])('%s', (text, cheap) => {
    expect(read(text).cheap).toBe(cheap);
  });
});

describe('constants', () => {
  it.each([
    ['=true', true],
    ['= 12.5', 12.5],
    ['=-3', -3],
    ['="P1D"', 'P1D'],
    ['=null', null],
    ['="a\\"b"', undefined],
    ['=1 + 1', undefined],
  ])('%s', (text, value) => {
    expect(read(text).constant).toEqual(value);
  });

  it('are plain texts of attributes without =', () => {
    expect(readExpression('desk-notice', { plainString: true })).toMatchObject({
      ok: true,
      expression: { constant: 'desk-notice', names: [] },
    });
  });
});

describe('a decision table cell', () => {
  it.each([
    ['-', [], true],
    ['', [], true],
    ['< 5', [], true],
    ['[1..10]', [], true],
    ['"a", "b"', [], true],
    ['not("x", limit)', ['limit'], true],
    ['? > limit and ? < 9', ['limit'], true],
    ['> date("2026-01-01")', [], true],
    ['starts with(?, prefix)', ['prefix'], true],
    ['some x in xs satisfies x = ?', ['xs'], false],
    ['= 3', [], true],
  ])('%s', (text, names, cheap) => {
    expect(readUnaryTests(text)).toMatchObject({ ok: true, expression: { unary: true, names, cheap } });
  });

  it.each([
    ['< ', 'feel-syntax'],
    ['not(', 'feel-syntax'],
    ['1 2', 'feel-syntax'],
    ['foo(?)', 'feel-unknown-function'],
    ['> 1 and < 3', 'feel-syntax'],
  ])('%s is refused', (text, rule) => {
    expect(readUnaryTests(text)).toMatchObject({ ok: false, rule });
  });

  it('may name what exists with spaces', () => {
    const names = ['Applicant Age', 'a-b'];
    expect(readUnaryTests('? > Applicant Age', { names })).toMatchObject({
      expression: { names: ['Applicant Age'] },
    });
    expect(readUnaryTests('? > Applicant Age')).toMatchObject({ ok: false, rule: 'feel-syntax' });
    expect(readExpression('Applicant Age * a-b', { plainString: false, names })).toMatchObject({
      expression: { names },
    });
  });
});

it('knows the functions that a decision model brings', () => {
  const functions = ['Pay ment', 'rate'];
  expect(readExpression('Pay ment(a, rate(b)) + count(c)', { plainString: false, functions })).toMatchObject({
    expression: { names: ['a', 'b', 'c'], calls: functions, cheap: false },
  });
  expect(readUnaryTests('> rate(?)', { functions })).toMatchObject({
    expression: { calls: ['rate'], unary: true },
  });
  expect(readExpression('rate(b)', { plainString: false })).toMatchObject({ rule: 'feel-unknown-function' });
});

it('answers about any text, without throwing', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300, unit: 'binary' }), fc.boolean(), (text, plainString) => {
      const result = readExpression(text, { plainString });
      expect(typeof result.ok).toBe('boolean');
      expect(typeof readUnaryTests(text).ok).toBe('boolean');
    }),
  );
});
