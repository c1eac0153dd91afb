import { child, children, idOf, text } from './element.ts';
import type { Element } from './element.ts';
import { isVariable } from './names.ts';

/** What the data elements of a process are called, and which of their associations move values. */
export class DataElements {
  /** Data objects are called as themselves, else as the first of their references. */
  private readonly labels = new Map<Element, string>();
  readonly all: readonly Element[];

  constructor(process: Element) {
    this.all = [...within(process)];
    for (const element of this.all) {
      const object = objectOf(element);
      if (object !== element && !this.labels.has(object)) this.labels.set(object, labelOf(element));
    }
  }

  /** The variable that a data element is; `''` when it has no name and is only drawn. */
  nameOf(item: Element): string {
    const object = objectOf(item);
    const label = labelOf(object) || this.labels.get(object) || '';
    // What is only drawn hangs on placeholders.
    if (label.startsWith('__targetRef_placeholder')) return '';
    return label || (isVariable(idOf(object)) ? idOf(object) : '');
  }

  /** Source and target of an association, where they are more than drawing. */
  endsOf(association: Element): readonly [Element | null, Element | null] {
    const real = (end: Element | null | undefined): Element | null =>
      end && this.nameOf(end) !== '' ? end : null;
    return [real(children(association, 'sourceRef')[0]), real(child(association, 'targetRef'))];
  }

  /** Whether an association moves a value, or is only drawn. */
  moves(association: Element): boolean {
    const [source, target] = this.endsOf(association);
    if (children(association, 'assignment').length > 0) return true;
    return target !== null && (source !== null || child(association, 'transformation') !== null);
  }

  /** The ends of all associations of an element that move values. */
  movedBy(element: Element): readonly Element[] {
    return [...children(element, 'dataInputAssociations'), ...children(element, 'dataOutputAssociations')]
      .filter((it) => this.moves(it))
      .flatMap((it) => this.endsOf(it).filter((end) => end !== null));
  }

  /** The variables that the data of the process are, drawn ones among them. */
  get names(): readonly string[] {
    return this.all
      .flatMap((element) => {
        const io = child(element, 'ioSpecification') ?? element;
        return [
          element,
          ...children(element, 'properties'),
          ...children(io, 'dataInputs'),
          ...children(io, 'dataOutputs'),
        ];
      })
      .filter((item) => item.$instanceOf?.('bpmn:ItemAwareElement') === true)
      .map((item) => this.nameOf(item));
  }
}

/** The data object that a reference shows; any other element is itself. */
export function objectOf(item: Element): Element {
  return (item.$type === 'bpmn:DataObjectReference' && child(item, 'dataObjectRef')) || item;
}

export function isNamed(item: Element): boolean {
  return labelOf(item) !== '';
}

function labelOf(item: Element): string {
  return (text(item, 'name') ?? '').replaceAll(/\s+/g, ' ').trim();
}

/** A process and every element in it, at any depth. */
function* within(container: Element): Generator<Element> {
  yield container;
  for (const element of children(container, 'flowElements')) yield* within(element);
}
