import type { Findings } from '../findings.ts';
import { child, children, extensions, given, nearestId } from './element.ts';
import type { Element } from './element.ts';
import { extensionPlaces, foreignEngines, names, sameAsDefault, understood } from './vocabulary.ts';

/**
 * Nothing is ever silently ignored: what a file says of an element, and the engine would not obey, is refused.
 * Drawing and documentation are left alone.
 */
export function checkUnderstood(element: Element, findings: Findings): void {
  const known = understood[element.$type];
  const id = nearestId(element);
  for (const property of given(element)) {
    if (known?.has(property)) continue;
    const value = element[property];
    if (sameAsDefault[property]?.includes(value) || isEmptyList(value)) continue;
    const what = names[property] ?? `"${property}" of ${element.$type}`;
    findings.error(id, 'unsupported-attribute', `${what} is not supported.`);
  }
  const implementation = element['implementation'];
  if (typeof implementation === 'string' && !/^(?:##.*|web ?service|unspecified)$/i.test(implementation)) {
    findings.error(
      id,
      'unsupported-attribute',
      'Say with zeebe:taskDefinition who does it, not with "implementation".',
    );
  }
  checkData(element, id, findings);
  checkExtensions(element, findings);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** Data drawn in the diagram is for people; assignments and transformations would move values. */
function checkData(element: Element, id: string, findings: Findings): void {
  const refuse = (): void => {
    findings.error(
      id,
      'unsupported-data',
      'Data that BPMN itself moves is not supported: use zeebe:ioMapping.',
    );
  };
  if (child(element, 'ioSpecification')) refuse();
  if (children(element, 'properties').some((it) => it['name'] !== '__targetRef_placeholder')) refuse();
  const associations = [
    ...children(element, 'dataInputAssociations'),
    ...children(element, 'dataOutputAssociations'),
  ];
  if (associations.some((it) => it['assignment'] !== undefined || it['transformation'] !== undefined))
    refuse();
}

/** Extension elements and attributes: ours and Zeebe's where they belong; of others only what is no engine's. */
export function checkExtensions(element: Element, findings: Findings): void {
  const id = nearestId(element);
  const seen = new Set<string>();
  for (const { $type } of extensions(element)) {
    const place = extensionPlaces[$type];
    if (place) {
      if (!place.in.has(element.$type)) {
        findings.error(id, 'extension-misplaced', `${$type} means nothing on ${element.$type}.`);
      } else if (place.once && seen.has($type)) {
        findings.error(id, 'extension-duplicate', `${$type} is given twice.`);
      }
      seen.add($type);
    } else if ($type.startsWith('zeebe:') && $type !== 'zeebe:Properties') {
      findings.error(id, 'unsupported-extension', `${$type} is not supported.`);
    }
  }
}

/** Words of other engines: files drawn for several carry them, so they are said aloud and not obeyed. */
export function checkForeign(
  element: Element,
  prefixes: ReadonlyMap<string, string>,
  findings: Findings,
): void {
  const foreign = (name: string): string | undefined => {
    const uri = prefixes.get(name.split(':')[0] ?? '');
    return uri !== undefined && foreignEngines.includes(uri) ? uri : undefined;
  };
  const said = [...Object.keys(element.$attrs ?? {}), ...extensions(element).map(({ $type }) => $type)];
  for (const name of said.filter((it) => foreign(it) !== undefined)) {
    findings.warning(
      nearestId(element),
      'foreign-extension',
      `${name} is of another engine (${foreign(name)}) and is not obeyed.`,
    );
  }
}
