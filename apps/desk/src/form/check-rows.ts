import { keptRows } from './rows.ts';
import type { AskedOfRow, Row } from './rows.ts';
import type { List } from './schema.ts';
import { check, isBlank } from './values.ts';
import type { Fault } from './values.ts';

/**
 * Checks of a list that need no server: how many rows there are, each row by its fields, rows that are told apart by
 * nothing. Blank rows are not sent, and not checked.
 */
export function checkRows(
  list: List,
  rows: readonly Row[],
  askedOf: (row: Row) => AskedOfRow,
): readonly Fault[] {
  if (list.readOnly) return [];
  const kept = keptRows(list, rows);
  const count = countFault(list, kept.length);
  return [
    ...(count ? [count] : []),
    ...kept.flatMap((row) => rowFaults(row, askedOf(row))),
    ...alike(list, kept),
  ];
}

/** What is wrong with one row by itself. */
export function rowFaults(row: Row, { list, hidden }: AskedOfRow): readonly Fault[] {
  return check(list.fields, row.values, hidden).map((fault) => ({
    ...fault,
    key: list.key,
    row: row.id,
    field: fault.key,
  }));
}

function countFault({ key, minRows, maxRows, fixedRows }: List, rows: number): Fault | null {
  if (fixedRows) return null;
  if (rows === 0 && minRows > 0) return { key, rule: 'required' };
  if (rows < minRows) return { key, rule: 'minRows', limit: minRows };
  if (rows > maxRows) return { key, rule: 'maxRows', limit: maxRows };
  return null;
}

/** @returns a fault for the later of two rows that are alike; `limit` is the number of the earlier one */
export function alike({ key, uniqueBy }: List, rows: readonly Row[]): readonly Fault[] {
  const [field] = uniqueBy;
  if (field === undefined) return [];
  const seen = new Map<string, number>();
  return rows.flatMap((row, at): Fault[] => {
    const told = uniqueBy.map((one) => row.values[one]);
    if (told.every(isBlank)) return [];
    const mark = JSON.stringify(
      told.map((value) => (isBlank(value) ? null : typeof value === 'string' ? value.trim() : value)),
    );
    const earlier = seen.get(mark);
    if (earlier === undefined) {
      seen.set(mark, at);
      return [];
    }
    return [{ key, row: row.id, field, rule: 'notUnique', limit: earlier + 1 }];
  });
}
