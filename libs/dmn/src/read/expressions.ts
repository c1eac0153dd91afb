import { readExpression, readUnaryTests } from '@iter/feel';
import type { Expression, ReadExpression, Shape } from '@iter/feel';
import type { Tag } from '../xml/tag.ts';
import { specialNames } from './scope.ts';
import type { Scope } from './scope.ts';

/** Reads an expression where it stands, and reports what is wrong with it; null then. */
export function readFeel(text: string, tag: Tag, scope: Scope, what: string): Expression | null {
  return accept(readExpression(text, { plainString: false, ...known(scope) }), tag, scope, what, null);
}

/** Reads unary tests; what their `?` stands for is its column's. */
export function readTests(
  text: string,
  tag: Tag,
  scope: Scope,
  what: string,
  of: Shape | null,
): Expression | null {
  return accept(readUnaryTests(text, known(scope)), tag, scope, what, of);
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
    tag.error(read.rule, `${what}: ${read.message}`);
    return null;
  }
  const { expression } = read;
  const shapes = expression.names.flatMap((name): [string, Shape][] => {
    const shape = scope.values.get(name) ?? null;
    return shape === null ? [] : [[name, shape]];
  });
  if (of !== null) shapes.push(['?', of]);
  return shapes.length === 0 ? expression : { ...expression, shapes: Object.fromEntries(shapes) };
}

/** The values of a list of unary tests, one by one, in their order: an output's values and their priorities. */
export function splitTests(text: string): readonly string[] {
  const tests: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[()[\]{},]/g)) {
    if ('([{'.includes(token)) depth++;
    else if (')]}'.includes(token)) depth--;
    else if (token === ',' && depth === 0) {
      tests.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return [...tests, text.slice(start)].map((test) => test.trim()).filter((test) => test !== '');
}
