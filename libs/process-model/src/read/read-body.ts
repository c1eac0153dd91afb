import type { Expression } from '../model.ts';
import type { Context } from './context.ts';
import { text } from './element.ts';
import type { Element } from './element.ts';
import { Expressions, unreadable } from './expressions.ts';
import { inFeel } from './languages.ts';
import { checkUnderstood } from './understood.ts';

/** The text of an expression, in FEEL. */
export function bodyOf(id: string, expression: Element, context: Context): string | null {
  checkUnderstood(expression, context.findings);
  const language = text(expression, 'language');
  const body = text(expression, 'body')?.trim() ?? null;
  const feel = inFeel(body ?? '', language);
  if (feel === null) {
    const message = `Expressions are FEEL, not ${language ?? 'XPath'}, beyond reading data and comparing.`;
    context.findings.error(id, 'expression-language', message);
  }
  return body === null ? null : feel;
}

/**
 * The expression that a child element holds, in FEEL with or without `=`; null when there is none. One that was
 * refused is there all the same: what hangs on it is not to be refused as well.
 */
export function readBody(
  id: string,
  holder: Element | null,
  what: string,
  context: Context,
): Expression | null {
  if (!holder) return null;
  const body = bodyOf(id, holder, context);
  if (body === null && text(holder, 'body') !== null) return unreadable('');
  return new Expressions(context, id).feel(body ?? '', what) ?? unreadable(body ?? '');
}
