import { describe, expect, it } from '@jest/globals';
import { readExpression } from '@iter/feel';
import type { Json } from '@iter/feel';
import { createEvaluator } from './index.ts';

const now = '2026-03-29T00:30:00.000Z';

/** What the machine may take beyond the budget, busy as it may be: starting a watchdog, a last look at the clock. */
const patienceMs = 10_000;

function attack(text: string, context: Record<string, Json> = {}, budgetMs = 100) {
  const read = readExpression(text, { plainString: false });
  if (!read.ok) return { rule: read.rule };
  const evaluate = createEvaluator({ now, budgetMs });
  const started = performance.now();
  const result = evaluate(read.expression, context);
  const tookMs = performance.now() - started;
  expect(tookMs).toBeLessThan(budgetMs + patienceMs);
  return result.ok ? { value: result.value } : { code: result.code };
}

const as = 'a'.repeat(40);

describe('what does not end is ended', () => {
  it.each([
    'for i in 1..10000000 return i',
    'for i in 1..1000000000 return i',
    'for i in 1..9007199254740991 return i',
    'for i in 1..3000, j in 1..3000 return i * j',
    'some x in 1..1000000000 satisfies x < 0',
    'every x in 1..100000, y in 1..100000 satisfies x > 0',
    'count(for i in 1..1000000 return { a: i, b: [i, i], c: string(i) })',
    '[1, 2, 3][count(for i in 1..1000000000 return i) > 0]',
    'sort(for i in 1..100000 return i, function(a, b) count(for j in 1..1000 return j) > a)',
    'for i in 1..100000 return partial',
    'for i in 1..100000 return partial[item > 0]',
    'for i in 1..100000 return concatenate(partial, [i])',
    'count(distinct values(for i in 1..100000 return [i]))',
    'count(duplicate values(for i in 1..100000 return i))',
    'for i in 1..100000 return index of(partial, i)',
    'for i in 1..100000 return sum(partial)',
  ])('%s', (text) => {
    expect(attack(text)).toEqual({ code: 'expression-timeout' });
  });

  it.each([
    [`matches("${as}!", "^(a+)+$")`],
    [`matches("${as}!", "^(a|a)*$")`],
    [`matches("${as}!", "^(a|aa)+$")`],
    [`matches("${as}!", "(.*)*=.*")`],
    [`replace("${as}!", "^(a+)+$", "b")`],
    [`replace("${as}!", "(a*)*b", "b")`],
    [`split("${as}!", "(a+)+b")`],
    [`extract("${as}!", "(a+)+b")`],
    [`matches("${as}${as}!", "^(?:a?){40}a{60}$")`],
    [`for i in 1..1000000 return matches("${as}", "^(a+)+$")`],
  ])('%s', (text) => {
    expect(attack(text)).toEqual({ code: 'expression-timeout' });
  });

  it('also when the pattern comes from the data', () => {
    expect(attack('matches(s, p)', { s: `${as}!`, p: '^(a+)+$' })).toEqual({ code: 'expression-timeout' });
    expect(attack('matches(s, p)', { s: as, p: 'a'.repeat(5_000) })).toEqual({
      code: 'expression-too-large',
    });
    expect(attack('matches(s, p)', { s: 'a'.repeat(100_000), p: 'a*a*a*a*b' })).toEqual({
      code: 'expression-timeout',
    });
  });

  it.each([
    // A function cannot call itself by name but through a context, and can be handed to itself.
    '{ f: function(n) f(n + 1), r: f(1) }.r',
    '{ f: function(g) g(g), r: f(f) }.r',
    '{ f: function(n) if n = 0 then 0 else f(n - 1) + f(n - 1), r: f(60) }.r',
    '{ y: function(g, n) g(g, n + 1), r: y(y, 0) }.r',
  ])('%s', (text) => {
    expect(attack(text)).toEqual({ code: 'expression-timeout' });
  });
});

