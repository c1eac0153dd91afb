import type { Expression } from '../expression.ts';
import { compile } from './compile/index.ts';
import type { Evaluated } from './compile/index.ts';

/** How many texts are kept ready whose `Expression` has gone or was never the same object. */
const mostKept = 2_000;

// Models keep their expressions as long as they live; what is compiled lives with them, outside their plain data.
const byExpression = new WeakMap<Expression, Evaluated>();
const byText = new Map<string, Evaluated>();

/** Keeps ready what has been compiled already. */
export function keep(expression: Expression, made: Evaluated): void {
  byExpression.set(expression, made);
}

/**
 * An expression made ready, once.
 * @throws when its text is no FEEL
 */
export function compiled(expression: Expression): Evaluated {
  const known = byExpression.get(expression);
  if (known) return known;
  const { text, names, unary, calls } = expression;
  const key = JSON.stringify([unary, text, names, calls]);
  const made = byText.get(key) ?? compile(expression);
  // The oldest goes first; a text that is found again is the youngest.
  byText.delete(key);
  byText.set(key, made);
  if (byText.size > mostKept) byText.delete(byText.keys().next().value as string);
  byExpression.set(expression, made);
  return made;
}
