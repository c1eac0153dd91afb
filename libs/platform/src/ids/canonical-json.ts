import canonicalize from 'canonicalize';

/** Deeper values take the general way, which needs no call stack. */
const mostNested = 64;

/**
 * JSON in the one form that RFC 8785 gives it; members that are undefined are left out.
 * @throws Error on what JSON cannot say (NaN, half a surrogate pair, a function alone)
 */
export function canonicalJson(value: unknown): string {
  const plain = inOrder(value, 0);
  // One call of the serializer for the whole: its text is in one piece, where text put together here would be a tree.
  const text = plain === unclear ? canonicalize(value) : JSON.stringify(plain);
  if (text === undefined) throw new TypeError('There is no JSON for this value.');
  return text;
}

const unclear = Symbol('unclear');

/**
 * A plain value whose objects have their names in order: itself, or a copy where they have not. Every command and every
 * event is written so; the general library takes twice the time. `unclear`: what `JSON.stringify` would not write as the
 * norm asks, or would write in silence.
 */
function inOrder(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.isWellFormed() ? value : unclear;
  if (typeof value === 'number') return Number.isFinite(value) ? value : unclear;
  if (typeof value === 'boolean' || value === null) return value;
  if (typeof value !== 'object' || depth === mostNested) return unclear;
  if (Array.isArray(value)) return listInOrder(value, depth + 1);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return unclear;
  return objectInOrder(value as Record<string, unknown>, depth + 1);
}

function listInOrder(list: readonly unknown[], depth: number): unknown {
  let copy: unknown[] | null = null;
  for (let i = 0; i < list.length; i++) {
    const item = inOrder(list[i], depth);
    if (item === unclear) return unclear;
    if (item !== list[i]) (copy ??= list.slice())[i] = item;
  }
  return copy ?? list;
}

function objectInOrder(object: Record<string, unknown>, depth: number): unknown {
  const names = Object.keys(object);
  for (const name of names) if (!name.isWellFormed() || isOutOfTurn(name)) return unclear;
  let copy: Record<string, unknown> | null = isSorted(names) ? null : {};
  if (copy) sort(names);
  for (let i = 0; i < names.length; i++) {
    const name = names[i]!;
    const member = object[name];
    // The serializer leaves it out as well.
    if (member === undefined) continue;
    const written = inOrder(member, depth);
    if (written === unclear) return unclear;
    if (written !== member)
      copy ??= Object.fromEntries(names.slice(0, i).map((before) => [before, object[before]]));
    if (copy) copy[name] = written;
  }
  return copy ?? object;
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/**
 * Whole numbers stand first in every object, and one name is no member when it is assigned. The last character is looked at
 * too, since every sealed event has the id of its key as a name, which begins with a digit more often than not.
 */
const isOutOfTurn = (name: string): boolean =>
  (isDigit(name.charCodeAt(0)) && isDigit(name.charCodeAt(name.length - 1)) && /^\d+$/.test(name)) ||
  name === '__proto__';

function isSorted(names: readonly string[]): boolean {
  for (let i = 1; i < names.length; i++) if (names[i - 1]! > names[i]!) return false;
  return true;
}

/** By UTF-16 units, in place. Names are few, and mostly in order already: `sort` by itself would copy them twice. */
function sort(names: string[]): void {
  if (names.length > 32) return void names.sort();
  for (let i = 1; i < names.length; i++) {
    const name = names[i]!;
    let at = i;
    for (; at > 0 && names[at - 1]! > name; at--) names[at] = names[at - 1]!;
    names[at] = name;
  }
}
