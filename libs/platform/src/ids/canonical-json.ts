import canonicalize from 'canonicalize';

/** Deeper values take the general way, which needs no call stack. */
const mostNested = 64;

/**
 * JSON in the one form that RFC 8785 gives it; members that are undefined are left out.
 * @throws Error on what JSON cannot say (NaN, half a surrogate pair, a function alone)
 */
export function canonicalJson(value: unknown): string {
  const text = plainJson(value, 0) ?? canonicalize(value);
  if (text === undefined) throw new TypeError('There is no JSON for this value.');
  return text;
}

/** The same for plain values, in half the time: every command and every event is written so. Null: not this way. */
function plainJson(value: unknown, depth: number): string | null {
  if (typeof value === 'string') return value.isWellFormed() ? JSON.stringify(value) : null;
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : null;
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value === null) return 'null';
  if (typeof value !== 'object' || depth === mostNested) return null;
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value) {
      const written = plainJson(item, depth + 1);
      if (written === null) return null;
      text += text === '' ? written : `,${written}`;
    }
    return `[${text}]`;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return null;
  for (const name of sorted(Object.keys(value))) {
    const member = (value as Record<string, unknown>)[name];
    if (member === undefined) continue;
    const written = plainJson(member, depth + 1);
    if (written === null || !name.isWellFormed()) return null;
    text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${written}`;
  }
  return `{${text}}`;
}

/**
 * The names in the order of their UTF-16 units, in place. They are few, and mostly in order already: `sort` would copy them
 * twice, which was a tenth of all the memory that a command took.
 */
function sorted(names: string[]): string[] {
  if (names.length > 32) return names.sort();
  for (let i = 1; i < names.length; i++) {
    const name = names[i]!;
    let at = i;
    for (; at > 0 && names[at - 1]! > name; at--) names[at] = names[at - 1]!;
    names[at] = name;
  }
  return names;
}
