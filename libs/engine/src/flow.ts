import type { FlowNode, Json, SequenceFlow } from '@iter/process-model';
import { adHocProgress } from './ad-hoc.ts';
import { askActs } from './asking.ts';
import { subscribeCompensation } from './compensables.ts';
import { closeDeadlines } from './deadlines/closing.ts';
import { deadlinesOnActivation, deadlinesOnCompletion } from './deadlines/on-element.ts';
import { Stuck } from './execution.ts';
import type { Coming, Execution, Step } from './execution.ts';
import { holds, map } from './expressions.ts';
import type { ElementRef, EventOf, Given, Key, Variables } from './events.ts';
import { withoutWhatWasThere } from './grown-lists.ts';
import { afterIteration, itemName, outputItem } from './iterations.ts';
import { comingOf, refOf } from './refs.ts';
import { isAlive } from './scopes.ts';
import type { ElementInstance } from './state.ts';
import { propagate, scopeOf } from './state.ts';
import { disarm } from './waiting.ts';

/** Which flows a token leaves by. @throws Stuck */
export type Choice = (x: Execution, node: FlowNode, scope: Key | null) => readonly SequenceFlow[];

const outgoing = new WeakMap<FlowNode, readonly SequenceFlow[]>();

/** The flows that leave an element, in model order; looked up once in its life. */
export function flowsOf(x: Execution, node: FlowNode, scope: Key | null): readonly SequenceFlow[] {
  const known = outgoing.get(node);
  if (known) return known;
  const { flows, hash } = x.modelIn(scope);
  const found = node.outgoing.map((id) => {
    const flow = flows.get(id);
    if (!flow) throw new Error(`The definition ${hash} has no sequence flow ${id}`);
    return flow;
  });
  outgoing.set(node, found);
  return found;
}

/**
 * Every flow without a condition and every one whose condition holds; the default flow when that is none.
 * Source: BPMN 2.0.2 §13.3.1 "Sequence Flow considerations", §13.4.3 for inclusive gateways
 * @throws Stuck `no-flow-taken` when there are flows and none is taken
 */
export const everyOpenFlow: Choice = (x, node, scope) => {
  const flows = flowsOf(x, node, scope);
  const taken = flows.filter(
    (flow) => flow.id !== node.defaultFlow && (flow.condition === null || holds(x, flow.condition, scope)),
  );
  return taken.length > 0 || flows.length === 0 ? taken : [defaultFlow(node, flows)];
};

/** @throws Stuck `no-flow-taken` */
export function defaultFlow(node: FlowNode, flows: readonly SequenceFlow[]): SequenceFlow {
  const flow = flows.find(({ id }) => id === node.defaultFlow);
  if (flow) return flow;
  throw new Stuck(
    'no-flow-taken',
    `Non vale nessuna condizione dei flussi che escono da ${node.id}, e nessuno è quello predefinito.`,
  );
}

/** Whether tokens wait at this element for one another. */
export function isJoin({ type, incoming, startQuantity }: FlowNode): boolean {
  if (startQuantity > 1) return true;
  if (incoming.length < 2) return false;
  return (
    type === 'bpmn:ParallelGateway' || type === 'bpmn:InclusiveGateway' || type === 'bpmn:ComplexGateway'
  );
}

/** A token goes along a flow. */
export function take(x: Execution, flow: SequenceFlow, scope: Key | null, payload?: Variables): void {
  const { id, target: element } = flow;
  const joins = isJoin(x.node(element, scope));
  x.emit({
    type: 'SequenceFlowTaken',
    data: joins ? { flow: id, scope, joins: element } : { flow: id, scope },
  });
  x.enqueue(payload ? { kind: 'arrival', element, scope, payload } : { kind: 'arrival', element, scope });
}

/**
 * What follows an element's end: what the law attaches to it, then the flows.
 * @param own variables of its own, when it is an instance of a repeated activity
 * @throws Stuck
 */
function leave(x: Execution, node: FlowNode, at: ElementRef, choice: Choice, own: Variables): void {
  const { scope, iteration, compensation } = at;
  x.touched.add(scope);
  deadlinesOnCompletion(x, node, scope);
  // Of a repeated activity each instance asks, the whole does not.
  if (node.loop === null || iteration !== undefined) askActs(x, node, at, 'completion', own);
  if (iteration !== undefined && scope !== null) afterIteration(x, node, scope, iteration, own);
  else if (compensation !== undefined) nextToUndo(x, node.id, at);
  else {
    for (const flow of choice(x, node, scope)) {
      for (let i = 0; i < node.completionQuantity; i++) take(x, flow, scope);
    }
    if (scope !== null) adHocProgress(x, node, scope);
  }
}

function isEmpty(variables: Variables): boolean {
  for (const _ in variables) return false;
  return true;
}

