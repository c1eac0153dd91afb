import { readExpression } from '@iter/feel';
import type { Place } from '../model.ts';
import type { Placeholder, TemplateNode, TextPart } from './act.ts';
import { actFunctionNames } from './formats.ts';

export type Report = (place: Place, rule: string, message: string) => void;

const deepest = 20;
const mark = /\{\{|\}\}/;

/** Reads one expression of a template. @returns null when it is refused, and says why */
function placeholder(source: string, place: Place, report: Report): Placeholder | null {
  const read = readExpression(source, { plainString: false, functions: actFunctionNames });
  if (read.ok) {
    const { expression } = read;
    return Object.freeze({
      expression: Object.freeze({ ...expression, names: Object.freeze([...expression.names]) }),
      place,
      width: source.length + 4,
    });
  }
  report(place, read.rule, `{{ ${source.trim().slice(0, 80)} }}: ${read.message}`);
  return null;
}

/**
 * A line, or a text of the front matter, as text and holes. A hole ends on the line on which it begins.
 * @param start of the text in its file
 */
export function readParts(text: string, start: Place, report: Report): readonly TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('{{', at);
    const plain = text.slice(at, open < 0 ? undefined : open);
    if (plain !== '') parts.push(plain);
    const placeOf = (index: number): Place => ({ line: start.line, column: start.column + index });
    const stray = plain.search(mark);
    if (stray >= 0) report(placeOf(at + stray), 'act-syntax', '«}}» senza il suo «{{».');
    if (open < 0) break;
    const close = endOf(text, open + 2);
    if (close < 0) {
      report(placeOf(open), 'act-syntax', '«{{» senza «}}» sulla stessa riga.');
      break;
    }
    const source = text.slice(open + 2, close);
    if (/^\s*[#/]|^\s*else\s*$/.test(source)) {
      report(
        placeOf(open),
        'act-syntax',
        `«{{${source}}}» sta da solo sulla sua riga; dentro una frase si scrive {{ if … then … else … }}.`,
      );
    } else {
      const read = placeholder(source, placeOf(open), report);
      if (read) parts.push(read);
    }
    at = close + 2;
  }
  return Object.freeze(parts);
}

/** Where a hole ends: at the first `}}` outside a text of FEEL and outside a context. -1: nowhere. */
function endOf(text: string, from: number): number {
  let depth = 0;
  let quoted = false;
  for (let i = from; i < text.length; i++) {
    const char = text[i];
    if (quoted && char === '\\') i++;
    else if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (char === '{') depth++;
    else if (char === '}' && depth > 0) depth--;
    else if (char === '}' && text[i + 1] === '}') return i;
  }
  return -1;
}

interface Open {
  readonly place: Place;
  readonly kind: 'if' | 'each' | 'body';
  readonly head: Placeholder | null;
  readonly item: string;
  readonly nodes: TemplateNode[];
  otherwise: TemplateNode[] | null;
}

/**
 * The body of a template as a tree: what stands between `{{#if}}` or `{{#each}}` and their ends is inside them.
 * @param first number of the line on which the body begins
 */
export function readBody(lines: readonly string[], first: number, report: Report): readonly TemplateNode[] {
  const root: Open = {
    place: { line: 1, column: 1 },
    kind: 'body',
    head: null,
    item: '',
    nodes: [],
    otherwise: null,
  };
  const stack: Open[] = [root];
  lines.forEach((text, i) => {
    const column = text.length - text.trimStart().length + 1;
    const place = { line: first + i, column };
    const top = stack.at(-1) ?? root;
    const into = top.otherwise ?? top.nodes;
    const [, tag] = /^\s*\{\{\s*([#/].*|else)\s*\}\}\s*$/.exec(text) ?? [];
    if (tag === undefined || tag.includes('}}')) {
      into.push({
        kind: 'line',
        parts: readParts(text, { line: place.line, column: 1 }, report),
        line: place.line,
      });
    } else if (tag.startsWith('#')) {
      if (stack.length > deepest)
        report(place, 'act-syntax', `Al massimo ${deepest} blocchi uno dentro l’altro.`);
      else stack.push(begin(tag.trim(), place, report));
    } else if (tag === 'else') {
      if (top.kind !== 'if' || top.otherwise)
        report(place, 'act-syntax', '«{{else}}» senza il suo «{{#if}}».');
      else top.otherwise = [];
    } else {
      const kind = tag.slice(1).trim();
      if (top.kind !== kind) report(place, 'act-syntax', `«{{/${kind}}}» chiude un blocco che non è aperto.`);
      else {
        stack.pop();
        const node = close(top);
        const outer = stack.at(-1) ?? root;
        if (node) (outer.otherwise ?? outer.nodes).push(node);
      }
    }
  });
  for (const { kind, place } of stack.slice(1)) {
    report(place, 'act-syntax', `«{{#${kind}}}» non è chiuso: manca «{{/${kind}}}».`);
  }
  return Object.freeze(root.nodes);
}

function begin(tag: string, place: Place, report: Report): Open {
  const nothing: Omit<Open, 'kind'> = { place, head: null, item: '', nodes: [], otherwise: null };
  const [, condition] = /^#if\s+(.+)$/.exec(tag) ?? [];
  if (condition !== undefined) return { ...nothing, kind: 'if', head: placeholder(condition, place, report) };
  const [, list, item] = /^#each\s+(.+)\s+as\s+([A-Za-z_]\w*)$/.exec(tag) ?? [];
  if (list !== undefined && item !== undefined)
    return { ...nothing, kind: 'each', head: placeholder(list, place, report), item };
  report(
    place,
    'act-syntax',
    `«{{${tag.slice(0, 80)}}}» non è un blocco: ci sono {{#if FEEL}} e {{#each FEEL as nome}}.`,
  );
  return { ...nothing, kind: tag.startsWith('#each') ? 'each' : 'if' };
}

/** @returns null when its head was refused */
function close({ kind, head, item, nodes, otherwise }: Open): TemplateNode | null {
  if (!head) return null;
  return kind === 'each'
    ? Object.freeze({ kind, list: head, item, body: Object.freeze(nodes) })
    : Object.freeze({
        kind: 'if',
        condition: head,
        then: Object.freeze(nodes),
        otherwise: Object.freeze(otherwise ?? []),
      });
}
