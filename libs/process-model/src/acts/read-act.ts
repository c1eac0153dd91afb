import type { Place, Problem } from '../model.ts';
import { sha256 } from '../sha256.ts';
import type { ActTemplate, Placeholder, TemplateNode, TextPart } from './act.ts';
import { readFrontMatter } from './front-matter.ts';
import { readBody } from './lines.ts';
import type { Report } from './lines.ts';
import { readMarkdown } from './markdown.ts';
import { reservedCharacters, tokenOf } from './tokens.ts';

const limits = { characters: 64 * 1024, lines: 2_000 } as const;

export interface ReadAct {
  /** Null when there is an error among the problems. */
  readonly act: ActTemplate | null;
  readonly problems: readonly Problem[];
}

/**
 * Reads the template of an act: front matter in YAML, a body in Markdown with holes for FEEL. What the renderer would
 * not know is refused here, with its line and column.
 * @param name of the template: its file without `.md`
 */
export function readAct(text: string, name: string, options: { readonly file?: string } = {}): ReadAct {
  const problems: Problem[] = [];
  const report: Report = (place, rule, message) => {
    const file = options.file === undefined ? {} : { file: options.file };
    problems.push({ severity: 'error', ...file, ...place, element: name, rule, message });
  };
  const done = (act: ActTemplate | null): ReadAct => ({
    act: problems.length > 0 ? null : act,
    problems: problems.toSorted((a, b) => a.line - b.line || a.column - b.column),
  });
  if (!/^[A-Za-z_][\w-]{0,99}$/.test(name)) {
    report(start, 'act-name', `«${name}»: il nome di un modello ha lettere, cifre, «_» e «-».`);
  }
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  if (text.length > limits.characters || lines.length > limits.lines) {
    const most = `${limits.characters} caratteri e ${limits.lines} righe`;
    report(start, 'act-too-large', `Un modello ha al massimo ${most}.`);
    return done(null);
  }
  const strange = lines.findIndex((line) => reservedCharacters.test(line));
  if (strange >= 0) {
    const place = { line: strange + 1, column: (lines[strange] ?? '').search(reservedCharacters) + 1 };
    report(place, 'act-syntax', 'Un carattere di uso privato: che cosa è, nessuno lo sa.');
    return done(null);
  }
  const end = lines.findIndex((line, i) => i > 0 && line.trimEnd() === '---');
  if (lines[0]?.trimEnd() !== '---' || end < 0) {
    report(start, 'act-front-matter', 'Un modello comincia con title, version … tra due righe «---».');
    return done(null);
  }
  const head = readFrontMatter(lines.slice(1, end).join('\n'), 2, report);
  const body = readBody(lines.slice(end + 1), end + 2, report);
  checkMarkdown(body, report);
  const act = { name, ...head, hash: sha256(text), body };
  return done(Object.freeze({ ...act, reads: readsOf(act) }));
}

const start: Place = { line: 1, column: 1 };

/** Every line stands once, as if each block came out once in all its variants: what is strange shows where it stands. */
function checkMarkdown(body: readonly TemplateNode[], report: Report): void {
  const shown: { readonly text: string; readonly line: number }[] = [];
  const walk = (nodes: readonly TemplateNode[]): void => {
    for (const node of nodes) {
      if (node.kind === 'if') {
        walk(node.then);
        walk(node.otherwise);
      } else if (node.kind === 'each') walk(node.body);
      else shown.push({ text: padded(node.parts), line: node.line });
    }
  };
  walk(body);
  readMarkdown(
    shown.map(({ text }) => text).join('\n'),
    () => [],
    ({ place, message }) => {
      const line = shown[place.line - 1]?.line ?? place.line;
      report({ line, column: place.column }, 'act-construct', message);
    },
  );
}

/** Holes as wide as they are written: columns are those of the file. */
const padded = (parts: readonly TextPart[]): string =>
  parts.map((part) => (typeof part === 'string' ? part : tokenOf(0, part.width))).join('');

/** The names that templates read from data; names that `each` brings are its own. */
function readsOf(
  act: Pick<ActTemplate, 'letterhead' | 'of' | 'recipient' | 'subject' | 'signers' | 'body'>,
): ActTemplate['reads'] {
  const reads = new Map<string, Place>();
  const note = ({ expression, place }: Placeholder, own: ReadonlySet<string>): void => {
    for (const name of expression.names) if (!own.has(name) && !reads.has(name)) reads.set(name, place);
  };
  const noteParts = (parts: readonly TextPart[], own: ReadonlySet<string>): void => {
    for (const part of parts) if (typeof part !== 'string') note(part, own);
  };
  const walk = (nodes: readonly TemplateNode[], own: ReadonlySet<string>): void => {
    for (const node of nodes) {
      if (node.kind === 'line') noteParts(node.parts, own);
      else if (node.kind === 'if') {
        note(node.condition, own);
        walk(node.then, own);
        walk(node.otherwise, own);
      } else {
        note(node.list, own);
        walk(node.body, new Set([...own, node.item]));
      }
    }
  };
  const nothing = new Set<string>();
  const { letterhead, of, recipient, subject, signers } = act;
  if (typeof letterhead !== 'string') noteParts(letterhead, nothing);
  for (const line of [of ?? [], ...recipient, subject ?? [], ...signers.map(({ label }) => label)]) {
    noteParts(line, nothing);
  }
  walk(act.body, nothing);
  return reads;
}