/** Sets variables in the nearest scopes that have them, else in the case. */
export function handOut(x: Execution, from: Key | null, variables: Variables): void {
  if (isEmpty(variables)) return;
  for (const [scope, set] of propagate(x.state, from, variables)) {
    const former = scopeOf(x.state, scope)?.variables ?? {};
    x.emit({ type: 'VariablesSet', data: { scope, ...withoutWhatWasThere(former, set) } });
  }
}

/**
 * Variables of its own with which an instance begins: those that it declares (or that its item for the output
 * collection is read from), then its inputs. Undefined: none.
 * @throws Stuck `data-input-missing`
 */
export function localsOf(x: Execution, node: FlowNode, { scope, iteration }: Coming): Variables | undefined {
  if (node.locals.length === 0 && node.inputs.length === 0 && node.loop === null) return undefined;
  const own = [...node.locals, ...itemNames(node, iteration)];
  if (own.length === 0 && node.inputs.length === 0) return undefined;
  const inputs = map(x, node.inputs, scope);
  const missing = node.required.find((name) => (inputs[name] ?? null) === null);
  if (missing !== undefined) {
    throw new Stuck(
      'data-input-missing',
      `${node.id} non può cominciare: il dato «${missing}», che gli serve, non ha valore.`,
    );
  }
  return { ...Object.fromEntries(own.map((name) => [name, null])), ...inputs };
}

function itemNames(node: FlowNode, iteration: number | undefined): readonly string[] {
  const name = iteration === undefined ? null : itemName(node);
  return name === null ? [] : [name];
}

/** What an element did while the token passed: its local variables, and what it hands out. */
export interface Work {
  readonly locals: Variables;
  readonly given: Variables;
}

interface Passing {
  /** Done between activation and completion, with the trigger's payload when there was one. @throws Stuck */
  readonly work?: (ref: ElementRef) => Work;
  readonly choice?: Choice;
  /** Done after its completion, before the token leaves: when it ends the scope, the token does not. */
  readonly after?: () => void;
}

/**
 * An element in which nothing waits: activated and completed in one. When it gets stuck, nothing of it
 * happened, and resolving the incident lets the token arrive again.
 */
export function pass(x: Execution, node: FlowNode, step: Step, passing: Passing = {}): void {
  const { work, choice = everyOpenFlow, after } = passing;
  const { scope, payload } = step;
  enter(x, node, step, () => {
    deadlinesOnActivation(x, node, scope);
    const ref = x.ref(node, step);
    const { locals, given } = work?.(ref) ?? { locals: {}, given: payload ?? {} };
    askActs(x, node, ref, 'activation', locals);
    const outputs =
      node.outputs.length > 0
        ? map(x, node.outputs, scope, { ...locals, ...given })
        : without(given, locals, itemNames(node, step.iteration));
    const own = step.iteration === undefined ? given : { ...locals, ...given, ...outputs };
    const item = outputItem(x, node, step, own);
    subscribeCompensation(x, node, ref, locals);
    const joined = node.type === 'bpmn:ComplexGateway' || node.startQuantity > 1;
    x.emit({ type: 'ElementCompleted', data: { ...ref, ...item, ...(joined && { joined }) } });
    handOut(x, scope, outputs);
    const interruptions = x.interruptionsOf(scope);
    after?.();
    if (isAlive(x, scope) && x.interruptionsOf(scope) === interruptions) leave(x, node, ref, choice, own);
  });
}

/** A local variable of the name shadows the outer one: what is set there ends with the element. */
function without(given: Variables, locals: Variables, more: readonly string[]): Variables {
  if (isEmpty(given)) return given;
  const names = Object.keys(given).filter((name) => !Object.hasOwn(locals, name) && !more.includes(name));
  return Object.fromEntries(names.map((name) => [name, given[name] as Json]));
}

/** Activates an element, all or nothing: when it gets stuck, the token is kept by an incident. */
export function enter(x: Execution, node: FlowNode, step: Step, act: () => void): boolean {
  const why = x.asIteration(step, () => x.attempt(act));
  if (!why) return true;
  const { scope, payload, iteration, compensation } = step;
  x.strand(why, {
    element: node.id,
    scope,
    stage: 'entering',
    ...(iteration !== undefined && { iteration }),
    ...(compensation !== undefined && { compensation }),
    ...(payload && { variables: payload }),
  });
  return false;
}

/** The waiting of a live instance is over: it completes and the flow goes on, or it is stuck on its way out. */
export function finish(x: Execution, instance: ElementInstance, choice: Choice = everyOpenFlow): void {
  const why = x.attempt(() => complete(x, instance, choice));
  if (!why) return;
  const { key: host, element } = instance;
  x.strand(why, { element, ...comingOf(instance), stage: 'leaving', host });
}

