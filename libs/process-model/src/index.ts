export * from './model.ts';
export { expressionLimits, readExpression } from './feel/read-expression.ts';
export type { ReadExpression, ReadOptions } from './feel/read-expression.ts';
export { feelFunctions } from './feel/functions.ts';
export type { Form, FormField, FormOption, Setting } from './forms/form.ts';
export { readForm } from './forms/read-form.ts';
export type { ReadForm } from './forms/read-form.ts';
export { validateForm } from './forms/validate-form.ts';
export type { FormContext, FormError, FormResult } from './forms/validate-form.ts';
