import type { Json } from '@iter/process-model';
import type { Draft } from '../draft.ts';
import type { Compensable, ElementRef, EventOf, Key, LoopStarted, Variables } from '../events.ts';
import type { ElementInstance, Loop } from '../state.ts';
import { definitionIn, propagate, visibleVariables } from '../state.ts';
import { compensationBegins, rememberCompletion } from './compensation.ts';
import { ofIteration } from './iterations.ts';
import { mergeVariables } from './scopes.ts';

interface Details {
  readonly variables?: Variables | undefined;
  readonly inherits?: boolean | undefined;
  readonly called?: string | undefined;
  readonly loop?: LoopStarted | undefined;
  readonly adHoc?: boolean | undefined;
  readonly undoes?: readonly Compensable[] | undefined;
  readonly interrupts?: boolean | undefined;
  readonly stuck?: boolean;
}

/** Something begins in which the flow waits. */
export function addElement(draft: Draft, ref: ElementRef, details: Details = {}): void {
  const { key, element, scope, iteration = 0, compensation = null } = ref;
  const { state } = draft;
  const inherited = details.inherits ? visibleVariables(state, scope) : undefined;
  const own = { ...inherited, ...ofIteration(draft, ref), ...details.variables };
  // Field by field: spread, it would take as long again as all the rest.
  const instance: ElementInstance = {
    key,
    element,
    scope,
    variables: own,
    children: 0,
    joins: null,
    resets: null,
    waits: [],
    received: null,
    stuck: details.stuck ?? false,
    iteration,
    compensation,
    definition: details.stuck ? (ref.definition ?? state.definition) : definitionIn(state, scope),
    called: details.called ?? null,
    loop: details.loop ? begun(details.loop) : null,
    begun: details.adHoc ? [] : null,
    interrupts: details.interrupts ?? false,
    undoes: details.undoes !== undefined,
    compensables: details.undoes ?? [],
  };
  draft.put('elements', key, instance);
  begins(draft, ref, 1, instance.stuck);
}

/** What the scope counts when something begins in it. */
function begins(
  draft: Draft,
  { scope, element, iteration = 0, compensation }: ElementRef,
  children: 0 | 1,
  stuck = false,
): void {
  // What is stuck on its way in begins when its incident is resolved.
  if (compensation !== undefined && !stuck) compensationBegins(draft, compensation);
  if (scope === null) {
    const { root } = draft.state;
    if (children > 0) draft.set('root', { ...root, children: root.children + 1 });
    return;
  }
  const parent = draft.state.elements.get(scope);
  if (!parent) return;
  const loop =
    parent.loop && iteration > 0
      ? { ...parent.loop, started: Math.max(parent.loop.started, iteration) }
      : parent.loop;
  const begun = parent.begun && [...parent.begun, element];
  if (children === 0 && loop === parent.loop && begun === null) return;
  draft.put('elements', scope, { ...parent, children: parent.children + children, loop, begun });
}

/** It has completed: what it gives is handed out before, what can be undone is remembered. */
export function completeElement(draft: Draft, ref: ElementRef & { item?: Json }): void {
  const live = draft.state.elements.has(ref.key);
  // Nothing waited in it: it begins and ends in one.
  if (!live) begins(draft, ref, 0);
  rememberCompletion(draft, ref);
  removeElement(draft, ref.key);
  if (ref.iteration !== undefined) iterated(draft, ref, ref.iteration);
}

function iterated(draft: Draft, { scope, item }: ElementRef & { item?: Json }, iteration: number): void {
  const body = scope === null ? undefined : draft.state.elements.get(scope);
  if (!body?.loop) return;
  const { loop } = body;
  const outputs = item === undefined ? loop.outputs : withOutput(loop.outputs, iteration - 1, item);
  draft.put('elements', body.key, { ...body, loop: { ...loop, completed: loop.completed + 1, outputs } });
}

/** It ended without completing. */
export function terminateElement(draft: Draft, ref: ElementRef): void {
  removeElement(draft, ref.key);
  const body =
    ref.iteration === undefined || ref.scope === null ? undefined : draft.state.elements.get(ref.scope);
  if (!body?.loop) return;
  draft.put('elements', body.key, { ...body, loop: { ...body.loop, terminated: body.loop.terminated + 1 } });
}

export function removeElement(draft: Draft, key: Key): void {
  const { state } = draft;
  const instance = state.elements.get(key);
  if (!instance) return;
  draft.remove('elements', key);
  if (state.tasks.has(key)) draft.remove('tasks', key);
  if (state.jobs.has(key)) draft.remove('jobs', key);
  for (const run of state.compensations.size > 0 ? [...state.compensations.values()] : []) {
    if (run.host === key || run.scope === key) draft.remove('compensations', run.key);
  }
  const { root, elements } = state;
  if (instance.scope === null) draft.set('root', { ...root, children: root.children - 1 });
  const parent = instance.scope === null ? undefined : elements.get(instance.scope);
  if (parent) draft.put('elements', parent.key, { ...parent, children: parent.children - 1 });
}

type Done = EventOf<'UserTaskCompleted'>['data'];

/** What was handed in goes to who has variables of the names, or what was mapped of it. */
export function handOut(draft: Draft, done: Done): void {
  const from = done.outputs ? done.scope : done.key;
  for (const [owner, variables] of propagate(draft.state, from, done.outputs ?? done.variables)) {
    mergeVariables(draft, owner, variables);
  }
}

function begun({ kind, total, items, item }: LoopStarted): Loop {
  const counts = { started: 0, completed: 0, terminated: 0, outputs: [] };
  return { kind, total, items: items ?? null, item: item ?? null, ...counts };
}

const leafSize = 256;

/** Leaves, so that the ten thousandth output does not copy the others. */
function withOutput(outputs: Loop['outputs'], index: number, item: Json): Loop['outputs'] {
  const leaf = Math.floor(index / leafSize);
  const changed = outputs.slice();
  while (changed.length <= leaf) changed.push([]);
  const items = [...(changed[leaf] ?? [])];
  while (items.length <= index % leafSize) items.push(null);
  items[index % leafSize] = item;
  changed[leaf] = items;
  return changed;
}

/** What the instances gave, in the order of their numbers; null where one gave nothing. */
export function outputsOf({ outputs, started }: Loop): readonly Json[] {
  return Array.from({ length: started }, (_, i) => outputs[Math.floor(i / leafSize)]?.[i % leafSize] ?? null);
}
