interface Arrow {
  readonly source: string;
  readonly target: string;
}

/**
 * The arrows without those that lead back: of each circle, the ones into the node where it is entered. Where it is
 * entered at several nodes, into the one to which the fewest lead back.
 * @param ids nodes in the order of the file; what comes first is entered first
 */
export function withoutCircles<A extends Arrow>(ids: readonly string[], arrows: readonly A[]): readonly A[] {
  const back = new Set<A>();
  const work: {
    readonly ids: readonly string[];
    readonly arrows: readonly A[];
    readonly outer: readonly A[];
  }[] = [{ ids, arrows, outer: [] }];
  for (let part = work.pop(); part; part = work.pop()) {
    const groups = groupsOf(part.ids, part.arrows);
    const within = Map.groupBy(
      part.arrows.filter(({ source, target }) => groups.get(source) === groups.get(target)),
      ({ source }) => groups.get(source) ?? -1,
    );
    const members = Map.groupBy(part.ids, (id) => groups.get(id) ?? -1);
    for (const [group, own] of within) {
      const nodes = members.get(group) ?? [];
      const outer = [...part.outer, ...part.arrows].filter(
        ({ source, target }) => groups.get(target) === group && groups.get(source) !== group,
      );
      const entered = new Set(outer.map(({ target }) => target));
      const entries = nodes.filter((id) => entered.has(id));
      const backTo = (id: string): number => own.filter(({ target }) => target === id).length;
      const head = (entries.length > 0 ? entries : nodes).reduce((best, id) =>
        backTo(id) < backTo(best) ? id : best,
      );
      for (const arrow of own) if (arrow.target === head) back.add(arrow);
      const rest = own.filter(({ target }) => target !== head);
      work.push({ ids: nodes, arrows: rest, outer });
    }
  }
  return arrows.filter((it) => !back.has(it));
}

/** Nodes that lie on a circle together have the same number (Tarjan 1972). */
function groupsOf(ids: readonly string[], arrows: readonly Arrow[]): ReadonlyMap<string, number> {
  const next = Map.groupBy(arrows, ({ source }) => source);
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const groups = new Map<string, number>();
  const stack: string[] = [];
  for (const root of ids) {
    if (index.has(root)) continue;
    const open: { id: string; at: number }[] = [];
    const enter = (id: string): void => {
      index.set(id, index.size);
      low.set(id, index.size - 1);
      stack.push(id);
      open.push({ id, at: 0 });
    };
    enter(root);
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const target = next.get(top.id)?.[top.at++]?.target;
      const lowest = low.get(top.id) ?? 0;
      if (target !== undefined) {
        if (!index.has(target)) enter(target);
        else if (!groups.has(target)) low.set(top.id, Math.min(lowest, index.get(target) ?? 0));
        continue;
      }
      open.pop();
      const above = open.at(-1);
      if (above) low.set(above.id, Math.min(low.get(above.id) ?? 0, lowest));
      if (lowest !== index.get(top.id)) continue;
      for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
        groups.set(id, index.get(top.id) ?? 0);
        if (id === top.id) break;
      }
    }
  }
  return groups;
}
