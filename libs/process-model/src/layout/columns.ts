import { withoutCircles } from './circles.ts';
import type { Link, Sheet } from './parts.ts';

/** The flow without its way back: who follows whom, in which column each stands. */
export interface Columns {
  readonly columnOf: ReadonlyMap<string, number>;
  /** Flows that lead on, by where they begin (a boundary event's begin at its activity). */
  readonly next: ReadonlyMap<string, readonly Step[]>;
  readonly previous: ReadonlyMap<string, readonly Step[]>;
  /** How many steps may still follow at most, on ways that do not go round. */
  readonly ahead: ReadonlyMap<string, number>;
}

export interface Step {
  readonly source: string;
  readonly target: string;
  readonly link: Link;
  /** The flow leaves a boundary event. */
  readonly isExit: boolean;
}

/** Columns by the longest way from a start; flows that close a circle do not count. */
export function columnsOf({ items, links }: Sheet): Columns {
  const inFlow = items.filter(({ near, kind }) => near === null && kind !== 'aside');
  const host = new Map<string, string>(items.flatMap((it) => it.attached.map(({ id }) => [id, it.id])));
  const known = new Set(inFlow.map(({ id }) => id));
  const steps = links
    .filter(({ kind }) => kind !== 'message')
    .map((link): Step => {
      const source = host.get(link.source);
      return { source: source ?? link.source, target: link.target, link, isExit: source !== undefined };
    })
    .filter(
      ({ source, target, link, isExit }) =>
        known.has(source) && known.has(target) && source !== target && (link.kind === 'flow' || isExit),
    );
  const ids = inFlow.map(({ id }) => id);
  const forward = withoutCircles(ids, steps);
  const next = Map.groupBy(forward, ({ source }) => source);
  const previous = Map.groupBy(forward, ({ target }) => target);
  const order = sorted(ids, next, previous);
  const columnOf = new Map<string, number>();
  for (const id of order) {
    columnOf.set(
      id,
      Math.max(0, ...(previous.get(id) ?? []).map((it) => (columnOf.get(it.source) ?? 0) + 1)),
    );
  }
  // What begins late stands beside what it leads to.
  for (const id of order.toReversed()) {
    const after = (next.get(id) ?? []).map(({ target }) => columnOf.get(target) ?? 1);
    if (!previous.has(id) && after.length > 0) columnOf.set(id, Math.max(0, Math.min(...after) - 1));
  }
  const bad = new Set(inFlow.filter(({ isBad }) => isBad).map(({ id }) => id));
  const ahead = new Map<string, number>();
  for (const id of order.toReversed()) {
    const after = (next.get(id) ?? [])
      .filter(({ isExit }) => !isExit)
      .map(({ target, link }) => (ahead.get(target) ?? 0) + 1 + (link.isDefault ? 0.5 : 0));
    ahead.set(id, after.length > 0 ? Math.max(...after) : bad.has(id) ? -3 : 0);
  }
  return { columnOf, next, previous, ahead };
}

/** Every node after all that lead to it. */
function sorted(
  ids: readonly string[],
  next: ReadonlyMap<string, readonly Step[]>,
  previous: ReadonlyMap<string, readonly Step[]>,
): readonly string[] {
  const awaited = new Map(ids.map((id) => [id, previous.get(id)?.length ?? 0]));
  const order = ids.filter((id) => awaited.get(id) === 0);
  for (const id of order) {
    for (const { target } of next.get(id) ?? []) {
      const left = (awaited.get(target) ?? 0) - 1;
      awaited.set(target, left);
      if (left === 0) order.push(target);
    }
  }
  return order;
}
