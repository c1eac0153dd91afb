/** What a value is drawn as: by itself, as a table of alike things, as a list, or as parts with names. */
export type Nested =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'flag'; readonly is: boolean }
  | { readonly kind: 'none' }
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly rows: readonly Parts[] }
  | { readonly kind: 'list'; readonly items: readonly unknown[] }
  | { readonly kind: 'parts'; readonly parts: readonly (readonly [name: string, value: unknown])[] };
type Parts = Readonly<Record<string, unknown>>;

/** A wider table is read row by row. */
const mostColumns = 8;
/** Deeper than so, it is text again. */
const deepest = 5;

const isParts = (value: unknown): value is Parts =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function nested(value: unknown, depth = 0): Nested {
  if (value === null || value === undefined) return { kind: 'none' };
  if (typeof value === 'boolean') return { kind: 'flag', is: value };
  if (typeof value !== 'object') return { kind: 'text', text: String(value as string | number) };
  if (depth >= deepest) return { kind: 'text', text: JSON.stringify(value) };
  if (!Array.isArray(value)) {
    const parts = Object.entries(value);
    return parts.length === 0 ? { kind: 'none' } : { kind: 'parts', parts };
  }
  const items: readonly unknown[] = value;
  if (items.length === 0) return { kind: 'none' };
  if (!items.every(isParts)) return { kind: 'list', items };
  const columns = [...new Set(items.flatMap(Object.keys))];
  return columns.length === 0 || columns.length > mostColumns
    ? { kind: 'list', items }
    : { kind: 'table', columns, rows: items };
}

/** What JSON says; what is none, itself. */
export function fromText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
