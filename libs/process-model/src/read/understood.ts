import type { RuleFindings } from '../rules.ts';
import { extensions, extensionsOf, given, nearestId, text } from './element.ts';
import type { Element } from './element.ts';
import {
  enumerations,
  extensionPlaces,
  foreignEngines,
  names,
  sameAsDefault,
  understood,
} from './vocabulary.ts';

/**
 * Nothing is ever silently ignored: what a file says of an element, and the engine would not obey, is refused.
 * Drawing and documentation are left alone.
 */
export function checkUnderstood(element: Element, findings: RuleFindings): void {
  const known = understood[element.$type];
  const id = nearestId(element);
  for (const property of given(element)) {
    if (known?.has(property)) continue;
    const value = element[property];
    if (sameAsDefault[property]?.includes(value) || isEmptyList(value)) continue;
    const what = names[property] ?? `"${property}" of ${element.$type}`;
    findings.error(id, 'unsupported-attribute', `${what} is not supported.`);
  }
  for (const [attribute, words] of Object.entries(enumerations)) {
    const value = Object.hasOwn(element, attribute) ? element[attribute] : undefined;
    if (typeof value !== 'string' || words.includes(value)) continue;
    findings.error(
      id,
      'attribute-value',
      `"${attribute}" is one of ${words.join(', ')}, not "${value.slice(0, 80)}".`,
    );
  }
  checkImplementation(element, id, findings);
  checkExtensions(element, findings);
}

/** Who does the work is said by the extension elements; other words for it would be ignored. */
function checkImplementation(element: Element, id: string, findings: RuleFindings): void {
  const implementation = text(element, 'implementation');
  if (implementation === null || /^(?:##.*|web ?service|unspecified|other)$/i.test(implementation)) return;
  const isSaid = ['zeebe:TaskDefinition', 'zeebe:CalledDecision', 'zeebe:UserTask'].some(
    (type) => extensionsOf(element, type).length > 0,
  );
  const message = `implementation="${implementation.slice(0, 80)}" is not obeyed: say with zeebe:taskDefinition who does it.`;
  if (isSaid) findings.warning(id, 'unsupported-attribute', message);
  else findings.error(id, 'unsupported-attribute', message);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** Extension elements and attributes: ours and Zeebe's where they belong; of others only what is no engine's. */
export function checkExtensions(element: Element, findings: RuleFindings): void {
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
export function checkForeign(element: Element, definitions: Element, findings: RuleFindings): void {
  const foreign = (name: string): string | undefined => {
    const uri = definitions.$attrs?.[`xmlns:${name.split(':')[0] ?? ''}`];
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
