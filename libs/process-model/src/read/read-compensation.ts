import { child, children, idOf } from './element.ts';
import type { Element } from './element.ts';
import type { Graph } from './read-graph.ts';

/** An association that leads from a compensation boundary event to what undoes its activity. */
export interface CompensationLink {
  readonly boundary: string;
  /** The activity that undoes. */
  readonly handler: string;
}

/** @param elsewhere artifacts outside the process: those of the collaboration */
export function compensationLinks(graph: Graph, elsewhere: readonly Element[]): readonly CompensationLink[] {
  const artifacts = [
    ...elsewhere,
    ...children(graph.process, 'artifacts'),
    ...[...graph.nodes.values()].flatMap(({ element }) => children(element, 'artifacts')),
  ];
  return artifacts.flatMap((artifact): CompensationLink[] => {
    if (artifact.$type !== 'bpmn:Association') return [];
    const [source, target] = [child(artifact, 'sourceRef'), child(artifact, 'targetRef')];
    const boundary = source && graph.nodes.get(idOf(source));
    const handler = target && graph.nodes.get(idOf(target));
    if (!boundary || !handler || !isCompensation(boundary.element)) return [];
    const isActivity = handler.element.$instanceOf?.('bpmn:Activity') === true;
    return isActivity ? [{ boundary: boundary.id, handler: handler.id }] : [];
  });
}

/** Whether an element is a boundary event that waits for compensation. */
export function isCompensation(element: Element): boolean {
  return (
    element.$type === 'bpmn:BoundaryEvent' &&
    [...children(element, 'eventDefinitions'), ...children(element, 'eventDefinitionRef')].some(
      ({ $type }) => $type === 'bpmn:CompensateEventDefinition',
    )
  );
}

/** For each activity, the one that undoes it. */
export function handlersOf(graph: Graph, links: readonly CompensationLink[]): ReadonlyMap<string, string> {
  return new Map(
    links.flatMap(({ boundary, handler }) => {
      const host = child(graph.nodes.get(boundary)?.element ?? graph.process, 'attachedToRef');
      return host ? [[idOf(host), handler] as const] : [];
    }),
  );
}
