import type { Json } from '@iter/feel';

/** Whether two values are the same; the order of a context's entries does not count. */
export function equal(a: Json, b: Json): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (isList(a) || isList(b)) {
    return isList(a) && isList(b) && a.length === b.length && a.every((item, i) => equal(item, b[i] ?? null));
  }
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && equal(a[name] ?? null, b[name] ?? null))
  );
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
