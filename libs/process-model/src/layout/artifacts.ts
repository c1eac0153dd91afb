import { child, children, idOf, text } from '../read/element.ts';
import type { Element } from '../read/element.ts';
import type { Item, Link } from './parts.ts';
import { labelSize, noteSize } from './text-size.ts';

/** What is drawn of a process beside its flow. */
export interface Artifacts {
  readonly items: readonly Item[];
  readonly links: readonly Link[];
}

/**
 * Data and text annotations of a scope, each near the first element that it is connected with; and the lines between
 * them. A line that leads to another scope, or to a flow, is not drawn.
 * @param itemOf the item that an element is drawn in: itself, its activity, or the sub-process around it
 */
export function artifactsOf(
  containers: readonly Element[],
  itemOf: (id: string) => Item | undefined,
): Artifacts {
  const drawn = new Map<string, Item>();
  const found: Element[] = containers.flatMap((it) => [
    ...children(it, 'flowElements').filter(({ $type }) => /:Data(?:Object|Store)Reference$/.test($type)),
    ...children(it, 'artifacts').filter(({ $type }) => $type === 'bpmn:TextAnnotation'),
  ]);
  const ids = new Set(found.map(idOf));
  const lines = containers.flatMap((it) => [...associations(it), ...dataLines(it)]);
  const nearOf = (id: string): Item | undefined => {
    for (const { source, target } of lines) {
      const other = source === id ? target : target === id ? source : null;
      const item = other === null ? undefined : (itemOf(other) ?? drawn.get(other));
      if (item) return item;
    }
    return undefined;
  };
  // Twice: a note may explain data that stand later in the file.
  for (const isLast of [false, true]) {
    for (const element of found) {
      const id = idOf(element);
      const near = nearOf(id);
      if (id === '' || drawn.has(id) || (!near && !isLast)) continue;
      drawn.set(id, { ...shapeOf(element), band: near?.band ?? 0, near: near?.id ?? null });
    }
  }
  const isEnd = (id: string): boolean => drawn.has(id) || (!ids.has(id) && isDrawnAs(itemOf(id), id));
  return {
    items: [...drawn.values()],
    links: lines.filter(({ id, source, target }) => id !== '' && isEnd(source) && isEnd(target)),
  };
}

function isDrawnAs(item: Item | undefined, id: string): boolean {
  return item !== undefined && (item.id === id || item.attached.some((it) => it.id === id));
}

function shapeOf(element: Element): Item {
  const isNote = element.$type === 'bpmn:TextAnnotation';
  const isStore = element.$type === 'bpmn:DataStoreReference';
  return {
    id: idOf(element),
    kind: isNote ? 'note' : 'data',
    size: isNote
      ? noteSize(text(element, 'text') ?? '')
      : isStore
        ? { width: 50, height: 50 }
        : { width: 36, height: 50 },
    label: isNote ? null : labelSize(text(element, 'name') ?? ''),
    band: 0,
    attached: [],
    inside: null,
    near: null,
    isBad: false,
  };
}

function associations(container: Element): readonly Link[] {
  return children(container, 'artifacts')
    .filter(({ $type }) => $type === 'bpmn:Association')
    .map((it) => line(it, end(it, 'sourceRef'), end(it, 'targetRef')));
}

function dataLines(container: Element): readonly Link[] {
  return children(container, 'flowElements').flatMap((node) => [
    ...children(node, 'dataInputAssociations').map((it) => {
      const [source] = children(it, 'sourceRef');
      return line(it, source ? idOf(source) : '', idOf(node));
    }),
    ...children(node, 'dataOutputAssociations').map((it) => line(it, idOf(node), end(it, 'targetRef'))),
  ]);
}

function line(element: Element, source: string, target: string): Link {
  return { id: idOf(element), kind: 'association', source, target, label: null, isDefault: false };
}

function end(element: Element, property: string): string {
  return idOf(child(element, property) ?? { $type: '' });
}
