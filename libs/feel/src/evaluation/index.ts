export type { BudgetOptions } from './budget.ts';
export { createEvaluator } from './evaluator.ts';
export type { EvaluatorOptions } from './evaluator.ts';
export { libraryNames } from './library/index.ts';
export { Exhausted } from './run.ts';
export type { LegalDates, RunLimits } from './run.ts';
