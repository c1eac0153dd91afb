import { describe, expect, it } from '@jest/globals';
import { createEvaluator } from './index.ts';

const now = '2026-03-29T00:30:00.000Z'; // 01:30 in Rome, the night the clocks go forward
const run = (text: string, context: Parameters<ReturnType<typeof createEvaluator>>[1] = {}, cheap = true) =>
  createEvaluator({ now, budgetMs: 60 })({ text, names: Object.keys(context), cheap }, context);

describe('FEEL', () => {
  it.each([
    ['1 + 2', {}, 3],
    ['a.b > 1 and c = "x"', { a: { b: 2 }, c: 'x' }, true],
    ['missing = null', {}, true],
    ['missing > 1', {}, null],
    ['date("2026-04-05") + duration("P2D")', {}, '2026-04-07'],
    [
      '(date(date and time(n)) - date(date and time(h))).days',
      { n: '2026-04-29T10:00:00+02:00', h: '2026-04-15T10:00:00+02:00' },
      14,
    ],
    ['{ a: [1, null], b: duration("P1M") }', {}, { a: [1, null], b: 'P1M' }],
    ['is defined(x)', { x: 0 }, true],
    ['is defined(y)', {}, false],
    ['get or else(y, "z")', {}, 'z'],
    ['today()', {}, '2026-03-29'],
    [
      'now() > date and time("2026-03-29T00:29:00Z") and now() < date and time("2026-03-29T00:31:00Z")',
      {},
      true,
    ],
  ])('%s', (text, context, value) => {
    expect(run(text, context as never)).toEqual({ ok: true, value });
  });

  it('counts what the processor does, and not the time that passes while it does something else', () => {
    const evaluate = createEvaluator({
      ...{ now, budgetMs: 100 },
      legal: {
        dueDate: () => null,
        firstLawfulDay: () => null,
        amount: () => null,
        dayOf: () => null,
        plusWorkingDays: () => null,
        religiousFeast: () => null,
        holiday: () => {
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
          return null;
        },
      },
    });
    const text = 'if legal holiday(date("2026-03-29")) = null then count(for i in 1..5000 return i) else 0';
    expect(evaluate({ text, names: [], cheap: false }, {})).toEqual({ ok: true, value: 5_000 });
  });

  it.each([
    ['< 5', 3, true],
    ['[1..10]', 11, false],
    ['"a", "b"', 'b', true],
    ['not("x")', 'y', true],
    ['? > 3', 4, true],
  ])('tests a cell: %s of %j', (text, value, holds) => {
    const evaluate = createEvaluator({ now });
    expect(evaluate({ text, names: [], cheap: true, unary: true }, { '?': value })).toEqual({
      ok: true,
      value: holds,
    });
  });

  it('takes texts for what their shape says they stand for', () => {
    const evaluate = createEvaluator({ now });
    const expression = {
      text: 'd < date("2026-02-01") and t > time("09:00:00") and at < now() and p = duration("P1D")',
      names: ['d', 't', 'at', 'p'],
      cheap: true,
      shapes: { d: 'date', t: 'time', at: 'date and time', p: 'duration' },
    } as const;
    const context = { d: '2026-01-31', t: '10:00:00', at: '2026-01-01T00:00:00Z', p: 'PT24H' };
    expect(evaluate(expression, context)).toEqual({ ok: true, value: true });
    expect(
      evaluate(
        {
          text: 'xs[1] + duration("P1D") = x.on',
          names: ['xs', 'x'],
          cheap: false,
          shapes: { xs: { items: 'date' }, x: { entries: { on: 'date' } } },
        },
        { xs: ['2026-01-31'], x: { on: '2026-02-01', name: 'a' } },
      ),
    ).toEqual({ ok: true, value: true });
    expect(
      evaluate(
        { text: '< date("2026-02-01")', names: [], cheap: true, unary: true, shapes: { '?': 'date' } },
        { '?': '2026-01-31' },
      ),
    ).toEqual({ ok: true, value: true });
  });

  it('calls functions that are no FEEL, by position and by name, also within loops', () => {
    const evaluate = createEvaluator({ now });
    const callables = {
      'Pay ment': {
        parameters: ['sum', 'from'],
        call: ([sum, from]: readonly unknown[]) =>
          ({ ok: true, value: `${String(sum)} ${String(from)}` }) as const,
      },
      later: {
        parameters: ['day'],
        call: ([day = null]: readonly (string | null)[]) => ({ ok: true, value: day }) as const,
        gives: 'date',
      },
      broken: {
        parameters: [],
        call: () => ({ ok: false, code: 'hit-policy-violated', message: 'two rules match' }) as const,
      },
    } as never;
    const call = (text: string, ...calls: string[]) =>
      evaluate({ text, names: [], cheap: false, calls }, {}, callables);
    expect(call('Pay ment(1, date("2026-01-01"))', 'Pay ment')).toEqual({ ok: true, value: '1 2026-01-01' });
    expect(call('Pay ment(from: 2, sum: 1)', 'Pay ment')).toEqual({ ok: true, value: '1 2' });
    expect(call('for i in [1, 2] return Pay ment(i)', 'Pay ment')).toEqual({
      ok: true,
      value: ['1 null', '2 null'],
    });
    expect(call('later("2026-01-01") < date("2026-01-02")', 'later')).toEqual({ ok: true, value: true });
    expect(call('if true then 1 else broken()', 'broken')).toEqual({ ok: true, value: 1 });
    expect(call('broken()', 'broken')).toEqual({
      ok: false,
      code: 'hit-policy-violated',
      message: 'two rules match',
    });
  });

  it('reads no clock of the world, and only the variables it names', () => {
    expect(run('string(now())')).toEqual({ ok: true, value: '2026-03-29T01:30:00@Europe/Rome' });
    const evaluate = createEvaluator({ now });
    expect(evaluate({ text: 'a', names: [], cheap: true }, { a: 1 })).toEqual({ ok: true, value: null });
  });

  it.each([
    'for i in 1..10000000 return i',
    'for i in 1..1000000000 return i',
    'count(for i in 1..3000, j in 1..3000 return i * j) > 0',
    'matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "^(a+)+$")',
    'replace("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "^(a+)+$", "b")',
  ])('ends what does not end: %s', (text) => {
    expect(run(text, {}, false)).toMatchObject({ ok: false, code: 'expression-timeout' });
  });

  it('gives all expressions of one command one budget', () => {
    const evaluate = createEvaluator({ now, budgetMs: 40 });
    const endless = { text: 'for i in 1..1000000000 return i', names: [], cheap: false };
    evaluate(endless, {});
    expect(evaluate({ text: 'for i in 1..2 return i', names: [], cheap: false }, {})).toMatchObject({
      code: 'expression-timeout',
    });
    expect(evaluate({ text: '1 + 1', names: [], cheap: true }, {})).toEqual({ ok: true, value: 2 });
  });

  it('bounds what goes in and what comes out', () => {
    expect(run('a', { a: 'x'.repeat(600_000) })).toMatchObject({ code: 'expression-too-large' });
    expect(
      run(
        'string join(for i in 1..9999 return "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")',
        {},
        false,
      ),
    ).toMatchObject({
      ok: false,
    });
  });

  it('lets nobody out', () => {
    for (const text of [
      'constructor',
      '__proto__',
      '"a".constructor',
      '[].constructor.constructor("return 1")()',
      'now.constructor',
    ]) {
      const result = run(text);
      expect(result.ok ? result.value : null).toBeNull();
    }
    expect(run('f', { f: null })).toEqual({ ok: true, value: null });
    expect(run('function(a) a')).toMatchObject({ code: 'expression-failed' });
    expect(run('1 +')).toMatchObject({ code: 'expression-failed' });
  });
});
