import type { FlowNode, Json } from '@iter/process-model';
import { terminateChildren } from './ending.ts';
import { iterationVariables } from './evolving/iterations.ts';
import type { Coming, Execution } from './execution.ts';
import { evaluate, holds } from './expressions.ts';
import type { Key, Variables } from './events.ts';
import { isAlive } from './scopes.ts';
import type { ElementInstance, Loop } from './state.ts';
import { throwBehaviorEvent } from './throwing.ts';

/**
 * An instance has completed: events of the whole, its completion condition, the next instance.
 * @param own variables of the instance at its end; conditions read them, as in Camunda 8
 * @throws Stuck
 */
export function afterIteration(
  x: Execution,
  node: FlowNode,
  scope: Key,
  iteration: number,
  own: Variables,
): void {
  const body = x.instance(scope);
  const spec = node.loop;
  const { loop } = body;
  if (!spec || !loop) return;
  if (spec.kind === 'multi') {
    const figures = figuresOf(body, loop, iteration);
    const seen = { ...own, ...figures };
    const done = spec.completionCondition !== null && holds(x, spec.completionCondition, scope, seen);
    throwBehaviorEvent(x, node, spec.behavior, body, figures, seen);
    if (!isAlive(x, scope)) return;
    if (done) {
      x.satisfied.push(scope);
      x.cancelArrivals(scope);
      terminateChildren(x, scope);
      return;
    }
  }
  if (loop.kind !== 'parallel') x.enqueue({ kind: 'iterate', element: node.id, scope });
}

/**
 * What a completion condition may read beside variables. Instances are those created: of a parallel activity all, also
 * while they begin; of a sequential one the sum of the others.
 * Source: BPMN 2.0.2 table 10.30
 */
function figuresOf({ children }: ElementInstance, loop: Loop, iteration: number): Variables {
  return {
    ...iterationVariables(loop, iteration),
    numberOfInstances: loop.kind === 'parallel' ? (loop.total ?? loop.started) : loop.started,
    numberOfActiveInstances: children,
    numberOfCompletedInstances: loop.completed,
    numberOfTerminatedInstances: loop.terminated,
  };
}

/** The variable that an instance's item for the output collection is read from: it stays with the instance, as in Camunda 8. */
export function itemName({ loop }: FlowNode): string | null {
  if (loop?.kind !== 'multi' || loop.outputCollection === null || loop.outputElement === null) return null;
  const { names, text } = loop.outputElement;
  const [name, another] = names;
  if (name === undefined || another !== undefined || name === loop.item || name === 'loopCounter')
    return null;
  const isPath = text.startsWith(name) && /^(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u.test(text.slice(name.length));
  return isPath ? name : null;
}

/** What an instance gives to the output collection. @throws Stuck */
export function outputItem(
  x: Execution,
  { loop }: FlowNode,
  { scope, iteration }: Coming,
  seen: Variables,
): { readonly item?: Json } {
  if (iteration === undefined || loop?.kind !== 'multi' || loop.outputElement === null) return {};
  if (loop.outputCollection === null) return {};
  return { item: evaluate(x, loop.outputElement, scope, seen) };
}
