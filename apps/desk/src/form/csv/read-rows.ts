import { alike, rowFaults } from '../check-rows.ts';
import { isKnown, newRow } from '../rows.ts';
import type { AskedOfRow, Row } from '../rows.ts';
import type { Field, List, Option } from '../schema.ts';
import { isBlank, openingValues } from '../values.ts';
import type { Fault } from '../values.ts';
import type { Sheet } from '../xlsx/read-workbook.ts';
import { readCell } from './cell.ts';
import type { CellFault } from './cell.ts';
import { matchColumns, plainName } from './columns.ts';
import { mostLines } from './open-file.ts';
import type { Opened, OpenFault } from './open-file.ts';
import { parseCsv } from './parse.ts';
import type { Line } from './parse.ts';
import { isTaken } from './write.ts';

/** Why a line cannot be taken: said of the file, of the cell, or by the row's own rules. */
export type Why =
  | {
      readonly rule: CellFault | 'brokenQuotes' | 'cellsTooMany' | 'hidden' | 'alikePresent';
    }
  | { readonly rule: 'fault'; readonly fault: Fault; readonly field: Field | null };

export interface LineFault {
  readonly line: number;
  /** As the file heads it; null: the line as a whole. */
  readonly column: string | null;
  readonly value: string;
  readonly why: Why;
}

/** What keeps the whole file from being read. */
export type FileFault =
  | { readonly rule: 'empty' | 'noColumns' }
  | { readonly rule: 'tooManyLines'; readonly limit: number }
  | { readonly rule: 'columnTwice' | 'columnMissing'; readonly columns: readonly string[] }
  | OpenFault;

export interface ReadLine {
  readonly line: number;
  readonly row: Row;
  /** Cells by the key of their field, as the file has them. */
  readonly cells: Readonly<Record<string, { readonly column: string; readonly value: string }>>;
  readonly faults: readonly LineFault[];
}

export interface ReadFile {
  readonly fault: FileFault | null;
  /** Of a workbook, the sheet that was read; null: the file is text. */
  readonly sheet: Pick<Sheet, 'name' | 'others'> | null;
  /** In the order of the file, good and bad. */
  readonly lines: readonly ReadLine[];
  readonly unknown: readonly string[];
  readonly missing: readonly string[];
  /** Lines with nothing in them: not rows. */
  readonly blank: number;
}

export interface ReadingOf {
  readonly list: List;
  /** Rows that are there already; none when they are replaced. */
  readonly present: readonly Row[];
  optionsOf(field: Field): readonly Option[];
  askedOf(row: Row): AskedOfRow;
}

/**
 * Reads a file into rows of a list: each line by the row's own rules, as far as they need no server. Nothing is taken
 * over, and nothing is left out in silence.
 */
export function readRows(opened: Opened, reading: ReadingOf): ReadFile {
  const nothing: ReadFile = { fault: null, sheet: null, lines: [], unknown: [], missing: [], blank: 0 };
  const failed = (fault: FileFault): ReadFile => ({ ...nothing, fault });
  if ('fault' in opened) return failed(opened.fault);
  const fields = reading.list.fields.filter(isTaken);
  const names = new Set(fields.flatMap((field) => field.names.map(plainName)));
  const score = (header: readonly string[]) => header.filter((name) => names.has(plainName(name))).length;
  const records = 'sheet' in opened ? opened.sheet.lines : parseCsv(opened.text, score);
  const [header, ...rest] = records.filter((line, at) => at === 0 || !isBlankLine(line));
  const blank = records.slice(1).filter(isBlankLine).length;
  if (!header || isBlankLine(header)) return failed({ rule: 'empty' });
  const { fields: columns, unknown, missing, twice } = matchColumns(fields, header.cells);
  const sheet = 'sheet' in opened ? opened.sheet : null;
  const known = { ...nothing, sheet, unknown, missing: missing.map(({ label }) => label), blank };
  if (columns.every((field) => field === null)) return { ...known, fault: { rule: 'noColumns' } };
  if (twice.length > 0)
    return { ...known, fault: { rule: 'columnTwice', columns: twice.map(({ label }) => label) } };
  const needed = missing.filter(({ required, hideWhen }) => required && hideWhen === null);
  if (needed.length > 0)
    return { ...known, fault: { rule: 'columnMissing', columns: needed.map(({ label }) => label) } };
  if (rest.length === 0) return { ...known, fault: { rule: 'empty' } };
  if (rest.length > mostLines) return { ...known, fault: { rule: 'tooManyLines', limit: mostLines } };

  const lines = rest.map((line) => readLine(line, header.cells, columns, reading));
  return { ...known, lines: withAlike(lines, reading) };
}

