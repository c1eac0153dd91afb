import { readExpression, readUnaryTests } from '@iter/feel';
import type { Expression, ReadExpression, Shape } from '@iter/feel';
import type { Tag } from '../xml/tag.ts';
import { evenName } from './names.ts';
import { specialNames } from './scope.ts';
import type { Scope } from './scope.ts';

/** Reads an expression where it stands, and reports what is wrong with it; null then. */
export function readFeel(text: string, tag: Tag, scope: Scope, what: string): Expression | null {
  const spelled = withQuotedPaths(text, scope);
  return accept(readExpression(spelled, { plainString: false, ...known(scope) }), tag, scope, what, null);
}

/** Reads unary tests; what their `?` stands for is its column's. */
export function readTests(
  text: string,
  tag: Tag,
  scope: Scope,
  what: string,
  of: Shape | null,
): Expression | null {
  return accept(readUnaryTests(withQuotedPaths(text, scope), known(scope)), tag, scope, what, of);
}

/**
 * Entries whose names hold signs, where a path reads them: nothing tells the reader of FEEL that `a.b-c` is the
 * entry `b-c` of `a`, as the types of the file do, so it gets backticks.
 */
function withQuotedPaths(text: string, { fields }: Scope): string {
  const signed = fields.filter((name) => /[^\p{L}\p{M}\p{N}_ ]/u.test(name));
  if (signed.length === 0 || !text.includes('.')) return text;
  const names = signed
    .toSorted((a, b) => b.length - a.length)
    .map((name) => name.replaceAll(/[.*+/]/g, '\\$&').replaceAll(' ', '\\s+'));
  const path = new RegExp(
    `"(?:[^"\\\\]|\\\\.)*"|\`[^\`]*\`|\\.\\s*(${names.join('|')})(?![\\p{L}\\p{M}\\p{N}_])`,
    'gu',
  );
  return text.replaceAll(path, (found, name?: string) =>
    name === undefined ? found : `.\`${evenName(name)}\``,
  );
}

const memory = new WeakMap<Scope, { names: readonly string[]; functions: readonly string[] }>();

function known(scope: Scope): { names: readonly string[]; functions: readonly string[] } {
  const names = memory.get(scope) ?? { names: specialNames(scope), functions: [...scope.functions.keys()] };
  memory.set(scope, names);
  return names;
}

function accept(
  read: ReadExpression,
  tag: Tag,
  scope: Scope,
  what: string,
  of: Shape | null,
): Expression | null {
  if (!read.ok) {
    const unknown = read.rule === 'feel-unknown-function' ? /"(.*)"/.exec(read.message)?.[1] : undefined;
    const isThere = unknown !== undefined && scope.elsewhere.has(unknown);
    const hint = isThere ? ' The file has it: draw the requirement.' : '';
    tag.error(read.rule, `${what}: ${read.message}${hint}`);
    return null;
  }
  const { expression } = read;
  checkRequired(expression, tag, scope, what);
  const shapes = expression.names.flatMap((name): [string, Shape][] => {
    const shape = scope.values.get(name) ?? null;
    return shape === null ? [] : [[name, shape]];
  });
  if (of !== null) shapes.push(['?', of]);
  return shapes.length === 0 ? expression : { ...expression, shapes: Object.fromEntries(shapes) };
}

/** A name that only a missing requirement keeps from being a decision's is most likely meant as that. */
function checkRequired({ names, text }: Expression, tag: Tag, scope: Scope, what: string): void {
  // The names of loops and functions are their own.
  if (scope.elsewhere.size === 0 || /\b(?:for|some|every|function)\b/.test(text)) return;
  const meant = names.find((name) => scope.elsewhere.has(name) && !scope.values.has(name));
  if (meant === undefined) return;
  tag.warning(
    'requirement-missing',
    `${what}: "${meant}" is in this file, but not required here: draw the requirement, or a variable of that name is read.`,
  );
}
