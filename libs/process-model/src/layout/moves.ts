import type { Arrangement } from './arrange.ts';
import type { Item, Sheet } from './parts.ts';
import type { Care, Taste } from './taste.ts';

/** All that the lines of a sheet depend on. */
export interface Placement {
  /** What is less stands further left; fractions stand between. */
  readonly columnOf: ReadonlyMap<string, number>;
  /** What is less stands higher in its band; fractions stand between. */
  readonly rowOf: ReadonlyMap<string, number>;
  /** Lines that wait longer for their turn, or (below 0) less long, by id. */
  readonly later: ReadonlyMap<string, number>;
  /** Boundary events from left to right, by their activity, where not as in the file. */
  readonly seats: ReadonlyMap<string, readonly string[]>;
  readonly taste: Taste;
}

/** From 0 to 1, without 1. */
export type Chance = () => number;

/** Chances that are the same for the same seed (Mulberry32, public domain). */
export function chanceFrom(seed: number): Chance {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Changes one thing in a placement: the row of something or of what follows it there, two rows against each other, a
 * column, whose turn it is, the seats of boundary events, what is dear. The happy path keeps its rows.
 */
export function changes(
  sheet: Sheet,
  { placed, columns }: Pick<Arrangement, 'placed' | 'columns'>,
  { tastes }: Care,
  chance: Chance,
): (placement: Placement) => Placement {
  const flow = sheet.items.filter(({ id }) => placed.rowOf.has(id));
  const branches = flow.filter(({ id }) => !placed.main.has(id));
  const hosts = sheet.items.filter(({ attached }) => attached.length > 1);
  const itemOf = new Map(flow.map((it) => [it.id, it]));

  return (placement) => {
    const kind = chance();
    if (kind < 0.45) return otherRow(placement);
    if (kind < 0.7) return otherColumn(placement);
    if (kind < 0.9) return otherTurn(placement);
    return kind < 0.95 ? otherSeats(placement) : { ...placement, taste: pick(tastes) ?? placement.taste };
  };

  function otherRow(placement: Placement): Placement {
    const it = pick(branches);
    if (!it) return placement;
    const here = flow.filter(({ band }) => band === it.band);
    const rows = [...new Set(here.map(({ id }) => at(placement.rowOf, id)))].toSorted((a, b) => a - b);
    const spots = [at(rows, 0) - 1, ...rows.flatMap((row, i) => [row, (row + (rows[i + 1] ?? row + 2)) / 2])];
    const now = at(placement.rowOf, it.id);
    const near = spots.indexOf(now) + (pick([-2, -1, 1, 2]) ?? 0);
    const row = (chance() < 0.5 ? pick(spots) : spots[Math.max(0, near)]) ?? now;
    const rowOf = new Map(placement.rowOf);
    const how = chance();
    if (how < 0.25) {
      for (const { id } of here.filter((other) => branches.includes(other))) {
        const own = rowOf.get(id);
        if (own === now || own === row) rowOf.set(id, own === now ? row : now);
      }
    } else for (const { id } of how < 0.6 ? runFrom(it, placement) : [it]) rowOf.set(id, row);
    return { ...placement, rowOf };
  }

  function otherColumn(placement: Placement): Placement {
    const it = pick(flow);
    if (!it) return placement;
    const columnOf = new Map(placement.columnOf);
    const from = at(columnOf, it.id);
    const by = pick([-1, 1, -0.5, 0.5]) ?? 0;
    const how = chance();
    if (how < 0.5) columnOf.set(it.id, from + by);
    else if (how < 0.75) {
      for (const { id } of runFrom(it, placement)) columnOf.set(id, at(columnOf, id) + by);
    } else {
      for (const { id } of flow)
        if (id === it.id || at(columnOf, id) > from) columnOf.set(id, at(columnOf, id) + Math.abs(by));
    }
    return { ...placement, columnOf };
  }

  function otherTurn(placement: Placement): Placement {
    const link = pick(sheet.links);
    if (!link) return placement;
    return { ...placement, later: new Map([...placement.later, [link.id, (chance() - 0.5) * 30]]) };
  }

  function otherSeats(placement: Placement): Placement {
    const host = pick(hosts);
    if (!host) return placement;
    const left = [...(placement.seats.get(host.id) ?? host.attached.map(({ id }) => id))];
    const mixed: string[] = [];
    while (left.length > 0) mixed.push(...left.splice(Math.floor(chance() * left.length), 1));
    return { ...placement, seats: new Map([...placement.seats, [host.id, mixed]]) };
  }

  /** What follows one another in the same row, from an item on. */
  function runFrom(first: Item, { rowOf }: Placement): readonly Item[] {
    const run = [first];
    for (let last: Item | undefined = first; last;) {
      const following: readonly Item[] = (columns.next.get(last.id) ?? []).flatMap(
        ({ target }) => itemOf.get(target) ?? [],
      );
      last = following.find(
        (it) =>
          it.band === first.band &&
          rowOf.get(it.id) === rowOf.get(first.id) &&
          !placed.main.has(it.id) &&
          !run.includes(it),
      );
      if (last) run.push(last);
    }
    return run;
  }

  function pick<T>(all: readonly T[]): T | undefined {
    return all[Math.floor(chance() * all.length)];
  }
}

function at(numbers: ReadonlyMap<string, number>, id: string): number;
function at(numbers: readonly number[], index: number): number;
function at(numbers: ReadonlyMap<string, number> | readonly number[], key: string | number): number {
  return (numbers instanceof Map ? numbers.get(key) : (numbers as readonly number[])[key as number]) ?? 0;
}
