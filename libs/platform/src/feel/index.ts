import { evaluate, unaryTest } from 'feelin';
import { createContext, Script } from 'node:vm';
import { functionsAt, isTemporal } from './functions.ts';
import { CallFailed, callableBy, shaped } from './shapes.ts';
import type { Callable, Json, Shape } from './shapes.ts';

export { addedFunctions } from './functions.ts';

/** An expression read at deployment; see `@iter/process-model`. */
export interface FeelExpression {
  readonly text: string;
  readonly names: readonly string[];
  readonly constant?: Json;
  /** May run without a time limit: nothing in it repeats. */
  readonly cheap: boolean;
  /** Unary tests of a decision table's cell: true or false of `?`. */
  readonly unary?: true;
  /** Names whose JSON stands for dates, times and durations. */
  readonly shapes?: Readonly<Record<string, Shape>>;
  /** The callables it calls. */
  readonly calls?: readonly string[];
}

export type FeelResult =
  | { readonly ok: true; readonly value: Json }
  | {
      readonly ok: false;
      /** `expression-failed`, `expression-timeout`, `expression-too-large`, or a callable's own. */
      readonly code: string;
      readonly message: string;
    };

export type Evaluate = (
  expression: FeelExpression,
  context: Readonly<Record<string, Json>>,
  callables?: Readonly<Record<string, Callable>>,
) => FeelResult;

export interface FeelLimits {
  /** For all expressions of one command that may repeat; 250 ms by default. */
  readonly budgetMs?: number;
  /** Of an expression's input and of its result, as JSON; 256 KiB by default. */
  readonly mostBytes?: number;
}

const failed = (
  code: 'expression-failed' | 'expression-timeout' | 'expression-too-large',
  message: string,
): FeelResult => ({
  ok: false,
  code,
  message,
});

// The script only calls back: what runs under the time limit is the call.
const realm = createContext({ call: () => undefined as unknown });
const script = new Script('call()');

/** Runs a computation and ends it when the time is over. @throws what it throws, or `ERR_SCRIPT_EXECUTION_TIMEOUT` */
function within<T>(timeoutMs: number, compute: () => T): T {
  realm['call'] = compute;
  return script.runInContext(realm, { timeout: timeoutMs }) as T;
}

/**
 * A result as plain JSON: temporal values become ISO 8601 text, contexts objects without a prototype's keys.
 * @returns undefined when JSON cannot say it (functions, ranges, infinite numbers)
 */
function toJson(value: unknown): Json | undefined {
  if (value === undefined) return null;
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'object') return undefined;
  if (isTemporal(value)) return String(value);
  if (Array.isArray(value)) {
    const items = value.map(toJson);
    return items.includes(undefined) ? undefined : (items as Json[]);
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return undefined;
  const entries = Object.entries(value).map(([key, item]) => [key, toJson(item)] as const);
  return entries.some(([, item]) => item === undefined) ? undefined : (Object.fromEntries(entries) as Json);
}

const reserved = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Evaluates FEEL for one command, at one time of the engine. Only the variables that an expression names are passed.
 *
 * Expressions in which nothing repeats run as they are; all others share a budget of time, after which they fail with
 * `expression-timeout`. Inputs and results are bounded, since a time limit does not bound memory. A warning of FEEL (a
 * missing variable, a comparison of unlike things) is no failure: the value is null then, and the caller judges it.
 */
export function createEvaluator({
  now,
  budgetMs = 250,
  mostBytes = 256 * 1024,
}: FeelLimits & { readonly now: string }): Evaluate {
  const functions = functionsAt(now);
  let leftMs = budgetMs;

  return ({ text, names, constant, cheap, unary, shapes, calls = [] }, context, callables = {}) => {
    if (constant !== undefined) return { ok: true, value: constant };
    const input: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    let bytes = 0;
    for (const name of unary ? ['?', ...names] : names) {
      if (reserved.has(name) || !Object.hasOwn(context, name)) continue;
      input[name] = shaped(context[name] ?? null, shapes?.[name]);
      bytes += JSON.stringify(context[name]).length;
    }
    for (const name of calls) {
      const callable = callables[name];
      if (callable) input[name] = callableBy(callable, toJson);
    }
    if (bytes > mostBytes) {
      return failed(
        'expression-too-large',
        `L’espressione «${shown(text)}» legge ${bytes} byte; il massimo è ${mostBytes}.`,
      );
    }
    const compute = (): unknown => (unary ? unaryTest : evaluate)(text, { ...functions, ...input }).value;
    const started = performance.now();
    try {
      if (!cheap && leftMs <= 1)
        return failed(
          'expression-timeout',
          `Le espressioni di questo comando hanno superato ${budgetMs} ms.`,
        );
      const value = toJson(cheap ? compute() : within(Math.ceil(leftMs), compute));
      if (value === undefined)
        return failed('expression-failed', `L’espressione «${shown(text)}» non dà un valore.`);
      const size = JSON.stringify(value).length;
      if (size > mostBytes)
        return failed(
          'expression-too-large',
          `L’espressione «${shown(text)}» dà ${size} byte; il massimo è ${mostBytes}.`,
        );
      return { ok: true, value };
    } catch (error) {
      if (error instanceof CallFailed) return error.result;
      if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
        return failed('expression-timeout', `L’espressione «${shown(text)}» non è finita in ${budgetMs} ms.`);
      }
      // The message of the fault may quote values: only the expression, which is the author's, is repeated.
      return failed('expression-failed', `L’espressione «${shown(text)}» non si può valutare.`);
    } finally {
      if (!cheap) leftMs -= performance.now() - started;
    }
  };
}

const shown = (text: string): string => (text.length > 120 ? `${text.slice(0, 117)}…` : text);
