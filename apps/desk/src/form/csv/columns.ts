import type { Field } from '../schema.ts';

/** A name as people may write it: without regard to case, accents, spaces and a mark for what is required. */
export function plainName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s_]+/g, ' ')
    .replace(/[*:\s]+$/, '')
    .trim();
}

export interface Columns {
  /** For each column of the file its field; null: it is unknown, and not taken over. */
  readonly fields: readonly (Field | null)[];
  readonly unknown: readonly string[];
  /** Fields that no column brings. */
  readonly missing: readonly Field[];
  /** Fields that several columns bring: which one counts? */
  readonly twice: readonly Field[];
}

/** Finds the fields of a header whose names are keys or labels, Italian or English, in any order. */
export function matchColumns(fields: readonly Field[], header: readonly string[]): Columns {
  const byName = new Map<string, Field>();
  // A key is a name for sure; a label may be that of two fields, and then the first one's.
  for (let at = 0; fields.some(({ names }) => at < names.length); at++) {
    for (const field of fields) {
      const name = plainName(field.names[at] ?? '');
      if (name !== '' && !byName.has(name)) byName.set(name, field);
    }
  }
  const found = header.map((name) => byName.get(plainName(name)) ?? null);
  const times = (field: Field): number => found.filter((one) => one === field).length;
  return {
    fields: found,
    unknown: header.filter((name, at) => found[at] === null && name.trim() !== ''),
    missing: fields.filter((field) => times(field) === 0),
    twice: fields.filter((field) => times(field) > 1),
  };
}
