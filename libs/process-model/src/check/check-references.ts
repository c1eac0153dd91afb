import type { RuleFindings } from '../rules.ts';
import { idOf, nearestId } from '../read/element.ts';
import type { Element } from '../read/element.ts';
import { everythingIn, propertiesOf, valuesOf } from '../read/walk.ts';

/** Where flows lead and what boundary events sit on has rules of its own, that say more. */
const judgedElsewhere = new Set([
  'sourceRef',
  'targetRef',
  'attachedToRef',
  'default',
  'incoming',
  'outgoing',
]);

/**
 * What an element refers to is of the type that the reference wants: the reader finds things by their ids only.
 * Source: BPMN 2.0.2, the XML schemas and class diagrams
 */
export function checkReferences(definitions: Element, findings: RuleFindings): void {
  for (const element of everythingIn(definitions)) {
    for (const property of propertiesOf(element)) {
      if (property.isReference !== true || property.isVirtual === true) continue;
      const { type, ns } = property;
      if (!type.startsWith('bpmn:') || judgedElsewhere.has(ns.localName)) continue;
      for (const value of valuesOf(element, property)) {
        if (value.$instanceOf?.(type) !== false) continue;
        findings.error(
          nearestId(element),
          'reference-type',
          `${ns.localName} names ${idOf(value)}, a ${value.$type}: it wants a ${type}.`,
        );
      }
    }
  }
}
