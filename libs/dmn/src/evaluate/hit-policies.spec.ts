import { describe, expect, it } from '@jest/globals';
import type { Json } from '@iter/feel';
import { decide, read } from '../testing/decide.ts';
import { decision, dmn, table } from '../testing/dmn.ts';

/** A file of one decision `t`, which is a table. */
const one = (hitPolicy: string, drawn: string) => read(dmn(decision('t', table(hitPolicy, drawn))));
const value = async (hitPolicy: string, drawn: string, variables: Record<string, Json>) => {
  const result = decide(await one(hitPolicy, drawn), 't', variables);
  return result.ok ? result.value : result.code;
};

/** The examples of DMN 1.3 §8.2.8 and what they say of inputs of each kind. */
describe('UNIQUE: the one rule that matches', () => {
  const risk = `
    age: number | history: string || risk: string
    > 60        | "good"          || "Medium"
    > 60        | "bad"           || "High"
    [25..60]    | -               || "Medium"
    < 25        | "good"          || "Low"
    < 25        | "bad"           || "Medium"`;
  it.each([
    [61, 'good', 'Medium'],
    [61, 'bad', 'High'],
    [60, 'bad', 'Medium'],
    [25, 'good', 'Medium'],
    [24, 'good', 'Low'],
    [24, 'bad', 'Medium'],
    [24, 'unknown', null],
  ])('%i, %s → %s', async (age, history, expected) => {
    expect(await value('UNIQUE', risk, { age, history })).toBe(expected);
  });

  it('is violated by two matches, even when they agree', async () => {
    const drawn = 'a || b\n > 1 || "x"\n > 2 || "x"\n < 0 || "y"';
    const result = decide(await one('UNIQUE', drawn), 't', { a: 3 });
    expect(result).toMatchObject({
      ok: false,
      code: 'hit-policy-violated',
      message: 'Valgono le regole 1, 2, e ne può valere una sola.',
      decision: 't',
      evaluated: [{ id: 't', matchedRules: [{ number: 1 }, { number: 2 }], output: null }],
    });
    expect(await value('UNIQUE', drawn, { a: 2 })).toBe('x');
  });

  it('is what a table means that says nothing', async () => {
    const xml = dmn(
      decision('t', table('UNIQUE', 'a || b\n > 1 || 1\n > 2 || 2').replace(' hitPolicy="UNIQUE"', '')),
    );
    expect(decide(await read(xml), 't', { a: 3 })).toMatchObject({ code: 'hit-policy-violated' });
  });
});

describe('ANY: several rules may match when they conclude the same', () => {
  const compliance = `
    rating   | card     | education || compliance
    "A"      | < 10000  | < 50000   || "Compliant"
    not("A") | -        | -         || "Not compliant"
    -        | >= 10000 | -         || "Not compliant"
    -        | -        | >= 50000  || "Not compliant"`;
  it.each([
    ['A', 9_999, 49_999, 'Compliant'],
    ['B', 0, 0, 'Not compliant'],
    ['B', 10_000, 50_000, 'Not compliant'],
    ['A', 10_000, 0, 'Not compliant'],
  ])('%s, %i, %i → %s', async (rating, card, education, expected) => {
    expect(await value('ANY', compliance, { rating, card, education })).toBe(expected);
  });

  it('is violated by different conclusions, and compares all outputs', async () => {
    const drawn = 'a || b | c\n > 1 || {x: 1, y: 2} | 1\n > 2 || {y: 2, x: 1} | 1\n > 3 || {x: 1, y: 2} | 2';
    expect(await value('ANY', drawn, { a: 3 })).toEqual({ b: { x: 1, y: 2 }, c: 1 });
    expect(await value('ANY', drawn, { a: 4 })).toBe('hit-policy-violated');
  });
});

it.each([
  ['[1]', '[1, 2]'],
  ['[1, 2]', '[1]'],
  ['{a: 1}', '{a: 1, b: null}'],
  ['{a: 1, b: null}', '{a: 1}'],
  ['{a: 1, b: null}', '{a: 1, c: null}'],
  ['[null]', 'null'],
])('ANY tells %s from %s', async (one, other) => {
  expect(await value('ANY', `a || b\n - || ${one}\n - || ${other}`, { a: 1 })).toBe('hit-policy-violated');
});

