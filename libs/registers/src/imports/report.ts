import type { Label } from '@iter/platform/words';
import { readTable } from './table.ts';
import type { Column, ReadTable, Row } from './table.ts';

export type LineState = 'new' | 'changed' | 'same' | 'refused';

/** What becomes of a line of a file. */
export interface LineReport {
  readonly line: number;
  /** What the line is about, as the file calls it. */
  readonly name: string;
  readonly state: LineState;
  /** Why it is refused; null: it is not. */
  readonly why: Label | null;
}

export interface ImportReport<T> {
  readonly lines: readonly LineReport[];
  readonly counts: Readonly<Record<LineState, number>>;
  /** What is to be looked at in the file as a whole; null: nothing. */
  readonly warning: Label | null;
  /** What would be recorded: the lines that are new or changed. */
  readonly items: readonly T[];
}

/** How lines of a register are read and judged. */
export interface ImportKind<T> {
  readonly columns: readonly Column[];
  /** What the line says, or why it says nothing. */
  read(row: Row): { readonly item: T } | { readonly why: Label };
  /** What names it: a second line of the same name is refused. */
  nameOf(item: T): string;
  judge(item: T): 'new' | 'changed' | 'same' | { readonly why: Label };
}

/**
 * Judges a file line by line. Nothing is left out silently: every line is in the report, with what becomes of it.
 * @returns the report, or why the file as a whole cannot be read
 */
export function judgeFile<T>(
  text: string,
  kind: ImportKind<T>,
): ImportReport<T> | { readonly fault: { readonly code: 'table-invalid'; readonly message: Label } } {
  const table = readTable(text, kind.columns);
  return 'fault' in table ? table : judgeTable(table, kind);
}

/** Judges the lines of a file that was read. Several of them may come from one line. */
export function judgeTable<T>(table: ReadTable, kind: ImportKind<T>): ImportReport<T> {
  const items: T[] = [];
  const seen = new Map<string, number>();
  const lines = table.rows.map((row): LineReport => {
    const refused = (name: string, why: Label): LineReport => ({
      line: row.line,
      name,
      state: 'refused',
      why,
    });
    const read = kind.read(row);
    if ('why' in read) return refused(Object.values(row.cells)[0] ?? '', read.why);
    const { item } = read;
    const name = kind.nameOf(item);
    const first = seen.get(name);
    if (first !== undefined)
      return refused(name, { it: `È già alla riga ${first}.`, en: `It is on line ${first} already.` });
    seen.set(name, row.line);
    const state = kind.judge(item);
    if (typeof state === 'object') return refused(name, state.why);
    if (state !== 'same') items.push(item);
    return { line: row.line, name, state, why: null };
  });
  const broken = table.broken.map((fault): LineReport => ({ ...fault, name: '', state: 'refused' }));
  const all = [...lines, ...broken].sort((a, b) => a.line - b.line);
  const count = (state: LineState): number => all.filter((it) => it.state === state).length;
  return {
    lines: all,
    counts: { new: count('new'), changed: count('changed'), same: count('same'), refused: count('refused') },
    warning: table.endsOpen
      ? {
          it: 'Il file non finisce con un a capo: se è stato troncato, l’ultima riga può essere incompleta. Controllarla.',
          en: 'The file does not end with a line break: if it was cut off, the last line may be incomplete. Check it.',
        }
      : null,
    items,
  };
}
