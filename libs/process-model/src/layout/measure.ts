import type { Room } from './axis.ts';
import type { Point, Size } from './geometry.ts';
import { asideOf } from './labels.ts';
import type { ItemRoom, LabelPlace } from './labels.ts';
import type { Lattice } from './lattice.ts';
import type { Link, Sheet, Side } from './parts.ts';
import type { Way } from './router.ts';
import type { Cell } from './rows.ts';

/** The lattice in pixels. */
export interface Measures {
  at(point: number): Point;
  /** Middle of an item, and the left edge of its column. */
  cell(id: string): Point & { readonly left: number };
  /** The edge of the pool that a line at this height reaches. */
  poolEdge(y: number, side: Side): number;
  readonly bands: readonly { readonly top: number; readonly bottom: number }[];
  readonly size: Size;
}

const stem = 18;
const least = { column: 46, row: 28, edge: 22, pools: 40 };

/** Gives every column and row the room that its items, their labels, and the lines between them need. */
export function measured(
  sheet: Sheet,
  cells: ReadonlyMap<string, Cell>,
  lattice: Lattice,
  ways: ReadonlyMap<Link, Way>,
  rooms: ReadonlyMap<string, ItemRoom>,
  plan: ReadonlyMap<Link, LabelPlace>,
): Measures {
  const { xs, ys, columns, rows, bands } = lattice;
  const width = xs.length;
  const usedX = new Set<number>();
  const usedY = new Set<number>();
  for (const { points } of ways.values()) {
    points.slice(1).forEach((to, i) => {
      const from = points[i] ?? 0;
      if (from % width === to % width) usedX.add(to % width);
      else usedY.add(Math.floor(to / width));
    });
  }
  const pads = padsOf(lattice, ways, plan);
  const inColumn = new Map<number, ItemRoom[]>();
  const inRow = new Map<number, ItemRoom[]>();
  for (const { id, band, kind } of sheet.items) {
    const cell = cells.get(id);
    const own = rooms.get(id);
    if (!cell || !own) continue;
    const [column, row] = [columns[cell.column] ?? 0, rows[band]?.[cell.row] ?? 0];
    if (kind !== 'aside') inColumn.set(column, [...(inColumn.get(column) ?? []), own]);
    inRow.set(row, [...(inRow.get(row) ?? []), own]);
  }
  const wider = new Map<number, number>();
  const roomX = (block: number): Room => {
    const here = inColumn.get(block) ?? [];
    if (xs.blocks[block]?.kind === 'body') {
      const half = here.length > 0 ? 0 : 10;
      return {
        before: Math.max(half, ...here.map(({ left }) => left)),
        after: Math.max(half, ...here.map(({ right }) => right)),
        least: 0,
      };
    }
    const isOuter = block === 0 || block === xs.blocks.length - 1;
    const pad = pads.x.get(block);
    const base = (isOuter ? 30 : least.column) + (wider.get(block) ?? 0);
    return { before: Math.max(stem, pad?.before ?? 0), after: Math.max(stem, pad?.after ?? 0), least: base };
  };
  let x = xs.measure(roomX, (line) => usedX.has(line));
  // Where something takes several columns, they are at least as wide together.
  for (const { id, kind, size } of sheet.items) {
    const cell = cells.get(id);
    if (!cell || kind !== 'aside') continue;
    const [from, to] = [columns[cell.column] ?? 0, columns[cell.column + cell.span - 1] ?? 0];
    const lacking = (x.starts[from] ?? 0) + size.width - (x.starts[to + 1] ?? 0);
    if (lacking <= 0) continue;
    wider.set(to + 1, (wider.get(to + 1) ?? 0) + lacking + (x.starts[to + 2] ?? 0) - (x.starts[to + 1] ?? 0));
    x = xs.measure(roomX, (line) => usedX.has(line));
  }
  const higher = new Map<number, number>();
  const roomY = (block: number, used: number): Room => {
    const { kind, band } = ys.blocks[block] ?? { kind: 'gap', band: -1 };
    const here = inRow.get(block) ?? [];
    if (kind === 'closed') return { before: 0, after: 0, least: 60 };
    if (kind === 'body') {
      return {
        before: Math.max(0, ...here.map(({ above }) => above)),
        after: Math.max(0, ...here.map(({ below }) => below)),
        least: 0,
      };
    }
    const pad = pads.y.get(block);
    const isOuter = block === 0 || block === ys.blocks.length - 1;
    if (band === -1) {
      if (isOuter && used === 0) return { before: 0, after: 0, least: 0 };
      return { before: stem, after: stem, least: isOuter ? 0 : least.pools };
    }
    const isEdge = bands[band]?.includes(block) === true;
    const isFirst = bands[band]?.[0] === block;
    const isLast = bands[band]?.[1] === block;
    return {
      before: Math.max(isFirst && !isLast ? 12 : stem, pad?.before ?? 0) * (used > 0 || pad?.before ? 1 : 0),
      after: Math.max(isLast && !isFirst ? 12 : stem, pad?.after ?? 0) * (used > 0 || pad?.after ? 1 : 0),
      least: (isEdge ? least.edge : least.row) + (higher.get(block) ?? 0),
    };
  };
  let y = ys.measure(roomY, (line) => usedY.has(line));
  sheet.bands.forEach((band, i) => {
    const [first, last] = bands[i] ?? [0, 0];
    const lacking = band.least - ((y.starts[last + 1] ?? 0) - (y.starts[first] ?? 0));
    if (lacking <= 0 || band.isClosed) return;
    for (const block of new Set([first, last])) {
      const now = (y.starts[block + 1] ?? 0) - (y.starts[block] ?? 0);
      higher.set(block, now - least.edge + Math.ceil(lacking / (first === last ? 1 : 2)));
    }
  });
  if (higher.size > 0) y = ys.measure(roomY, (line) => usedY.has(line));
  const edges = bands.map(([first, last]) => ({
    top: y.starts[first] ?? 0,
    bottom: y.starts[last + 1] ?? 0,
  }));
  return {
    at: (point) => ({ x: x.places[point % width] ?? 0, y: y.places[Math.floor(point / width)] ?? 0 }),
    cell: (id) => {
      const item = sheet.items.find((it) => it.id === id);
      const cell = cells.get(id);
      const column = columns[cell?.column ?? 0] ?? 0;
      const row = rows[item?.band ?? 0]?.[cell?.row ?? 0] ?? 0;
      return {
        x: x.places[xs.line(column, 0)] ?? 0,
        y: y.places[ys.first(row)] ?? 0,
        left: x.starts[column] ?? 0,
      };
    },
    poolEdge: (from, side) =>
      side === 'top'
        ? Math.min(...edges.map(({ top }) => top).filter((it) => it >= from))
        : Math.max(...edges.map(({ bottom }) => bottom).filter((it) => it <= from)),
    bands: edges,
    size: { width: x.starts.at(-1) ?? 0, height: y.starts.at(-1) ?? 0 },
  };
}

