import { gapBetween, overlap, pieces } from './geometry.ts';
import type { Box, Point, Size } from './geometry.ts';
import type { Drawing, Edge, Item, Link, Shape, Sheet, Side } from './parts.ts';
import type { Way } from './router.ts';

/** Where the label of a line stands: where it begins, where it ends, or where there is room. */
export type LabelPlace = 'source' | 'target' | 'free';

/** Room around the middle of a shape, with its label, and where that label stands once the shape has its place. */
export interface ItemRoom {
  readonly left: number;
  readonly right: number;
  readonly above: number;
  readonly below: number;
  label(box: Box): Box | null;
}

/** A label stands at an end that no other line with a label has. */
export function labelPlan(ways: ReadonlyMap<Link, Way>): ReadonlyMap<Link, LabelPlace> {
  const out = new Map<string, number>();
  const into = new Map<string, number>();
  for (const [link, { from, to }] of ways) {
    if (link.label) out.set(from.key, (out.get(from.key) ?? 0) + 1);
    into.set(to.key, (into.get(to.key) ?? 0) + 1);
  }
  return new Map(
    [...ways].flatMap(([link, { from, to }]): [Link, LabelPlace][] => {
      if (!link.label) return [];
      const isPool = link.source.startsWith('pool:');
      if (out.get(from.key) === 1 && !isPool) return [[link, 'source']];
      const isFree = into.get(to.key) === 1 && !link.target.startsWith('pool:');
      return [[link, isFree ? 'target' : 'free']];
    }),
  );
}

/** How far a label right of a gateway stands aside, where it is so high that it would reach into the one above. */
export function asideOf(
  link: Link,
  ways: ReadonlyMap<Link, Way>,
  plan: ReadonlyMap<Link, LabelPlace>,
): number {
  if (plan.get(link) !== 'source' || ways.get(link)?.from.side !== 'right' || (link.label?.height ?? 0) <= 20)
    return 0;
  for (const [other, { from }] of ways) {
    const isAbove = other.source === link.source && from.side === 'top' && plan.get(other) === 'source';
    if (isAbove && other.label) return Math.max(0, other.label.width - 15);
  }
  return 0;
}

/** The label of a line beside its first or last piece: above it, or right of it when it runs up or down. */
export function stemLabel({ width, height }: Size, point: Point, side: Side, isSource: boolean): Box {
  const away = isSource ? 5 : 13;
  const size = { width, height };
  switch (side) {
    case 'right':
      return { x: point.x + away, y: point.y - height - 3, ...size };
    case 'left':
      return { x: point.x - away - width, y: point.y - height - 3, ...size };
    case 'top':
      return { x: point.x + 5, y: point.y - away - height + 2, ...size };
    case 'bottom':
      return { x: point.x + 5, y: point.y + away - 2, ...size };
  }
}

/** What every item needs, its label included, when lines leave it as they do. */
export function roomFor(
  { items }: Sheet,
  ways: ReadonlyMap<Link, Way>,
  plan: ReadonlyMap<Link, LabelPlace>,
): ReadonlyMap<string, ItemRoom> {
  const used = new Set([...ways.values()].flatMap(({ from, to }) => [from.key, to.key]));
  const rooms = new Map<string, ItemRoom>();
  for (const item of items) {
    let room = own(item, (side) => used.has(`${item.id} ${side}0`));
    rooms.set(item.id, room);
    item.attached.forEach(({ id, offset, label }, i) => {
      const next = item.attached[i + 1];
      const isLeft = !label || next !== undefined || item.attached.length === 1;
      const size = label ?? { width: 0, height: 0 };
      const place = (box: Box): Box | null =>
        label && {
          x: box.x + 18 + (isLeft ? -size.width - 5 : 5),
          y: box.y + 38,
          ...label,
        };
      rooms.set(id, { left: 0, right: 0, above: 0, below: 0, label: place });
      room = {
        ...room,
        below: Math.max(room.below, item.size.height / 2 + 22 + size.height),
        left: Math.max(room.left, isLeft ? size.width + 8 - offset : 0),
        right: Math.max(room.right, isLeft ? 0 : offset + size.width + 8),
      };
      rooms.set(item.id, room);
    });
  }
  for (const [link, place] of plan) {
    const way = ways.get(link);
    if (!link.label || !way || place === 'free') continue;
    const port = place === 'source' ? way.from : way.to;
    const id = port.key.slice(0, port.key.lastIndexOf(' '));
    const holder = items.find((it) => it.id === id || it.attached.some((at) => at.id === id));
    const room = holder && rooms.get(holder.id);
    if (!holder || !room) continue;
    const isAcross = port.side === 'left' || port.side === 'right';
    rooms.set(holder.id, {
      ...room,
      above: isAcross ? Math.max(room.above, link.label.height + 8) : room.above,
      right: isAcross ? room.right : Math.max(room.right, port.offset + link.label.width + 10),
    });
  }
  return rooms;
}

