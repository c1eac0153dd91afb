import type { FlowNode, Json, SequenceFlow } from '@iter/process-model';
import { closeDeadlines } from './deadlines/closing.ts';
import { deadlinesOnActivation, deadlinesOnCompletion } from './deadlines/on-element.ts';
import { Stuck } from './execution.ts';
import type { Arrival, Execution } from './execution.ts';
import { holds, map } from './expressions.ts';
import type { EventOf, Key, Variables } from './events.ts';
import type { ElementInstance } from './state.ts';
import { propagate } from './state.ts';
import { disarm } from './waiting.ts';

/** Which flows a token leaves by. @throws Stuck */
export type Choice = (x: Execution, node: FlowNode, scope: Key | null) => readonly SequenceFlow[];

export function flowsOf(x: Execution, node: FlowNode): readonly SequenceFlow[] {
  return node.outgoing.map((id) => {
    const flow = x.model.flows.get(id);
    if (!flow) throw new Error(`The definition ${x.model.hash} has no sequence flow ${id}`);
    return flow;
  });
}

/**
 * Every flow without a condition and every one whose condition holds; the default flow when that is none.
 * Source: BPMN 2.0.2, chapter 13, "Sequence Flow considerations" of activities and events
 * @throws Stuck `no-flow-taken` when there are flows and none is taken
 */
export const everyOpenFlow: Choice = (x, node, scope) => {
  const flows = flowsOf(x, node);
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
    `No condition of the flows leaving ${node.id} holds, and none is the default.`,
  );
}

/** Whether tokens wait at this node for one another. */
export function isJoin(node: FlowNode): boolean {
  return node.type === 'bpmn:ParallelGateway' && node.incoming.length > 1;
}

/** A token goes along a flow. */
export function take(x: Execution, flow: SequenceFlow, scope: Key | null, more: Partial<Arrival> = {}): void {
  const target = x.node(flow.target);
  const joins = isJoin(target) ? { joins: target.id } : {};
  x.emit({ type: 'SequenceFlowTaken', data: { flow: flow.id, scope, ...joins } });
  x.enqueue({ element: target.id, scope, ...more });
}

/** What follows an element's end: what the law attaches to it, then the flows. @throws Stuck */
function leave(x: Execution, node: FlowNode, scope: Key | null, choice: Choice): void {
  deadlinesOnCompletion(x, node, scope);
  for (const flow of choice(x, node, scope)) take(x, flow, scope);
}

/** Sets variables in the nearest scopes that have them, else in the case. */
export function handOut(x: Execution, from: Key | null, variables: Variables): void {
  for (const [scope, set] of propagate(x.state, from, variables)) {
    x.emit({ type: 'VariablesSet', data: { scope, variables: set } });
  }
}

/** What an element did while the token passed: its local variables, and what it hands out. */
export interface Work {
  readonly locals: Variables;
  readonly given: Variables;
}

/**
 * An element in which nothing waits: activated and completed in one. When it gets stuck, nothing of it
 * happened, and resolving the incident lets the token arrive again.
 * @param work done in between, with the trigger's payload when there was one
 * @returns whether the token passed
 */
export function pass(
  x: Execution,
  node: FlowNode,
  arrival: Arrival,
  work: (() => Work) | null = null,
  choice: Choice = everyOpenFlow,
): boolean {
  const { scope, payload } = arrival;
  return enter(x, node, arrival, () => {
    deadlinesOnActivation(x, node, scope);
    const { locals, given } = work?.() ?? { locals: {}, given: payload ?? {} };
    x.emit({ type: 'ElementCompleted', data: x.ref(node, scope) });
    if (node.outputs.length > 0) handOut(x, scope, map(x, node.outputs, scope, { ...locals, ...given }));
    else handOut(x, scope, without(given, locals));
    leave(x, node, scope, choice);
    x.touched.add(scope);
  });
}

/** A local variable of the name shadows the outer one: what is set there ends with the element. */
function without(given: Variables, locals: Variables): Variables {
  const names = Object.keys(given).filter((name) => !Object.hasOwn(locals, name));
  return Object.fromEntries(names.map((name) => [name, given[name] as Json]));
}

/** Activates an element, all or nothing: when it gets stuck, the token is kept by an incident. */
export function enter(x: Execution, node: FlowNode, arrival: Arrival, act: () => void): boolean {
  const why = x.attempt(act);
  if (!why) return true;
  const { scope, payload } = arrival;
  x.strand(why, {
    element: node.id,
    scope,
    stage: 'entering',
    ...(payload ? { variables: payload } : {}),
  });
  return false;
}

/** The waiting of a live instance is over: it completes and the flow goes on, or it is stuck on its way out. */
export function finish(x: Execution, instance: ElementInstance, choice: Choice = everyOpenFlow): void {
  const why = x.attempt(() => complete(x, instance, choice));
  const { key: host, element, scope } = instance;
  if (why) x.strand(why, { element, scope, stage: 'leaving', host });
}

/** What an instance leaves behind when it completes: nothing waits for it, no incident or local deadline. */
function quit(x: Execution, key: Key): void {
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
  const { key, element, scope } = instance;
  const node = x.node(element);
  quit(x, key);
  if (node.outputs.length > 0) handOut(x, scope, map(x, node.outputs, key, {}));
  x.emit({ type: 'ElementCompleted', data: { key, element, scope } });
  leave(x, node, scope, choice);
  x.touched.add(scope);
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
  const { key, element, scope } = instance;
  const node = x.node(element);
  const mapped = node.outputs.length > 0;
  const done = (outputs: Variables | null): void => {
    quit(x, key);
    const data: EventOf<typeof type>['data'] = {
      key,
      element,
      scope,
      variables,
      ...(outputs && { outputs }),
    };
    x.emit({ type, data });
    x.touched.add(scope);
  };
  const why = x.attempt(() => {
    done(mapped ? map(x, node.outputs, key, variables) : null);
    leave(x, node, scope, everyOpenFlow);
  });
  if (!why) return;
  done(mapped ? {} : null);
  const unmapped = mapped ? { variables: { ...instance.variables, ...variables } } : {};
  x.strand(why, { element, scope, stage: 'leaving', ...unmapped });
}

/** Goes on with work that was stuck on its way out. @throws Stuck when it still is */
export function leaveAgain(x: Execution, { element, scope }: ElementInstance, unmapped: Variables): void {
  const node = x.node(element);
  if (node.outputs.length > 0) handOut(x, scope, map(x, node.outputs, scope, unmapped));
  leave(x, node, scope, everyOpenFlow);
  x.touched.add(scope);
}
