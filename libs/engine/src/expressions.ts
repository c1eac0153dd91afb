import type { Expression, IoMapping, Json } from '@iter/process-model';
import { deadlineContext } from './deadlines/context.ts';
import { Stuck } from './execution.ts';
import type { Execution } from './execution.ts';
import type { Key, Variables } from './events.ts';
import { lookUp } from './state.ts';

/**
 * The value of an expression as seen from a scope or element outwards. Beside variables it may read
 * `deadlines`, and `caseId`, `businessKey` and `comune` where no variable has that name.
 * @param more names that come before the variables (what is being mapped)
 * @throws Stuck when it cannot be evaluated
 */
export function evaluate(x: Execution, expression: Expression, from: Key | null, more: Variables = {}): Json {
  if (expression.constant !== undefined) return expression.constant;
  const context: Record<string, Json> = {};
  for (const name of expression.names) {
    const value = Object.hasOwn(more, name)
      ? more[name]
      : (x.passingIn(from)?.[name] ?? lookUp(x.state, from, name) ?? builtIn(x, name));
    if (value !== undefined) context[name] = value;
  }
  const result = x.env.evaluate(expression, context);
  if (!result.ok) throw new Stuck(result.code, result.message);
  return result.value;
}

function builtIn(x: Execution, name: string): Json | undefined {
  switch (name) {
    case 'deadlines':
      return deadlineContext(x.state);
    case 'caseId':
      return x.env.caseId;
    case 'businessKey':
      return x.state.businessKey;
    case 'comune':
      return x.state.comune;
    default:
      return undefined;
  }
}

/**
 * Whether a condition holds.
 * @throws Stuck `condition-not-boolean` when it gives neither true nor false
 */
export function holds(x: Execution, condition: Expression, from: Key | null, more?: Variables): boolean {
  const value = evaluate(x, condition, from, more);
  if (typeof value === 'boolean') return value;
  const got = value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
  throw new Stuck('condition-not-boolean', `La condizione «${condition.text}» non dà vero o falso (${got}).`);
}

/** @throws Stuck `value-not-text` when it gives neither text nor a number */
export function text(x: Execution, expression: Expression, from: Key | null, what: string): string {
  const value = evaluate(x, expression, from);
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number') return String(value);
  throw new Stuck('value-not-text', `«${expression.text}» non dà un testo: serve per ${what}.`);
}

/**
 * Evaluates mappings in their order; each sees the targets of those before it. A target `a.b` changes `b` in
 * `a`: outputs (which have `locals`) change it in the variable as it is, inputs start from nothing.
 */
export function map(
  x: Execution,
  mappings: readonly IoMapping[],
  from: Key | null,
  locals?: Variables,
): Variables {
  let mapped: Variables = {};
  for (const { source, target } of mappings) {
    const value = evaluate(x, source, from, { ...locals, ...mapped });
    const [name = target, ...path] = target.split('.');
    const there = mapped[name] ?? (locals && (locals[name] ?? lookUp(x.state, from, name)));
    mapped = { ...mapped, [name]: nest(there, path, value) };
  }
  return mapped;
}

function nest(there: Json | undefined, path: readonly string[], value: Json): Json {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const record = isRecord(there) ? there : {};
  return { ...record, [name]: nest(record[name], rest, value) };
}

function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
