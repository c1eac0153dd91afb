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
  /** No loop, quantifier, filter or own function, and no function that builds: it needs nothing of the command's budget. */
  readonly cheap: boolean;
  /** Unary tests of a decision table's cell: true or false of `?`, which the context holds; null when unknown. */
  readonly unary?: true;
  /** Names (also `?`) whose JSON stands for values that JSON has no word for. */
  readonly shapes?: Readonly<Record<string, Shape>>;
  /** Functions beside FEEL's that it calls; whoever evaluates it brings them. */
  readonly calls?: readonly string[];
}

/** What a JSON text stands for in FEEL, when it is more than a text; lists and contexts say it of their parts. */
export type Shape =
  | 'date'
  | 'time'
  | 'date and time'
  | 'duration'
  | { readonly items: Shape }
  | { readonly entries: Readonly<Record<string, Shape>> };

/** A function that is no FEEL: what a decision model knows. */
export interface Callable {
  readonly parameters: readonly string[];
  /** @param args in the order of the parameters; null where none is given. A failure is the expression's. */
  call(args: readonly Json[]): Evaluation;
  readonly gives?: Shape;
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
export type Evaluate = (
  expression: Expression,
  context: Readonly<Record<string, Json>>,
  callables?: Readonly<Record<string, Callable>>,
) => Evaluation;
