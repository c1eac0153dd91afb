import Papa from 'papaparse';
import type { Field, List } from '../schema.ts';

/**
 * A cell that no spreadsheet takes for a formula: what begins with a sign to calculate with gets an apostrophe before it,
 * numbers aside.
 * Source: OWASP, CSV injection
 */
export function defused(cell: string): string {
  if (/^-?\d+(?:[.,]\d+)?$/.test(cell)) return cell;
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

/** A file as spreadsheets of Italy open it: semicolons, CRLF, and the mark by which they know UTF-8. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return `\ufeff${Papa.unparse(
    rows.map((row) => row.map(defused)),
    { delimiter: ';', newline: '\r\n' },
  )}\r\n`;
}

/** The empty file to fill in for a list: a column for each field. */
export const templateOf = ({ fields }: Pick<List, 'fields'>): string =>
  writeCsv([fields.filter(isTaken).map(({ label }) => label)]);

/** Whether a file can bring it. */
export const isTaken = (field: Field): boolean => !field.readOnly && field.type !== 'filepicker';
