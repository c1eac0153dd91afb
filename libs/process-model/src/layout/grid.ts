import { child, idOf } from '../read/element.ts';
import type { Graph, GraphNode } from '../read/read-graph.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where everything of a process stands: boxes by node id, and lines by flow id. */
export interface Grid {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly lines: ReadonlyMap<string, readonly { readonly x: number; readonly y: number }[]>;
}

const gap = 50;
const margin = 40;

/**
 * A plain drawing of any process, however it is connected: what follows stands to the right, what is parallel below,
 * sub-processes are open, boundary events sit on the lower edge of their activity.
 */
export function gridOf(graph: Graph): Grid {
  const sizes = new Map<string, { readonly width: number; readonly height: number }>();
  const places = new Map<string, Box>();
  place(null, 160, 80);
  const lines = [...graph.flows.values()].flatMap(({ id, source, target }) => {
    const [from, to] = [places.get(source), places.get(target)];
    if (!from || !to) return [];
    const start = { x: from.x + from.width, y: from.y + from.height / 2 };
    return [[id, [start, { x: to.x, y: to.y + to.height / 2 }]] as const];
  });
  return { boxes: places, lines: new Map(lines) };

  function sizeOf({ id, element }: GraphNode): { readonly width: number; readonly height: number } {
    const known = sizes.get(id);
    if (known) return known;
    const size = measure(id, element.$type, element.$instanceOf?.('bpmn:SubProcess') === true);
    sizes.set(id, size);
    return size;
  }

  function measure(id: string, type: string, isContainer: boolean): { width: number; height: number } {
    if (type.endsWith('Event')) return { width: 36, height: 36 };
    if (type.endsWith('Gateway')) return { width: 50, height: 50 };
    if (!isContainer) return { width: 100, height: 80 };
    const columns = columnsOf(graph, id).map((column) => column.map(sizeOf));
    const widths = columns.map((column) => Math.max(...column.map(({ width }) => width)));
    const heights = columns.map((column) => sum(column.map(({ height }) => height + gap)) - gap);
    return {
      width: Math.max(sum(widths.map((width) => width + gap)) - gap, 100) + 2 * margin,
      height: Math.max(...heights, 80) + 2 * margin,
    };
  }

  function place(scope: string | null, left: number, top: number): void {
    let x = left;
    for (const column of columnsOf(graph, scope)) {
      let y = top;
      const width = Math.max(...column.map((node) => sizeOf(node).width));
      for (const node of column) {
        const size = sizeOf(node);
        places.set(node.id, { x: x + (width - size.width) / 2, y, ...size });
        if (node.element.$instanceOf?.('bpmn:SubProcess'))
          place(node.id, x + (width - size.width) / 2 + margin, y + margin);
        y += size.height + gap;
      }
      x += width + gap;
    }
    attach(scope);
  }

  function attach(scope: string | null): void {
    const seats = new Map<string, number>();
    for (const { id, element, scope: own } of graph.nodes.values()) {
      const host = own === scope && element.$type === 'bpmn:BoundaryEvent' ? hostOf(element) : null;
      const box = places.get(host ?? '');
      if (host === null || !box) continue;
      const seat = seats.get(host) ?? 0;
      seats.set(host, seat + 1);
      places.set(id, { x: box.x + 8 + seat * 40, y: box.y + box.height - 18, width: 36, height: 36 });
    }
  }
}

function hostOf(element: GraphNode['element']): string {
  return idOf(child(element, 'attachedToRef') ?? { $type: '' });
}

/** The nodes of a scope in columns, by the longest way to each that does not go round. */
function columnsOf(graph: Graph, scope: string | null): readonly (readonly GraphNode[])[] {
  const nodes = [...graph.nodes.values()].filter(
    (node) => node.scope === scope && node.element.$type !== 'bpmn:BoundaryEvent',
  );
  const next = new Map<string, string[]>();
  for (const { source, target } of graph.flows.values()) {
    const from = graph.nodes.get(source);
    const start = from?.element.$type === 'bpmn:BoundaryEvent' ? hostOf(from.element) : source;
    next.set(start, [...(next.get(start) ?? []), target]);
  }
  const column = new Map<string, number>();
  const settled: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  for (const { id } of nodes) {
    const work: { id: string; rest: string[] }[] = state.has(id)
      ? []
      : [{ id, rest: [...(next.get(id) ?? [])] }];
    if (work.length > 0) state.set(id, 'open');
    for (let top = work.at(-1); top; top = work.at(-1)) {
      const target = top.rest.shift();
      if (target === undefined) {
        state.set(top.id, 'done');
        settled.push(top.id);
        work.pop();
      } else if (!state.has(target)) {
        state.set(target, 'open');
        work.push({ id: target, rest: [...(next.get(target) ?? [])] });
      }
    }
  }
  const order = new Map(settled.toReversed().map((id, i) => [id, i]));
  for (const id of settled.toReversed()) {
    for (const target of next.get(id) ?? []) {
      const goesOn = (order.get(target) ?? -1) > (order.get(id) ?? 0);
      if (goesOn) column.set(target, Math.max(column.get(target) ?? 0, (column.get(id) ?? 0) + 1));
    }
  }
  const columns: GraphNode[][] = [];
  for (const node of nodes) (columns[column.get(node.id) ?? 0] ??= []).push(node);
  return columns.filter((it) => it.length > 0);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, it) => total + it, 0);
}
