import type { RuleFindings } from '../rules.ts';
import { child, children, idOf } from '../read/element.ts';
import type { Element } from '../read/element.ts';
import type { Graph } from '../read/read-graph.ts';

interface Drawing {
  /** What is drawn, by the element it stands for. */
  readonly of: ReadonlyMap<Element, readonly Element[]>;
}

export function readDrawing(definitions: Element): Drawing {
  const of = new Map<Element, Element[]>();
  for (const diagram of children(definitions, 'diagrams')) {
    const plane = child(diagram, 'plane');
    for (const shape of plane ? [plane, ...children(plane, 'planeElement')] : []) {
      const element = child(shape, 'bpmnElement');
      if (element) of.set(element, [...(of.get(element) ?? []), shape]);
    }
  }
  return { of };
}

/**
 * Whoever looks at a diagram sees the whole of what it shows: a scope of which something is drawn is drawn with all
 * its elements and flows. A collapsed sub-process may keep its inside to itself.
 * Source: BPMN 2.0.2 §12.2
 */
export function checkDiagram(graph: Graph, { of }: Drawing, findings: RuleFindings): void {
  const drawnScopes = new Set<string | null>();
  for (const { element, scope } of graph.nodes.values()) if (of.has(element)) drawnScopes.add(scope);
  if (drawnScopes.size === 0) {
    if (graph.nodes.size > 0) {
      findings.warning(
        idOf(graph.process),
        'diagram-missing',
        'The process has no diagram: it gets one laid out when it is deployed.',
      );
    }
    return;
  }
  const mustShow = (scope: string | null): boolean =>
    drawnScopes.has(scope) || (scope !== null && isExpanded(graph.nodes.get(scope)?.element, of));
  const missing = (id: string, what: string): void =>
    findings.error(id, 'diagram-incomplete', `The diagram shows the others, but not this ${what}: draw it.`);
  for (const { id, element, scope } of graph.nodes.values()) {
    if (mustShow(scope) && !of.get(element)?.some((it) => child(it, 'bounds') !== null))
      missing(id, 'element');
  }
  for (const { id, element, scope, source, target } of graph.flows.values()) {
    const joins = graph.nodes.has(source) && graph.nodes.has(target);
    const isDrawn = of.get(element)?.some((it) => children(it, 'waypoint').length >= 2);
    if (joins && mustShow(scope) && !isDrawn) missing(id, 'sequence flow');
  }
}

function isExpanded(element: Element | undefined, of: Drawing['of']): boolean {
  return element !== undefined && (of.get(element) ?? []).some((shape) => shape['isExpanded'] === true);
}
