import { child, children, idOf } from '../read/element.ts';
import type { Element } from '../read/element.ts';
import type { Band, Drawing, Shape } from './parts.ts';

/** A lane with the bands that it covers. */
interface Lane {
  readonly id: string;
  readonly depth: number;
  readonly first: number;
  readonly last: number;
}

export interface Lanes {
  readonly bands: readonly Band[];
  readonly all: readonly Lane[];
  /** How many lanes lie in one another, at most. */
  readonly depth: number;
  bandOf(node: string): number;
}

/** Width of the strip in which the name of a pool or lane stands. */
export const nameStrip = 30;

/** A band for each innermost lane in the order of the file, and one for what is in none; without lanes, one. */
export function bandsOf(container: Element, nodes: readonly Element[], pool: number, first: number): Lanes {
  const bands: Band[] = [];
  const all: Lane[] = [];
  const bandOfNode = new Map<string, number>();
  const walk = (lane: Element, depth: number): void => {
    const from = first + bands.length;
    const at = all.push({ id: idOf(lane), depth, first: from, last: from }) - 1;
    const inner = child(lane, 'childLaneSet');
    const lanes = inner ? children(inner, 'lanes') : [];
    for (const it of lanes) walk(it, depth + 1);
    if (lanes.length === 0) bands.push({ pool, isClosed: false, least: leastFor(lane) });
    for (const node of children(lane, 'flowNodeRef')) {
      if (!bandOfNode.has(idOf(node))) bandOfNode.set(idOf(node), from);
    }
    all[at] = { id: idOf(lane), depth, first: from, last: first + bands.length - 1 };
  };
  for (const set of children(container, 'laneSets')) for (const lane of children(set, 'lanes')) walk(lane, 0);
  for (const node of nodes) {
    const host = node.$type === 'bpmn:BoundaryEvent' ? child(node, 'attachedToRef') : null;
    if (bandOfNode.has(idOf(node)) || host) continue;
    if (bands.length === (all.at(-1)?.last ?? first - 1) + 1 - first) {
      bands.push({ pool, isClosed: false, least: 60 });
    }
    bandOfNode.set(idOf(node), first + bands.length - 1);
  }
  if (bands.length === 0) bands.push({ pool, isClosed: false, least: 60 });
  const depth = Math.max(0, ...all.map((it) => it.depth + 1));
  return { bands, all, depth, bandOf: (node) => bandOfNode.get(node) ?? first };
}

function leastFor(lane: Element): number {
  const name = lane['name'];
  return Math.max(100, Math.min(260, (typeof name === 'string' ? name.length : 0) * 6.5 + 20));
}

/** The drawing with the shapes of lanes first; a lane's own left edge lies in by its depth. */
export function withLanes(
  drawing: Drawing,
  pools: readonly { readonly lanes: Lanes; readonly left: number; readonly right: number }[],
): Drawing {
  const shapes = new Map<string, Shape>();
  for (const { lanes, left, right } of pools) {
    for (const { id, depth, first, last } of lanes.all) {
      const x = left - (lanes.depth - depth) * nameStrip;
      const [top, bottom] = [drawing.bands[first]?.top ?? 0, drawing.bands[last]?.bottom ?? 0];
      if (id !== '')
        shapes.set(id, { box: { x, y: top, width: right - x, height: bottom - top }, label: null });
    }
  }
  return { ...drawing, shapes: new Map([...shapes, ...drawing.shapes]) };
}
