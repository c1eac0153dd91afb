import { FeelDate, FeelDateTime, FeelDuration, FeelTime, parseDate, parseDateTime } from 'feelin';

type Value = unknown;

// Made once: making one costs more than most expressions.
const inRome = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Rome',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** `YYYY-MM-DDTHH:MM:SS` in Rome, for an instant. */
const romeWall = (instant: string): string => inRome.format(new Date(instant)).replace(' ', 'T');

const isContext = (value: Value): value is Record<string, Value> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.getPrototypeOf(value) === Object.prototype;

/**
 * What `feelin` lacks of Camunda's functions, and the two functions that read a clock, which here read the engine's:
 * the same command decided again sees the same time.
 * Source: Camunda 8 docs, "Components › FEEL › Built-in functions"
 */
export function functionsAt(now: string): Record<string, Value> {
  return {
    now: () => parseDateTime(`${romeWall(now)}@Europe/Rome`),
    today: () => parseDate(romeWall(now).slice(0, 10)),
    'is defined': (value: Value) => value !== null && value !== undefined,
    'get or else': (value: Value, fallback: Value) => value ?? fallback,
    'is empty': (list: Value) => Array.isArray(list) && list.length === 0,
    'is blank': (text: Value) => typeof text === 'string' && text.trim() === '',
    trim: (text: Value) => (typeof text === 'string' ? text.trim() : null),
    'last day of month': (date: Value) => {
      if (!(date instanceof FeelDate || date instanceof FeelDateTime)) return null;
      const last = new Date(Date.UTC(date.year, date.month, 0)).toISOString().slice(0, 10);
      return parseDate(last);
    },
    'put all': (...contexts: Value[]) => (contexts.every(isContext) ? Object.assign({}, ...contexts) : null),
  };
}

/** Names of the functions that `functionsAt` adds, for whoever reads expressions at deployment. */
export const addedFunctions = Object.keys(functionsAt('1970-01-01T00:00:00.000Z'));

/** Whether a value is one of FEEL's temporal values, whose JSON is their ISO 8601 text. */
export const isTemporal = (value: Value): boolean =>
  value instanceof FeelDate ||
  value instanceof FeelTime ||
  value instanceof FeelDateTime ||
  value instanceof FeelDuration;