describe('PRIORITY: the first in the order of the output values', () => {
  const risk = `
    age   | history || risk
    =     |         || "High", "Medium", "Low"
    >= 25 | "good"  || "Medium"
    > 60  | -       || "High"
    -     | "bad"   || "High"
    < 25  | "good"  || "Low"`;
  it.each([
    [61, 'good', 'High'],
    [30, 'good', 'Medium'],
    [30, 'bad', 'High'],
    [20, 'good', 'Low'],
  ])('%i, %s → %s', async (age, history, expected) => {
    expect(await value('PRIORITY', risk, { age, history })).toBe(expected);
  });

  it('goes from the left where there are several outputs, and by the table among equals', async () => {
    const drawn = `
      a || b        | c          | d
      = || "x", "y" | "p", "q"   |
      - || "y"      | "p"        | 1
      - || "x"      | "q"        | 2
      - || "x"      | "p"        | 3
      - || "x"      | "p"        | 4`;
    expect(await value('PRIORITY', drawn, { a: 1 })).toEqual({ b: 'x', c: 'p', d: 3 });
  });

  it('takes values that are computed', async () => {
    const drawn = 'a || b\n = || max(1, 9), "x, y", 2\n - || 2\n - || 9\n - || "x, y"';
    expect(await value('OUTPUT ORDER', drawn, { a: 1 })).toEqual([9, 'x, y', 2]);
  });

  it('takes values that are ranges, and puts what is empty last', async () => {
    const drawn = 'a || b\n = || >= 100, [10..99], < 10\n - || 5\n - ||\n - || 50';
    expect(await value('OUTPUT ORDER', drawn, { a: 1 })).toEqual([50, 5, null]);
  });
});

describe('FIRST: the first rule that matches', () => {
  const discount = `
    order   | location | customer     || discount
    "Web"   | "US"     | "Wholesaler" || 10
    "Phone" | -        | -            || 0
    -       | "Non-US" | -            || 0
    -       | -        | "Retailer"   || 5`;
  it.each([
    ['Web', 'US', 'Wholesaler', 10],
    ['Phone', 'US', 'Retailer', 0],
    ['Web', 'Non-US', 'Retailer', 0],
    ['Web', 'US', 'Retailer', 5],
    ['Web', 'US', 'Government', null],
  ])('%s, %s, %s → %s', async (order, location, customer, expected) => {
    expect(await value('FIRST', discount, { order, location, customer })).toBe(expected);
  });

  it('does not look at the rules behind it', async () => {
    expect(await value('FIRST', 'a || b\n > 1 || 1\n < "x" || 2', { a: 2 })).toBe(1);
    expect(await value('FIRST', 'a || b\n > 1 || 1\n < "x" || 2', { a: 1 })).toBe('cell-not-boolean');
  });
});

describe('RULE ORDER: a list in the order of the table', () => {
  const packages = `
    gpa    | activities | honour || award
    > 3.5  | >= 4       | true   || "20% scholarship"
    > 3.0  | -          | true   || "30% loan"
    > 3.0  | >= 2       | false  || "20% work on campus"
    <= 3.0 | -          | -      || "5% work on campus"`;
  it.each([
    [3.6, 4, true, ['20% scholarship', '30% loan']],
    [3.1, 2, false, ['20% work on campus']],
    [3.1, 1, false, []],
  ])('%f, %i, %s → %j', async (gpa, activities, honour, expected) => {
    expect(await value('RULE ORDER', packages, { gpa, activities, honour })).toEqual(expected);
  });
});

const holidays = `
  age        | service    || days: number
  =          |            || 22, 5, 3, 2
  -          | -          || 22
  >= 60      | -          || 3
  -          | >= 30      || 3
  [45..60)   | < 30       || 2
  [18..45)   | [15..30)   || 2
  < 18       | -          || 5
  >= 60      | -          || 5
  -          | >= 30      || 5`;

describe('OUTPUT ORDER: a list in the order of the output values', () => {
  it.each([
    [16, 1, [22, 5]],
    [58, 31, [22, 5, 3]],
    [60, 30, [22, 5, 5, 3, 3]],
    [50, 10, [22, 2]],
    [30, 1, [22]],
  ])('%i, %i → %j', async (age, service, expected) => {
    expect(await value('OUTPUT ORDER', holidays, { age, service })).toEqual(expected);
  });
});

