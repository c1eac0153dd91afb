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
