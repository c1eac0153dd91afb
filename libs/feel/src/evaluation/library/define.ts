import type { FeelDate } from '../temporal/temporal.ts';
import type { DateTime, FeelTime } from '../temporal/temporal.ts';
import type { DaysDuration, MonthsDuration } from '../temporal/duration.ts';
import type { FeelRange } from '../range.ts';
import type { Run } from '../run.ts';
import { FeelFunction, isContext, isList, kindOf } from '../values.ts';
import type { Context, Kind, Value } from '../values.ts';

/** What a parameter takes: its values, or undefined for what is outside its domain. */
export interface Domain<T> {
  readonly take: (value: Value) => T | undefined;
}

const ofKind = <T extends Value>(...kinds: readonly Kind[]): Domain<T> => ({
  take: (value) => (kinds.includes(kindOf(value)) ? (value as T) : undefined),
});

export const any: Domain<Value> = { take: (value) => value };
/** Data may hold infinities, which JSON cannot say but JSON's readers can; FEEL knows none. */
export const number: Domain<number> = { take: (it) => (Number.isFinite(it) ? (it as number) : undefined) };
export const integer: Domain<number> = { take: (it) => (Number.isInteger(it) ? (it as number) : undefined) };
export const string = ofKind<string>('string');
export const boolean = ofKind<boolean>('boolean');
export const date = ofKind<FeelDate>('date');
export const time = ofKind<FeelTime>('time');
export const dateTime = ofKind<DateTime>('date and time');
export const day = ofKind<FeelDate | DateTime>('date', 'date and time');
export const daysDuration = ofKind<DaysDuration>('days and time duration');
export const duration = ofKind<DaysDuration | MonthsDuration>(
  'days and time duration',
  'years and months duration',
);
export const range = ofKind<FeelRange>('range');
export const point = ofKind<Value>(
  'number',
  'string',
  'date',
  'time',
  'date and time',
  'days and time duration',
  'years and months duration',
);
export const func = ofKind<FeelFunction>('function');
export const context: Domain<Context> = { take: (it) => (isContext(it) ? it : undefined) };
/** Anything but null that is no list counts as a list of one; DMN 1.3 §10.3.2.9.4. */
export const list: Domain<readonly Value[]> = {
  take: (it) => (isList(it) ? it : it === null ? undefined : [it]),
};

export const listOf = <T>(item: Domain<T>): Domain<readonly T[]> => ({
  take(value) {
    const items = list.take(value)?.map((it) => item.take(it));
    return items?.includes(undefined) ? undefined : (items as readonly T[] | undefined);
  },
});

/** A parameter that may be left out or null; then it is null. */
export const optional = <T>({ take }: Domain<T>): Domain<T | null> => ({
  take: (value) => (value === null ? null : take(value)),
});

interface Signature {
  readonly names: readonly string[];
  readonly domains: readonly Domain<unknown>[];
  /** Arguments that may not be left out. */
  readonly required: number;
  /** The last parameter takes any number of arguments. */
  readonly open: boolean;
  readonly body: (...args: never[]) => Value;
}

type Values<D extends readonly Domain<unknown>[]> = {
  [K in keyof D]: D[K] extends Domain<infer T> ? T : never;
};

const optionalEnd = (spelled: string) => spelled.endsWith('?');

/**
 * A way of calling a function.
 * @param spelled its parameters as the standard writes them: `string, start position, length?`; `...item` for any
 *   number of arguments, which come as one list
 * @param body gets what the domains took, and then the run
 */
export function signature<const D extends readonly Domain<unknown>[]>(
  spelled: string,
  domains: D,
  body: (...args: [...Values<D>, Run]) => Value,
): Signature {
  const parameters = spelled === '' ? [] : spelled.split(', ');
  return {
    names: parameters.map((it) => it.replace(/^\.\.\.|\?$/g, '')),
    domains,
    required: parameters.filter((it) => !optionalEnd(it) && !it.startsWith('...')).length,
    open: parameters.at(-1)?.startsWith('...') ?? false,
    // What the domains take is what the body asks for: `Values` says so, the signature forgets it.
    body: body as unknown as Signature['body'],
  };
}

/**
 * A built-in function. The first of its signatures that the arguments fit is called, arguments out of lists of one
 * where that is what fits; if none fits the answer is null.
 * Source: DMN 1.3 §10.3.2.13.1, §10.3.2.9.4
 */
export function builtIn(...signatures: readonly Signature[]): FeelFunction {
  return new FeelFunction(signatures[0]?.names ?? [], (given, run) => {
    for (const it of signatures) {
      const args = isNamed(given) ? placed(it, given) : arranged(it, given);
      const taken = args && takeAll(it.domains, args);
      if (taken) {
        run.spend(1 + weight(args));
        return it.body(...(taken as never[]), run as never);
      }
    }
    return null;
  });
}

type Given = readonly Value[] | ReadonlyMap<string, Value>;

const isNamed = (given: Given): given is ReadonlyMap<string, Value> => given instanceof Map;

/** Positional arguments as parameters; null when there are too few or too many. */
function arranged({ domains, required, open }: Signature, given: readonly Value[]): Value[] | null {
  const fixed = open ? domains.length - 1 : domains.length;
  if (given.length < required || (!open && given.length > fixed)) return null;
  const args: Value[] = [];
  for (let index = 0; index < fixed; index++) args.push(given[index] ?? null);
  if (open) args.push(given.slice(fixed));
  return args;
}

/** Named arguments as parameters; those left out are null. */
function placed({ names, open }: Signature, given: ReadonlyMap<string, Value>): Value[] | null {
  if ([...given.keys()].some((name) => !names.includes(name))) return null;
  return names.map((name, index) => {
    const value = given.get(name) ?? null;
    return open && index === names.length - 1 && !isList(value) ? [value] : value;
  });
}

function takeAll(domains: readonly Domain<unknown>[], args: readonly Value[]): unknown[] | null {
  const taken: unknown[] = [];
  for (const [index, domain] of domains.entries()) {
    const value = args[index] ?? null;
    let found = domain.take(value);
    // Out of a list of one.
    if (found === undefined && isList(value) && value.length === 1) found = domain.take(value[0] ?? null);
    if (found === undefined) return null;
    taken.push(found);
  }
  return taken;
}

/** What it costs to look at all of the arguments, as steps. */
function weight(args: readonly Value[]): number {
  let sum = 0;
  for (const it of args) {
    if (typeof it === 'string') sum += it.length >> 6;
    else if (isList(it)) sum += it.length;
  }
  return sum;
}
