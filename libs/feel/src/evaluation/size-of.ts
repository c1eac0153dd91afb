import type { Json } from '../expression.ts';

// Variables are immutable: what has been measured once has its size for ever.
const sizes = new WeakMap<object, number>();

/** Characters of a value as JSON; of numbers and the like, about. */
export function sizeOf(value: Json | undefined): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 8;
  const known = sizes.get(value);
  if (known !== undefined) return known;
  const size = JSON.stringify(value).length;
  sizes.set(value, size);
  return size;
}