describe('COLLECT', () => {
  it('without aggregation: a list', async () => {
    expect(await value('COLLECT', holidays, { age: 58, service: 31 })).toEqual([22, 3, 5]);
  });

  it.each([
    ['COLLECT+SUM', 60, 30, 38],
    ['COLLECT+MIN', 60, 30, 3],
    ['COLLECT+MAX', 60, 30, 22],
    // Equal outputs count each, as since DMN 1.2.
    ['COLLECT+COUNT', 60, 30, 5],
    ['COLLECT+SUM', 30, 1, 22],
  ])('%s of %i, %i → %i', async (policy, age, service, expected) => {
    expect(await value(policy, holidays, { age, service })).toBe(expected);
  });

  it('adds decimals as they are written', async () => {
    expect(await value('COLLECT+SUM', 'a || b\n - || 0.1\n - || 0.2', { a: 1 })).toBe(0.3);
  });

  it('knows the least and greatest of dates and durations', async () => {
    const drawn = (type: string, ...values: string[]) =>
      `a || b: ${type}\n${values.map((it) => `- || ${it}`).join('\n')}`;
    const dates = drawn('date', 'date("2026-10-01")', 'date("2026-09-30")', 'date("-2026-10-01")');
    expect(await value('COLLECT+MAX', dates, { a: 1 })).toBe('2026-10-01');
    const durations = drawn('dayTimeDuration', 'duration("P2D")', 'duration("PT47H")');
    expect(await value('COLLECT+MIN', durations, { a: 1 })).toBe('P1DT23H');
    expect(await value('COLLECT+SUM', drawn('date', 'date("2026-10-01")'), { a: 1 })).toBe(
      'aggregation-failed',
    );
  });

  it('fails where there is nothing to add up', async () => {
    const drawn = 'a || b\n - || 1\n > 1 || "x"\n > 2 ||';
    expect(await value('COLLECT+SUM', drawn, { a: 1 })).toBe(1);
    expect(await value('COLLECT+SUM', drawn, { a: 2 })).toBe('aggregation-failed');
    expect(await value('COLLECT+COUNT', drawn, { a: 3 })).toBe(3);
  });

  it('counts rules of several outputs', async () => {
    expect(await value('COLLECT+COUNT', 'a || b | c\n - || 1 | 2\n - || 3 | 4', { a: 1 })).toBe(2);
    expect(await value('COLLECT', 'a || b | c\n - || 1 | 2\n - || 3 | 4', { a: 1 })).toEqual([
      { b: 1, c: 2 },
      { b: 3, c: 4 },
    ]);
  });
});

describe('when no rule matches', () => {
  const rules = '> 5 || "x"';
  it.each([
    ['UNIQUE', null],
    ['ANY', null],
    ['FIRST', null],
    ['RULE ORDER', []],
    ['COLLECT', []],
    ['COLLECT+SUM', null],
    ['COLLECT+MIN', null],
    ['COLLECT+MAX', null],
    ['COLLECT+COUNT', 0],
  ])('%s gives %j', async (policy, expected) => {
    expect(await value(policy, `a || b\n${rules}`, { a: 1 })).toEqual(expected);
  });

  it.each([
    ['UNIQUE', 'none'],
    ['FIRST', 'none'],
    ['PRIORITY', 'none'],
    ['OUTPUT ORDER', ['none']],
    ['COLLECT', ['none']],
  ])('%s with a default gives %j', async (policy, expected) => {
    expect(await value(policy, `a || b\n = || "x", "none" default "none"\n${rules}`, { a: 1 })).toEqual(
      expected,
    );
    expect(await value(policy, `a || b\n = || "x", "none" default "none"\n${rules}`, { a: 6 })).not.toEqual(
      expected,
    );
  });

  it('a default may be computed, one for each output', async () => {
    expect(
      await value('UNIQUE', 'a || b | c\n = || default a + 1 | default "y"\n > 5 || 1 | 2', { a: 1 }),
    ).toEqual({
      b: 2,
      c: 'y',
    });
  });
});