const isBlankLine = ({ cells }: Line): boolean => cells.every((cell) => cell.trim() === '');

function readLine(
  { number, cells, isBroken }: Line,
  header: readonly string[],
  columns: readonly (Field | null)[],
  { list, optionsOf, askedOf }: ReadingOf,
): ReadLine {
  const values: Record<string, unknown> = { ...openingValues(list.fields, {}) };
  const byKey: Record<string, { column: string; value: string }> = {};
  const faults: LineFault[] = [];
  const whole = (rule: 'brokenQuotes' | 'cellsTooMany', value = ''): void => {
    faults.push({ line: number, column: null, value, why: { rule } });
  };
  if (isBroken) whole('brokenQuotes');
  // Cells that are missing at the end are empty ones, which spreadsheets leave out.
  const beyond = cells.slice(header.length).filter((cell) => cell.trim() !== '');
  if (beyond.length > 0) whole('cellsTooMany', beyond.join(' '));
  columns.forEach((field, at) => {
    if (!field) return;
    const cell = { column: header[at] ?? field.label, value: cells[at] ?? '' };
    byKey[field.key] = cell;
    const read = readCell(field, cell.value, optionsOf(field));
    if ('fault' in read) faults.push({ line: number, ...cell, why: { rule: read.fault } });
    else values[field.key] = read.value;
  });
  const row = newRow(values);
  const asked = askedOf(row);
  for (const field of list.fields) {
    if (!asked.hidden.has(field.id) || isBlank(values[field.key])) continue;
    const cell = byKey[field.key];
    if (cell) faults.push({ line: number, ...cell, why: { rule: 'hidden' } });
  }
  const unread = new Set(faults.map(({ column }) => column));
  const own = rowFaults(row, asked)
    .map((fault) => lineFault(number, fault, list, byKey))
    // A cell that is no value at all is said to be so once.
    .filter(({ column }) => column === null || !unread.has(column));
  const placeOf = ({ column }: LineFault): number => (column === null ? -1 : header.indexOf(column));
  const inOrder = [...faults, ...own].toSorted((a, b) => placeOf(a) - placeOf(b));
  return { line: number, row, cells: byKey, faults: inOrder };
}

/** A fault of a row, said of the line that it came from. */
export function lineFault(line: number, fault: Fault, { fields }: List, cells: ReadLine['cells']): LineFault {
  const field = fields.find(({ key }) => key === fault.field) ?? null;
  const cell = field ? cells[field.key] : undefined;
  return {
    line,
    column: cell?.column ?? field?.label ?? null,
    value: cell?.value ?? '',
    why: { rule: 'fault', fault, field },
  };
}

/** Lines that say what an earlier one, or a row that is there already, says: the later one is wrong. */
function withAlike(lines: readonly ReadLine[], { list, present }: ReadingOf): readonly ReadLine[] {
  const rows = [...present, ...lines.map(({ row }) => row)];
  const found = new Map(alike(list, rows).map((fault) => [fault.row, fault]));
  return lines.map((line) => {
    const fault = found.get(line.row.id);
    if (!fault) return line;
    const earlier = (fault.limit ?? 1) - 1;
    const before = lines[earlier - present.length];
    const said = lineFault(line.line, { ...fault, ...(before && { limit: before.line }) }, list, line.cells);
    return { ...line, faults: [...line.faults, before ? said : { ...said, why: { rule: 'alikePresent' } }] };
  });
}

/** Whether a file speaks of rows that the list was opened with: a register filled in, then, and no rows beside it. */
export const saysAgain = ({ lines }: ReadFile, present: readonly Row[]): boolean =>
  present.some(isKnown) && lines.some(({ faults }) => faults.some(({ why }) => why.rule === 'alikePresent'));
