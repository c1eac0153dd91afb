import { child, children, idOf, text } from '../read/element.ts';
import type { Element } from '../read/element.ts';
import { bestDrawing } from './best-drawing.ts';
import { moved } from './geometry.ts';
import { artifactsOf } from './artifacts.ts';
import { bandsOf, withLanes } from './lanes.ts';
import type { Lanes } from './lanes.ts';
import type { Attached, Drawing, Item, Link } from './parts.ts';
import type { Care } from './taste.ts';
import { labelSize } from './text-size.ts';

/** What is drawn of a process or a sub-process, before it has places. */
export interface Scope {
  readonly items: readonly Item[];
  readonly links: readonly Link[];
  readonly lanes: Lanes;
}

const header = 22;

/** @param firstBand index of its first band in the sheet */
export function scopeOf(container: Element, pool: number, firstBand: number, care: Care): Scope {
  const elements = children(container, 'flowElements').filter((it) => idOf(it) !== '');
  const nodes = elements.filter((it) => it.$instanceOf?.('bpmn:FlowNode') === true);
  const lanes = bandsOf(container, nodes, pool, firstBand);
  const boundaries = Map.groupBy(
    nodes.filter((it) => hostOf(it) !== null),
    (it) => hostOf(it) ?? '',
  );
  const items = nodes
    .filter((it) => hostOf(it) === null)
    .map((it) => itemOf(it, boundaries.get(idOf(it)) ?? [], lanes.bandOf(idOf(it)), care));
  const known = new Set(nodes.map(idOf));
  const links = elements
    .filter(({ $type }) => $type === 'bpmn:SequenceFlow')
    .map((flow): Link => {
      const [source, target] = [child(flow, 'sourceRef'), child(flow, 'targetRef')];
      return {
        id: idOf(flow),
        kind: 'flow',
        source: source ? idOf(source) : '',
        target: target ? idOf(target) : '',
        label: labelSize(text(flow, 'name') ?? ''),
        isDefault: source !== null && child(source, 'default') === flow,
      };
    })
    .filter(({ source, target }) => known.has(source) && known.has(target));
  const holders = new Map<string, Item>();
  for (const item of items)
    for (const id of [item.id, ...item.attached.map((it) => it.id)]) holders.set(id, item);
  for (const node of nodes) {
    const holder = holders.get(idOf(node));
    if (holder) for (const id of inside(node)) holders.set(id, holder);
  }
  const artifacts = artifactsOf([container], (id) => holders.get(id));
  return { items: [...items, ...artifacts.items], links: [...links, ...artifacts.links], lanes };
}

/** Ids of all that lies in a sub-process, however deep. */
function inside(node: Element): readonly string[] {
  return children(node, 'flowElements').flatMap((it) => [idOf(it), ...inside(it)]);
}

function hostOf(element: Element): string | null {
  const host = element.$type === 'bpmn:BoundaryEvent' ? child(element, 'attachedToRef') : null;
  return host && idOf(host);
}

function itemOf(element: Element, boundaries: readonly Element[], band: number, care: Care): Item {
  const is = (type: string): boolean => element.$instanceOf?.(`bpmn:${type}`) === true;
  const base = { id: idOf(element), band, near: null, inside: null, attached: [], isBad: isBad(element) };
  const label = labelSize(text(element, 'name') ?? '');
  if (is('Event')) return { ...base, kind: 'event', size: { width: 36, height: 36 }, label };
  if (is('Gateway')) return { ...base, kind: 'gateway', size: { width: 50, height: 50 }, label };
  const drawing = is('SubProcess') ? drawingOf(element, care) : null;
  // Three or more events need a longer edge, or their labels lie on one another.
  const least = boundaries.length > 2 ? 50 + (boundaries.length - 1) * 95 : 100;
  const width = Math.max(drawing?.size.width ?? 0, least);
  const isAside = element['triggeredByEvent'] === true;
  return {
    ...base,
    kind: isAside ? 'aside' : 'activity',
    size: { width, height: drawing?.size.height ?? 80 },
    label: null,
    inside: drawing,
    attached: attachedTo(boundaries, width),
  };
}

function isBad(element: Element): boolean {
  return children(element, 'eventDefinitions').some(({ $type }) =>
    /:(?:Error|Cancel|Escalation)EventDefinition$/.test($type),
  );
}

/** Boundary events from the right: there what follows stands. */
function attachedTo(boundaries: readonly Element[], width: number): readonly Attached[] {
  const step = boundaries.length > 1 ? Math.min(120, (width - 50) / (boundaries.length - 1)) : 0;
  return boundaries.map((it, i) => ({
    id: idOf(it),
    offset: Math.round(width / 2 - 25 - (boundaries.length - 1 - i) * step),
    label: labelSize(text(it, 'name') ?? ''),
  }));
}

/** The inside of a sub-process, below its name. */
function drawingOf(element: Element, care: Care): Drawing {
  const scope = scopeOf(element, 0, 0, care);
  const drawing = bestDrawing({ items: scope.items, links: scope.links, bands: scope.lanes.bands }, care);
  const all = withLanes(drawing, [{ lanes: scope.lanes, left: 0, right: drawing.size.width }]);
  const least = { width: Math.max(drawing.size.width, 100), height: Math.max(drawing.size.height, 60) };
  return {
    shapes: new Map(
      [...all.shapes].map(([id, { box, label }]) => [
        id,
        { box: moved(box, 0, header), label: label && moved(label, 0, header) },
      ]),
    ),
    edges: new Map(
      [...all.edges].map(([id, { points, label }]) => [
        id,
        { points: points.map((it) => moved(it, 0, header)), label: label && moved(label, 0, header) },
      ]),
    ),
    bands: drawing.bands,
    size: { width: least.width, height: least.height + header },
  };
}
