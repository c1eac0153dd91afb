/** What JSON can say; a process knows no other values. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A FEEL expression, read once at deployment. */
export interface Expression {
  /** FEEL without the leading `=`. */
  readonly text: string;
  /** Top-level names it reads: only these are passed to the evaluator. */
  readonly names: readonly string[];
  /** The value, when the text is a literal (or a plain string of a `zeebe:` attribute): nothing to evaluate. */
  readonly constant?: Json;
  /** No loop, quantifier, filter, own function, `matches`, `replace` or `split`: may run without a time limit. */
  readonly cheap: boolean;
  /** Unary tests of a decision table's cell: true or false of `?`, which the context holds. */
  readonly unary?: true;
}

/** What an expression gives: a value, or the reason why there is none. */
export type Evaluation =
  | { readonly ok: true; readonly value: Json }
  /** `expression-failed`, `expression-timeout`, `expression-too-large`. */
  | { readonly ok: false; readonly code: string; readonly message: string };

/**
 * The port through which pure code evaluates: synchronous, bounded, without a clock of its own.
 * Unary tests read their value as `?` of the context. Names that the context lacks are null.
 */
export type Evaluate = (expression: Expression, context: Readonly<Record<string, Json>>) => Evaluation;
