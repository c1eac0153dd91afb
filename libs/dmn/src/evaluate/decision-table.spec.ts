import { describe, expect, it } from '@jest/globals';
import type { Json } from '@iter/feel';
import { decide, read } from '../testing/decide.ts';
import { decision, dmn, table } from '../testing/dmn.ts';

const one = (drawn: string, hitPolicy = 'FIRST') => read(dmn(decision('t', table(hitPolicy, drawn))));
const value = async (drawn: string, variables: Record<string, Json> = {}) => {
  const result = decide(await one(drawn), 't', variables);
  return result.ok ? result.value : result.code;
};

describe('a cell', () => {
  it.each([
    ['-', 1, true],
    ['', 1, true],
    ['1', 1, true],
    ['1', 2, false],
    ['"a", "b"', 'b', true],
    ['< 5', 5, false],
    ['[1..5]', 5, true],
    ['(1..5)', 5, false],
    ['not(1, 2)', 3, true],
    ['not([1..5])', 5, false],
    ['? > 3 and ? < limit', 9, true],
    ['< limit', 11, false],
    ['"a", 5', 5, true],
    ['true', true, true],
    ['false', false, true],
    ['null', null, true],
    ['null', 1, false],
    ['not(null)', 1, true],
    ['starts with(?, "A")', 'Asti', true],
    ['not(contains(?, "x")), "x"', 'x', true],
    ['list contains(?, "x")', ['x'], true],
    ['some it in ? satisfies it > 1', [1, 2], true],
    ['["a", "b"]', 'b', true],
    ['known', 'b', true],
    ['< 5 // less than five', 4, true],
    ['not(1) /* but one */', 2, true],
  ])('%s of %j: %s', async (cell, given, met) => {
    const found = await value(`a || b\n ${cell === '' ? '-' : cell} || true\n - || false`, {
      a: given as Json,
      limit: 10,
      known: ['a', 'b'],
    });
    expect(found).toBe(met);
  });

  it.each([
    ['< 5', 'a'],
    ['"17"', 17],
    ['17', '17'],
    ['not(17)', '17'],
    ['< limit', 1],
    ['? + 1', 1],
    ['contains(?, "x")', 1],
    ['< date("2026-01-01")', '2025-01-01'],
  ])('%s of %j is neither true nor false: a failure, not a rule that does not match', async (cell, given) => {
    expect(await value(`a || b\n ${cell} || 1\n - || 2`, { a: given })).toBe('cell-not-boolean');
  });

  it.each(['< 5', 'not(< 5)', '? > 5', '"a"', 'contains(?, "x")', '[1..2]'])(
    '%s of nothing is not met',
    async (cell) => {
      expect(await value(`a || b\n ${cell} || 1\n - || 2`, { a: null })).toBe(2);
      expect(await value(`a || b\n ${cell} || 1\n - || 2`)).toBe(2);
    },
  );

  it('is not looked at when one before it is not met', async () => {
    expect(await value('a | c || b\n > 5 | < "x" || 1\n - | - || 2', { a: 1, c: 1 })).toBe(2);
  });

  it('knows its column only as "?"', async () => {
    expect(await value('a + 1 || b\n ? = a + 1 || true', { a: 1 })).toBe(true);
  });
});

describe('an input', () => {
  it('may be computed', async () => {
    expect(await value('a * 2 || b\n 4 || true', { a: 2 })).toBe(true);
  });

  it('must be one of the values allowed, when some are', async () => {
    const drawn = 'a || b\n = "x", "y", "z" || \n "x" || 1\n - || 2';
    expect(await value(drawn, { a: 'y' })).toBe(2);
    expect(await value(drawn, { a: 'v' })).toBe('input-not-allowed');
    expect(await value(drawn, {})).toBe('input-not-allowed');
    expect(await value('a || b\n = "x", null ||\n - || 2', {})).toBe(2);
    expect(await value('a || b\n = [0..10] ||\n - || 2', { a: 11 })).toBe('input-not-allowed');
  });

  it('of a date is compared as a date, where its type or its expression says so', async () => {
    const rules =
      '< date("2026-01-01") || "before"\n [date("2026-01-01")..date("2026-12-31")] || "in"\n - || "after"';
    for (const [column, day, expected] of [
      ['day: date', '2025-12-31', 'before'],
      ['day: date', '2026-06-01', 'in'],
      ['date(day)', '2027-01-01', 'after'],
      ['date(day)', '2026-12-31', 'in'],
    ] as const) {
      expect(await value(`${column} || b\n ${rules}`, { day })).toBe(expected);
    }
    // What is made of dates need not be one.
    expect(await value('date(a) - date(b) || c\n "P5D" || 1', { a: '2026-01-06', b: '2026-01-01' })).toBe(1);
    // A declared text is a text, whatever made it; of any type is what it shows itself to be.
    expect(await value(`date(day): string || b\n ${rules}`, { day: '2026-06-01' })).toBe('cell-not-boolean');
    expect(await value(`date(day): Any || b\n ${rules}`, { day: '2026-06-01' })).toBe('in');
    expect(await value('d: dayTimeDuration || b\n > duration("P1D") || 1', { d: 'PT25H' })).toBe(1);
    expect(await value('t: time || b\n >= time("14:00:00") || 1', { t: '14:00:00' })).toBe(1);
    expect(await value('at: dateTime || b\n < now() || 1', { at: '2026-03-06T08:59:59Z' })).toBe(1);
    expect(
      await value('at: date and time || b\n date and time("2026-03-06T10:00:00+01:00") || 1', {
        at: '2026-03-06T09:00:00Z',
      }),
    ).toBe(1);
  });

  it('fails as its expression does', async () => {
    expect(await value('assert(a, a > 1) || b\n - || 1', { a: 1 })).toBe('expression-failed');
  });
});

