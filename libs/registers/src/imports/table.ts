import type { Label } from '@iter/platform/words';
import Papa from 'papaparse';

/** A column of a table that people bring: the names that its header may have, the first is the template's. */
export interface Column {
  /** The name that programs give it, also a name of the header. */
  readonly key: string;
  readonly names: readonly [string, ...string[]];
  readonly required: boolean;
}

/** A line of the file, its cells by the keys of the columns. */
export interface Row {
  /** Where it begins in the file, from 1. */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** A line whose cells cannot be told apart for sure, and why. */
export interface BrokenLine {
  readonly line: number;
  readonly why: Label;
}

export type Table =
  ReadTable | { readonly fault: { readonly code: 'table-invalid'; readonly message: Label } };

export interface ReadTable {
  /** The keys of the columns that are there. */
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  readonly broken: readonly BrokenLine[];
  /** It ends without a line break, as a file cut short does wherever it was cut. */
  readonly endsOpen: boolean;
}

const isNamed = ({ key, names }: Column, name: string): boolean =>
  [key, ...names].some((one) => plainName(one) === plainName(name));

/** What a file may hold. */
export const tableLimits = { bytes: 1024 * 1024, rows: 20_000 } as const;

const plainName = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ');

/**
 * Reads comma-separated values (RFC 4180; semicolons and tabs as well) whose header names the columns in any order. Empty
 * lines are left out. A column that nobody knows, that is missing or that stands there twice is said, and so is a line that
 * ends before a column that must be filled in (a file cut short) or goes on after the last (a comma in a name): nothing is
 * guessed. Cells that are missing at the end of a line are empty ones, which spreadsheets leave out; not so those of a last
 * line without a line break, with which a file cut short ends as well.
 * @param others what becomes of columns that nobody knows, as a file that was made for others has many
 */
export function readTable(
  text: string,
  columns: readonly Column[],
  others: 'refused' | 'left out' = 'refused',
): Table {
  if (Buffer.byteLength(text) > tableLimits.bytes)
    return no({ it: 'Il file supera 1 MB.', en: 'The file is larger than 1 MB.' });
  const plain = text.replace(/^\ufeff/, '').replaceAll(/\r\n?/g, '\n');
  const delimiter = [';', ',', '\t'].toSorted(
    (a, b) => known(plain, b, columns) - known(plain, a, columns),
  )[0]!;
  const lines: { readonly line: number; readonly cells: readonly string[]; readonly isBroken: boolean }[] =
    [];
  let line = 1;
  let read = 0;
  Papa.parse<string[]>(plain, {
    ...{ delimiter, newline: '\n' },
    step({ data, errors, meta }) {
      lines.push({ line, cells: data, isBroken: errors.some(({ type }) => type === 'Quotes') });
      for (; read < meta.cursor; read++) if (plain[read] === '\n') line++;
    },
  });
  const [head, ...rest] = lines.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (!head) return no({ it: 'Il file è vuoto.', en: 'The file is empty.' });
  if (rest.length > tableLimits.rows)
    return no({
      it: `Il file ha più di ${tableLimits.rows} righe.`,
      en: `The file has more than ${tableLimits.rows} lines.`,
    });
  const keys = head.cells.map((name) => columns.find((it) => isNamed(it, name)));
  const unknown = head.cells.filter((name, i) => !keys[i] && name.trim() !== '');
  if (unknown.length > 0 && others === 'refused')
    return no(
      ((names) => ({
        it: `Colonne sconosciute: ${names.map((it) => `«${it}»`).join(', ')}.`,
        en: `Unknown columns: ${names.map((it) => `“${it}”`).join(', ')}.`,
      }))(unknown.slice(0, 5).map((it) => it.slice(0, 40))),
    );
  const missing = columns.filter((column) => column.required && !keys.includes(column));
  if (missing.length > 0)
    return no({
      it: `Mancano le colonne: ${missing.map(({ names }) => `«${names[0]}»`).join(', ')}.`,
      en: `Columns are missing: ${missing.map(({ names }) => `“${names[0]}”`).join(', ')}.`,
    });
  const twice = columns.filter((column) => keys.indexOf(column) !== keys.lastIndexOf(column));
  if (twice.length > 0)
    return no({
      it: `Colonne presenti due volte: ${twice.map(({ names }) => `«${names[0]}»`).join(', ')}.`,
      en: `Columns that are there twice: ${twice.map(({ names }) => `“${names[0]}”`).join(', ')}.`,
    });
  const named =
    others === 'refused' ? keys.findLastIndex((column) => column !== undefined) + 1 : head.cells.length;
  const faultOf = (it: (typeof rest)[number]): Label | null => {
    const { cells, isBroken } = it;
    if (isBroken)
      return {
        it: 'Le virgolette della riga non si chiudono.',
        en: 'The quotation marks of the line are not closed.',
      };
    const short = keys.slice(cells.length).flatMap((column) => (column?.required ? [column.names[0]] : []));
    if (short.length > 0)
      return {
        it: `La riga ha ${counted(cells.length)}, le colonne sono ${named}: ${short.length > 1 ? 'mancano' : 'manca'} ${short.map((name) => `«${name}»`).join(', ')}.`,
        en: `The line has ${cellsOf(cells.length)}, the columns are ${named}: ${short.map((name) => `“${name}”`).join(', ')} ${short.length > 1 ? 'are' : 'is'} missing.`,
      };
    if (cells.length < named && it === lines.at(-1) && !plain.endsWith('\n'))
      return {
        it: `Il file finisce in questa riga, prima della colonna «${keys[named - 1]!.names[0]}»: forse è incompleto. Se è intero, completare la riga.`,
        en: `The file ends in this line, before the column “${keys[named - 1]!.names[0]}”: it may be incomplete. If it is whole, complete the line.`,
      };
    const at = cells.findLastIndex(
      (cell, i) => !keys[i] && (others === 'refused' || i >= named) && cell.trim() !== '',
    );
    if (at < 0) return null;
    const stray = cells[at]!.trim().slice(0, 40);
    const it_ = `«${stray}» non sta sotto nessuna colonna.`;
    const en = `“${stray}” stands under no column.`;
    if (at < named) return { it: it_, en };
    return {
      it: `La riga ha ${counted(at + 1)}, le colonne sono ${named}: ${it_}`,
      en: `The line has ${cellsOf(at + 1)}, the columns are ${named}: ${en}`,
    };
  };
  const rows: Row[] = [];
  const broken: BrokenLine[] = [];
  for (const it of rest) {
    const why = faultOf(it);
    if (why !== null) broken.push({ line: it.line, why });
    else {
      const cells = keys.flatMap((column, i) => (column ? [[column.key, (it.cells[i] ?? '').trim()]] : []));
      rows.push({ line: it.line, cells: Object.fromEntries(cells) });
    }
  }
  const found = keys.flatMap((column) => (column ? [column.key] : []));
  return { columns: found, rows, broken, endsOpen: !plain.endsWith('\n') };
}

const cellsOf = (count: number): string => (count === 1 ? '1 cell' : `${count} cells`);

const no = (message: Label): Table => ({ fault: { code: 'table-invalid', message } });

const counted = (cells: number): string => (cells === 1 ? '1 cella' : `${cells} celle`);

const known = (text: string, delimiter: string, columns: readonly Column[]): number => {
  const [head = []] = Papa.parse<string[]>(text, { delimiter, newline: '\n', preview: 1 }).data;
  return head.filter((name) => columns.some((it) => isNamed(it, name))).length;
};

/** A day as spreadsheets of Italy write it (`15/04/2026`) or as programs do; what is neither stays as it is, to be refused. */
export function dayIn(text: string): string {
  const [, day, month, year] = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text) ?? [];
  return year === undefined ? text : `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
}

/** The header of a table, to be filled in. */
export const templateOf = (columns: readonly Column[]): string =>
  `${columns.map(({ names }) => names[0]).join(';')}\r\n`;
