import { Axis } from './axis.ts';
import type { Item, Link, Sheet, Side } from './parts.ts';
import type { Port, Wire } from './router.ts';
import { Router } from './router.ts';
import type { Cell } from './rows.ts';
import type { Taste } from './taste.ts';

/** The sheet before it is measured: columns and rows with gaps between them, and which block each is. */
export interface Lattice {
  readonly xs: Axis;
  readonly ys: Axis;
  /** Block of each column; the gap before it stands before it. */
  readonly columns: readonly number[];
  /** Block of each row, band by band. */
  readonly rows: readonly (readonly number[])[];
  /** First and last block of each band. */
  readonly bands: readonly (readonly [number, number])[];
}

const tracks = { column: 6, row: 4, edge: 4, space: 5 };

export function latticeOf(sheet: Sheet, cells: ReadonlyMap<string, Cell>): Lattice {
  const [xs, ys] = [new Axis(), new Axis()];
  const count = Math.max(1, ...[...cells.values()].map(({ column, span }) => column + span));
  const columns: number[] = [];
  for (let column = 0; column < count; column++) {
    const here = sheet.items.filter((it) => cells.get(it.id)?.column === column && it.kind !== 'aside');
    const half = Math.max(25, ...here.map(({ size }) => size.width / 2));
    xs.gap(tracks.column, -1);
    columns.push(
      xs.body(
        here.flatMap((it) => [
          ...it.attached.flatMap(({ offset }) => [offset, offset + beside]),
          ...(isExplained(it, sheet) ? [besideNote] : []),
        ]),
        half,
        -1,
      ),
    );
  }
  xs.gap(tracks.column, -1);
  const rows: number[][] = [];
  const bands: [number, number][] = [];
  sheet.bands.forEach(({ pool, isClosed }, band) => {
    if (sheet.bands[band - 1]?.pool !== pool) ys.gap(tracks.space, -1);
    const first = isClosed ? ys.closed(band) : ys.gap(tracks.edge, band);
    const own: number[] = [];
    const here = sheet.items.filter((it) => it.band === band);
    const most = Math.max(-1, ...here.map(({ id }) => cells.get(id)?.row ?? 0));
    let last = first;
    for (let row = 0; row <= most; row++) {
      const standing = here.filter(({ id }) => cells.get(id)?.row === row);
      own.push(ys.body([], Math.max(18, ...standing.map(({ size }) => size.height / 2)), band));
      last = ys.gap(row === most ? tracks.edge : tracks.row, band);
    }
    rows.push(own);
    bands.push([first, last]);
  });
  ys.gap(tracks.space, -1);
  return { xs, ys, columns, rows, bands };
}

/** A router in which no way leads through an item. */
export function routerOf(
  sheet: Sheet,
  cells: ReadonlyMap<string, Cell>,
  lattice: Lattice,
  wires: readonly Wire[],
  taste: Taste,
): Router {
  const { xs, ys, columns, rows } = lattice;
  const router = new Router(xs, ys, wires, taste);
  for (const { id, band } of sheet.items) {
    const cell = cells.get(id);
    const row = cell && rows[band]?.[cell.row];
    if (!cell || row === undefined) continue;
    const [from, to] = [columns[cell.column] ?? 0, columns[cell.column + cell.span - 1] ?? 0];
    for (let x = xs.first(from); x <= xs.last(to); x++) router.block(x, ys.first(row));
  }
  return router;
}

/** How far from its exit a note reaches a boundary event. */
const beside = 9;
/** How far from where a note reaches an activity its messages leave and arrive. */
const besideNote = 30;

function isExplained({ id, kind }: Item, { links }: Sheet): boolean {
  const isOf = ({ source, target }: Link): boolean => source === id || target === id;
  return kind === 'activity' && links.some((it) => it.kind === 'association' && isOf(it));
}

/** Prices of leaving and entering by a side, after what is drawn where: flows run from left to right. */
const prices: Readonly<Record<Link['kind'], { readonly out: Prices; readonly in: Prices }>> = {
  flow: {
    out: { right: 0, left: 400, top: 40, bottom: 40 },
    in: { left: 0, right: 400, top: 40, bottom: 40 },
  },
  association: {
    out: { right: 120, left: 120, top: 0, bottom: 0 },
    in: { right: 120, left: 120, top: 0, bottom: 0 },
  },
  message: {
    out: { right: 300, left: 300, top: 0, bottom: 0 },
    in: { right: 300, left: 300, top: 0, bottom: 0 },
  },
};
type Prices = Readonly<Record<Side, number>>;
const sides: readonly Side[] = ['right', 'bottom', 'left', 'top'];

