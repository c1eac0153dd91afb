import { normalizeContextKey, parser, trackVariables } from '@bpmn-io/lezer-feel';
import { feelFunctions } from './functions.ts';

/** A FEEL text is read as one of the two. */
export type Top = 'Expression' | 'UnaryTests';

/** Names that a reader must know to see where they end. A known `not` would hide the `not` of a cell. */
const isSpecial = (name: string): boolean => !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name);

const configured = (top: Top, names: readonly string[]) =>
  parser.configure({
    top,
    dialect: 'camunda',
    contextTracker: trackVariables(
      Object.fromEntries([...feelFunctions, ...names].filter(isSpecial).map((name) => [name, 1])),
    ),
  });

const plain = { Expression: configured('Expression', ['?']), UnaryTests: configured('UnaryTests', ['?']) };

/** A part of the syntax tree; its name is the grammar's. */
export type Node = ReturnType<typeof parser.parse>['topNode'];

/**
 * The syntax tree of a text. Anything parses: what is wrong is a node with `type.isError`.
 * @param names that may hold spaces and signs without backticks where the text stands
 */
export function parse(text: string, top: Top, names: readonly string[] = []): Node {
  return parserFor(top, names.filter(isSpecial)).parse(text).topNode;
}

// A decision table has thousands of cells, all of which know the same names.
const mostParsers = 50;
const parsers = new Map<string, ReturnType<typeof configured>>();

function parserFor(top: Top, special: readonly string[]) {
  if (special.length === 0) return plain[top];
  const key = JSON.stringify([top, special]);
  const known = parsers.get(key) ?? configured(top, ['?', ...special]);
  if (parsers.size >= mostParsers) parsers.clear();
  parsers.set(key, known);
  return known;
}

/** The name that a node spells: spaces between its parts do not count, backticks are no part of it. */
export function nameOf(node: Node, text: string): string {
  const spelled = text.slice(node.from, node.to);
  return normalizeContextKey(spelled.startsWith('`') ? spelled.slice(1, -1) : spelled);
}

/** A name as `nameOf` would give it: `Applicant  Age` and `Applicant Age` are one. */
export const normalName = (name: string): string => normalizeContextKey(name);

/** The parts of a node, comments left out. */
export function parts(node: Node): Node[] {
  const found: Node[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (!child.type.isSkipped && !/Comment$/.test(child.name)) found.push(child);
  }
  return found;
}
