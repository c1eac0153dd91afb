import type { Columns, Step } from './columns.ts';
import type { Item, Link, Sheet } from './parts.ts';

/** Where each item stands: its column (and how many it takes), its band, its row in the band from the top. */
export interface Cell {
  readonly column: number;
  readonly span: number;
  readonly row: number;
}

export interface Cells {
  readonly cells: ReadonlyMap<string, Cell>;
  /** Row of each item of the flow in its band, before rows are counted: what is less stands higher. */
  readonly rowOf: ReadonlyMap<string, number>;
  /** Items of the happy paths, and the flows from each to the next. */
  readonly main: ReadonlySet<string>;
  readonly path: ReadonlySet<Link>;
  /** First items of the chains that could as well stand on the other side. */
  readonly chains: readonly string[];
}

/** On which side of what it leaves a chain is put first, by its first item; `''` for all others. */
export type Leans = ReadonlyMap<string, 'above' | 'below'>;

/** The rows of a band while they are given away: what is taken, also by lines that run straight. */
class Rows {
  private readonly taken = new Map<number, [number, number][]>();

  isFree(row: number, from: number, to: number): boolean {
    return !(this.taken.get(row) ?? []).some(([a, b]) => a <= to && from <= b);
  }
  take(row: number, from: number, to: number): void {
    this.taken.set(row, [...(this.taken.get(row) ?? []), [from, to]]);
  }
  get all(): readonly number[] {
    return [...this.taken.keys()];
  }
  get last(): number {
    return Math.max(-1, ...this.taken.keys());
  }
}

/**
 * Gives every item a cell. The happy path (the longest way to an end that is no fault) keeps the main row of each band
 * it meets; what branches off follows in chains, as near as there is room for the whole of a chain: what catches
 * comes below, alternatives below or above.
 */
export function cellsOf(sheet: Sheet, columns: Columns, leans: Leans): Cells {
  const { columnOf, next, previous, ahead } = columns;
  const items = new Map(sheet.items.map((it) => [it.id, it]));
  const bands = sheet.bands.map(() => new Rows());
  const rowOf = new Map<string, number>();
  const chains: string[] = [];
  const main = new Set<string>();
  const path = new Set<Link>();
  const at = (id: string): number => columnOf.get(id) ?? 0;
  const bandOf = (id: string): number => items.get(id)?.band ?? 0;
  const rowsOf = (id: string): Rows => bands[bandOf(id)] ?? new Rows();
  const settle = (id: string, row: number): void => {
    rowOf.set(id, row);
    rowsOf(id).take(row, at(id), at(id));
  };

  const flow = sheet.items.filter(({ near, kind }) => near === null && kind !== 'aside');
  for (const part of connected(flow, columns)) {
    const start = part
      .filter(({ id }) => !previous.has(id))
      .reduce<Item | null>(
        (best, it) => (best && (ahead.get(best.id) ?? 0) >= (ahead.get(it.id) ?? 0) ? best : it),
        null,
      );
    if (start) placeMain(start.id, part);
    for (let it = choose(part); it; it = choose(part)) placeChain(it);
  }
  return { cells: withRest(sheet, columnOf, rowOf, bands), rowOf, chains, main, path };

  function best(id: string, within: (step: Step) => boolean): Step | undefined {
    return (next.get(id) ?? [])
      .filter((step) => !step.isExit && !rowOf.has(step.target) && within(step))
      .reduce<Step | undefined>(
        (most, step) => (most && weight(most) >= weight(step) ? most : step),
        undefined,
      );
  }

  function weight({ target, link }: Step): number {
    return (ahead.get(target) ?? 0) + (link.isDefault ? 0.5 : 0);
  }

  function placeMain(start: string, part: readonly Item[]): void {
    const along = [start];
    for (let step = best(start, () => true); step; step = best(step.target, () => true)) {
      along.push(step.target);
      path.add(step.link);
    }
    const met = new Set(part.map(({ band }) => band));
    const base = new Map([...met].map((band) => [band, (bands[band]?.last ?? -1) + 1]));
    along.forEach((id, i) => {
      const row = base.get(bandOf(id)) ?? 0;
      settle(id, row);
      main.add(id);
      const before = along[i - 1];
      if (before !== undefined && bandOf(before) === bandOf(id)) rowsOf(id).take(row, at(before), at(id));
    });
  }

  /** What is next: something that is led to, leftmost first; else what leads to something placed. */
  function choose(part: readonly Item[]): Item | null {
    const open = part.filter(({ id }) => !rowOf.has(id));
    const led = open.filter(({ id }) => previous.get(id)?.some(({ source }) => rowOf.has(source)));
    const from = led.length > 0 ? led : open;
    return from.reduce<Item | null>((first, it) => (first && at(first.id) <= at(it.id) ? first : it), null);
  }

  function placeChain(first: Item): void {
    const chain = [first.id];
    const seen = new Set(chain);
    for (;;) {
      const step = best(
        chain.at(-1) ?? '',
        ({ target }) => bandOf(target) === first.band && !seen.has(target),
      );
      if (!step) break;
      chain.push(step.target);
      seen.add(step.target);
    }
    const last = chain.at(-1) ?? '';
    const into = (previous.get(first.id) ?? []).find(({ source }) => rowOf.has(source));
    const outOf = (next.get(last) ?? []).find(({ target }) => rowOf.has(target));
    const near = [into?.source, outOf?.target].filter((id) => id !== undefined);
    const beside = near.find((id) => bandOf(id) === first.band);
    const from =
      into && bandOf(into.source) === first.band ? at(into.source) + (into.isExit ? 0 : 1) : at(first.id);
    const to = outOf && bandOf(outOf.target) === first.band ? at(outOf.target) - 1 : at(last);
    const base = beside === undefined ? 0 : (rowOf.get(beside) ?? 0);
    const above = near.some((id) => bandOf(id) < first.band);
    const rows = rowsOf(first.id);
    const isExit = into?.isExit === true;
    if (!isExit) chains.push(first.id);
    const lean =
      leans.get(first.id) ?? (beside === undefined && above ? 'above' : (leans.get('') ?? 'below'));
    const row = candidates(base, isExit, lean === 'above').find((it) =>
      rows.isFree(it, Math.min(from, at(first.id)), Math.max(to, at(last))),
    );
    for (const id of chain) settle(id, row ?? rows.last + 1);
    rows.take(row ?? rows.last, Math.min(from, at(first.id)), Math.max(to, at(last)));
  }
}

