export type { Callable, Evaluate, Evaluation, Expression, Json, Shape } from './expression.ts';
export { feelFunctions } from './functions.ts';
export { expressionLimits, readExpression, readUnaryTests } from './read-expression.ts';
export type { ReadExpression, ReadOptions } from './read-expression.ts';