interface Pad {
  readonly before: number;
  readonly after: number;
}

/** Room that labels need in the gaps beside the shapes from which their lines come or to which they lead. */
function padsOf(
  { xs, ys }: Lattice,
  ways: ReadonlyMap<Link, Way>,
  plan: ReadonlyMap<Link, LabelPlace>,
): { readonly x: ReadonlyMap<number, Pad>; readonly y: ReadonlyMap<number, Pad> } {
  const [x, y] = [new Map<number, Pad>(), new Map<number, Pad>()];
  const blockOf = (axis: typeof xs, line: number): number =>
    axis.blocks.findIndex(({ lines }) => lines.includes(line));
  const widen = (pads: Map<number, Pad>, block: number, before: number, after: number): void => {
    const pad = pads.get(block) ?? { before: 0, after: 0 };
    pads.set(block, { before: Math.max(pad.before, before), after: Math.max(pad.after, after) });
  };
  for (const [link, place] of plan) {
    const way = ways.get(link);
    if (!link.label || !way || place === 'free') continue;
    const port = place === 'source' ? way.from : way.to;
    const away = place === 'source' ? 10 : 18;
    const { width, height } = link.label;
    if (port.side === 'right') widen(x, blockOf(xs, port.x), asideOf(link, ways, plan) + width + away, 0);
    else if (port.side === 'left') widen(x, blockOf(xs, port.x), 0, width + away);
    else if (port.side === 'bottom') widen(y, blockOf(ys, port.y), height + away, 0);
    else widen(y, blockOf(ys, port.y), 0, height + away);
  }
  return { x, y };
}
