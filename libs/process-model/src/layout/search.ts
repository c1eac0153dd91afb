import type { Arrangement } from './arrange.ts';
import { drawSheet } from './draw-sheet.ts';
import { chanceFrom, changes } from './moves.ts';
import type { Placement } from './moves.ts';
import { ownersOf } from './parts.ts';
import type { Drawing, Item, Sheet } from './parts.ts';
import { effortOf } from './readability.ts';
import type { Effort } from './readability.ts';
import { routed } from './route.ts';
import { cellsAt } from './rows.ts';
import type { Care, Taste } from './taste.ts';

export interface Candidate extends Effort {
  readonly taste: Taste;
  readonly arrangement: Arrangement;
  readonly drawing: Drawing;
}

interface Tried extends Effort {
  readonly placement: Placement;
  readonly drawing: Drawing;
}

/** At first a drawing that is worse by so much is often taken all the same, at last hardly ever. */
const heat = { first: 200, last: 10 };

/**
 * Changes an arrangement little by little and keeps what is easier to read; what is harder it keeps at times, the seldomer
 * the longer it lasts (simulated annealing, Kirkpatrick 1983). Flows that lead on still lead to the right.
 * @param best what there is already, from where it begins
 * @returns the drawing that is easiest to read of all that were met, never one with more hindrances
 */
export function searched(sheet: Sheet, best: Candidate, care: Care): Drawing {
  const { columns, placed } = best.arrangement;
  const steps = [...columns.next.values()].flat();
  const chance = chanceFrom(care.seed);
  const change = changes(sheet, best.arrangement, care, chance);
  let now = tried({
    ...{ columnOf: columns.columnOf, rowOf: placed.rowOf },
    ...{ later: new Map(), seats: new Map(), taste: best.taste },
  });
  let easiest: Effort & { readonly drawing: Drawing } = best;
  for (let i = 0; now && i < care.tries; i++) {
    const next = tried(change(now.placement));
    if (!next) continue;
    const warmth = heat.first * (heat.last / heat.first) ** (i / care.tries);
    if (next.cost <= now.cost || chance() < Math.exp((now.cost - next.cost) / warmth)) now = next;
    if (now.cost < easiest.cost && now.hindrances <= best.hindrances) easiest = now;
  }
  return easiest.drawing;

  /** Null where two stand in one place, or what follows does not stand to the right. */
  function tried(placement: Placement): Tried | null {
    const { later, seats, taste, rowOf } = placement;
    const columnOf = ranked(placement.columnOf);
    if (steps.some(({ source, target }) => (columnOf.get(source) ?? 0) >= (columnOf.get(target) ?? 0)))
      return null;
    const own: Sheet = { ...sheet, items: sheet.items.map((it) => seated(it, seats.get(it.id))) };
    const cells = cellsAt(own, columnOf, rowOf);
    if (!cells) return null;
    const ways = routed(own, cells, ownersOf(own.items), 2, taste, later);
    const drawing = drawSheet(own, { ...ways, cells });
    return { placement, drawing, ...effortOf(own, drawing, placed.path) };
  }
}

/** The same order in whole numbers. */
function ranked(columnOf: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const ranks = new Map([...new Set(columnOf.values())].toSorted((a, b) => a - b).map((it, i) => [it, i]));
  return new Map([...columnOf].map(([id, column]) => [id, ranks.get(column) ?? 0]));
}

function seated(item: Item, order: readonly string[] | undefined): Item {
  if (!order) return item;
  const places = item.attached.map(({ offset }) => offset);
  const events = item.attached.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  return { ...item, attached: events.map((it, i) => ({ ...it, offset: places[i] ?? it.offset })) };
}
