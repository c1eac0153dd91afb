/**
 * An element as bpmn-moddle reads it. What the file says are its own keys; defaults come from its prototype.
 * `$attrs` holds attributes of namespaces that nobody described.
 */
export interface Element {
  readonly $type: string;
  readonly $attrs?: Readonly<Record<string, string>>;
  readonly $parent?: Element;
  /** Whether it is of a type or of one derived from it. */
  $instanceOf?(type: string): boolean;
  readonly [property: string]: unknown;
}

export function isElement(value: unknown): value is Element {
  return (
    typeof value === 'object' && value !== null && typeof (value as { $type?: unknown }).$type === 'string'
  );
}

/** A text attribute; null when absent. */
export function text(element: Element, property: string): string | null {
  const value = element[property];
  return typeof value === 'string' ? value : null;
}

export function child(element: Element, property: string): Element | null {
  const value = element[property];
  return isElement(value) ? value : null;
}

export function children(element: Element, property: string): readonly Element[] {
  const value = element[property];
  return Array.isArray(value) ? value.filter(isElement) : [];
}

export function idOf(element: Element): string {
  return text(element, 'id') ?? '';
}

/** Id of the element, or of the nearest around it that has one. */
export function nearestId(element: Element): string {
  for (let it: Element | undefined = element; it; it = it.$parent) {
    const id = idOf(it);
    if (id !== '') return id;
  }
  return '';
}

/** The elements inside `bpmn:extensionElements`. */
export function extensions(element: Element): readonly Element[] {
  const holder = child(element, 'extensionElements');
  return holder ? children(holder, 'values') : [];
}

export function extensionsOf(element: Element, type: string): readonly Element[] {
  return extensions(element).filter(({ $type }) => $type === type);
}

/** Names of the attributes and elements that the file gives; references are not enumerable. */
export function given(element: Element): readonly string[] {
  return Object.getOwnPropertyNames(element).filter((key) => !key.startsWith('$'));
}
