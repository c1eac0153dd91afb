import { describe, expect, it } from '@jest/globals';
import { readExpression, readUnaryTests } from '@iter/feel';
import type { Json } from '@iter/feel';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { createEvaluator } from './index.ts';

interface Chapter {
  readonly section: string;
  readonly title: string;
  /** The expressions are cells of decision tables, which test `?`. */
  readonly unary?: true;
  /** Expression, value (temporal ones as ISO 8601 text, ranges and functions as null), context. */
  readonly cases: readonly (readonly [string, Json, Record<string, Json>?])[];
}

const folder = join(import.meta.dirname, 'corpus');
const chapters = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => parse(readFileSync(join(folder, file), 'utf8')) as Chapter);

describe.each(chapters)('$section: $title', ({ unary, cases }) => {
  it.each(cases.map(([text, value, context = {}]) => ({ text, value, context })))(
    '$text',
    ({ text, value, context }) => {
      const read = unary ? readUnaryTests(text) : readExpression(text, { plainString: false });
      if (!read.ok) throw new Error(`${read.rule}: ${read.message}`);
      const evaluate = createEvaluator({ now: '2026-03-29T00:30:00.000Z' });
      expect(evaluate(read.expression, context)).toEqual({ ok: true, value });
    },
  );
});

it('holds at least 300 expressions', () => {
  expect(chapters.reduce((sum, { cases }) => sum + cases.length, 0)).toBeGreaterThanOrEqual(300);
});