describe('an output', () => {
  it('may be computed, or left empty', async () => {
    expect(await value('a || b | c\n - || a + 1 | ', { a: 1 })).toEqual({ b: 2, c: null });
  });

  it('must be one of its values, when it has some', async () => {
    const drawn = 'a || b\n = || "x", "y"\n - || a';
    expect(await value(drawn, { a: 'y' })).toBe('y');
    expect(await value(drawn, { a: 'z' })).toBe('output-not-allowed');
    expect(await value(drawn, { a: null })).toBe(null);
  });

  it('is of its type, one value or a list', async () => {
    expect(await value('a || b: number\n - || a', { a: '1' })).toBe('value-not-of-type');
    expect(await value('a || b: number\n - || a', { a: [1] })).toBe(1);
    expect(await value('a || b: date\n - || date(a) + duration("P1D")', { a: '2026-02-28' })).toBe(
      '2026-03-01',
    );
  });
});

it('without inputs has rules that always match', async () => {
  expect(await value('|| b\n || 1\n || 2')).toBe(1);
});

it('says why: inputs, rules that matched with their annotations, outputs', async () => {
  const xml = dmn(
    decision(
      't',
      table(
        'COLLECT',
        `season: string | guests + 1: number || dish: string | why || note
         "Winter"      | <= 8              || "Stew"        | 1   || a stew keeps
         -             | -                 || "Bread"       | 2   ||
         "Summer"      | -                 || "Salad"       | 3   || light`,
      ).replace('<input id="in1">', '<input id="in1" label="What season?">'),
      { name: 'Dish' },
    ),
  ).replace('<rule id="r2">', '<rule><description>always there</description>');
  expect(decide(await read(xml), 't', { season: 'Winter', guests: 7 })).toEqual({
    ok: true,
    value: [
      { dish: 'Stew', why: 1 },
      { dish: 'Bread', why: 2 },
    ],
    evaluated: [
      {
        id: 't',
        name: 'Dish',
        element: 'decision',
        kind: 'decision-table',
        inputs: [
          { id: 'in1', label: 'What season?', value: 'Winter' },
          { id: 'in2', label: 'guests + 1', value: 8 },
        ],
        matchedRules: [
          {
            id: 'r1',
            number: 1,
            annotations: [{ name: 'note', text: 'a stew keeps' }],
            outputs: [
              { id: 'out1', name: 'dish', value: 'Stew' },
              { id: 'out2', name: 'why', value: 1 },
            ],
          },
          {
            id: null,
            number: 2,
            annotations: [{ name: '', text: 'always there' }],
            outputs: [
              { id: 'out1', name: 'dish', value: 'Bread' },
              { id: 'out2', name: 'why', value: 2 },
            ],
          },
        ],
        output: [
          { dish: 'Stew', why: 1 },
          { dish: 'Bread', why: 2 },
        ],
      },
    ],
  });
});

it('repeats no value in a message of failure', async () => {
  for (const [drawn, variables] of [
    ['a || b\n < 5 || 1', { a: 'Mario Rossi' }],
    ['a: number || b\n < 5 || 1', { a: 'Mario Rossi' }],
    ['a || b\n = "x" ||\n - || 1', { a: 'Mario Rossi' }],
    ['a || b\n = || "x"\n - || a', { a: 'Mario Rossi' }],
  ] as const) {
    const result = decide(await one(drawn), 't', variables);
    expect(result.ok ? '' : result.message).toMatch(/\w/);
    expect(result.ok ? '' : result.message).not.toContain('Rossi');
  }
});
