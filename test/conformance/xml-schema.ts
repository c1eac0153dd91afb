import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readXmlTree } from './xml-tree.ts';
import type { Scope, XmlElement, XmlName } from './xml-tree.ts';

/** What can be written in several ways that mean the same; `text` is taken as it is. */
export type ValueKind = 'boolean' | 'integer' | 'number' | 'qname' | 'token' | 'text';

/** A complex type, with what it inherits; `null` where the schema names a simple type. */
export interface SchemaType {
  readonly attributes: ReadonlyMap<string, { readonly kind: ValueKind; readonly default?: string }>;
  /** Child elements in the schema's sequence, each with its declaration. */
  readonly particles: readonly Particle[];
  readonly mixed: boolean;
}

export interface Particle {
  readonly key: string;
  readonly type: () => SchemaType | ValueKind;
}

/** Namespace and local name as one text (Clark's notation). */
export const keyOf = ({ uri, local }: XmlName): string => (uri === '' ? local : `{${uri}}${local}`);

const xsd = 'http://www.w3.org/2001/XMLSchema';
const builtIn: Readonly<Record<string, ValueKind>> = {
  boolean: 'boolean',
  integer: 'integer',
  int: 'integer',
  double: 'number',
  QName: 'qname',
  ID: 'token',
  IDREF: 'token',
  anyURI: 'token',
  token: 'token',
  string: 'text',
};

/**
 * The OMG's schema of BPMN 2.0 and of its diagrams, as far as comparing files asks: types of values, defaults, and the
 * order in which elements of different kinds stand (which therefore says nothing).
 * Source: BPMN 2.0.2 §15, BPMN20.xsd, Semantic.xsd, BPMNDI.xsd, DC.xsd, DI.xsd
 */
export class XmlSchema {
  private readonly named = new Map<string, { node: XmlElement; target: string }>();
  private readonly elements = new Map<string, { node: XmlElement; target: string }>();
  private readonly types = new Map<string, SchemaType>();

  constructor(texts: readonly string[]) {
    for (const text of texts) {
      const schema = readXmlTree(text);
      const target = attribute(schema, 'targetNamespace') ?? '';
      for (const node of elementsOf(schema)) {
        const name = attribute(node, 'name');
        if (name === undefined) continue;
        const key = keyOf({ uri: target, local: name });
        (node.local === 'element' ? this.elements : this.named).set(key, { node, target });
      }
    }
  }

  /** The type of an element that may be a file's root. */
  typeOfRoot(name: XmlName): SchemaType | ValueKind | null {
    const declared = this.elements.get(keyOf(name));
    return declared ? this.typeOfDeclaration(declared.node, declared.target) : null;
  }

  /** The type that `xsi:type` names. */
  typeNamed(name: XmlName): SchemaType | null {
    const found = this.named.get(keyOf(name));
    return found?.node.local === 'complexType' ? this.complex(keyOf(name)) : null;
  }

  /** Where a child stands in its parent's sequence, also as a member of a substitution group; -1: nowhere. */
  placeOf(child: XmlName, parent: SchemaType): number {
    for (let key: string | undefined = keyOf(child); key !== undefined; key = this.groupOf(key)) {
      const place = parent.particles.findIndex((it) => it.key === key);
      if (place !== -1) return place;
    }
    return -1;
  }

  typeOfChild(child: XmlName, parent: SchemaType): SchemaType | ValueKind | null {
    const particle = parent.particles.find(({ key }) => key === keyOf(child));
    if (particle) return particle.type();
    return this.placeOf(child, parent) === -1 ? null : this.typeOfRoot(child);
  }

  private groupOf(key: string): string | undefined {
    const declared = this.elements.get(key);
    const group = declared && attribute(declared.node, 'substitutionGroup');
    return group === undefined ? undefined : keyOf(qname(group, declared?.node.scope));
  }

  private typeOfDeclaration(node: XmlElement, target: string): SchemaType | ValueKind {
    const inline = elementsOf(node).find(({ local }) => local === 'complexType');
    if (inline) return this.build(inline, target);
    const name = attribute(node, 'type');
    if (name === undefined) return 'text';
    const { uri, local } = qname(name, node.scope);
    if (uri === xsd) return kindNamed(local);
    const key = keyOf({ uri, local });
    return this.named.get(key)?.node.local === 'complexType' ? this.complex(key) : this.simple(key);
  }

