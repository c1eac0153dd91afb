import type { Shape } from '@iter/feel';
import { evenName, isSpecial } from './names.ts';

/** A function that can be called where an expression stands. */
export interface Signature {
  readonly parameters: readonly string[];
  readonly gives: Shape | null;
}

/** What can be named where an expression stands. */
export interface Scope {
  /** Values, with what their JSON stands for. */
  readonly values: ReadonlyMap<string, Shape | null>;
  readonly functions: ReadonlyMap<string, Signature>;
  /** Names of more than one word that paths and filters may use: entries of contexts, wherever they come from. */
  readonly fields: readonly string[];
  /** What the file has under a name, and an expression that does not require it cannot see. */
  readonly elsewhere: ReadonlySet<string>;
}

export const emptyScope: Scope = {
  values: new Map(),
  functions: new Map(),
  fields: [],
  elsewhere: new Set(),
};

/** A scope within another: inner names come first. */
export function within(
  scope: Scope,
  values: Iterable<readonly [string, Shape | null]>,
  functions: Iterable<readonly [string, Signature]> = [],
): Scope {
  const inner = { ...scope, values: new Map(scope.values), functions: new Map(scope.functions) };
  for (const [name, shape] of values) {
    inner.functions.delete(evenName(name));
    inner.values.set(evenName(name), shape);
  }
  for (const [name, signature] of functions) {
    inner.values.delete(evenName(name));
    inner.functions.set(evenName(name), signature);
  }
  return inner;
}

/** The names of more than one word: an expression must be read knowing them. */
export function specialNames(scope: Scope): readonly string[] {
  const parameters = Array.from(scope.functions.values()).flatMap((it) => it.parameters);
  return [...new Set([...scope.fields, ...[...scope.values.keys(), ...parameters].filter(isSpecial)])];
}
