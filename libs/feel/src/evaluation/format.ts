import { formatNumber } from './decimal.ts';
import { FeelRange } from './range.ts';
import type { Run } from './run.ts';
import { FeelFunction, isList, Special } from './values.ts';
import type { Value } from './values.ts';

/**
 * A value as `string()` gives it: as an expression would write it, texts by themselves without quotes.
 * Source: DMN 1.3 §10.3.4.1
 */
export function format(value: Value, run: Run): string {
  return run.text(typeof value === 'string' ? value : written(value, run));
}

function written(value: Value, run: Run): string {
  run.spend(1);
  switch (typeof value) {
    case 'string':
      return `"${value.replace(/["\\]/g, '\\$&')}"`;
    case 'number':
      return formatNumber(value);
    case 'boolean':
      return String(value);
    default:
      if (value === null) return 'null';
      if (isList(value)) return run.text(`[${value.map((item) => written(item, run)).join(', ')}]`);
      if (value instanceof Special) return special(value, run);
      return run.text(`{${entries(value, run).join(', ')}}`);
  }
}

function entries(context: { readonly [key: string]: Value }, run: Run): string[] {
  return Object.entries(context).map(([key, item]) => {
    const name = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(key) ? key : written(key, run);
    return `${name}: ${written(item, run)}`;
  });
}

function special(value: Special, run: Run): string {
  if (value instanceof FeelFunction) return `function(${value.parameters.join(', ')})`;
  if (!(value instanceof FeelRange)) return String(value);
  const { start, end, startIncluded, endIncluded } = value;
  if (start === null) return `${endIncluded ? '<=' : '<'} ${written(end, run)}`;
  if (end === null) return `${startIncluded ? '>=' : '>'} ${written(start, run)}`;
  return `${startIncluded ? '[' : '('}${written(start, run)}..${written(end, run)}${endIncluded ? ']' : ')'}`;
}
