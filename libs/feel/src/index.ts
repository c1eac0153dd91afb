export type { Expression, Json } from './expression.ts';
export { feelFunctions } from './functions.ts';
export { expressionLimits, readExpression } from './read-expression.ts';
export type { ReadExpression, ReadOptions } from './read-expression.ts';
