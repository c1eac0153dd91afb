import type { Json } from '../expression.ts';
import { finite } from './decimal.ts';
import { FeelRange } from './range.ts';
import { Failed, TooLarge } from './run.ts';
import type { Run } from './run.ts';
import { FeelFunction, isList, putEntry, Special } from './values.ts';
import type { Value } from './values.ts';

const deepest = 100;

/**
 * A value as JSON: temporal values as their ISO 8601 text, whatever is made of ranges and functions not at all.
 * @param textOf how temporal values are written
 * @throws TooLarge when it is more than an expression may give, or too deeply nested
 * @throws Failed when JSON cannot say it
 */
export function toJson(value: Value, run: Run, textOf: (value: Special) => string = String): Json {
  let size = 0;
  const count = (characters: number): void => {
    size += characters;
    if (size > run.limits.size) throw new TooLarge();
  };
  const convert = (it: Value, depth: number): Json => {
    switch (typeof it) {
      case 'string':
        count(it.length + 2);
        return it;
      case 'number':
        count(8);
        return finite(it + 0);
      case 'boolean':
        count(5);
        return it;
      default:
        return it === null || it === undefined ? null : composed(it, depth);
    }
  };
  const composed = (it: Exclude<Value, null | boolean | number | string>, depth: number): Json => {
    run.spend(1);
    count(2);
    if (depth > deepest) throw new TooLarge();
    if (it instanceof Special) {
      if (it instanceof FeelFunction || it instanceof FeelRange) throw new Failed();
      return convert(textOf(it), depth);
    }
    if (isList(it)) return it.map((item) => convert(item, depth + 1));
    const entries: Record<string, Json> = {};
    for (const key of Object.keys(it)) {
      count(key.length + 4);
      putEntry(entries, key, convert(it[key] ?? null, depth + 1));
    }
    return entries;
  };
  return convert(value, 0);
}
