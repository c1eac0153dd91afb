import type { Lane } from '../model.ts';
import type { Context } from './context.ts';
import { child, children, idOf } from './element.ts';
import type { Element } from './element.ts';
import { labelOf } from './read-graph.ts';
import type { Graph } from './read-graph.ts';
import { LawReader } from './read-law.ts';
import { checkExtensions } from './understood.ts';

/** The innermost lane with a role decides; elements of a sub-process are of the sub-process's lane. */
export function readLanes(
  graph: Graph,
  context: Context,
): { readonly all: readonly Lane[]; readonly roleOf: (id: string) => string | null } {
  const all: Lane[] = [];
  const roles = new Map<string, string | null>();
  const walk = (lane: Element, outer: string | null): void => {
    checkExtensions(lane, context.findings);
    const role = new LawReader(lane, context).role();
    all.push(Object.freeze({ id: idOf(lane), name: labelOf(lane), role }));
    for (const node of children(lane, 'flowNodeRef')) roles.set(idOf(node), role ?? outer);
    const inner = child(lane, 'childLaneSet');
    for (const it of inner ? children(inner, 'lanes') : []) walk(it, role ?? outer);
  };
  for (const laneSet of graph.laneSets) for (const lane of children(laneSet, 'lanes')) walk(lane, null);
  const roleOf = (id: string): string | null => {
    for (let it: string | null | undefined = id; it; it = graph.nodes.get(it)?.scope) {
      const role = roles.get(it);
      if (role) return role;
    }
    return null;
  };
  return { all, roleOf };
}