/** Cells of items of the flow whose columns and rows are known; null where two would stand in one. */
export function cellsAt(
  sheet: Sheet,
  columnOf: ReadonlyMap<string, number>,
  rowOf: ReadonlyMap<string, number>,
): ReadonlyMap<string, Cell> | null {
  const bands = sheet.bands.map(() => new Rows());
  for (const { id, band } of sheet.items) {
    const [row, column] = [rowOf.get(id), columnOf.get(id) ?? 0];
    if (row === undefined) continue;
    if (bands[band]?.isFree(row, column, column) === false) return null;
    bands[band]?.take(row, column, column);
  }
  return withRest(sheet, columnOf, rowOf, bands);
}

/** Cells of all, once the flow has its rows: what stands aside, notes and data find room. */
function withRest(
  sheet: Sheet,
  columnOf: ReadonlyMap<string, number>,
  flowRows: ReadonlyMap<string, number>,
  bands: readonly Rows[],
): ReadonlyMap<string, Cell> {
  const rowOf = new Map(flowRows);
  const asides = new Map<string, { readonly column: number; readonly span: number }>();
  const nearColumn = new Map<string, number>();
  const at = (id: string): number => columnOf.get(id) ?? 0;
  placeAside();
  placeNear();
  const ranks = bands.map((band) => new Map(band.all.toSorted((a, b) => a - b).map((row, i) => [row, i])));
  return new Map(
    sheet.items.map(({ id, band }) => {
      const own = asides.get(id);
      const column = own?.column ?? nearColumn.get(id) ?? at(id);
      return [id, { column, span: own?.span ?? 1, row: ranks[band]?.get(rowOf.get(id) ?? 0) ?? 0 }];
    }),
  );

  /** Sub-processes that events start stand on the lowest row where there is room, or below all, side by side. */
  function placeAside(): void {
    const total = Math.max(1, ...[...columnOf.values()].map((it) => it + 1));
    for (const { id, kind, band, size } of sheet.items) {
      if (kind !== 'aside') continue;
      const span = Math.min(total, Math.max(1, Math.ceil((size.width + 40) / 150)));
      const rows = bands[band] ?? new Rows();
      const place = firstFree(rows, total, span);
      rows.take(place.row, place.column, place.column + span - 1);
      rowOf.set(id, place.row);
      asides.set(id, { column: place.column, span });
    }
  }

  /** Artifacts stand on rows of their own right above what they explain, or below where that is taken. */
  function placeNear(): void {
    for (const { id, near, band } of sheet.items) {
      if (near === null) continue;
      const base = rowOf.get(near) ?? 0;
      const column = asides.get(near)?.column ?? nearColumn.get(near) ?? at(near);
      const rows = bands[band] ?? new Rows();
      const row =
        [base - 0.5, base - 0.75, base - 0.875, base - 0.9375].find((it) =>
          rows.isFree(it, column, column),
        ) ?? rows.last + 1;
      rows.take(row, column, column);
      rowOf.set(id, row);
      nearColumn.set(id, column);
    }
  }
}

function firstFree(
  rows: Rows,
  total: number,
  span: number,
): { readonly row: number; readonly column: number } {
  const [lowest = 0] = rows.all.filter((row) => row > 0).toSorted((a, b) => b - a);
  for (const row of lowest > 0 ? [lowest] : []) {
    for (let column = 0; column + span <= total; column++) {
      if (rows.isFree(row, column - 1, column + span)) return { row, column };
    }
  }
  return { row: rows.last + 1, column: 0 };
}

/** Rows by nearness to a first one: what a boundary event leads to is never above. */
function candidates(base: number, isExit: boolean, isAboveFirst: boolean): readonly number[] {
  const rows = [base];
  for (let away = 1; away < 60; away++) {
    if (isExit) rows.push(base + away);
    else if (isAboveFirst) rows.push(base - away, base + away);
    else rows.push(base + 2 * away - 1, base + 2 * away, base - away);
  }
  return rows;
}

/** The items in groups that flows connect, the largest first. */
function connected(items: readonly Item[], { next, previous }: Columns): readonly (readonly Item[])[] {
  const group = new Map<string, number>();
  let count = 0;
  for (const { id } of items) {
    if (group.has(id)) continue;
    const open = [id];
    group.set(id, count);
    for (let it = open.pop(); it !== undefined; it = open.pop()) {
      const near = [
        ...(next.get(it) ?? []).map(({ target }) => target),
        ...(previous.get(it) ?? []).map(({ source }) => source),
      ];
      for (const other of near) {
        if (group.has(other)) continue;
        group.set(other, count);
        open.push(other);
      }
    }
    count += 1;
  }
  return [...Map.groupBy(items, ({ id }) => group.get(id)).values()].toSorted((a, b) => b.length - a.length);
}