describe('what grows without measure is stopped', () => {
  const doubling = (first: string, double: (name: string) => string, times: number): string =>
    Array.from({ length: times }, (_, i) => `x${i}: ${i === 0 ? first : double(`x${i - 1}`)}`).join(', ');

  it.each([
    [`{ ${doubling('"aaaaaaaaaa"', (it) => `${it} + ${it}`, 40)} }.x39`, 'expression-too-large'],
    [`{ ${doubling('"a"', (it) => `replace(${it}, "a", "aaaaaaaaaa")`, 30)} }.x29`, 'expression-too-large'],
    [`{ ${doubling('"a"', (it) => `string join([${it}, ${it}], "")`, 40)} }.x39`, 'expression-too-large'],
    [`{ ${doubling('[1]', (it) => `[${it}, ${it}]`, 40)} }.x39`, 'expression-too-large'],
    [`{ ${doubling('{ a: 1 }', (it) => `{ a: ${it}, b: ${it} }`, 40)} }.x39`, 'expression-too-large'],
    [
      `string length(string({ ${doubling('[1]', (it) => `[${it}, ${it}]`, 40)} }.x39))`,
      'expression-too-large',
    ],
    [`count(flatten({ ${doubling('[1]', (it) => `[${it}, ${it}]`, 40)} }.x39))`, 'expression-timeout'],
    [
      `{ ${doubling('[1]', (it) => `concatenate(${it}, ${it})`, 40)}, r: count(x39) }.r`,
      'expression-timeout',
    ],
    [`{ ${doubling('[1]', (it) => `[${it}, ${it}]`, 40)}, r: x39 = x39 }.r`, 'expression-timeout'],
    [`to json({ ${doubling('[1]', (it) => `[${it}, ${it}]`, 40)} }.x39)`, 'expression-too-large'],
    [`for i in 1..9999 return "${as}${as}"`, 'expression-too-large'],
  ])('%s', (text, code) => {
    // By its steps, however slow the machine is.
    expect(attack(text, {}, 10_000)).toEqual({ code });
  });

  it('so that the heap stays small', () => {
    const before = process.memoryUsage().heapUsed;
    for (const text of [
      'for i in 1..10000000 return [i, i, i, i]',
      'for i in 1..10000000 return { a: i }',
      'for i in 1..10000000 return string(i) + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"',
      '{ f: function(xs) f(append(xs, 1)), r: f([]) }.r',
    ]) {
      attack(text);
    }
    expect((process.memoryUsage().heapUsed - before) / 2 ** 20).toBeLessThan(256);
  });

  it('bounds what is read', () => {
    expect(attack('count(xs)', { xs: Array.from({ length: 100_000 }, () => 'abc') })).toEqual({
      code: 'expression-too-large',
    });
    expect(attack('from json(s)', { s: '['.repeat(100_000) })).toEqual({ value: null });
    expect(attack('from json(s)', { s: '['.repeat(50_000) + ']'.repeat(50_000) })).toEqual({ value: null });
    expect(attack('from json(s)', { s: '['.repeat(200) + ']'.repeat(200) })).toEqual({
      code: 'expression-too-large',
    });
  });
});

describe('nobody gets out', () => {
  it.each([
    'constructor',
    '__proto__',
    'prototype',
    'toString',
    'x.constructor',
    'x.__proto__',
    'x.toString',
    'x.hasOwnProperty',
    '"a".constructor',
    '"a".length',
    '[1].length[1]',
    '[1].constructor[1]',
    '{}.constructor',
    '{}.__proto__',
    'now().constructor',
    'date("2026-01-01").day of week',
    'date("2026-01-01").civil',
    'duration("P1D").seconds.constructor',
    'get value({}, "constructor")',
    'get value({}, "__proto__")',
    'get value(x, ["constructor", "constructor"])',
    '(function(a) a).call',
    '(function(a) a).parameters',
    'globalThis',
    'process',
    'this',
  ])('%s', (text) => {
    const found = attack(text, { x: {} });
    expect(found.value ?? null).toBeNull();
  });

  it.each([
    'x.constructor.constructor("return 1")()',
    'x.constructor("return process")',
    'function(a) external { java: { class: "java.lang.Math", method signature: "cos(double)" } }',
    'import("fs")',
    'eval("1")',
  ])('%s is refused at deployment', (text) => {
    expect(attack(text, { x: {} })).toHaveProperty('rule');
  });

  it('keeps hostile keys as data', () => {
    const hostile = JSON.parse('{ "__proto__": { "admin": true }, "constructor": 1 }') as Json;
    expect(attack('x.admin', { x: hostile })).toEqual({ value: null });
    const copied = attack('context merge([x, { a: 1 }])', { x: hostile }).value as object;
    expect(Object.getPrototypeOf(copied)).toBe(Object.prototype);
    expect(Object.keys(copied)).toEqual(['__proto__', 'constructor', 'a']);
    expect(attack('context put({}, "__proto__", { admin: true }).admin')).toEqual({ value: null });
    expect(attack('{ "__proto__": { admin: true } }.admin')).toEqual({ value: null });
    expect(attack('from json(s).admin', { s: '{"__proto__":{"admin":true}}' })).toEqual({ value: null });
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });

  it('evaluates data never', () => {
    expect(attack('x', { x: '=1 + 1' })).toEqual({ value: '=1 + 1' });
    expect(attack('x + "1"', { x: '${1}{{1}}' })).toEqual({ value: '${1}{{1}}1' });
  });
});
