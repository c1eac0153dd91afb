import type { Arranged } from './arrange.ts';
import type { Box, Point } from './geometry.ts';
import { moved, straightened } from './geometry.ts';
import { asideOf, freeLabels, labelPlan, roomFor, stemLabel } from './labels.ts';
import type { LabelPlace } from './labels.ts';
import { measured } from './measure.ts';
import type { Measures } from './measure.ts';
import type { Drawing, Edge, Item, Link, Shape, Sheet } from './parts.ts';
import type { Port } from './router.ts';

/** Gives an arranged sheet its pixels. The same arrangement gives the same drawing. */
export function drawSheet(sheet: Sheet, { cells, lattice, ways }: Arranged): Drawing {
  const plan = labelPlan(ways);
  const rooms = roomFor(sheet, ways, plan);
  const measures = measured(sheet, cells, lattice, ways, rooms, plan);
  const shapes = new Map<string, Shape>();
  for (const item of sheet.items) {
    const box = boxOf(item, measures);
    shapes.set(item.id, { box, label: rooms.get(item.id)?.label(box) ?? null });
    for (const { id, offset } of item.attached) {
      const own = { x: middle(box).x + offset - 18, y: box.y + box.height - 18, width: 36, height: 36 };
      shapes.set(id, { box: own, label: rooms.get(id)?.label(own) ?? null });
    }
    for (const [id, { box: inner, label }] of item.inside?.shapes ?? []) {
      shapes.set(id, { box: within(inner, box), label: label && within(label, box) });
    }
  }
  const edges = new Map<string, Edge>();
  for (const link of sheet.links) edges.set(link.id, { points: pointsOf(link), label: null });
  labelled(plan);
  for (const item of sheet.items) {
    const box = shapes.get(item.id)?.box;
    if (!box) continue;
    for (const [id, { points, label }] of item.inside?.edges ?? []) {
      const inner = points.map(({ x, y }) => ({ x: x + box.x, y: y + box.y }));
      edges.set(id, { points: inner, label: label && within(label, box) });
    }
  }
  return { shapes, edges, bands: measures.bands, size: measures.size };

  function pointsOf(link: Link): readonly Point[] {
    const way = ways.get(link);
    const [from, to] = [shapes.get(link.source)?.box, shapes.get(link.target)?.box];
    if (!way) return from && to ? [middle(from), middle(to)] : [];
    const places = way.points.map((point) => measures.at(point));
    const [first = { x: 0, y: 0 }, last = first] = [places[0], places.at(-1)];
    return straightened([
      onBorder(way.from, from, first, measures),
      ...places,
      onBorder(way.to, to, last, measures),
    ]);
  }

  function labelled(places: ReadonlyMap<Link, LabelPlace>): void {
    const open: Link[] = [];
    for (const [link, place] of places) {
      const way = ways.get(link);
      const edge = edges.get(link.id);
      if (!link.label || !edge || !way) continue;
      // What leaves alone keeps its place; what has room only where it ends stands nearer to its beginning if it can.
      if (place !== 'source') open.push(link);
      if (place !== 'free') {
        const isSource = place === 'source';
        const point = isSource ? edge.points[0] : edge.points.at(-1);
        const label = point && stemLabel(link.label, point, (isSource ? way.from : way.to).side, isSource);
        edges.set(link.id, { ...edge, label: label ? moved(label, asideOf(link, ways, plan), 0) : null });
      }
    }
    freeLabels(
      open,
      shapes,
      edges,
      measures.bands.map(({ bottom }) => bottom),
    );
  }
}

function boxOf(item: Item, measures: Measures): Box {
  const { width, height } = item.size;
  const { x, y, left } = measures.cell(item.id);
  return { x: item.kind === 'aside' ? left : x - width / 2, y: y - height / 2, width, height };
}

function onBorder({ side }: Port, box: Box | undefined, near: Point, measures: Measures): Point {
  if (!box) return { x: near.x, y: measures.poolEdge(near.y, side) };
  if (side === 'left') return { x: box.x, y: near.y };
  if (side === 'right') return { x: box.x + box.width, y: near.y };
  return { x: near.x, y: side === 'top' ? box.y : box.y + box.height };
}

function middle(box: Box): Point {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

function within(box: Box, { x, y }: Point): Box {
  return { ...box, x: box.x + x, y: box.y + y };
}
