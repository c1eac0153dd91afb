import { fieldsOf } from './schema.ts';
import type { List, Part } from './schema.ts';
import { isBlank, openingValues, sentValues } from './values.ts';
import type { Values } from './values.ts';

/** A row of a list as its controls hold it. Its id stays with it when it moves. */
export interface Row {
  readonly id: string;
  readonly values: Values;
}

/** What a row asks as it is filled in. */
export interface AskedOfRow {
  /** The list with what is required and read-only in this row. */
  readonly list: List;
  /** Ids of the parts that are hidden in it. */
  readonly hidden: ReadonlySet<string>;
}

let made = 0;
const newId = (): string => `r${Date.now().toString(36)}${(made++).toString(36)}`;

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A new row of values as controls hold them. */
export const newRow = (values: Values): Row => ({ id: newId(), values });

/** A row with nothing in it but its fields' defaults. */
export const blankRow = ({ fields }: List): Row => ({ id: newId(), values: openingValues(fields, {}) });

/** A row with these values, as the API has them. */
export const rowOf = ({ fields }: List, known: Values): Row => ({
  id: newId(),
  values: openingValues(fields, known),
});

/** The rows a list opens with: those that the case knows, else as many blank ones as the form says. */
export function openingRows(list: List, known: unknown): readonly Row[] {
  if (Array.isArray(known) && known.length > 0)
    return known.map((row, at) => ({ ...rowOf(list, isObject(row) ? row : {}), id: `k${at}` }));
  return Array.from({ length: list.openingRows }, (_, at) => ({ ...blankRow(list), id: `n${at}` }));
}

/** Whether the list was opened with this row, of what the case knows. */
export const isKnown = ({ id }: Pick<Row, 'id'>): boolean => /^k\d+$/.test(id);

/**
 * What the case has of a row in which it knows more than is asked: answers that are only read, as conditions see them.
 * @param known the list as the case has it
 */
export function standing({ fixedRows }: List, { id }: Row, known: unknown): Values {
  const row: unknown = fixedRows && isKnown({ id }) && Array.isArray(known) ? known[Number(id.slice(1))] : {};
  return isObject(row) ? row : {};
}

/** Rows as a draft or the form's values hold them. */
export function rowsIn(value: unknown): readonly Row[] {
  const isRow = (it: unknown): it is Row => isObject(it) && typeof it.id === 'string' && isObject(it.values);
  return Array.isArray(value) ? value.filter(isRow) : [];
}

/** Whether nothing was filled in: such a row is not sent. */
const isBlankRow = ({ fields }: List, { values }: Row): boolean =>
  fields.every((field) => isBlank(values[field.key]) || values[field.key] === field.defaultValue);

/** The rows that are sent: all of a list whose rows are fixed, else those with something in them. */
export const keptRows = (list: List, rows: readonly Row[]): readonly Row[] =>
  list.fixedRows ? rows : rows.filter((row) => !isBlankRow(list, row));

/**
 * @param askedOf what a row asks as it is filled in
 * @param variables that choices may be made from
 */
export function sentRows(
  rows: readonly Row[],
  askedOf: (row: Row) => AskedOfRow,
  variables: Values,
): readonly Values[] {
  return rows.map((row) => {
    const { list, hidden } = askedOf(row);
    return sentValues(list.fields, row.values, hidden, variables);
  });
}

/** Rows as conditions of the form see them: as they would be sent, over what the case has of fixed ones. */
export const seenRows = (list: List, rows: readonly Row[], variables: Values): readonly Values[] =>
  rows.map((row) => ({
    ...standing(list, row, variables[list.key]),
    ...sentValues(list.fields, row.values, new Set(), variables),
  }));

/** The rows with one of them moved: to a place within them, or to where it is. */
export function moved(rows: readonly Row[], from: number, to: number): readonly Row[] {
  const row = rows[from];
  if (!row || to < 0 || to >= rows.length) return rows;
  const rest = rows.filter((_, at) => at !== from);
  return [...rest.slice(0, to), row, ...rest.slice(to)];
}

/** Whether rows fit in a table; else each is a card: questions that need room, texts between them, or too many. */
export function isTabular({ parts }: Pick<List, 'parts'>): boolean {
  const flat = (inner: readonly Part[]): readonly Part[] =>
    inner.flatMap((part) => (part.kind === 'group' ? flat(part.parts) : [part]));
  const roomy = new Set(['radio', 'checklist', 'taglist', 'filepicker']);
  return (
    fieldsOf(parts).length <= 6 && flat(parts).every((part) => part.kind === 'field' && !roomy.has(part.type))
  );
}
