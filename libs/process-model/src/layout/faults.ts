import { child, children, idOf } from '../read/element.ts';
import type { Element } from '../read/element.ts';
import { cross, contains, gapBetween, overlap, pieces, runTogether } from './geometry.ts';
import type { Box, Point } from './geometry.ts';
import { besideGateway, between } from './labels.ts';
import { readLeniently } from './lay-out.ts';
import { elementsById } from './write-diagram.ts';

/** What makes a drawing hard to read. Crossings and words away from their gateway cannot always be avoided; all others can. */
export const drawingFaultKinds = [
  'shapes-overlap',
  'outside-lane',
  'label-covered',
  'edge-through-shape',
  'edges-on-one-another',
  'edge-end-loose',
  'crossing',
  'label-astray',
] as const;
export type DrawingFaultKind = (typeof drawingFaultKinds)[number];

export interface DrawingFault {
  readonly kind: DrawingFaultKind;
  readonly element: string;
  /** What it touches; the lane that it is not in. */
  readonly other: string;
}

interface DrawnShape {
  readonly id: string;
  readonly element: Element;
  readonly box: Box;
}

interface DrawnEdge {
  readonly id: string;
  readonly points: readonly Point[];
  readonly source: Element | null;
  readonly target: Element | null;
}

/**
 * Looks at each diagram of a file as a reader would.
 * @returns the faults, each once, in the order of the file; null when the text is no BPMN
 */
export async function drawingFaults(xml: string): Promise<readonly DrawingFault[] | null> {
  const definitions = await readLeniently(xml);
  if (!definitions) return null;
  const all = elementsById(definitions);
  const lanes = [...all.values()].filter(({ $type }) => $type === 'bpmn:Lane');
  return children(definitions, 'diagrams').flatMap((diagram) => faultsOf(diagram, lanes));
}

function faultsOf(diagram: Element, lanes: readonly Element[]): readonly DrawingFault[] {
  const plane = child(diagram, 'plane');
  const planeElements = plane ? children(plane, 'planeElement') : [];
  const shapes: DrawnShape[] = [];
  const edges: DrawnEdge[] = [];
  const labels: DrawnShape[] = [];
  for (const it of planeElements) {
    const element = child(it, 'bpmnElement');
    if (!element) continue;
    const id = idOf(element);
    const box = boxOf(child(it, 'bounds'));
    if (box) shapes.push({ id, element, box });
    const points = children(it, 'waypoint').map(({ x, y }) => ({ x: Number(x), y: Number(y) }));
    if (points.length > 1)
      edges.push({ id, points, source: endOf(element, true), target: endOf(element, false) });
    const label = child(it, 'label');
    const labelBox = label && boxOf(child(label, 'bounds'));
    if (labelBox && hasOutsideLabel(element)) labels.push({ id, element, box: labelBox });
  }
  const things = shapes.filter(({ element }) => !isFrame(element));
  return [
    ...overlaps(things),
    ...outside(shapes, lanes),
    ...covered(labels, things, edges),
    ...through(things, edges),
    ...edgesOnEdges(edges),
    ...loose(shapes, edges),
    ...astray(labels, things),
  ];
}

function overlaps(things: readonly DrawnShape[]): readonly DrawingFault[] {
  return things.flatMap((a, i) =>
    things
      .slice(i + 1)
      .filter(
        (b) => overlap(a.box, b.box) && !belongs(a.element, b.element) && !belongs(b.element, a.element),
      )
      .map((b): DrawingFault => ({ kind: 'shapes-overlap', element: a.id, other: b.id })),
  );
}

function outside(shapes: readonly DrawnShape[], lanes: readonly Element[]): readonly DrawingFault[] {
  const drawn = new Map(shapes.map((it) => [it.element, it]));
  return lanes.flatMap((lane) => {
    const frame = drawn.get(lane);
    if (!frame) return [];
    return children(lane, 'flowNodeRef').flatMap((node): DrawingFault[] => {
      const shape = drawn.get(node);
      // A step inside a sub-process is drawn where that is, whoever does it.
      return !shape || contains(frame.box, shape.box) || isInside(node)
        ? []
        : [{ kind: 'outside-lane', element: shape.id, other: frame.id }];
    });
  });
}

const isInside = ({ $parent }: Element): boolean =>
  $parent !== undefined && /SubProcess$|Transaction$/.test($parent.$type);

function covered(
  labels: readonly DrawnShape[],
  things: readonly DrawnShape[],
  edges: readonly DrawnEdge[],
): readonly DrawingFault[] {
  return labels.flatMap((label, i) => {
    const others = [
      ...things.filter(({ element, box }) => overlap(label.box, box, 2) && !isAround(element, label.element)),
      ...labels.slice(i + 1).filter(({ box }) => overlap(label.box, box, 2)),
      ...edges.filter(({ points }) => pieces(points).some(([a, b]) => overlap(label.box, between(a, b), 2))),
    ];
    return others.map(({ id }): DrawingFault => ({ kind: 'label-covered', element: label.id, other: id }));
  });
}

