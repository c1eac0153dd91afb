import type { FlowNode, IncomingMessage, ProcessModel } from '@iter/process-model';
import { awaiting } from './commands/waiting.ts';
import type { Models } from './env.ts';
import type { Key } from './events.ts';
import { deadlineMissedMessage } from './run.ts';
import type { CaseState, Subscription } from './state.ts';
import { definitionAwaited } from './state.ts';

/** A message that a case awaits, as the desk offers it when something arrives from outside. */
export interface AwaitedMessage {
  readonly subscription: Key;
  readonly name: string;
  /** Of `iter:incoming`; null when no element declares it. */
  readonly label: string | null;
  /** The form that asks for what it brings; null: there is none. */
  readonly form: string | null;
  /** The form by which a body that is served hands it in for itself; null: none may. */
  readonly servedForm: string | null;
  /** It is the Comune's own, which may hand it in itself. */
  readonly byComune: boolean;
  /** Somebody was asked for it, and the case waits for the answer. */
  readonly asked: boolean;
  /** The definition of the element, and so of the form: inside a call, the called one. */
  readonly definition: string;
  readonly correlationKey: string | null;
  /** The element that catches it. */
  readonly element: string;
}

/**
 * What a case awaits now, longest waiting first. The engine's own message `deadlineMissed` is not among it.
 * What is declared on the catching element comes before one declared elsewhere in its process.
 */
export function awaitedMessages(models: Models, state: CaseState): readonly AwaitedMessage[] {
  if (state.status !== 'active') return [];
  return [...state.subscriptions.values()]
    .filter(({ name }) => name !== deadlineMissedMessage)
    .map((awaited) => described(models, state, awaited));
}

/** The one of them that what people register under this name is taken for; null: the case does not await it. */
export function awaitedMessage(models: Models, state: CaseState, name: string): AwaitedMessage | null {
  const awaited = state.status === 'active' ? awaiting(state, name, null) : undefined;
  return awaited ? described(models, state, awaited) : null;
}

function described(models: Models, state: CaseState, awaited: Subscription): AwaitedMessage {
  const { key: subscription, name, correlationKey, element } = awaited;
  const definition = definitionAwaited(state, awaited);
  const model = models(definition);
  const declared = model ? declaredIn(model, element, name) : null;
  const { label = null, form = null, servedForm = null, byComune = false, asked = false } = declared ?? {};
  return {
    subscription,
    name,
    label,
    form,
    servedForm,
    byComune,
    asked,
    definition,
    correlationKey,
    element,
  };
}

function declaredIn(model: ProcessModel, element: string, name: string): IncomingMessage | null {
  const own = model.nodes.get(element);
  const places: Iterable<FlowNode> = own ? [own, ...model.nodes.values()] : model.nodes.values();
  for (const { incomingMessages } of places) {
    const declared = incomingMessages.find(({ message }) => message === name);
    if (declared) return declared;
  }
  return null;
}
