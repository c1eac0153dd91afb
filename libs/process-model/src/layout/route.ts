import { latticeOf, routerOf, wireOf } from './lattice.ts';
import type { Lattice } from './lattice.ts';
import type { Item, Link, Sheet } from './parts.ts';
import type { Way } from './router.ts';
import type { Cell } from './rows.ts';
import type { Taste } from './taste.ts';

export interface Routed {
  readonly lattice: Lattice;
  /** The way of each link; what has none is missing. */
  readonly ways: ReadonlyMap<Link, Way>;
  /** Length, turns, crossings: what is less is easier to read. */
  readonly cost: number;
}

/**
 * Short lines first; then each again, now that it knows the others.
 * @param later lines that wait longer for their turn than their reach says, or (below 0) less long
 */
export function routed(
  sheet: Sheet,
  cells: ReadonlyMap<string, Cell>,
  owners: ReadonlyMap<string, Item>,
  rounds: number,
  taste: Taste,
  later: ReadonlyMap<string, number> = new Map(),
): Routed {
  const lattice = latticeOf(sheet, cells);
  const reach = ({ source, target, kind }: Link): number => {
    const [a, b] = [owners.get(source), owners.get(target)];
    const [from, to] = [cells.get(a?.id ?? ''), cells.get(b?.id ?? '')];
    if (kind === 'message') return 4;
    if (!from || !to) return 1_000;
    const across = a?.band === b?.band ? Math.abs(from.row - to.row) : 3;
    const along = to.column - from.column;
    return across + (along > 0 ? along : 3 - 2 * along);
  };
  const links = sheet.links
    .map((link) => ({ link, reach: reach(link) + (later.get(link.id) ?? 0) }))
    .toSorted((a, b) => a.reach - b.reach)
    .map(({ link }) => link);
  const wires = links.map((link) => wireOf(link, sheet, cells, lattice, owners));
  const router = routerOf(sheet, cells, lattice, wires, taste);
  const ways = new Map<Link, Way>();
  for (let round = 0; round < rounds; round++) {
    links.forEach((link, wire) => {
      const before = ways.get(link);
      if (before) router.lift(wire, before);
      const way = router.find(wire) ?? before;
      if (!way) return;
      ways.set(link, way);
      router.lay(wire, way);
    });
  }
  const cost = [...ways.values()].reduce((sum, way) => sum + way.cost, 0);
  return { lattice, ways, cost };
}