  private complex(key: string): SchemaType {
    const known = this.types.get(key);
    if (known) return known;
    const declared = this.named.get(key);
    if (!declared) throw new Error(`The schema names the type ${key}, which is not there.`);
    const type = this.build(declared.node, declared.target);
    this.types.set(key, type);
    return type;
  }

  private build(node: XmlElement, target: string): SchemaType {
    const extension = find(node, 'extension');
    const base = extension && qname(attribute(extension, 'base') ?? '', extension.scope);
    const inherited = base && this.complex(keyOf(base));
    const own = extension ?? node;
    const attributes = new Map(inherited?.attributes);
    for (const it of elementsOf(own).filter(({ local }) => local === 'attribute')) {
      const { uri, local } = qname(attribute(it, 'type') ?? 'string', it.scope);
      const kind = uri === xsd ? kindNamed(local) : this.simple(keyOf({ uri, local }));
      const standard = attribute(it, 'default');
      attributes.set(attribute(it, 'name') ?? '', {
        kind,
        ...(standard === undefined ? {} : { default: standard }),
      });
    }
    return {
      attributes,
      particles: [...(inherited?.particles ?? []), ...this.particles(own, target)],
      mixed: attribute(node, 'mixed') === 'true' || (inherited?.mixed ?? false),
    };
  }

  private particles(node: XmlElement, target: string): readonly Particle[] {
    return elementsOf(node).flatMap((it): readonly Particle[] => {
      if (it.local === 'sequence' || it.local === 'choice') return this.particles(it, target);
      if (it.local !== 'element') return [];
      const ref = attribute(it, 'ref');
      if (ref === undefined) {
        const key = keyOf({ uri: target, local: attribute(it, 'name') ?? '' });
        return [{ key, type: () => this.typeOfDeclaration(it, target) }];
      }
      const name = qname(ref, it.scope);
      return [{ key: keyOf(name), type: () => this.typeOfRoot(name) ?? 'text' }];
    });
  }

  /** Enumerations restrict `string` or `token`; a union with `anyURI` is read as one. */
  private simple(key: string): ValueKind {
    const declared = this.named.get(key)?.node;
    if (!declared) throw new Error(`The schema names the type ${key}, which is not there.`);
    const base = find(declared, 'restriction') ?? declared;
    const { uri, local } = qname(attribute(base, 'base') ?? 'string', base.scope);
    return uri === xsd ? kindNamed(local) : 'text';
  }
}

let bpmn: XmlSchema | undefined;

/** The schema files as they come with bpmn-moddle, which ships the OMG's own. */
export function bpmnSchema(): XmlSchema {
  const { resolve } = createRequire(import.meta.url);
  bpmn ??= new XmlSchema(
    ['BPMN20', 'Semantic', 'BPMNDI', 'DC', 'DI'].map((name) =>
      readFileSync(resolve(`bpmn-moddle/resources/bpmn/xsd/${name}.xsd`), 'utf8'),
    ),
  );
  return bpmn;
}

/** A qualified name in a value; without a prefix it is in the default namespace. */
export function qname(value: string, scope: Scope | undefined): XmlName {
  const [local = '', prefix = ''] = value.trim().split(':').reverse();
  return { uri: scope?.get(prefix) ?? '', local };
}

const kindNamed = (local: string): ValueKind => builtIn[local] ?? 'text';
const attribute = (node: XmlElement, name: string): string | undefined =>
  node.attributes.find(({ uri, local }) => uri === '' && local === name)?.value;
const elementsOf = (node: XmlElement): readonly XmlElement[] =>
  node.content.filter((it) => typeof it !== 'string');

function find(node: XmlElement, local: string): XmlElement | undefined {
  for (const it of elementsOf(node)) {
    const found =
      it.local === local
        ? it
        : ['complexContent', 'union', 'simpleType'].includes(it.local) && find(it, local);
    if (found) return found;
  }
  return undefined;
}
