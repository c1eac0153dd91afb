/** Names of FEEL: Camunda's, DMN's, and those of tools. */
const feel = /feel/i;
const xpath = /xpath/i;
const dmn = /\/DMN\/\d+\/MODEL\/?$/i;

/**
 * An expression as FEEL. XPath, BPMN's default, is translated where it only reads data and compares; an expression
 * of DMN is unwrapped.
 * @param language as the expression declares it; null: FEEL, unless the text can only be BPMN's XPath
 * @returns null when the language is another, or the text goes further
 * Source: BPMN 2.0.2 §10.4.4 (XPath extension functions); DMN 1.3 §7.3.1
 */
export function inFeel(body: string, language: string | null): string | null {
  if (language === null) return accessor.test(body) ? (fromXPath(body) ?? body) : body;
  if (dmn.test(language)) return fromDmn(body);
  if (feel.test(language)) return body;
  if (xpath.test(language)) return body === '' ? '' : fromXPath(body);
  return null;
}

function fromDmn(body: string): string | null {
  const text =
    /^\s*<(?:\w+:)?literalExpression\b[^>]*>\s*<(?:\w+:)?text>([^<]*)<\/(?:\w+:)?text>\s*<\/(?:\w+:)?literalExpression>\s*$/.exec(
      body,
    )?.[1];
  return text === undefined ? null : decode(text).trim();
}

function decode(text: string): string {
  const characters: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return text.replaceAll(/&(lt|gt|quot|apos|amp);/g, (all, name: string) => characters[name] ?? all);
}

const accessor =
  /^\s*(?:not\s*\(\s*)*(?:\w+:)?get(?:DataObject|DataInput|DataOutput|ProcessProperty|ActivityProperty)\s*\(/;

const part =
  /\s*(?:(?:\w+:)?get(?:DataObject|DataInput|DataOutput|ProcessProperty|ActivityProperty)\(\s*(?:'[^']*'\s*,\s*)?'(?<name>[^'`]+)'\s*\)(?<path>(?:\/[A-Za-z_]\w*)*)|(?<constant>(?:true|false)\(\))|(?<word>not(?=\s*\()|and\b|or\b|div\b)|'(?<text>[^'"\\]*)'|(?<same>"[^"\\]*"|\d+(?:\.\d+)?|[!<>]=|[=<>()+*-]))\s*/y;

function fromXPath(body: string): string | null {
  const parts: string[] = [];
  part.lastIndex = 0;
  while (part.lastIndex < body.length) {
    const found = part.exec(body)?.groups;
    if (!found) return null;
    const { name, path = '', constant, word, text, same } = found;
    if (name !== undefined) parts.push(`${quoted(name)}${path.replaceAll('/', '.')}`);
    else if (text !== undefined) parts.push(`"${text}"`);
    else parts.push((constant?.slice(0, -2) ?? (word === 'div' ? '/' : word) ?? same) as string);
  }
  return parts.join(' ').replaceAll('( ', '(').replaceAll(' )', ')').replaceAll('not (', 'not(');
}

function quoted(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? name : `\`${name}\``;
}
