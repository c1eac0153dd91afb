import type { Callable, Evaluation, Json, Shape } from '../expression.ts';
import { parseDate, parseDateTime, parseDuration, parseTime } from './temporal/parse.ts';
import { toJson } from './to-json.ts';
import { Failed } from './run.ts';
import type { Run } from './run.ts';
import { FeelFunction, isList, putEntry } from './values.ts';
import type { Context, Value } from './values.ts';

const readers = { date: parseDate, time: parseTime, 'date and time': parseDateTime, duration: parseDuration };

/** JSON as FEEL sees it: texts become what they stand for; null when a text is no such thing. */
export function shaped(value: Value, shape: Shape | undefined): Value {
  if (shape === undefined || value === null) return value;
  if (typeof shape === 'string') return typeof value === 'string' ? readers[shape](value) : value;
  if (typeof value !== 'object') return value;
  if (isList(value)) return value.map((item) => shaped(item, 'items' in shape ? shape.items : shape));
  if ('items' in shape) return shaped(value, shape.items);
  const made: Record<string, Value> = {};
  for (const [key, item] of Object.entries(value)) {
    putEntry(made, key, shaped(item, Object.hasOwn(shape.entries, key) ? shape.entries[key] : undefined));
  }
  return made;
}

/** Carries a callable's failure through the expression that called it. */
export class CallFailed extends Error {
  constructor(readonly result: Extract<Evaluation, { ok: false }>) {
    super(result.message);
  }
}

/** A call may evaluate a whole table. */
const callSteps = 500;

/** What a decision model knows, as a function of FEEL. Arguments that JSON cannot say are null. */
export function functionOf({ parameters, call, gives }: Callable): FeelFunction {
  return new FeelFunction(parameters, (given, run) => {
    run.spend(callSteps);
    const args = given instanceof Map ? parameters.map((name) => given.get(name) ?? null) : given;
    if (!(given instanceof Map) && (given as readonly Value[]).length > parameters.length) return null;
    const result = call(parameters.map((_, index) => said((args as readonly Value[])[index] ?? null, run)));
    if (!result.ok) throw new CallFailed(result);
    return shaped(result.value, gives);
  });
}

function said(value: Value, run: Run): Json {
  try {
    return toJson(value, run);
  } catch (error) {
    if (error instanceof Failed) return null;
    throw error;
  }
}

/** The variables of an expression as it sees them, and the callables that it calls. */
export function surroundings(
  names: readonly string[],
  context: Readonly<Record<string, Json>>,
  shapes: Readonly<Record<string, Shape>>,
  calls: readonly string[],
  callables: Readonly<Record<string, Callable>>,
): Context {
  const made: Record<string, Value> = {};
  for (const name of names) {
    if (Object.hasOwn(context, name)) putEntry(made, name, shaped(context[name] ?? null, shapes[name]));
  }
  for (const name of calls) {
    const callable = Object.hasOwn(callables, name) ? callables[name] : undefined;
    if (callable) putEntry(made, name, functionOf(callable));
  }
  return made;
}
