import type { Context } from './context.ts';
import { text } from './element.ts';
import type { Element } from './element.ts';
import { checkUnderstood } from './understood.ts';

/** The text of an expression; FEEL is the only language. */
export function bodyOf(id: string, expression: Element, context: Context): string | null {
  checkUnderstood(expression, context.findings);
  const language = text(expression, 'language');
  if (language !== null && !/feel/i.test(language)) {
    context.findings.error(id, 'expression-language', `Expressions are FEEL, not ${language}.`);
  }
  return text(expression, 'body')?.trim() ?? null;
}
