import type { Expression, Shape } from '@iter/feel';
import type { Tag } from '../xml/tag.ts';
import { readFeel, readTests } from './expressions.ts';
import type { Scope } from './scope.ts';
import { closesAtEnd } from './shapes.ts';

/** What a cell calls the value of its column where the cell is an expression; no name of a file can be this. */
export const cellInput = '__input';

/** Tables repeat their cells. */
const memory = new WeakMap<Scope, Map<string, Expression>>();

/**
 * Reads the cell of a rule, as an expression of the value `cellInput`: true, false, or null when the test cannot be
 * made of that value. Unary tests alone would say false then, and nobody would know.
 * @param of what the value of the column stands for
 * Source: DMN 1.3 §7.3.1; §10.3.1.2, grammar rules 7 and 49c; §10.3.2.15 (`in`)
 */
export function readCell(
  text: string,
  tag: Tag,
  scope: Scope,
  what: string,
  of: Shape | null,
): Expression | null {
  const known = memory.get(scope) ?? new Map<string, Expression>();
  memory.set(scope, known);
  const key = JSON.stringify([text, of]);
  const before = known.get(key);
  if (before) return before;
  const cell = asExpression(text, tag, scope, what, of);
  // What names something may be warned of, in each place anew.
  if (cell && cell.names.length <= 1) known.set(key, cell);
  return cell;
}

function asExpression(
  text: string,
  tag: Tag,
  scope: Scope,
  what: string,
  of: Shape | null,
): Expression | null {
  const tests = readTests(text, tag, scope, what, null);
  if (!tests || tests.constant !== undefined) return tests;
  const bare = withoutComments(tests.text);
  const negated = negation(bare);
  const written = `${cellInput} in (${negated ?? bare})`;
  const read = readFeel(negated === null ? written : `not(${written})`, tag, scope, what);
  return read && of !== null ? { ...read, shapes: { ...read.shapes, [cellInput]: of } } : read;
}

function withoutComments(text: string): string {
  return text
    .replaceAll(/"(?:[^"\\]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (it) => (it.startsWith('"') ? it : ' '))
    .trim();
}

/** What stands in `not(…)`, when that is the whole cell. */
function negation(text: string): string | null {
  const inside = /^not\s*\(([\s\S]*)\)$/.exec(text)?.[1];
  return inside !== undefined && closesAtEnd(text) ? inside : null;
}

/** The values of a list of unary tests, one by one, in their order: an output's values and their priorities. */
export function splitTests(commented: string): readonly string[] {
  const text = withoutComments(commented);
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
