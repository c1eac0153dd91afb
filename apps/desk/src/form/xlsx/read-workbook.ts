import { unzipSync } from 'fflate';
import type { Line } from '../csv/parse.ts';
import { textOfNumber } from './cell-text.ts';
import { readParts } from './parts.ts';
import type { Formats } from './cell-text.ts';
import { attribute, textsOf, walk } from './walk.ts';

/** The first sheet of a workbook that is shown, its cells as the sheet shows them. */
export interface Sheet {
  readonly name: string;
  /** Sheets that were not read. */
  readonly others: number;
  /** Rows with something in them, by their numbers on the sheet. */
  readonly lines: readonly Line[];
}

export type WorkbookFault =
  | { readonly rule: 'notWorkbook' | 'workbookTooLarge' }
  | { readonly rule: 'tooManyLines' | 'tooManyColumns'; readonly limit: number }
  /** Formulas that came to nothing, or whose result was not saved: nothing is calculated here. */
  | { readonly rule: 'cellsInError'; readonly columns: readonly string[] };

/** What a workbook may hold, whatever its file says of itself. */
export const workbookLimits = {
  files: 1_000,
  unpackedBytes: 96 * 1024 * 1024,
  /** As many as a sheet has. */
  rows: 1_048_576,
  columns: 200,
  /** Of the cells of a sheet together: many may point to the same text, and each leaves the worker as its own. */
  chars: 96 * 1024 * 1024,
} as const;

const namedCells = 10;

/**
 * Reads a workbook of Excel 2007 or later (`.xlsx`): values as they were saved. Nothing is calculated, no link is followed,
 * and what the archive says of its sizes is the most that is unpacked.
 * @param mostLines rows with something in them, the header among them
 * Source: ECMA-376-1, SpreadsheetML
 */
export function readWorkbook(
  bytes: Uint8Array,
  mostLines: number,
): Sheet | { readonly fault: WorkbookFault } {
  try {
    return readSheet(unpacked(bytes), mostLines);
  } catch (error) {
    if (error instanceof Refused) return { fault: error.fault };
    return { fault: { rule: 'notWorkbook' } };
  }
}

class Refused extends Error {
  readonly fault: WorkbookFault;
  constructor(fault: WorkbookFault) {
    super(fault.rule);
    this.fault = fault;
  }
}

/** An entry is unpacked into as many bytes as it says that it has, and never into more; one that is stored, into its own size. */
function unpacked(bytes: Uint8Array): Readonly<Record<string, Uint8Array>> {
  let [files, size] = [0, 0];
  return unzipSync(bytes, {
    filter({ name, size: ownSize, originalSize }) {
      if (++files > workbookLimits.files) throw new Refused({ rule: 'workbookTooLarge' });
      if (!/^xl\/.*\.(?:xml|rels)$/.test(name) || /^xl\/(?:drawings|charts|theme|media)\//.test(name))
        return false;
      size += Math.max(ownSize, originalSize);
      if (size > workbookLimits.unpackedBytes) throw new Refused({ rule: 'workbookTooLarge' });
      return true;
    },
  });
}

function readSheet(files: Readonly<Record<string, Uint8Array>>, mostLines: number): Sheet {
  const { sheets, sheetXml, texts, formats } = readParts(files);
  const lines: Line[] = [];
  const inError: string[] = [];
  let number = 0;
  let chars = 0;
  let cells: string[] = [];
  let cell = { column: 0, type: '', style: 0, value: '', formula: false };

  const place = (text: string): void => {
    if (text === '') return;
    if (cell.column >= workbookLimits.columns) {
      throw new Refused({ rule: 'tooManyColumns', limit: workbookLimits.columns });
    }
    if ((chars += text.length) > workbookLimits.chars) throw new Refused({ rule: 'workbookTooLarge' });
    while (cells.length < cell.column) cells.push('');
    cells[cell.column] = text;
  };
  walk(sheetXml, {
    open(name, attributes) {
      if (name === 'row') {
        const next = Number(attribute(attributes, 'r') ?? number + 1);
        if (!(Number.isInteger(next) && next > number && next <= workbookLimits.rows)) {
          throw new Refused({ rule: 'notWorkbook' });
        }
        number = next;
        cells = [];
        cell = { ...cell, column: -1 };
      } else if (name === 'c') {
        const column = columnOf(attribute(attributes, 'r')) ?? cell.column + 1;
        const type = attribute(attributes, 't') ?? 'n';
        cell = { column, type, style: Number(attribute(attributes, 's') ?? 0), value: '', formula: false };
      } else if (name === 'f') cell.formula = true;
    },
    text(text, path) {
      if (path.at(-1) === 'v' || (cell.type === 'inlineStr' && textsOf(path))) cell.value += text;
    },
    close(name) {
      if (name === 'c') {
        if (cell.type === 'e' || (cell.formula && cell.value === '' && cell.type !== 'str')) {
          inError.push(`${lettersOf(cell.column)}${number}`);
        } else place(textOf(cell, texts, formats));
      }
      if (name !== 'row' || cells.every((text) => text.trim() === '')) return;
      if (lines.length >= mostLines) throw new Refused({ rule: 'tooManyLines', limit: mostLines - 1 });
      lines.push({ number, cells, isBroken: false });
    },
  });
  if (inError.length > 0) throw new Refused({ rule: 'cellsInError', columns: inError.slice(0, namedCells) });
  return { name: sheets[0] ?? '', others: Math.max(0, sheets.length - 1), lines };
}

function textOf(
  { type, style, value }: { readonly type: string; readonly style: number; readonly value: string },
  texts: readonly string[],
  formats: Formats,
): string {
  if (value === '') return '';
  switch (type) {
    case 's': {
      const text = texts[Number(value)];
      if (text === undefined) throw new Refused({ rule: 'notWorkbook' });
      return text;
    }
    case 'b':
      return value === '1' ? 'sì' : 'no';
    case 'n':
      return textOfNumber(value, style, formats);
    default:
      return value;
  }
}

/** `C12` is the third column: 2. */
function columnOf(address: string | undefined): number | null {
  const [, letters] = /^([A-Z]{1,3})\d{1,7}$/.exec(address ?? '') ?? [];
  if (letters === undefined) return null;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

const lettersOf = (column: number): string =>
  `${column >= 26 ? lettersOf(Math.floor(column / 26) - 1) : ''}${String.fromCharCode(65 + (column % 26))}`;
