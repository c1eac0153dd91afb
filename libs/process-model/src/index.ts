export * from './model.ts';
export { expressionLimits, readExpression } from './feel/read-expression.ts';
export type { ReadExpression, ReadOptions } from './feel/read-expression.ts';
export { feelFunctions } from './feel/functions.ts';
