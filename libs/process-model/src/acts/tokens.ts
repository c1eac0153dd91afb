/**
 * While Markdown is read, holes are characters that no keyboard has: whatever stands in a value is put in afterwards and
 * never read as markup. A hole's number is in two characters of a range of 4,096.
 */
const open = '\uE000';
const close = '\uE001';
const padding = '\uE002';
const base = 0xe100;
const span = 4_096;

/** Characters of a template that would be taken for holes. */
export const reservedCharacters = /[\uE000-\uF8FF]/;

const pattern = /\uE000([\uE100-\uF0FF])([\uE100-\uF0FF])\uE002*\uE001/g;

/** @param width characters that it takes, so that columns stay what they are in the file */
export function tokenOf(index: number, width = 4): string {
  const digits = String.fromCharCode(base + Math.floor(index / span), base + (index % span));
  return `${open}${digits}${padding.repeat(Math.max(0, width - 4))}${close}`;
}

/** Splits a text at its holes: texts, and numbers of holes. */
export function splitTokens(text: string): readonly (string | number)[] {
  const parts: (string | number)[] = [];
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > at) parts.push(text.slice(at, match.index));
    const [, high = '', low = ''] = match;
    parts.push((high.charCodeAt(0) - base) * span + low.charCodeAt(0) - base);
    at = match.index + match[0].length;
  }
  if (at < text.length) parts.push(text.slice(at));
  return parts;
}