function through(things: readonly DrawnShape[], edges: readonly DrawnEdge[]): readonly DrawingFault[] {
  return edges.flatMap(({ id, points, source, target }) =>
    things
      .filter(({ element, box }) => {
        if ([source, target].some((end) => end !== null && (end === element || isAround(element, end))))
          return false;
        return pieces(points).some(([a, b]) => overlap(box, between(a, b), 2));
      })
      .map((it): DrawingFault => ({ kind: 'edge-through-shape', element: id, other: it.id })),
  );
}

function edgesOnEdges(edges: readonly DrawnEdge[]): readonly DrawingFault[] {
  return edges.flatMap((a, i) =>
    edges.slice(i + 1).flatMap((b): DrawingFault[] => {
      const isKin =
        (a.source !== null && a.source === b.source) || (a.target !== null && a.target === b.target);
      const found: DrawingFault[] = [];
      for (const one of pieces(a.points)) {
        for (const other of pieces(b.points)) {
          if (cross(one, other)) found.push({ kind: 'crossing', element: a.id, other: b.id });
          else if (!isKin && runTogether(one, other)) {
            found.push({ kind: 'edges-on-one-another', element: a.id, other: b.id });
          }
        }
      }
      return found;
    }),
  );
}

function loose(shapes: readonly DrawnShape[], edges: readonly DrawnEdge[]): readonly DrawingFault[] {
  const drawn = new Map(shapes.map(({ element, box }) => [element, box]));
  return edges.flatMap(({ id, points, source, target }) =>
    (
      [
        [source, points[0]],
        [target, points.at(-1)],
      ] as const
    ).flatMap(([end, point]): DrawingFault[] => {
      const box = end && drawn.get(end);
      return !box || !point || isOnBorder(point, box)
        ? []
        : [{ kind: 'edge-end-loose', element: id, other: idOf(end) }];
    }),
  );
}

/** Words of exits from which nobody sees what is decided at the gateway. */
function astray(labels: readonly DrawnShape[], things: readonly DrawnShape[]): readonly DrawingFault[] {
  const drawn = new Map(things.map(({ element, box }) => [element, box]));
  return labels.flatMap(({ id, element, box }): DrawingFault[] => {
    const gateway = element.$type === 'bpmn:SequenceFlow' ? endOf(element, true) : null;
    const place = gateway?.$instanceOf?.('bpmn:Gateway') === true ? drawn.get(gateway) : undefined;
    return gateway && place && gapBetween(box, place) > besideGateway
      ? [{ kind: 'label-astray', element: id, other: idOf(gateway) }]
      : [];
  });
}

/** Whether one is drawn on or in the other: a boundary event on its activity, an element in its sub-process. */
function belongs(inner: Element, outer: Element): boolean {
  return child(inner, 'attachedToRef') === outer || isAround(outer, inner);
}

function isAround(outer: Element, inner: Element): boolean {
  for (let it = inner.$parent; it; it = it.$parent) if (it === outer) return true;
  return false;
}

function isFrame({ $type }: Element): boolean {
  return $type === 'bpmn:Participant' || $type === 'bpmn:Lane' || $type === 'bpmn:Group';
}

function hasOutsideLabel(element: Element): boolean {
  return [
    'Event',
    'Gateway',
    'SequenceFlow',
    'MessageFlow',
    'DataObjectReference',
    'DataStoreReference',
  ].some((it) => element.$instanceOf?.(`bpmn:${it}`) === true);
}

function endOf(element: Element, isSource: boolean): Element | null {
  if (/:Data(?:Input|Output)Association$/.test(element.$type)) {
    const isInput = element.$type.endsWith('InputAssociation');
    if (isInput !== isSource) return element.$parent ?? null;
    return isInput ? (children(element, 'sourceRef')[0] ?? null) : child(element, 'targetRef');
  }
  return child(element, isSource ? 'sourceRef' : 'targetRef');
}

function boxOf(bounds: Element | null): Box | null {
  if (!bounds) return null;
  const { x, y, width, height } = bounds;
  return { x: Number(x), y: Number(y), width: Number(width), height: Number(height) };
}

function isOnBorder({ x, y }: Point, box: Box): boolean {
  const [right, bottom] = [box.x + box.width, box.y + box.height];
  const slack = 2;
  const isWithin = x >= box.x - slack && x <= right + slack && y >= box.y - slack && y <= bottom + slack;
  const nearest = Math.min(
    Math.abs(x - box.x),
    Math.abs(x - right),
    Math.abs(y - box.y),
    Math.abs(y - bottom),
  );
  return isWithin && nearest <= slack;
}
