import { parts } from '../../syntax.ts';
import type { Node } from '../../syntax.ts';
import { finite } from '../decimal.ts';
import { parseTemporal } from '../temporal/parse.ts';
import { putEntry } from '../values.ts';
import type { Value } from '../values.ts';
import { binding, nameIn, NotFeel, textOf } from './environment.ts';
import type { Environment } from './environment.ts';
import { constant, isConstant } from './scope.ts';
import type { Code } from './scope.ts';

export function numberLiteral(node: Node, environment: Environment): Code {
  return constant(finite(Number(textOf(node, environment).replace(/\s/g, '')) + 0));
}

export const stringLiteral = (node: Node, environment: Environment): Code =>
  constant(textOfLiteral(textOf(node, environment)));

/** `@"…"`; DMN 1.3 §10.3.1.2, grammar rule 65. */
export function atLiteral(node: Node, environment: Environment): Code {
  const [literal] = parts(node);
  if (!literal) throw new NotFeel();
  const text = textOfLiteral(textOf(literal, environment));
  const value = parseTemporal(text);
  if (value === null) throw new NotFeel(`"${text}" is no date, time or duration.`);
  return constant(value);
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  "'": "'",
  '\\': '\\',
};

/**
 * The text that a string literal means. Escapes that FEEL does not know stay as they are, since Camunda's patterns
 * are written so (`"\d+"`). DMN 1.3 §10.3.1.2, grammar rule 64
 */
export function textOfLiteral(literal: string): string {
  const inner = literal.slice(1, -1);
  if (!inner.includes('\\')) return inner;
  return inner.replace(
    /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|([nrt"'\\]))/g,
    (all, four?: string, six?: string, letter?: string) => {
      if (letter !== undefined) return escapes[letter] ?? all;
      const code = parseInt(four ?? six ?? '', 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
}

export function list(node: Node, environment: Environment): Code {
  const items = parts(node)
    .slice(1, -1)
    .map((item) => environment.compile(item, environment));
  if (items.every(isConstant)) return constant(items.map((item) => item.constant));
  const evaluated = items.map(({ at }) => at);
  return {
    at: (scope) => {
      scope.run.spend(evaluated.length);
      return evaluated.map((at) => at(scope));
    },
  };
}

/** Entries see those before them, and functions in them all. DMN 1.3 §10.3.2.6 */
export function context(node: Node, environment: Environment): Code {
  const entries = parts(node).filter(({ name }) => name === 'ContextEntry');
  const keys = entries.map((entry) => keyOf(entry, environment));
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw new NotFeel(`The context has the key "${twice}" twice.`);
  const inner = binding(environment, keys);
  const values = entries.map((entry) => {
    const value = parts(entry).at(-1);
    if (!value) throw new NotFeel();
    return environment.compile(value, inner).at;
  });
  return {
    at: (scope) => {
      scope.run.spend(keys.length + 1);
      const made: Record<string, Value> = {};
      const within = scope.within(made);
      values.forEach((at, index) => putEntry(made, keys[index] ?? '', at(within)));
      return made;
    },
  };
}

/** The key of a context's entry: a name, or a text. */
function keyOf(entry: Node, environment: Environment): string {
  const [key] = parts(entry);
  const [spelled] = key ? parts(key) : [];
  if (!spelled) throw new NotFeel();
  return spelled.name === 'StringLiteral'
    ? textOfLiteral(textOf(spelled, environment))
    : nameIn(spelled, environment);
}
