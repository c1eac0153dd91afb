import { latticeOf, routerOf, wireOf } from './lattice.ts';
import type { Lattice } from './lattice.ts';
import type { Item, Link, Sheet } from './parts.ts';
import type { Way } from './router.ts';
import type { Cell } from './rows.ts';

export interface Routed {
  readonly lattice: Lattice;
  /** The way of each link; what has none is missing. */
  readonly ways: ReadonlyMap<Link, Way>;
}

/** Short lines first; then each again, now that it knows the others. */
export function routed(
  sheet: Sheet,
  cells: ReadonlyMap<string, Cell>,
  owners: ReadonlyMap<string, Item>,
): Routed {
  const lattice = latticeOf(sheet, cells);
  const reach = ({ source, target, kind }: Link): number => {
    const [a, b] = [owners.get(source), owners.get(target)];
    const [from, to] = [cells.get(a?.id ?? ''), cells.get(b?.id ?? '')];
    if (!from || !to || kind === 'message') return 1_000;
    const across = a?.band === b?.band ? Math.abs(from.row - to.row) : 3;
    const along = to.column - from.column;
    return across + (along > 0 ? along : 3 - 2 * along);
  };
  const links = sheet.links
    .map((link) => ({ link, reach: reach(link) }))
    .toSorted((a, b) => a.reach - b.reach)
    .map(({ link }) => link);
  const wires = links.map((link) => wireOf(link, sheet, cells, lattice, owners));
  const router = routerOf(sheet, cells, lattice, wires);
  const ways = new Map<Link, Way>();
  const rounds = links.length > 400 ? 1 : 3;
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
  return { lattice, ways };
}
