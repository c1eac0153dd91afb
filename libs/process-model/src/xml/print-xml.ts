export interface XmlName {
  /** Namespace URI; empty for none. */
  readonly uri: string;
  readonly local: string;
  /** Taken when nothing in scope stands for the namespace. */
  readonly prefix: string;
}

export interface XmlAttribute extends XmlName {
  /** A text, or a qualified name. */
  readonly value: string | XmlName;
}

export interface XmlNode extends XmlName {
  /** Prefixes declared here; `''` is the default namespace. */
  readonly declarations: readonly (readonly [prefix: string, uri: string])[];
  readonly attributes: readonly XmlAttribute[];
  readonly content: readonly (XmlNode | string)[];
}

type Scope = ReadonlyMap<string, string>;

/**
 * Prints XML, two spaces a level; elements that hold text stand as they are, without breaks. Declares the prefixes
 * that are missing where they are first used.
 * Source: XML 1.0 §2.4, §3.3.3; Namespaces in XML 1.0 §6
 */
export function printXml(node: XmlNode): string {
  const lines: string[] = [];
  print(node, new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]), '', lines);
  return `${lines.join('\n')}\n`;
}

function print(node: XmlNode, outer: Scope, indent: string, lines: string[]): void {
  const { start, tag, scope } = startTag(node, outer);
  if (node.content.length === 0) lines.push(`${indent}<${start}/>`);
  else if (node.content.some((it) => typeof it === 'string')) lines.push(indent + inline(node, outer));
  else {
    lines.push(`${indent}<${start}>`);
    for (const it of node.content) if (typeof it !== 'string') print(it, scope, `${indent}  `, lines);
    lines.push(`${indent}</${tag}>`);
  }
}

function inline(node: XmlNode, outer: Scope): string {
  const { start, tag, scope } = startTag(node, outer);
  if (node.content.length === 0) return `<${start}/>`;
  const content = node.content.map((it) => (typeof it === 'string' ? escapeText(it) : inline(it, scope)));
  return `<${start}>${content.join('')}</${tag}>`;
}

function startTag(node: XmlNode, outer: Scope): { start: string; tag: string; scope: Scope } {
  const scope = new Map([...outer, ...node.declarations]);
  const declared = new Map(node.declarations);
  const declare = (prefix: string, uri: string): string => {
    scope.set(prefix, uri);
    declared.set(prefix, uri);
    return prefix;
  };
  const prefixFor = ({ uri, prefix }: XmlName, mayBeDefault: boolean): string => {
    if (uri === '') return mayBeDefault && (scope.get('') ?? '') !== '' ? declare('', '') : '';
    for (const [known, bound] of scope) if (bound === uri && (known !== '' || mayBeDefault)) return known;
    const base = prefix === '' ? 'ns' : prefix;
    let free = base;
    for (let n = 1; scope.has(free); n++) free = `${base}_${n}`;
    return declare(free, uri);
  };
  const named = (name: XmlName, mayBeDefault: boolean): string => {
    const prefix = prefixFor(name, mayBeDefault);
    return prefix === '' ? name.local : `${prefix}:${name.local}`;
  };
  const tag = named(node, true);
  const attributes = node.attributes.map((it) => {
    const value = typeof it.value === 'string' ? it.value : named(it.value, true);
    return `${named(it, false)}="${escapeValue(value)}"`;
  });
  const declarations = [...declared].map(
    ([prefix, uri]) => `xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeValue(uri)}"`,
  );
  return { start: [tag, ...declarations, ...attributes].join(' '), tag, scope };
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};
const escapeText = (text: string): string => text.replace(/[&<>\r]/g, (it) => references[it] ?? it);
const escapeValue = (text: string): string => text.replace(/[&<>"\t\n\r]/g, (it) => references[it] ?? it);
