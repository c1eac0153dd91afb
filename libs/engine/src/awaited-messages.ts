import type { FlowNode, ProcessModel } from '@iter/process-model';
import type { Key } from './events.ts';
import { deadlineMissedMessage } from './run.ts';
import type { CaseState } from './state.ts';

/** A message that a case awaits, as the desk offers it when something arrives from outside. */
export interface AwaitedMessage {
  readonly subscription: Key;
  readonly name: string;
  /** Of `iter:incoming`; null when no element declares it. */
  readonly label: string | null;
  readonly correlationKey: string | null;
  /** The element that catches it. */
  readonly element: string;
}

/**
 * What a case awaits now, longest waiting first. The engine's own message `deadlineMissed` is not among it.
 * A label declared on the catching element comes before one declared elsewhere in the process.
 */
export function awaitedMessages(model: ProcessModel, state: CaseState): readonly AwaitedMessage[] {
  if (state.status !== 'active') return [];
  return [...state.subscriptions.values()]
    .filter(({ name }) => name !== deadlineMissedMessage)
    .map(({ key: subscription, name, correlationKey, element }) => {
      const label = labelOf(model, element, name);
      return { subscription, name, label, correlationKey, element };
    });
}

function labelOf(model: ProcessModel, element: string, name: string): string | null {
  const own = model.nodes.get(element);
  const places: Iterable<FlowNode> = own ? [own, ...model.nodes.values()] : model.nodes.values();
  for (const { incomingMessages } of places) {
    const declared = incomingMessages.find(({ message }) => message === name);
    if (declared) return declared.label;
  }
  return null;
}
