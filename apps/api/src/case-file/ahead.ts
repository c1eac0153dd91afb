import { awaitedMessages, definitionAwaited, definitionIn, lettersUnderWay } from '@iter/engine';
import type { CaseState, Models } from '@iter/engine';
import type { FlowNode } from '@iter/process-model';

export const aheadKinds = ['date', 'limit', 'incoming', 'message', 'signal', 'condition', 'receipt'] as const;

/** Something other than people of the house that a case waits for; names are those of the drawing. */
export interface Ahead {
  /** `date`: the flow goes on then; `limit`: something happens then to what is still open; `incoming`: people register it. */
  readonly kind: (typeof aheadKinds)[number];
  /** Null: the drawing does not name it. */
  readonly name: string | null;
  /** Of a limit: what must be done by then; null: it is of the case, or of a part of it. */
  readonly of: string | null;
  /** When it comes; of a letter, when it was sent. */
  readonly at: string | null;
}

/** Of more the first are told. */
const mostTold = 50;

/** What a case waits for beside its tasks: dates first, soonest on top. What may only happen, at a boundary, is not awaited. */
export function aheadOf(models: Models, state: CaseState): readonly Ahead[] {
  if (state.status !== 'active') return [];
  const { nodeOf, catcherOf, inTheFlow } = catchersIn(models, state);
  const told = (kind: Ahead['kind'], name: string | null): Ahead => ({ kind, name, of: null, at: null });

  const dates = [...state.timers.values()].map((timer): Ahead => {
    const name = labelOf(catcherOf(timer));
    if (inTheFlow(timer)) return { ...told('date', name), at: timer.dueAt };
    const host = timer.host === null ? undefined : state.elements.get(timer.host);
    const of = host ? labelOf(nodeOf(host.element, host.definition)) : null;
    return { kind: 'limit', name, of, at: timer.dueAt };
  });
  const awaited = awaitedMessages(models, state);
  const labels = new Set(awaited.flatMap(({ label }) => label ?? []));
  const between = awaited.flatMap(({ label, subscription }) => {
    const waiting = label === null ? state.subscriptions.get(subscription) : undefined;
    return waiting ? [waiting] : [];
  });
  const flowing = (kind: Ahead['kind'], waiting: Iterable<Waiting>) =>
    [...waiting].filter(inTheFlow).map((it) => told(kind, labelOf(catcherOf(it))));
  return [
    ...dates.toSorted((a, b) => (a.at ?? '').localeCompare(b.at ?? '')),
    ...[...labels].map((label) => told('incoming', label)),
    ...flowing('message', between),
    ...flowing('signal', state.signals.values()),
    ...flowing('condition', state.conditions.values()),
    ...lettersUnderWay(state).map(({ element, scope, submittedAt }) => ({
      ...told('receipt', labelOf(nodeOf(element, definitionIn(state, scope)))),
      at: submittedAt,
    })),
  ].slice(0, mostTold);
}

/** What people may register. */
export interface Incoming {
  readonly message: string;
  readonly label: string;
  readonly element: string;
  /** The form that asks for what it brings, and the definition that holds it. */
  readonly form: string | null;
  readonly definition: string;
  /** Somebody was asked for it, and the case waits for the answer; otherwise it may come, or not. */
  readonly asked: boolean;
}

/** What people may register as things stand, each once: who waits longest gets it. What is between processes is not told. */
export function incomingOf(models: Models, state: CaseState): readonly Incoming[] {
  const told = new Map<string, Incoming>();
  for (const { name, label, ...declared } of awaitedMessages(models, state)) {
    if (label === null || told.has(name)) continue;
    const { element, form, definition, asked } = declared;
    told.set(name, { message: name, label, element, form, definition, asked });
  }
  return [...told.values()];
}

type Waiting = Parameters<typeof definitionAwaited>[1] & { readonly element: string };

/** What catches the things that a case waits for, and whether its flow stands there until they come. */
function catchersIn(models: Models, state: CaseState) {
  const nodeOf = (element: string, definition: string) => models(definition)?.nodes.get(element);
  const catcherOf = (waiting: Waiting) => nodeOf(waiting.element, definitionAwaited(state, waiting));
  const inTheFlow = (waiting: Waiting): boolean =>
    !waiting.inside &&
    ['bpmn:IntermediateCatchEvent', 'bpmn:ReceiveTask'].includes(catcherOf(waiting)?.type ?? '');
  return { nodeOf, catcherOf, inTheFlow };
}

const labelOf = (node: FlowNode | undefined): string | null =>
  !node || node.name === node.id ? null : node.name.replace(/\s+/g, ' ').trim();
