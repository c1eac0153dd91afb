import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import type { Nodes, PhrasingContent, Root, RootContent } from 'mdast';
import type { Place } from '../model.ts';
import type { Block, Line, Run } from './act.ts';
import { splitTokens } from './tokens.ts';

/** A construct that an act does not have. */
export interface Strange {
  readonly place: Place;
  readonly message: string;
}

const refused: Readonly<Record<string, string>> = {
  html: 'L’HTML non è ammesso: solo titoli, paragrafi, grassetto, corsivo, elenchi e tabelle.',
  image: 'Le immagini non sono ammesse.',
  imageReference: 'Le immagini non sono ammesse.',
  code: 'Un rientro di quattro spazi, o ```, è codice: in un atto non c’è. Si tolga il rientro.',
  inlineCode: 'Il testo tra apici inversi è codice: in un atto non c’è.',
  link: 'I collegamenti non sono ammessi: l’indirizzo si scrive per esteso.',
  linkReference: 'I collegamenti non sono ammessi: l’indirizzo si scrive per esteso.',
  definition: 'I collegamenti non sono ammessi: l’indirizzo si scrive per esteso.',
  heading: 'I titoli hanno al massimo tre livelli.',
  tableRow: 'La riga ha più celle della testata della tabella.',
  blockquote: 'Le citazioni con «>» non sono ammesse.',
};

/** Texts that stay read, those asked for last: of a template there are as many as its conditions and lists bring about. */
const mostKept = 128;
const mostCharacters = 20_000;
const kept = new Map<string, Root>();

/** A text with holes is the same for all whose data take the same way through its template: it is parsed once. */
function parsed(text: string): Root {
  const known = kept.get(text);
  const root =
    known ?? fromMarkdown(text, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });
  if (text.length > mostCharacters) return root;
  if (known) kept.delete(text);
  kept.set(text, root);
  if (kept.size > mostKept) kept.delete(kept.keys().next().value!);
  return root;
}

/**
 * Reads Markdown as the blocks of an act.
 * @param runsOf what stands for the hole of a number
 * @param strange told of what an act does not have, which is left out
 */
export function readMarkdown(
  text: string,
  runsOf: (hole: number) => Line,
  strange: (found: Strange) => void,
): readonly Block[] {
  const refuse = (node: Nodes): void => {
    const { line = 1, column = 1 } = node.position?.start ?? {};
    strange({
      place: { line, column },
      message: refused[node.type] ?? `«${node.type}» non è un elemento degli atti.`,
    });
  };

  const inline = (nodes: readonly PhrasingContent[], style: Pick<Run, 'bold' | 'italic'> = {}): Run[] =>
    nodes.flatMap((node): Run[] => {
      switch (node.type) {
        case 'text':
          return splitTokens(node.value).flatMap((part): Run[] =>
            typeof part === 'number'
              ? runsOf(part).map((run) => ({ ...run, ...style }))
              : [{ text: part.replaceAll(/\s*\n\s*/g, ' '), ...style }],
          );
        case 'strong':
          return inline(node.children, { ...style, bold: true });
        case 'emphasis':
          return inline(node.children, { ...style, italic: true });
        case 'break':
          return [{ text: '', break: true }];
        default:
          refuse(node);
          return [];
      }
    });

  const blocks = (nodes: readonly RootContent[]): Block[] =>
    nodes.flatMap((node): Block[] => {
      switch (node.type) {
        case 'heading':
          if (node.depth > 3) refuse(node);
          return [
            {
              kind: 'heading',
              level: node.depth === 1 || node.depth === 2 ? node.depth : 3,
              runs: joined(inline(node.children)),
            },
          ];
        case 'paragraph':
          return [{ kind: 'paragraph', runs: joined(inline(node.children)) }];
        case 'list':
          return [
            {
              kind: 'list',
              ordered: node.ordered === true,
              start: node.start ?? 1,
              items: node.children.map(({ children }) => blocks(children)),
            },
          ];
        case 'table': {
          const [header, ...rows] = node.children.map(({ children }) =>
            children.map((cell) => joined(inline(cell.children))),
          );
          const width = header?.length ?? 0;
          const align = Array.from({ length: width }, (_, i) => node.align?.[i] ?? 'left');
          for (const row of node.children) if (row.children.length > width) refuse(row);
          return [{ kind: 'table', align, header: header ?? [], rows: rows.map((row) => fill(row, width)) }];
        }
        case 'thematicBreak':
          return [{ kind: 'rule' }];
        default:
          refuse(node);
          return [];
      }
    });

  return blocks(parsed(text).children);
}

/** Rows of a table may be written shorter than its header, never longer: what is too much has no column. */
const fill = (row: readonly Line[], width: number): readonly Line[] =>
  Array.from({ length: width }, (_, i) => row[i] ?? []);

/** Neighbours of one style are one run: what is compared does not depend on how it came about. */
export function joined(runs: readonly Run[]): readonly Run[] {
  const out: Run[] = [];
  for (const run of runs) {
    const last = out.at(-1);
    const alike =
      last &&
      !last.break &&
      !last.blank &&
      !run.blank &&
      last.bold === run.bold &&
      last.italic === run.italic;
    if (alike && (run.text !== '' || run.break)) {
      out[out.length - 1] = { ...last, ...run, text: last.text + run.text };
    } else if (run.text !== '' || run.break) out.push(run);
  }
  return out;
}
