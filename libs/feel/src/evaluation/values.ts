import type { Run } from './run.ts';

/** What FEEL computes with: what JSON can say, and values of its own (`Special`). */
export type Value = null | boolean | number | string | readonly Value[] | Context | Special;

export interface Context {
  readonly [key: string]: Value;
}

/** The kinds of values that compare with one another; DMN 1.3 §10.3.2.1. */
export type Kind =
  | 'null'
  | 'boolean'
  | 'number'
  | 'string'
  | 'list'
  | 'context'
  | 'date'
  | 'time'
  | 'date and time'
  | 'days and time duration'
  | 'years and months duration'
  | 'range'
  | 'function';

/** Dates, times, durations, ranges and functions; immutable. */
export abstract class Special {
  abstract readonly kind: Exclude<Kind, 'null' | 'boolean' | 'number' | 'string' | 'list' | 'context'>;
  /** What a path may read of it, such as `year`; undefined when there is nothing of that name. */
  property(_name: string): Value | undefined {
    return undefined;
  }
}

/** A function: built in, or an expression with names for its arguments, closed over its scope. */
export class FeelFunction extends Special {
  readonly kind = 'function';
  constructor(
    readonly parameters: readonly string[],
    /** Arguments in their order, or by name. */
    readonly call: (args: readonly Value[] | ReadonlyMap<string, Value>, run: Run) => Value,
  ) {
    super();
  }
}

/** Kinds by `typeof`, in the order of their frequency. */
export function kindOf(value: Value): Kind {
  switch (typeof value) {
    case 'number':
      return 'number';
    case 'string':
      return 'string';
    case 'boolean':
      return 'boolean';
    default:
      if (value === null || value === undefined) return 'null';
      if (isList(value)) return 'list';
      return value instanceof Special ? value.kind : 'context';
  }
}

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

export function isContext(value: Value): value is Context {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Special);
}

/** An entry of a context, and nothing that its prototype has; undefined when there is none. */
export function entryOf(context: Context, key: string): Value | undefined {
  return Object.hasOwn(context, key) ? context[key] : undefined;
}

/** Adds an entry to a context that is being made: `__proto__` is a key like any other. */
export function putEntry(context: Record<string, Value>, key: string, value: Value): void {
  if (key === '__proto__') {
    Object.defineProperty(context, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    context[key] = value;
  }
}
