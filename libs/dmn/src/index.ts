export { evaluateDecision } from './evaluate/evaluate-decision.ts';
export type {
  DecisionResult,
  EvaluatedDecision,
  EvaluatedInput,
  FailureCode,
  MatchedRule,
} from './evaluate/result.ts';
export * from './model.ts';
export { parseDecisions } from './parse-decisions.ts';
export type { ParsedDecisions } from './parse-decisions.ts';
