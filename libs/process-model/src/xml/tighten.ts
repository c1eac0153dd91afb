const token = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<(?:[^>"']|"[^"]*"|'[^']*')*>|[^<]+/y;
const loose = /([^\s=<>"']+)(\s*)=(\s*)("[^"]*"|'[^']*')/g;

/**
 * The parser takes no blanks around the `=` of an attribute, which XML allows: they are moved behind its value, so
 * that lines stay where they are.
 * Source: XML 1.0 §2.3, production 25
 */
export function tighten(xml: string): string {
  if (!/\s=\s*["']|=\s+["']/.test(xml)) return xml;
  const parts: string[] = [];
  for (let at = (token.lastIndex = 0); at < xml.length; at = token.lastIndex) {
    const [found] = token.exec(xml) ?? [];
    // Not well-formed from here on: the parser says what is wrong.
    if (found === undefined) return xml;
    parts.push(/^<[^!]/.test(found) ? found.replaceAll(loose, '$1=$4$2$3') : found);
  }
  return parts.join('');
}
