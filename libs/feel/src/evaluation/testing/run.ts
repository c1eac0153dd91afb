import { readExpression, readUnaryTests } from '../../read-expression.ts';
import type { Evaluation, Json } from '../../expression.ts';
import { createEvaluator } from '../evaluator.ts';
import type { EvaluatorOptions } from '../evaluator.ts';

export const generous: EvaluatorOptions = {
  now: '2026-03-29T00:30:00.000Z', // 01:30 in Rome, the night the clocks go forward
  zone: 'Europe/Rome',
  limits: { steps: 1_000_000, size: 256 * 1024, depth: 100 },
  clock: () => 0,
  budgetMs: 1,
  pattern: (match) => match(),
};

/** Reads and evaluates, as deployment and engine do one after the other. */
export function run(
  text: string,
  context: Readonly<Record<string, Json>> = {},
  options: Partial<EvaluatorOptions> = {},
): Evaluation {
  const read = readExpression(text, { plainString: false });
  if (!read.ok) throw new Error(`${text}: ${read.rule}: ${read.message}`);
  return createEvaluator({ ...generous, ...options })(read.expression, context);
}

/** The value of an expression. @throws when it has none */
export function value(text: string, context: Readonly<Record<string, Json>> = {}): Json {
  const found = run(text, context);
  if (!found.ok) throw new Error(`${text}: ${found.message}`);
  return found.value;
}

/** Whether a cell is satisfied. */
export function cell(text: string, tested: Json, context: Readonly<Record<string, Json>> = {}): Json {
  const read = readUnaryTests(text);
  if (!read.ok) throw new Error(`${text}: ${read.rule}: ${read.message}`);
  const found = createEvaluator(generous)(read.expression, { ...context, '?': tested });
  if (!found.ok) throw new Error(found.message);
  return found.value;
}
