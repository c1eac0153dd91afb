import { describe, expect, it } from '@jest/globals';
import type { Expression, Json } from '../expression.ts';
import { createEvaluator } from './evaluator.ts';
import { Exhausted } from './run.ts';
import { generous, run, value } from './testing/run.ts';

describe('an evaluator', () => {
  it('sees the variables that the expression names, and no more', () => {
    const evaluate = createEvaluator(generous);
    expect(evaluate({ text: 'a', names: [], cheap: true }, { a: 1 })).toEqual({ ok: true, value: null });
    expect(evaluate({ text: 'a', names: ['a'], cheap: true }, { a: 1 })).toEqual({ ok: true, value: 1 });
  });

  it('evaluates plain frozen data again and again', () => {
    const evaluate = createEvaluator(generous);
    const expression: Expression = Object.freeze({
      text: 'x + 1',
      names: Object.freeze(['x']) as string[],
      cheap: true,
    });
    expect([1, 2, 3].map((x) => evaluate(expression, { x }))).toEqual(
      [2, 3, 4].map((it) => ({ ok: true, value: it })),
    );
    expect(Object.keys(expression)).toEqual(['text', 'names', 'cheap']);
    expect(evaluate({ ...expression }, { x: 4 })).toEqual({ ok: true, value: 5 });
  });

  it('changes nothing of what it reads', () => {
    const frozen = (it: Json): Json => {
      if (typeof it === 'object' && it !== null) Object.values(it).forEach(frozen);
      return Object.freeze(it);
    };
    const xs = frozen([3, { a: [1] }, 2]);
    for (const text of [
      'append(xs, 1)',
      'reverse(xs)',
      'sort(xs, function(a, b) a < b)',
      'remove(xs, 1)',
      'concatenate(xs, xs)',
      'context put(xs[2], "b", 1)',
      'context put(xs[2], ["a", "b"], 1)',
      'for i in xs return i',
      'distinct values(xs)',
    ]) {
      expect(run(text, { xs })).toMatchObject({ ok: true });
    }
    expect(xs).toEqual([3, { a: [1] }, 2]);
  });

  it('gives copies, and only what JSON can say', () => {
    const xs: Json = [1];
    expect(value('xs', { xs })).not.toBe(xs);
    expect(value('[date("2026-01-01"), duration("P1M"), -0]')).toEqual(['2026-01-01', 'P1M', 0]);
    expect(run('[1..3]')).toMatchObject({ ok: false, code: 'expression-failed' });
    expect(run('function(x) x')).toMatchObject({ ok: false, code: 'expression-failed' });
    expect(run('x', { x: Infinity })).toEqual({ ok: true, value: null });
    expect(run('[x]', { x: NaN })).toEqual({ ok: true, value: [null] });
    expect(value('from json("1e999")')).toBeNull();
  });

  it('says what an assertion says, when the author wrote it there, and no data', () => {
    expect(run('assert(x, x > 3, "x is too small")', { x: 1 })).toEqual({
      ok: false,
      code: 'expression-failed',
      message: 'L’espressione «assert(x, x > 3, "x is too small")» dice: x is too small',
    });
    const secret = run('assert(x, x = "y", x)', { x: 'RSSMRA80A01H501U' });
    expect(JSON.stringify(secret)).not.toContain('RSSMRA');
    expect(run('assert(x, missing)', { x: 1 })).toMatchObject({ ok: false });
  });

  it('takes names as they are spelled, spaces or not', () => {
    const evaluate = createEvaluator(generous);
    const names = ['Applicant Age', 'a-b', 'so  wide'];
    const expression = { text: 'Applicant   Age + a-b + so wide', names, cheap: true };
    expect(evaluate(expression, { 'Applicant Age': 1, 'a-b': 2, 'so  wide': 3 })).toEqual({
      ok: true,
      value: 6,
    });
  });

  it('takes a missing variable for null, also when a function has its name', () => {
    expect(value('count = null')).toBe(true);
    expect(value('is defined(duration)')).toBe(false);
    expect(value('date + time', { date: 1, time: 2 })).toBe(3);
    expect(value('count(count)', { count: [1, 2] })).toBe(2);
  });
});

describe('the budget of a command', () => {
  const limits = { steps: 10_000, size: 1_000, depth: 20 };
  const loop = (n: number): Expression => ({
    text: `count(for i in 1..${n} return i)`,
    names: [],
    cheap: false,
  });

  it('ends in the same step on every machine', () => {
    const ends = [1, 2].map(() => {
      let n = 0;
      const evaluate = createEvaluator({ ...generous, limits });
      while (evaluate(loop(1_000), {}).ok) n++;
      return n;
    });
    expect(ends).toEqual([4, 4]);
  });

  it('is one for all costly expressions; cheap ones go on', () => {
    const evaluate = createEvaluator({ ...generous, limits });
    expect(evaluate(loop(1_000_000), {})).toMatchObject({ ok: false, code: 'expression-timeout' });
    expect(evaluate(loop(1), {})).toMatchObject({ ok: false, code: 'expression-timeout' });
    expect(evaluate({ text: '1 + 1', names: [], cheap: true }, {})).toEqual({ ok: true, value: 2 });
  });

  it('counts time as well', () => {
    let now = 0;
    const evaluate = createEvaluator({ ...generous, clock: () => (now += 1), budgetMs: 5 });
    expect(evaluate(loop(100_000), {})).toMatchObject({ ok: false, code: 'expression-timeout' });
  });

  it('counts what a callable evaluates once', () => {
    const evaluate = createEvaluator({ ...generous, limits: { ...limits, steps: 5_000 }, budgetMs: 1_000 });
    const callables = { f: { parameters: ['x'], call: () => evaluate(loop(1_000), {}) } };
    const calling = { text: 'for i in 1..2 return f(i)', names: [], cheap: false, calls: ['f'] };
    expect(evaluate(calling, {}, callables)).toMatchObject({ ok: false, code: 'expression-timeout' });
    const one = { ...calling, text: 'for i in 1..1 return f(i)' };
    const fresh = createEvaluator({ ...generous, limits });
    const again = { f: { parameters: ['x'], call: () => fresh(loop(1_000), {}) } };
    expect(fresh(one, {}, again)).toEqual({ ok: true, value: [1_000] });
    expect(fresh(loop(1_000), {})).toMatchObject({ ok: true });
  });

  it('holds what is read and what is made', () => {
    const evaluate = createEvaluator({ ...generous, limits });
    const read = (text: string, names: string[] = []) => ({ text, names, cheap: true });
    expect(evaluate(read('a', ['a']), { a: 'x'.repeat(1_000) })).toMatchObject({
      code: 'expression-too-large',
    });
    expect(evaluate(read('a', ['a']), { a: 'x'.repeat(900) })).toMatchObject({ ok: true });
    expect(evaluate(read('a + a', ['a']), { a: 'x'.repeat(900) })).toMatchObject({
      code: 'expression-too-large',
    });
    expect(evaluate(read('[a, a]', ['a']), { a: 'x'.repeat(900) })).toMatchObject({
      code: 'expression-too-large',
    });
  });

  it('ends patterns that somebody else ends', () => {
    const pattern = () => {
      throw new Exhausted();
    };
    expect(run('matches("aaa", "^(a+)+$")', {}, { pattern })).toMatchObject({ code: 'expression-timeout' });
    expect(run('matches("aaa", "^a+$")', {}, { pattern })).toEqual({ ok: true, value: true });
  });
});
