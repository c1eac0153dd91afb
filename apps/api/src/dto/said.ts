import type { ValidationOptions } from 'class-validator';
import type { Label } from '@iter/process-model';

/** Never in a message of its own. */
const between = '\n';

/** The words of a rule, in the one text that the checker of classes takes. */
export const says = (it: string, en: string): ValidationOptions => ({ message: `${it}${between}${en}` });

/** Null: whoever made the rule said it in one language only. */
export function saidIn(message: string): Label | null {
  const [it, en, ...others] = message.split(between);
  return it !== undefined && en !== undefined && others.length === 0 ? { it, en } : null;
}
