import type { Run } from '../run.ts';
import { entryOf, isContext } from '../values.ts';
import type { Context, Value } from '../values.ts';

/** The names that an expression sees, innermost first; DMN 1.3 §10.3.2.11. */
export class Scope {
  constructor(
    readonly run: Run,
    readonly context: Context,
    readonly outer: Scope | null,
  ) {}

  within(context: Context): Scope {
    return new Scope(this.run, context, this);
  }

  /** The special scope of a filter: `item`, and before it the item's own entries. */
  withItem(item: Value): Scope {
    const named = this.within({ item });
    return isContext(item) ? named.within(item) : named;
  }
}

/**
 * The value of a name, from the innermost scope outwards.
 * @param variable how the outermost scope, the expression's variables, spells it; null when it may not be read there
 * @returns undefined when no scope has the name
 */
export function lookUp(from: Scope, name: string, variable: string | null): Value | undefined {
  let scope = from;
  for (; scope.outer !== null; scope = scope.outer) {
    const found = entryOf(scope.context, name);
    if (found !== undefined) return found;
  }
  return variable === null ? undefined : entryOf(scope.context, variable);
}

/** An expression made ready: it gives its value in a scope, and never throws but `Exhausted` and its like. */
export type Evaluated = (scope: Scope) => Value;

/** A piece of compiled expression; a constant is known without a scope. */
export interface Code {
  readonly at: Evaluated;
  readonly constant?: Value;
}

export const constant = (value: Value): Code => ({ at: () => value, constant: value });

/** Compiles to a constant when all parts are constant and nothing of the run counts. */
export const isConstant = (code: Code): code is Code & { readonly constant: Value } =>
  code.constant !== undefined;
