import type { Callable, Evaluate, Evaluation, Expression, Json } from '../expression.ts';
import { Budget } from './budget.ts';
import type { BudgetOptions } from './budget.ts';
import { compiled } from './compiled.ts';
import { finite } from './decimal.ts';
import { Scope } from './compile/index.ts';
import { Exhausted, Failed, TooLarge } from './run.ts';
import type { Run } from './run.ts';
import { CallFailed, surroundings } from './shapes.ts';
import { sizeOf } from './size-of.ts';
import { DateTime } from './temporal/temporal.ts';
import { toJson } from './to-json.ts';
import type { Context } from './values.ts';

export interface EvaluatorOptions extends BudgetOptions {
  /** The engine's time, an instant in RFC 3339; what `now()` and `today()` say. */
  readonly now: string;
  /** The zone of their clock. */
  readonly zone: string;
}

/**
 * Evaluates FEEL for one command, at one time of the engine. Only the variables that an expression names are read.
 *
 * Cheap expressions have steps of their own; all others share those of the command, and its time. An expression
 * that passes them fails with `expression-timeout`; one that reads or makes too much with `expression-too-large`,
 * since neither steps nor time bound memory. What FEEL does not define (a comparison of unlike things, a missing
 * variable) is no failure: the value is null then, and the caller judges it.
 */
export function createEvaluator(options: EvaluatorOptions): Evaluate {
  let time: DateTime | undefined;
  const budget = new Budget(options, () => (time ??= shownAt(options.now, options.zone)));
  const { size } = options.limits;

  return (expression, context, callables = {}) => {
    if (expression.constant !== undefined) return { ok: true, value: expression.constant };
    if (sizeOfInput(expression, context) > size) return failure('expression-too-large', expression, size);
    try {
      const seen = seenBy(expression, context, callables);
      const evaluate = compiled(expression);
      return budget.spend(expression.cheap, (run) => result(evaluate(new Scope(run, seen, null)), run));
    } catch (error) {
      return error instanceof CallFailed ? error.result : failure(codeOf(error), expression, size, error);
    }
  };
}

type Variables = Readonly<Record<string, Json>>;

/** Few expressions see their variables otherwise than they are. */
function seenBy(
  { names, unary, shapes, calls }: Expression,
  context: Variables,
  callables: Readonly<Record<string, Callable>>,
): Context {
  if (!shapes && !calls) return context;
  return surroundings(unary ? ['?', ...names] : names, context, shapes ?? {}, calls ?? [], callables);
}

/** Booleans, numbers and null are their own JSON, once zero has lost its sign. */
function result(value: ReturnType<ReturnType<typeof compiled>>, run: Run): Evaluation {
  if (value === null || typeof value === 'boolean') return { ok: true, value };
  return { ok: true, value: typeof value === 'number' ? finite(value + 0) : toJson(value, run) };
}

function shownAt(instant: string, zone: string): DateTime {
  const ms = Date.parse(instant);
  const seconds = Math.floor(ms / 1_000);
  return DateTime.at(seconds, (ms - seconds * 1_000) * 1_000_000, zone);
}

function sizeOfInput({ names, unary }: Expression, context: Variables): number {
  let sum = unary ? sizeOf(context['?']) : 0;
  for (const name of names) if (Object.hasOwn(context, name)) sum += sizeOf(context[name]);
  return sum;
}

type Code = 'expression-failed' | 'expression-timeout' | 'expression-too-large';

function codeOf(error: unknown): Code {
  if (error instanceof Exhausted) return 'expression-timeout';
  return error instanceof TooLarge ? 'expression-too-large' : 'expression-failed';
}

/**
 * The message repeats the expression, which is its author's, and no value; also what `assert` says, where it stands
 * in the expression.
 */
function failure(code: Code, { text }: Expression, size: number, error?: unknown): Evaluation {
  const shown = text.length > 120 ? `${text.slice(0, 117)}…` : text;
  const said = error instanceof Failed && error.message !== '' && text.includes(error.message);
  const messages: Record<Code, string> = {
    'expression-failed': said
      ? `L’espressione «${shown}» dice: ${error.message}`
      : `L’espressione «${shown}» non dà un valore.`,
    'expression-timeout': `L’espressione «${shown}» non finisce entro i passi e il tempo di un comando.`,
    'expression-too-large': `L’espressione «${shown}» legge o produce più di ${size} caratteri.`,
  };
  return { ok: false, code, message: messages[code] };
}
