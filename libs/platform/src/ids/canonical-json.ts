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
  for (const name of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[name];
    if (member === undefined) continue;
    const written = plainJson(member, depth + 1);
    if (written === null || !name.isWellFormed()) return null;
    text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${written}`;
  }
  return `{${text}}`;
}
