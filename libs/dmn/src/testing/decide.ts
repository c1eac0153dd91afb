import { createEvaluator } from '@iter/feel/evaluation';
import type { Evaluate, Json } from '@iter/feel';
import { evaluateDecision } from '../evaluate/evaluate-decision.ts';
import type { DecisionResult } from '../evaluate/result.ts';
import type { DecisionDefinitions } from '../model.ts';
import { parseDecisions } from '../parse-decisions.ts';

export const now = '2026-03-06T09:00:00.000Z';

/** @throws when the file is refused, with its problems */
export async function read(xml: string): Promise<DecisionDefinitions> {
  const { definitions, problems } = await parseDecisions(xml);
  if (!definitions) throw new Error(JSON.stringify(problems, null, 1));
  return definitions;
}

/** The evaluator of expressions at a fixed time, bounded by steps alone. */
export function evaluator(): Evaluate {
  return createEvaluator({
    now,
    zone: 'Europe/Rome',
    limits: { steps: 1_000_000, size: 256 * 1024, depth: 100 },
    clock: () => 0,
    budgetMs: 1,
    pattern: (match) => match(),
  });
}

export function decide(
  definitions: DecisionDefinitions,
  id: string,
  variables: Readonly<Record<string, Json>> = {},
): DecisionResult {
  return evaluateDecision(definitions, id, variables, evaluator());
}
