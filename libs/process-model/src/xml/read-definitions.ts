import { BpmnModdle } from 'bpmn-moddle';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };
import iter from '../iter-moddle.json' with { type: 'json' };
import { complement } from './complement.ts';
import type { Model, ModdleElement, ModdleRead, Reference } from './moddle.ts';
import { prepareXml } from './prepare-xml.ts';
import type { Described } from './prepare-xml.ts';

/** A whole BPMN file as bpmn-moddle's objects, with what they do not remember. */
export interface Definitions {
  readonly root: ModdleElement;
  /** Namespace of each prefix that the objects use. */
  readonly namespaces: ReadonlyMap<string, string>;
  /** What was left out; empty: all is there. */
  readonly losses: readonly string[];
}

const packages = { zeebe, iter, complement };
const standard = [
  ['http://www.w3.org/2001/XMLSchema-instance', 'xsi'],
  ['http://www.w3.org/XML/1998/namespace', 'xml'],
] as const;

/**
 * Reads a BPMN file such that `writeDefinitions` can say all of it again; it judges nothing, `parseProcesses` does.
 * References to what is not in the file (another file's, or another tool's) stay as they are written.
 * @throws Error when the text is no well-formed XML, or no BPMN 2.0 definitions
 */
export async function readDefinitions(xml: string): Promise<Definitions> {
  const prepared = prepareXml(xml, described());
  const prefixes = Object.fromEntries(prepared.prefixes);
  const moddle = new (BpmnModdle as unknown as ModdleClass)(packages, { nsMap: prefixes });
  const read = await moddle.fromXML(prepared.xml, 'bpmn:Definitions', { lax: true });
  keepUnresolved(read);
  return {
    root: read.rootElement,
    namespaces: new Map([...prepared.prefixes].map(([uri, prefix]) => [prefix, uri])),
    losses: read.warnings
      .map(({ message }) => message.replace(/\s+/g, ' '))
      // These two lose nothing: the reference is kept, and the attribute is written as it stands.
      .filter((message) => !/^(?:unresolved reference|unknown attribute) /.test(message)),
  };
}

interface ModdleClass {
  new (
    packages: unknown,
    config?: { readonly nsMap: Readonly<Record<string, string>> },
  ): Model & {
    fromXML(xml: string, type: 'bpmn:Definitions', options: { readonly lax: true }): Promise<ModdleRead>;
  };
}

let known: Described | undefined;

function described(): Described {
  if (known) return known;
  const all = new (BpmnModdle as unknown as ModdleClass)(packages).getPackages();
  const properties = all.flatMap(({ types }) => types).flatMap((type) => type.properties ?? []);
  known = {
    prefixes: new Map([...all.map(({ uri, prefix }) => [uri, prefix] as const), ...standard]),
    booleans: new Set(
      properties
        .filter((it) => it.isAttr && it.type === 'Boolean')
        .map(({ name }) => name.replace(/^.*:/, '')),
    ),
  };
  return known;
}

/** The reader drops a reference that it cannot resolve; here its name takes the place of the element. */
function keepUnresolved({ references, elementsById }: ModdleRead): void {
  const all = new Map<ModdleElement, Map<string, Reference[]>>();
  for (const reference of references) {
    const ofElement = all.get(reference.element) ?? new Map<string, Reference[]>();
    all.set(reference.element, ofElement);
    ofElement.set(reference.property, [...(ofElement.get(reference.property) ?? []), reference]);
  }
  for (const [element, properties] of all) {
    for (const [property, written] of properties) {
      if (written.every(({ id }) => elementsById[id])) continue;
      const targets = written.map(({ id }) => elementsById[id] ?? { id });
      const isMany = Array.isArray((element as { get?: (name: string) => unknown }).get?.(property));
      element.set(property, isMany ? targets : targets[0]);
    }
  }
}
