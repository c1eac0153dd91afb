import { bpmnSchema, keyOf, qname } from './xml-schema.ts';
import type { SchemaType, ValueKind } from './xml-schema.ts';
import type { Scope, XmlElement, XmlName } from './xml-tree.ts';

/** An element as what it says: two files with equal canonical trees mean the same. */
export interface Canonical {
  /** Namespace and name in Clark's notation. */
  readonly key: string;
  readonly id: string | null;
  /** By Clark name, defaults filled in. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly content: readonly (Canonical | string)[];
}

const xsi = 'http://www.w3.org/2001/XMLSchema-instance';
const schema = bpmnSchema();

/**
 * Brings a BPMN file into the form in which equal meaning is equal writing.
 *
 * Not significant: prefixes, the order of attributes, whitespace between elements, attributes that repeat the
 * schema's default, another lexical form of the same boolean or number, and the order of children of different kinds
 * where the schema has a sequence. In foreign namespaces every order and every text counts.
 * Source: BPMN 2.0.2 §15 (schema); XML Schema 1.0 part 2 §3.2 (canonical forms)
 */
export const canonical = (root: XmlElement): Canonical => canonicalOf(root, schema.typeOfRoot(root), false);

function canonicalOf(
  element: XmlElement,
  declared: SchemaType | ValueKind | null,
  keepsBlanks: boolean,
): Canonical {
  const named = element.attributes.find((it) => it.uri === xsi && it.local === 'type');
  const written = named && qname(named.value, element.scope);
  const type = (written && schema.typeNamed(written)) ?? declared;
  const known = type !== null && typeof type === 'object' ? type : null;
  const attributes = new Map<string, string>();
  for (const [name, { default: standard, kind }] of known?.attributes ?? []) {
    if (standard !== undefined) attributes.set(name, valueOf(standard, kind, new Map()));
  }
  for (const it of element.attributes) {
    if (it === named && written && type === declared && known !== null) continue;
    const kind = (it.uri === '' && known?.attributes.get(it.local)?.kind) || 'text';
    const value = it === named && written ? keyOf(written) : valueOf(it.value, kind, element.scope);
    attributes.set(keyOf(it), value);
  }
  return {
    key: keyOf(element),
    id: element.attributes.find(({ uri, local }) => uri === '' && local === 'id')?.value ?? null,
    attributes,
    content: contentOf(element, type, keepsBlanks),
  };
}

function contentOf(
  element: XmlElement,
  type: SchemaType | ValueKind | null,
  keepsBlanks: boolean,
): readonly (Canonical | string)[] {
  const texts = element.content.filter((it) => typeof it === 'string');
  const nested = element.content.filter((it) => typeof it !== 'string');
  const isBlank = texts.every(isBlankText);
  if (type !== null && typeof type !== 'object') {
    return isBlank
      ? nested.map((it) => canonicalOf(it, null, false))
      : [valueOf(texts.join(''), type, element.scope)];
  }
  // Between words of mixed content a blank is a word's end; elsewhere it is how the file is set.
  const isMixed = !isBlank && nested.some((it) => type === null || schema.placeOf(it, type) === -1);
  const blanksCount = isMixed || keepsBlanks;
  const content = element.content.flatMap((it): readonly (Canonical | string)[] => {
    if (typeof it !== 'string') return [canonicalOf(it, type && schema.typeOfChild(it, type), blanksCount)];
    return isBlankText(it) && !blanksCount ? [] : [valueOf(it, 'text', element.scope)];
  });
  if (!type) return content;
  const places = new Map(nested.map((it) => [keyOf(it), schema.placeOf(it, type)]));
  const placeOf = (it: Canonical | string): number =>
    typeof it === 'string' ? -1 : (places.get(it.key) ?? -1);
  // Text beside children that have a place of their own in the schema is one text, wherever it stands.
  const inOrder = isMixed ? content : content.toSorted((a, b) => placeOf(a) - placeOf(b));
  return isMixed || isBlank ? inOrder : joinTexts(inOrder);
}

/** A no-break space is text. */
const isBlankText = (text: string): boolean => /^[ \t\r\n]*$/.test(text);

function joinTexts(content: readonly (Canonical | string)[]): readonly (Canonical | string)[] {
  const text = content.filter((it) => typeof it === 'string').join('');
  return [text, ...content.filter((it) => typeof it !== 'string')];
}

function valueOf(value: string, kind: ValueKind, scope: Scope): string {
  const token = value.trim().replace(/\s+/g, ' ');
  switch (kind) {
    case 'boolean':
      return token === '1' ? 'true' : token === '0' ? 'false' : token;
    case 'integer':
      return /^[+-]?\d+$/.test(token) ? BigInt(token.replace(/^\+/, '')).toString() : token;
    case 'number':
      return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(token) ? String(Number(token)) : token;
    case 'qname': {
      // Without a prefix it is an id of this file, as every tool reads it.
      const name: XmlName | null = token.includes(':') ? qname(token, scope) : null;
      return name && name.uri !== '' ? keyOf(name) : token;
    }
    case 'token':
      return token;
    case 'text':
      return value + bindings(value, scope);
  }
}

/** Prefixes that a text mentions mean their namespaces, as in XPath: with another binding it says something else. */
function bindings(text: string, scope: Scope): string {
  const mentioned = new Set(
    Array.from(text.matchAll(/(?<![\w.:-])([A-Za-z_][\w.-]*):(?=[A-Za-z_*])/g), ([, it]) => it ?? ''),
  );
  const bound = [...mentioned].flatMap((prefix) => {
    const uri = scope.get(prefix);
    return uri === undefined ? [] : [`${prefix} = ${uri}`];
  });
  return bound.length > 0 ? ` (${bound.sort().join(', ')})` : '';
}
