import { arranged } from './arrange.ts';
import type { Box, Point } from './geometry.ts';
import { cross, moved, pieces, straightened } from './geometry.ts';
import { asideOf, freeLabels, labelPlan, roomFor, stemLabel } from './labels.ts';
import type { LabelPlace } from './labels.ts';
import { measured } from './measure.ts';
import type { Measures } from './measure.ts';
import type { Drawing, Edge, Item, Link, Shape, Sheet } from './parts.ts';
import type { Port } from './router.ts';
import { quick } from './taste.ts';
import type { Taste } from './taste.ts';

/**
 * Draws a process or sub-process, or pools with their processes one below the other: columns from left to right, a
 * strip for each lane, orthogonal lines. Of the drawings after each taste the one with the fewest crossings stays, and
 * the first of these. The same sheet gives the same drawing.
 */
export function drawSheet(sheet: Sheet, tastes: readonly Taste[]): Drawing {
  let best: Drawing | null = null;
  let fewest = Infinity;
  for (const taste of tastes) {
    if (fewest === 0) break;
    const drawing = drawn(sheet, taste);
    const count = tastes.length > 1 ? crossingsOf(sheet, drawing) : 0;
    if (count >= fewest) continue;
    best = drawing;
    fewest = count;
  }
  return best ?? drawn(sheet, quick);
}

function crossingsOf({ links }: Sheet, { edges }: Drawing): number {
  const lines = links.map(({ id }) => pieces(edges.get(id)?.points ?? []));
  let count = 0;
  lines.forEach((line, i) => {
    for (const other of lines.slice(i + 1))
      for (const one of line) count += other.filter((it) => cross(one, it)).length;
  });
  return count;
}

function drawn(sheet: Sheet, taste: Taste): Drawing {
  const owners = new Map(
    sheet.items.flatMap((it) => [it.id, ...it.attached.map(({ id }) => id)].map((id) => [id, it])),
  );
  const { cells, lattice, ways } = arranged(sheet, owners, taste);
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
      if (place === 'free') open.push(link);
      else {
        const isSource = place === 'source';
        const point = isSource ? edge.points[0] : edge.points.at(-1);
        const label = point && stemLabel(link.label, point, (isSource ? way.from : way.to).side, isSource);
        edges.set(link.id, { ...edge, label: label ? moved(label, asideOf(link, ways, plan), 0) : null });
      }
    }
    freeLabels(open, shapes, edges);
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
