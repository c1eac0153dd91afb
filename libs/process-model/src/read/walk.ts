import { isElement } from './element.ts';
import type { Element } from './element.ts';

/** One property of a type, as moddle describes it. */
interface Property {
  readonly name: string;
  readonly type: string;
  readonly isReference?: boolean;
  readonly isVirtual?: boolean;
  readonly ns: { readonly localName: string };
}

/** The properties of an element that hold other elements, or refer to them. */
export function propertiesOf(element: Element): readonly Property[] {
  return (
    (element as unknown as { readonly $descriptor?: { readonly properties: readonly Property[] } })
      .$descriptor?.properties ?? []
  );
}

/** The elements that a property of an element holds or refers to. */
export function valuesOf(element: Element, { name, ns }: Property): readonly Element[] {
  const key = Object.hasOwn(element, ns.localName) ? ns.localName : name;
  if (!Object.hasOwn(element, key)) return [];
  const value = element[key];
  return Array.isArray(value) ? value.filter(isElement) : isElement(value) ? [value] : [];
}

/** An element and everything that it contains, drawing and extensions of unknown namespaces left out. */
export function everythingIn(root: Element): readonly Element[] {
  const found: Element[] = [];
  const open: Element[] = [root];
  for (let element = open.pop(); element; element = open.pop()) {
    found.push(element);
    const inside = propertiesOf(element)
      .filter((property) => property.isReference !== true && !property.type.startsWith('bpmndi:'))
      .flatMap((property) => valuesOf(element, property));
    open.push(...inside.toReversed());
  }
  return found;
}
