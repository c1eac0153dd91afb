import { Parser } from 'saxen';

/** Namespaces in scope by prefix; `''` is the default namespace. */
export type Scope = ReadonlyMap<string, string>;

export interface XmlName {
  /** Namespace URI; empty for none. */
  readonly uri: string;
  readonly local: string;
}

export interface XmlElement extends XmlName {
  readonly attributes: readonly (XmlName & { readonly value: string })[];
  /** Elements and texts in their order; neighbouring texts and CDATA sections are one text. */
  readonly content: readonly (XmlElement | string)[];
  readonly scope: Scope;
}

/** The text is not well-formed XML with namespaces. */
export class NotXml extends Error {
  override readonly name = 'NotXml';
}

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';
const predefined = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }));

/**
 * Reads XML as the standard says and knows nothing of BPMN: what the conformance run compares must not depend on the
 * reader whose work it judges. Comments and processing instructions say nothing, so they are left out.
 * @throws NotXml on what is not well formed, on a prefix without a namespace, and on document types
 * Source: XML 1.0 §2.11 (ends of lines), §3.3.3 (values of attributes), §4.6; Namespaces in XML 1.0 §6
 */
export function readXmlTree(xml: string): XmlElement {
  const open: { element: XmlElement; content: (XmlElement | string)[] }[] = [];
  let root: XmlElement | undefined;
  const scopes: Scope[] = [new Map([['xml', xmlNamespace]])];
  const fail = (reason: string): never => {
    throw new NotXml(`This is not well-formed XML: ${reason}.`);
  };
  const addText = (text: string): void => {
    const content = open.at(-1)?.content;
    if (!content || text === '') return;
    const last = content.at(-1);
    if (typeof last === 'string') content[content.length - 1] = last + text;
    else content.push(text);
  };
  const parser = new Parser();
  parser.on('openTag', (tag, given) => {
    const written = Object.entries(given()).map(([name, value]): [string, string] => [
      name,
      decode(value.replace(/[\t\n]/g, ' '), fail),
    ]);
    const scope = scopeWith(scopes.at(-1) ?? new Map(), written);
    scopes.push(scope);
    const content: (XmlElement | string)[] = [];
    const attributes = written
      .filter(([name]) => name !== 'xmlns' && !name.startsWith('xmlns:'))
      .map(([name, value]) => ({ ...resolve(name, scope, '', fail), value }));
    const element = { ...resolve(tag, scope, scope.get('') ?? '', fail), attributes, content, scope };
    open.at(-1)?.content.push(element);
    root ??= element;
    open.push({ element, content });
  });
  parser.on('closeTag', () => {
    open.pop();
    scopes.pop();
  });
  parser.on('text', (text) => addText(decode(text, fail)));
  parser.on('cdata', addText);
  parser.on('attention', () => fail('it has a document type'));
  parser.on('error', ({ message }) => fail(message));
  // To the parser these are no errors, but it leaves out what they are about.
  parser.on('warn', ({ message }) => fail(message));
  parser.parse(xml.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'));
  return root ?? fail('it has no element');
}

function scopeWith(scope: Scope, attributes: readonly [string, string][]): Scope {
  const declared = attributes.flatMap(([name, uri]): [string, string][] => {
    const prefix = /^xmlns(?::(.+))?$/.exec(name);
    return prefix ? [[prefix[1] ?? '', uri]] : [];
  });
  return declared.length > 0 ? new Map([...scope, ...declared]) : scope;
}

function resolve(name: string, scope: Scope, unprefixed: string, fail: (reason: string) => never): XmlName {
  const colon = name.indexOf(':');
  if (colon === -1) return { uri: unprefixed, local: name };
  const prefix = name.slice(0, colon);
  const uri = scope.get(prefix) ?? fail(`the prefix "${prefix}" has no namespace`);
  return { uri, local: name.slice(colon + 1) };
}

function decode(text: string, fail: (reason: string) => never): string {
  return text.replace(/&(#x?[0-9a-fA-F]+|\w+)?;?/g, (reference, name: string | undefined) => {
    if (name === undefined || !reference.endsWith(';')) return fail('an ampersand stands alone');
    if (!name.startsWith('#')) return predefined.get(name) ?? fail(`the entity "${name}" is not declared`);
    const code = name.startsWith('#x') ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
    return code <= 0x10_ffff ? String.fromCodePoint(code) : fail(`there is no character ${name}`);
  });
}
