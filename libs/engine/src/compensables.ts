import type { FlowNode } from '@iter/process-model';
import type { Execution } from './execution.ts';
import type { ElementRef, Key, Variables } from './events.ts';

/**
 * An activity that something undoes is about to complete.
 * @param variables its local ones, when nothing waits in it
 */
export function subscribeCompensation(
  x: Execution,
  node: FlowNode,
  ref: ElementRef,
  variables: Variables = {},
): void {
  if (ref.compensation !== undefined) return;
  const { key, element, scope, iteration } = ref;
  const handler = node.compensatedBy ?? compensationStart(x, key)?.scope ?? null;
  if (handler === null) return;
  x.emit({
    type: 'CompensationSubscribed',
    data: {
      key,
      element,
      scope,
      handler,
      ...(iteration !== undefined && { iteration }),
      ...(!x.state.elements.has(key) && Object.keys(variables).length > 0 && { variables }),
    },
  });
}

/** The start of a compensation event sub-process that lies in a live instance. */
export function compensationStart(x: Execution, key: Key): FlowNode | undefined {
  const instance = x.state.elements.get(key);
  if (!instance || instance.loop) return undefined;
  const model = x.modelIn(key);
  const within = model.scopes.get(instance.called === null ? instance.element : '');
  if (!within || within.eventSubProcesses.length === 0) return undefined;
  return within.eventSubProcesses
    .flatMap((id) => model.scopes.get(id)?.starts ?? [])
    .flatMap((id) => model.nodes.get(id) ?? [])
    .find(({ event }) => event.kind === 'compensation');
}
