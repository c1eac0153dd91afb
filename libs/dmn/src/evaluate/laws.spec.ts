import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Json } from '@iter/feel';
import { createEvaluator } from '@iter/platform/feel';
import { parseDecisions } from '../parse-decisions.ts';
import { now, read } from '../testing/decide.ts';
import { decision, dmn, table } from '../testing/dmn.ts';
import { evaluateDecision } from './evaluate-decision.ts';

/** A cell as FEEL writes it, and what it means. */
interface Cell {
  readonly text: string;
  readonly holds: (value: number) => boolean;
}

const number = fc.integer({ min: -3, max: 3 });
const cell: fc.Arbitrary<Cell> = fc.oneof(
  fc.constant({ text: '-', holds: () => true }),
  number.map((n) => ({ text: `${n}`, holds: (it: number) => it === n })),
  number.map((n) => ({ text: `< ${n}`, holds: (it: number) => it < n })),
  number.map((n) => ({ text: `>= ${n}`, holds: (it: number) => it >= n })),
  number.map((n) => ({ text: `not(${n})`, holds: (it: number) => it !== n })),
  fc
    .tuple(number, number)
    .map(([a, b]) => ({ text: `[${a}..${b}]`, holds: (it: number) => it >= a && it <= b })),
  fc
    .tuple(number, number)
    .map(([a, b]) => ({ text: `${a}, > ${b}`, holds: (it: number) => it === a || it > b })),
  number.map((n) => ({ text: `? * 2 > ${n}`, holds: (it: number) => it * 2 > n })),
);

interface Row {
  readonly cells: readonly [Cell, Cell];
  readonly output: number;
}

const row: fc.Arbitrary<Row> = fc.record({
  cells: fc.tuple(cell, cell),
  output: fc.integer({ min: 1, max: 4 }),
});
const rows = fc.array(row, { minLength: 1, maxLength: 6 });
const values = fc.record({ a: number, b: number });

/** The order of priority: 3, 1, 4, 2. */
const ranks = [3, 1, 4, 2];

async function decideBy(hitPolicy: string, of: readonly Row[], given: Record<string, Json>): Promise<Json> {
  const drawn = [
    'a | b || out: number',
    `= | || ${ranks.join(', ')}`,
    ...of.map(({ cells, output }) => `${cells[0].text} | ${cells[1].text} || ${output}`),
  ].join('\n');
  const definitions = await read(dmn(decision('t', table(hitPolicy, drawn))));
  const before = JSON.stringify(given);
  const result = evaluateDecision(definitions, 't', given, createEvaluator({ now }));
  expect(JSON.stringify(given)).toBe(before);
  expect(evaluateDecision(definitions, 't', given, createEvaluator({ now }))).toEqual(result);
  return result.ok ? result.value : result.code;
}

const matching = (of: readonly Row[], { a, b }: { a: number; b: number }): readonly number[] =>
  of.filter(({ cells }) => cells[0].holds(a) && cells[1].holds(b)).map(({ output }) => output);

const runs = { numRuns: 30 };

describe('every table', () => {
  it('gives what its rules mean', async () => {
    await fc.assert(
      fc.asyncProperty(rows, values, async (of, given) => {
        const outputs = matching(of, given);
        const [first = null] = outputs;
        const byRank = outputs.toSorted((x, y) => ranks.indexOf(x) - ranks.indexOf(y));
        const distinct = new Set(outputs).size;
        const sum = outputs.reduce((x, y) => x + y, 0);
        expect(await decideBy('UNIQUE', of, given)).toBe(outputs.length > 1 ? 'hit-policy-violated' : first);
        expect(await decideBy('FIRST', of, given)).toBe(first);
        expect(await decideBy('ANY', of, given)).toBe(distinct > 1 ? 'hit-policy-violated' : first);
        expect(await decideBy('PRIORITY', of, given)).toBe(byRank[0] ?? null);
        expect(await decideBy('RULE ORDER', of, given)).toEqual(outputs);
        expect(await decideBy('OUTPUT ORDER', of, given)).toEqual(byRank);
        expect(await decideBy('COLLECT', of, given)).toEqual(outputs);
        expect(await decideBy('COLLECT+SUM', of, given)).toBe(outputs.length === 0 ? null : sum);
        expect(await decideBy('COLLECT+MIN', of, given)).toBe(
          outputs.length === 0 ? null : Math.min(...outputs),
        );
        expect(await decideBy('COLLECT+MAX', of, given)).toBe(
          outputs.length === 0 ? null : Math.max(...outputs),
        );
        expect(await decideBy('COLLECT+COUNT', of, given)).toBe(outputs.length);
      }),
      runs,
    );
  });

  it('is indifferent to the order of its rules, but for FIRST and RULE ORDER', async () => {
    const shuffled = rows.chain((of) =>
      fc.tuple(fc.constant(of), fc.shuffledSubarray(of, { minLength: of.length, maxLength: of.length })),
    );
    await fc.assert(
      fc.asyncProperty(shuffled, values, async ([of, again], given) => {
        for (const policy of [
          'UNIQUE',
          'ANY',
          'PRIORITY',
          'OUTPUT ORDER',
          'COLLECT+SUM',
          'COLLECT+MIN',
          'COLLECT+COUNT',
        ]) {
          expect([policy, await decideBy(policy, again, given)]).toEqual([
            policy,
            await decideBy(policy, of, given),
          ]);
        }
      }),
      runs,
    );
  });

  it('answers whatever it is given, without throwing, and tells its inputs', async () => {
    const { definitions } = await parseDecisions(
      dmn(
        decision(
          't',
          table('COLLECT', 'a | b.c: number || out: string\n < 3 | - || "x"\n "y" | > 1 || a\n - | - || "z"'),
        ),
      ),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('a', 'b', '__proto__', 'out'), fc.jsonValue()), (given) => {
        if (!definitions) throw new Error('refused');
        const result = evaluateDecision(
          definitions,
          't',
          given as Record<string, Json>,
          createEvaluator({ now }),
        );
        expect(result.evaluated).toHaveLength(1);
        if (result.ok) expect(result.evaluated[0]?.inputs).toHaveLength(2);
        else expect(result.message).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });
});
