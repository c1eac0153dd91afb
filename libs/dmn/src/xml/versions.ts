import { DmnModdle } from 'dmn-moddle';
import dmn from 'dmn-moddle/resources/dmn/json/dmn13.json' with { type: 'json' };
import dmndi from 'dmn-moddle/resources/dmn/json/dmndi13.json' with { type: 'json' };
import type { Outline } from './outline.ts';

/** Namespaces of DMN 1.1 to 1.5: what they share says the same, what came later than 1.3 is refused as unknown. */
const models: ReadonlySet<string> = new Set([
  'http://www.omg.org/spec/DMN/20151101/dmn.xsd',
  'http://www.omg.org/spec/DMN/20180521/MODEL/',
  'https://www.omg.org/spec/DMN/20191111/MODEL/',
  'https://www.omg.org/spec/DMN/20211108/MODEL/',
  'https://www.omg.org/spec/DMN/20230324/MODEL/',
]);
const drawings: ReadonlySet<string> = new Set([
  'http://www.omg.org/spec/DMN/20180521/DMNDI/',
  'https://www.omg.org/spec/DMN/20191111/DMNDI/',
  'https://www.omg.org/spec/DMN/20230324/DMNDI/',
]);

const made = new Map<string, DmnModdle>();

/**
 * A reader for the version of a file; one is made for each, since making one takes longer than reading a table.
 * @returns null when the file is no DMN of these versions
 */
export function moddleFor(root: Outline): DmnModdle | null {
  const uris = Array.from(
    root.attributes.matchAll(/\sxmlns(?::[^\s=]+)?\s*=\s*(?:"([^"]*)"|'([^']*)')/g),
  ).map(([, double, single]) => double ?? single ?? '');
  const uri = uris.find((it) => models.has(it));
  if (root.name !== 'definitions' || uri === undefined) return null;
  const drawing = uris.find((it) => drawings.has(it)) ?? dmndi.uri;
  const key = `${uri} ${drawing}`;
  const moddle =
    made.get(key) ??
    new DmnModdle({
      dmn: { ...dmn, types: dmn.types.map(withPlainId), uri },
      dmndi: { ...dmndi, uri: drawing },
    });
  made.set(key, moddle);
  return moddle;
}

/** Of two elements with one id moddle would drop the second, and all that follows from it would be wrong. */
function withPlainId(type: (typeof dmn.types)[number]): unknown {
  return {
    ...type,
    properties: type.properties.map((it) => (it.name === 'id' ? { ...it, isId: false } : it)),
  };
}
