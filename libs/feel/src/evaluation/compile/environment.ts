import type { Expression } from '../../expression.ts';
import type { Node } from '../../syntax.ts';
import { nameOf, normalName } from '../../syntax.ts';
import type { Code } from './scope.ts';

/** What is known of an expression while it is compiled. */
export interface Environment {
  readonly text: string;
  /** The variables it may read, by normal name, as they are spelled. */
  readonly variables: ReadonlyMap<string, string>;
  /** Names that stand between the expression and FEEL's own: of loops, filters, functions, contexts, callables. */
  readonly bound: ReadonlySet<string>;
  /** Whether any scope stands between: items of lists bring names that nobody can know. */
  readonly scoped: boolean;
  compile(node: Node, environment: Environment): Code;
}

export function environmentOf(
  { text, names, unary, calls = [] }: Pick<Expression, 'text' | 'names' | 'unary' | 'calls'>,
  compile: Environment['compile'],
): Environment {
  const variables = new Map(
    [...(unary ? ['?'] : []), ...names, ...calls].map((name) => [normalName(name), name]),
  );
  return { text, variables, bound: new Set(calls.map(normalName)), scoped: false, compile };
}

/** The environment within a scope that binds some names. */
export function binding(environment: Environment, names: readonly string[]): Environment {
  return { ...environment, bound: new Set([...environment.bound, ...names]), scoped: true };
}

export const textOf = (node: Node, { text }: Environment): string => text.slice(node.from, node.to);

export const nameIn = (node: Node, { text }: Environment): string => nameOf(node, text);

/** Thrown for a text that is no FEEL. Its message says why, where the grammar alone would let it pass. */
export class NotFeel extends Error {
  constructor(message = 'This is no FEEL expression.') {
    super(message);
  }
}