/** What an instance leaves behind when it completes: nothing waits for it, no incident or local deadline. */
export function quit(x: Execution, key: Key): void {
  disarm(x, key);
  closeDeadlines(x, key, 'scope-ended');
  if (x.instance(key).children === 0) return;
  for (const { host, key: incident } of x.state.incidents.values()) {
    if (host === null || x.state.elements.get(host)?.scope !== key) continue;
    x.emit({ type: 'IncidentResolved', data: { key: incident, resolution: 'element-completed' } });
  }
}

/** @throws Stuck */
export function complete(x: Execution, instance: ElementInstance, choice: Choice = everyOpenFlow): void {
  const { key, scope } = instance;
  const node = x.nodeOfInstance(instance);
  const coming = comingOf(instance);
  quit(x, key);
  if (instance.undoes) {
    undone(x, refOf(x, instance));
    return;
  }
  x.asIteration(coming, () => {
    const outputs = givenBy(x, node, instance);
    const own = { ...instance.variables, ...outputs };
    const item = outputItem(x, node, coming, own);
    const ref = refOf(x, instance);
    if (!instance.loop) subscribeCompensation(x, node, ref);
    x.emit({ type: 'ElementCompleted', data: { ...ref, ...item } });
    handOut(x, scope, outputs);
    leave(x, node, ref, choice, own);
  });
}

/** What was there only to be undone ends as it began: nothing happens again. */
function undone(x: Execution, ref: ElementRef): void {
  x.emit({ type: 'ElementCompleted', data: ref });
  x.touched.add(ref.scope);
  nextToUndo(x, ref.element, ref);
}

function nextToUndo(x: Execution, element: string, { scope, compensation }: Coming): void {
  if (compensation !== undefined) x.enqueue({ kind: 'compensate', element, scope, compensation });
}

/** What a live instance hands out at its end. */
function givenBy(
  x: Execution,
  node: FlowNode,
  { key, loop, variables, iteration }: ElementInstance,
): Variables {
  if (loop) return {};
  if (node.outputs.length > 0) return map(x, node.outputs, key, {});
  const collection = node.adHoc?.outputCollection ?? null;
  if (collection !== null) return { [collection]: variables[collection] ?? [] };
  if (!node.call?.propagateAllChildVariables) return {};
  // What it began with beside the copy stays with it, as in Camunda 8.
  const inputs = node.inputs.map(({ target }) => target.split('.')[0] ?? target);
  const item = node.loop?.kind === 'multi' && node.loop.item !== null ? [node.loop.item] : [];
  const ofIteration = iteration === 0 ? [] : ['loopCounter', ...item, ...itemNames(node, iteration)];
  return without(variables, {}, [...node.locals, ...inputs, ...ofIteration]);
}

/**
 * Work that was done outside is a fact, whatever follows: when the flow cannot go on, the work stays done and
 * an incident keeps what it gave.
 */
export function finishWork(
  x: Execution,
  type: 'UserTaskCompleted' | 'JobCompleted',
  instance: ElementInstance,
  variables: Variables,
): void {
  const { key, element } = instance;
  const node = x.nodeOfInstance(instance);
  const coming = comingOf(instance);
  const mapped = node.outputs.length > 0;
  // Only who repeats it, and its acts, ask what it knew.
  const isAsked = coming.iteration !== undefined || node.acts.length > 0;
  const ref = refOf(x, instance);
  const done = (outputs: Variables | null, item: Given): void => {
    quit(x, key);
    subscribeCompensation(x, node, ref);
    const data: EventOf<typeof type>['data'] = { ...ref, ...item, variables };
    x.emit({ type, data: outputs ? { ...data, outputs } : data });
    x.touched.add(ref.scope);
  };
  const why = x.attempt(() => {
    x.asIteration(coming, () => {
      const outputs = mapped ? map(x, node.outputs, key, variables) : null;
      const own = isAsked ? { ...instance.variables, ...variables, ...outputs } : variables;
      done(outputs, outputItem(x, node, coming, own));
      leave(x, node, ref, everyOpenFlow, own);
    });
  });
  if (!why) return;
  const own = { ...instance.variables, ...variables };
  let item: Given = {};
  // What it gives may be known although the flow cannot go on.
  x.attempt(() => (item = x.asIteration(coming, () => outputItem(x, node, coming, own))));
  done(mapped ? {} : null, item);
  const kept = mapped || isAsked ? { variables: own } : {};
  x.strand(why, { element, ...coming, stage: 'leaving', ...kept });
}

/** Goes on with work that was stuck on its way out. @throws Stuck when it still is */
export function leaveAgain(x: Execution, instance: ElementInstance, own: Variables): void {
  const { scope } = instance;
  const node = x.nodeOfInstance(instance);
  const coming = comingOf(instance);
  x.asIteration(coming, () => {
    const outputs = node.outputs.length > 0 ? map(x, node.outputs, scope, own) : {};
    handOut(x, scope, outputs);
    leave(x, node, refOf(x, instance), everyOpenFlow, { ...own, ...outputs });
  });
}
