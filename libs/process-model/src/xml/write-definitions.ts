import type { ModdleElement, Name, Package, Property } from './moddle.ts';
import { rankOf, runs } from './complement.ts';
import { printXml } from './print-xml.ts';
import type { XmlAttribute, XmlName, XmlNode } from './print-xml.ts';
import type { Definitions } from './read-definitions.ts';

const xsi = 'http://www.w3.org/2001/XMLSchema-instance';

/**
 * Writes a BPMN file that says all that `readDefinitions` read: also attributes that repeat a default, references to
 * what is elsewhere, extensions of any namespace, and declarations of prefixes, which values may use.
 * Children stand in the order of the standard's schema.
 * @returns XML to be stored as UTF-8
 * Source: BPMN 2.0.2 §15
 */
export function writeDefinitions({ root, namespaces }: Definitions): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${printXml(new Writer(root, namespaces).node(root, null))}`;
}

class Writer {
  private readonly packages: ReadonlyMap<string, Package>;
  private readonly namespaces: ReadonlyMap<string, string>;

  constructor(root: ModdleElement, namespaces: ReadonlyMap<string, string>) {
    this.packages = new Map(root.$model.getPackages().map((it) => [it.prefix, it]));
    this.namespaces = namespaces;
  }

  /** @param property the property that holds the element, when it is written under the property's name */
  node(element: ModdleElement, property: Property | null): XmlNode {
    const descriptor = element.$descriptor;
    if (descriptor.isGeneric) return this.generic(element, descriptor.ns);
    const name = property ? this.name(property.ns) : this.tagOf(descriptor.ns);
    const hasTypeAttribute = property?.xml?.serialize === 'xsi:type';
    const { declarations, attributes } = this.split(
      Object.entries(element.$attrs ?? {}).filter(([key]) => !(hasTypeAttribute && key === 'xsi:type')),
    );
    const saysType = hasTypeAttribute && element.$attrs?.['xsi:type'] !== undefined;
    if (hasTypeAttribute && (saysType || descriptor.name !== property.type)) {
      const { uri, local } = this.name(descriptor.ns);
      const typePrefix = this.packages.get(descriptor.ns.prefix)?.xml?.typePrefix ?? '';
      attributes.push({
        uri: xsi,
        local: 'type',
        prefix: 'xsi',
        value: { uri, local: typePrefix + local, prefix: descriptor.ns.prefix },
      });
    }
    // A default that the file repeats is the element's own; the others are its prototype's.
    const given = descriptor.properties.filter(
      (it) => !it.isVirtual && Object.hasOwn(element, it.name) && element[it.name] !== null,
    );
    const own = given
      .filter(({ isAttr }) => isAttr)
      .map((it) => this.attribute(element, it, this.tagOf(descriptor.ns).uri));
    const content = given
      .filter(({ isAttr }) => !isAttr)
      .toSorted((a, b) => rankOf(a.ns.localName) - rankOf(b.ns.localName))
      .flatMap((it) => this.children(element, it));
    return { ...name, declarations, attributes: [...own, ...attributes], content };
  }

  private generic(element: ModdleElement, { prefix, localName, uri = '' }: Name & { uri?: string }): XmlNode {
    const written = Object.entries(element).filter(
      (entry): entry is [string, string] => !entry[0].startsWith('$') && typeof entry[1] === 'string',
    );
    const content = (element.$children ?? []).map((it) => this.inline(it) ?? this.node(it, null));
    const body = element.$body === undefined ? [] : [element.$body];
    return {
      uri: this.uriOf(prefix) || uri,
      local: localName,
      prefix,
      ...this.split(written),
      content: [...body, ...content],
    };
  }

  /** The text of a run among elements. */
  private inline(element: ModdleElement): string | null {
    const { isGeneric, ns } = element.$descriptor;
    return isGeneric && this.uriOf(ns.prefix) === runs ? (element.$body ?? '') : null;
  }

  private children(element: ModdleElement, property: Property): readonly (XmlNode | string)[] {
    const value = element[property.name];
    const values = Array.isArray(value) ? (value as readonly unknown[]) : [value];
    return values.map((it) => {
      if (property.isBody) return String(it);
      if (isElement(it) && !property.isReference) {
        return this.inline(it) ?? this.node(it, this.isUnderOwnName(it, property) ? null : property);
      }
      const text = property.isReference ? idOf(it) : String(it);
      return {
        ...this.name(property.ns),
        declarations: [],
        attributes: [],
        content: text === '' ? [] : [text],
      };
    });
  }

  /** `formalExpression` can stand where the schema has `expression`; elsewhere `xsi:type` tells the type. */
  private isUnderOwnName({ $attrs }: ModdleElement, { xml, type, name }: Property): boolean {
    if (xml?.serialize === undefined) return true;
    const [localName = '', prefix = ''] = type.split(':').reverse();
    return this.tagOf({ prefix, localName }).local === name && $attrs?.['xsi:type'] === undefined;
  }

  private attribute(element: ModdleElement, property: Property, elementUri: string): XmlAttribute {
    const value = element[property.name];
    const values = Array.isArray(value) ? (value as readonly unknown[]) : [value];
    const text = property.isReference ? values.map(idOf).join(' ') : String(value);
    const { uri, local, prefix } = this.name(property.ns);
    return property.inherited || uri === elementUri
      ? { uri: '', local, prefix: '', value: text }
      : { uri, local, prefix, value: text };
  }

  private split(entries: readonly (readonly [string, string])[]): {
    declarations: (readonly [string, string])[];
    attributes: XmlAttribute[];
  } {
    const declarations: (readonly [string, string])[] = [];
    const attributes: XmlAttribute[] = [];
    for (const [key, value] of entries) {
      const [local = '', prefix = ''] = key.split(':').reverse();
      if (key === 'xmlns' || prefix === 'xmlns') declarations.push([key === 'xmlns' ? '' : local, value]);
      else attributes.push({ uri: this.uriOf(prefix), local, prefix, value });
    }
    return { declarations, attributes };
  }

  private tagOf(ns: Name): XmlName {
    const name = this.name(ns);
    const isLower = this.packages.get(ns.prefix)?.xml?.tagAlias === 'lowerCase';
    return isLower ? { ...name, local: name.local.charAt(0).toLowerCase() + name.local.slice(1) } : name;
  }

  private name({ prefix, localName }: Name): XmlName {
    return { uri: this.uriOf(prefix), local: localName, prefix };
  }

  private uriOf(prefix = ''): string {
    return prefix === '' ? '' : (this.packages.get(prefix)?.uri ?? this.namespaces.get(prefix) ?? '');
  }
}

const isElement = (value: unknown): value is ModdleElement =>
  typeof value === 'object' && value !== null && '$type' in value;
const idOf = (target: unknown): string => String((target as { readonly id?: unknown } | null)?.id ?? '');
