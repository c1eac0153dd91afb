import type { FlowNode } from '@iter/process-model';
import type { Execution } from './execution.ts';
import type { ElementRef, Key } from './events.ts';

/** An activity that something undoes is about to complete. */
export function subscribeCompensation(x: Execution, node: FlowNode, ref: ElementRef): void {
  if (ref.compensation !== undefined) return;
  const { key, element, scope } = ref;
  const handler = node.compensatedBy ?? compensationStart(x, key)?.scope ?? null;
  if (handler !== null) x.emit({ type: 'CompensationSubscribed', data: { key, element, scope, handler } });
}

/** The start of a compensation event sub-process that lies in a live instance. */
export function compensationStart(x: Execution, key: Key): FlowNode | undefined {
  const instance = x.state.elements.get(key);
  if (!instance || instance.loop) return undefined;
  const model = x.modelIn(key);
  const within = model.scopes.get(instance.called === null ? instance.element : '');
  return (within?.eventSubProcesses ?? [])
    .flatMap((id) => model.scopes.get(id)?.starts ?? [])
    .flatMap((id) => model.nodes.get(id) ?? [])
    .find(({ event }) => event.kind === 'compensation');
}
