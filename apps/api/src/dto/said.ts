import type { ValidationOptions } from 'class-validator';

/** What is wrong with a field, in both languages. */
export interface Said {
  readonly it: string;
  readonly en: string;
}

/** Never in a message of its own. */
const between = '\n';

/** The words of a rule, in the one text that the checker of classes takes. */
export const says = (it: string, en: string): ValidationOptions => ({ message: `${it}${between}${en}` });

/** Null: whoever made the rule said it in one language only. */
export function saidIn(message: string): Said | null {
  const [it, en, ...others] = message.split(between);
  return it !== undefined && en !== undefined && others.length === 0 ? { it, en } : null;
}