function own({ kind, size, label }: Item, isUsed: (side: Side) => boolean): ItemRoom {
  const [across, along] = [size.width / 2, size.height / 2];
  const bare = { left: across, right: across, above: along, below: along };
  if (!label) return { ...bare, label: () => null };
  const wide = {
    ...bare,
    left: Math.max(across, label.width / 2 + 4),
    right: Math.max(across, label.width / 2 + 4),
  };
  const centred = (box: Box): number => box.x + across - label.width / 2;
  const isBelow =
    kind === 'gateway' ? isUsed('top') && !isUsed('bottom') : !isUsed('bottom') || isUsed('top');
  const isBeside = isUsed('top') && isUsed('bottom');
  if (isBeside) {
    // In the corner between two lines.
    return {
      ...bare,
      left: Math.max(across, label.width + 8),
      above: along + label.height + 2,
      label: (box) => ({
        x: box.x + across - label.width - 6,
        y: box.y - label.height - 1,
        ...label,
      }),
    };
  }
  return isBelow
    ? {
        ...wide,
        below: along + label.height + 6,
        label: (box) => ({ x: centred(box), y: box.y + box.height + 3, ...label }),
      }
    : {
        ...wide,
        above: along + label.height + 6,
        label: (box) => ({ x: centred(box), y: box.y - label.height - 4, ...label }),
      };
}

/** A line that is not farther from a label might be meant by it. */
export const nearness = 5;

/** Words this near to a gateway are read together with it, in px. */
export const besideGateway = 100;

/** How far the words of the exits stand from their gateways, in px; none of a line without words. */
export function wordsAway(
  { items, links }: Sheet,
  { shapes, edges }: Drawing,
): readonly { readonly link: Link; readonly distance: number }[] {
  const gateways = new Set(items.flatMap(({ id, kind }) => (kind === 'gateway' ? [id] : [])));
  return links.flatMap((link) => {
    const label = link.kind === 'flow' && gateways.has(link.source) ? edges.get(link.id)?.label : null;
    const gateway = shapes.get(link.source);
    return label && gateway ? [{ link, distance: gapBetween(label, gateway.box) }] : [];
  });
}

/**
 * Labels that do not stand where their lines begin stand along them, as near to that as they are on top of nothing, beside no other
 * label, and say which line they mean; else where they end, if they have room there.
 * @param borders heights at which lanes end
 */
export function freeLabels(
  links: readonly Link[],
  shapes: ReadonlyMap<string, Shape>,
  edges: Map<string, Edge>,
  borders: readonly number[],
): void {
  const fixed: readonly Box[] = [...shapes.values()].flatMap(({ box, label }) =>
    label ? [box, label] : [box],
  );
  for (const { id, label } of links) {
    const edge = edges.get(id);
    if (!label || !edge) continue;
    const lines = [...edges.values()].flatMap(({ points }) => pieces(points));
    const others = [...edges].flatMap(([other, { points }]) => (other === id ? [] : pieces(points)));
    const taken = [...edges].flatMap(([other, it]) => (other !== id && it.label ? [it.label] : []));
    const places = [...placesAlong(edge.points, label), ...(edge.label ? [edge.label] : [])].map((box) => ({
      box,
      faults:
        [...fixed, ...taken].filter((it) => overlap(it, box)).length * 9 +
        lines.filter(([a, b]) => overlap(box, between(a, b), 1)).length * 3 +
        others.filter(([a, b]) => overlap(box, between(a, b), -nearness)).length +
        taken.filter((it) => overlap(it, box, -2 * nearness)).length +
        borders.filter((y) => box.y < y && y < box.y + box.height).length,
    }));
    const best = places.reduce<(typeof places)[number] | null>(
      (least, it) => (least && least.faults <= it.faults ? least : it),
      null,
    );
    if (best) edges.set(id, { ...edge, label: best.box });
  }
}

/** How far one place for a label is from the next on a line, in px. */
const step = 15;

/** From where the line begins. */
function placesAlong(points: readonly Point[], { width, height }: Size): readonly Box[] {
  return pieces(points).flatMap(([a, b]) => {
    const isAcross = a.y === b.y;
    const length = Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
    const margin = (isAcross ? width : height) / 2 + 5;
    const room = length - 2 * margin;
    const spots =
      room > 0 ? Array.from({ length: Math.ceil(room / step) }, (_, i) => margin + i * step) : [length / 2];
    return spots.flatMap((spot) => {
      const share = spot / length;
      const [x, y] = [a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share];
      return isAcross
        ? [
            { x: x - width / 2, y: y - height - 3, width, height },
            { x: x - width / 2, y: y + 3, width, height },
          ]
        : [
            { x: x + 5, y: y - height / 2, width, height },
            { x: x - width - 5, y: y - height / 2, width, height },
          ];
    });
  });
}

/** The box around a piece of a line, a pixel wide. */
export function between(a: Point, b: Point): Box {
  return {
    x: Math.min(a.x, b.x) - 1,
    y: Math.min(a.y, b.y) - 1,
    width: Math.abs(a.x - b.x) + 2,
    height: Math.abs(a.y - b.y) + 2,
  };
}
