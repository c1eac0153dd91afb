import { evaluate as evaluateFeel, parseDate, parseDateTime } from 'feelin';
import type { Values } from './values.ts';

const wallInRome = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Rome',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/**
 * The value of a FEEL expression. The two functions that read a clock read the engine's, which in demo mode
 * runs ahead; those that Camunda adds to the standard are here as far as conditions of forms use them.
 */
export function evaluate(expression: string, context: Values, now: Date): unknown {
  const wall = wallInRome.format(now).replace(' ', 'T');
  return evaluateFeel(expression, {
    ...named(expression, context),
    now: () => parseDateTime(`${wall}@Europe/Rome`),
    today: () => parseDate(wall.slice(0, 10)),
    'is defined': (value: unknown) => value !== null && value !== undefined,
    'get or else': (value: unknown, fallback: unknown) => value ?? fallback,
    'is empty': (list: unknown) => Array.isArray(list) && list.length === 0,
    'is blank': (text: unknown) => typeof text === 'string' && text.trim() === '',
  }).value as unknown;
}

/** What the expression may name: to read in a list of thousands of rows costs more than the expression, for each row of it. */
const named = (expression: string, context: Values): Values =>
  Object.fromEntries(
    Object.keys(context)
      .filter((name) => expression.includes(name))
      .map((name) => [name, context[name]]),
  );
