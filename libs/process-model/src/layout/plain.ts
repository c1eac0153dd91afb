import { children, idOf } from '../read/element.ts';
import type { Element } from '../read/element.ts';
import { Findings } from '../findings.ts';
import { readGraph } from '../read/read-graph.ts';
import type { Rule } from '../rules.ts';
import { gridOf } from './grid.ts';
import type { Plane } from './planes.ts';

/** A plain drawing of each process: everything in a grid, lines straight through. */
export function plainPlanesOf(definitions: Element): readonly Plane[] {
  return children(definitions, 'rootElements')
    .filter(({ $type }) => $type === 'bpmn:Process')
    .flatMap((process): Plane[] => {
      const graph = readGraph(process, new Findings<Rule>(undefined, () => ({ line: 1, column: 1 })));
      if (graph.nodes.size === 0) return [];
      const { boxes, lines } = gridOf(graph);
      const shapes = new Map([...boxes].map(([id, box]) => [id, { box, label: null }]));
      const edges = new Map([...lines].map(([id, points]) => [id, { points, label: null }]));
      return [
        { element: idOf(process), drawing: { shapes, edges, bands: [], size: { width: 0, height: 0 } } },
      ];
    });
}