export function wireOf(
  link: Link,
  sheet: Sheet,
  cells: ReadonlyMap<string, Cell>,
  lattice: Lattice,
  owners: ReadonlyMap<string, Item>,
): Wire {
  const { ys, bands } = lattice;
  const pool = sheet.bands[owners.get(link.source)?.band ?? -1]?.pool;
  const own = sheet.bands.flatMap((it, i) => (it.pool === pool ? [bands[i] ?? [0, 0]] : []));
  const isInside = link.kind !== 'message' && own.length > 0;
  return {
    kind: link.kind,
    source: link.source,
    target: link.target,
    isNamed: link.label !== null,
    from: portsOf(link.source, link, true, sheet, cells, lattice, owners),
    to: portsOf(link.target, link, false, sheet, cells, lattice, owners),
    top: isInside ? ys.first(own[0]?.[0] ?? 0) : 0,
    bottom: isInside ? ys.last(own.at(-1)?.[1] ?? 0) : ys.length - 1,
  };
}

function portsOf(
  end: string,
  { kind }: Link,
  isOut: boolean,
  sheet: Sheet,
  cells: ReadonlyMap<string, Cell>,
  lattice: Lattice,
  owners: ReadonlyMap<string, Item>,
): readonly Port[] {
  if (end.startsWith('pool:')) return poolPorts(end, sheet, lattice);
  const { xs, ys, columns, rows } = lattice;
  const item = owners.get(end);
  const cell = cells.get(item?.id ?? '');
  const row = rows[item?.band ?? -1]?.[cell?.row ?? -1];
  if (!item || !cell || row === undefined) return [];
  const column = columns[cell.column] ?? 0;
  const lastColumn = columns[cell.column + cell.span - 1] ?? 0;
  const attached = item.attached.find(({ id }) => id === end);
  const offset = attached?.offset ?? (kind === 'message' && isExplained(item, sheet) ? besideNote : 0);
  const isBeside =
    attached !== undefined &&
    kind === 'association' &&
    sheet.links.some((it) => it.kind === 'flow' && it.source === end);
  return sides.flatMap((side): Port[] => {
    if (attached ? side !== 'bottom' : side === 'bottom' && item.attached.length > 0) return [];
    if (item.kind === 'aside' && (side === 'left' || side === 'right')) return [];
    const isAcross = side === 'left' || side === 'right';
    const x = isAcross
      ? side === 'left'
        ? xs.last(column - 1)
        : xs.first(lastColumn + 1)
      : xs.line(column, offset + (isBeside ? beside : 0));
    const y = isAcross ? ys.first(row) : side === 'top' ? ys.last(row - 1) : ys.first(row + 1);
    const isUnderLabel = item.kind === 'event' && side === 'bottom' && item.label !== null && !attached;
    const isEasy = item.kind === 'gateway' && kind === 'flow' && !isAcross;
    const price = prices[kind][isOut ? 'out' : 'in'][side];
    const cost = attached ? 0 : isEasy ? price / 4 : price + (isUnderLabel ? 60 : 0);
    return [{ key: `${end} ${isBeside ? 'beside' : side}${offset}`, x, y, side, offset, cost }];
  });
}

/** Anywhere on the upper or lower edge of a pool. */
function poolPorts(end: string, sheet: Sheet, { xs, ys, bands }: Lattice): readonly Port[] {
  const own = sheet.bands.flatMap((it, i) => (`pool:${it.pool}` === end ? [bands[i] ?? [0, 0]] : []));
  const [above, below] = [(own[0]?.[0] ?? 0) - 1, (own.at(-1)?.[1] ?? 0) + 1];
  return Array.from({ length: xs.length }, (_, x) => x).flatMap((x) => [
    { key: `${end} top ${x}`, x, y: ys.last(above), side: 'top' as const, offset: 0, cost: 0 },
    { key: `${end} bottom ${x}`, x, y: ys.first(below), side: 'bottom' as const, offset: 0, cost: 0 },
  ]);
}
