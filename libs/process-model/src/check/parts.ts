import type { EventDefinition, FlowNode, ProcessModel, ScopeModel, SingleEventDefinition } from '../model.ts';

/** The definitions of an event, one or several; none when it is untriggered. */
export function definitionsOf(event: EventDefinition): readonly SingleEventDefinition[] {
  if (event.kind === 'none') return [];
  return event.kind === 'multiple' ? event.of : [event];
}

/** The nodes of a scope. */
export function nodesOf(model: ProcessModel, scope: ScopeModel | undefined): readonly FlowNode[] {
  return (scope?.nodes ?? []).flatMap((id) => model.nodes.get(id) ?? []);
}

/** The containers around a node, the innermost first. */
export function* around(model: ProcessModel, node: FlowNode): Generator<FlowNode> {
  for (let it = model.nodes.get(node.scope ?? ''); it; it = model.nodes.get(it.scope ?? '')) yield it;
}
