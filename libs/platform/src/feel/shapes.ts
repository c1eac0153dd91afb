import { date, dateAndTime, duration, time } from 'feelin';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What a JSON text stands for; see `@iter/feel`. */
export type Shape =
  | 'date'
  | 'time'
  | 'date and time'
  | 'duration'
  | { readonly items: Shape }
  | { readonly entries: Readonly<Record<string, Shape>> };

/** A function that is no FEEL; see `@iter/feel`. */
export interface Callable {
  readonly parameters: readonly string[];
  call(
    args: readonly Json[],
  ):
    | { readonly ok: true; readonly value: Json }
    | { readonly ok: false; readonly code: string; readonly message: string };
  readonly gives?: Shape;
}

/** Carries a callable's failure through the expression that called it. */
export class CallFailed extends Error {
  constructor(readonly result: Extract<ReturnType<Callable['call']>, { ok: false }>) {
    super(result.message);
  }
}

const readers = { date, time, 'date and time': dateAndTime, duration };

/** JSON as FEEL sees it: texts become what they stand for; null when a text is no such thing. */
export function shaped(value: Json, shape: Shape | undefined): unknown {
  if (shape === undefined || value === null) return value;
  if (typeof shape === 'string') return typeof value === 'string' ? readers[shape](value) : value;
  if (typeof value !== 'object') return value;
  if ('items' in shape) {
    return Array.isArray(value)
      ? value.map((item: Json) => shaped(item, shape.items))
      : shaped(value, shape.items);
  }
  if (Array.isArray(value)) return value.map((item: Json) => shaped(item, shape));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, shaped(item, shape.entries[key])]),
  );
}

/** @param toJson undefined for what JSON cannot say: such an argument is null */
export function callableBy(
  { parameters, call, gives }: Callable,
  toJson: (value: unknown) => Json | undefined,
): unknown {
  const run = (...args: unknown[]): unknown => {
    const result = call(parameters.map((_, i) => toJson(args[i]) ?? null));
    if (!result.ok) throw new CallFailed(result);
    return shaped(result.value, gives);
  };
  return Object.assign(run, { $args: parameters });
}
