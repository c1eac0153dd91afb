import { awaitedDefinitions } from '@iter/process-model';
import type { Definition, Definitions } from '@iter/process-catalog';
import type { Expression, FlowNode } from '@iter/process-model';

const throwing: ReadonlySet<string> = new Set([
  'bpmn:IntermediateThrowEvent',
  'bpmn:EndEvent',
  'bpmn:SendTask',
]);

/** The latest definitions in which something may await a message of this name: by its constant name, or one computed. */
export function awaitingDefinitions(definitions: Definitions, name: string): readonly Definition[] {
  return definitions
    .list()
    .filter(({ model }) =>
      [...model.nodes.values()].some((node) =>
        namesAwaited(node).some(({ constant }) => constant === undefined || constant === name),
      ),
    );
}

function namesAwaited(node: FlowNode): readonly Expression[] {
  if (throwing.has(node.type)) return [];
  return awaitedDefinitions(node).flatMap((it) => (it.kind === 'message' ? [it.name] : []));
}
