import { columnsOf } from './columns.ts';
import type { Columns } from './columns.ts';
import type { Item, Sheet } from './parts.ts';
import { routed } from './route.ts';
import type { Routed } from './route.ts';
import { cellsOf } from './rows.ts';
import type { Cell, Cells, Leans } from './rows.ts';
import type { Taste } from './taste.ts';

export interface Arranged extends Routed {
  readonly cells: ReadonlyMap<string, Cell>;
}

/** What can be arranged otherwise. */
export interface Arrangement extends Arranged {
  readonly columns: Columns;
  readonly placed: Cells;
}

/** So many pairs of lines are weighed at most while arrangements are compared. */
const effort = 70_000;

/**
 * Cells and ways. Chains are put on the side that the taste names first; then, as far as the effort goes, one after the other is tried on
 * the other side, and stays there when all ways together become easier.
 */
export function arranged(sheet: Sheet, owners: ReadonlyMap<string, Item>, taste: Taste): Arrangement {
  const columns = columnsOf(sheet);
  const count = Math.max(1, sheet.links.length);
  const tries = Math.min(30, Math.floor(effort / (count * count)));
  const judge = (leans: Leans): { placed: Cells; cost: number } => {
    const placed = cellsOf(sheet, columns, leans);
    return { placed, cost: routed(sheet, placed.cells, owners, 2, taste).cost };
  };
  let leans: Leans = new Map([['', taste.lean]]);
  let placed = cellsOf(sheet, columns, leans);
  if (placed.chains.length > 0 && tries > 2) {
    let best = judge(leans);
    for (const chain of placed.chains.slice(0, tries - 1)) {
      const turned: Leans = new Map([...leans, [chain, taste.lean === 'above' ? 'below' : 'above']]);
      const other = judge(turned);
      if (other.cost >= best.cost - 1) continue;
      best = other;
      leans = turned;
    }
    placed = best.placed;
  }
  const rounds = count > 400 ? 1 : 3;
  return { ...routed(sheet, placed.cells, owners, rounds, taste), cells: placed.cells, placed, columns };
}
