import type { FlowNode, SingleEventDefinition } from '@iter/process-model';
import { deadlinesOnActivation } from './deadlines/on-element.ts';
import { terminateChildren } from './ending.ts';
import type { Execution, Step } from './execution.ts';
import type { Compensable, Key, Undoable } from './events.ts';
import { complete, enter } from './flow.ts';
import { childrenOf } from './scopes.ts';
import type { ElementInstance } from './state.ts';
import { completedIn, scopesUpToTransaction, undo } from './undoing.ts';
import { disarm } from './waiting.ts';

type CompensationDefinition = Extract<SingleEventDefinition, { kind: 'compensation' }>;

/**
 * Undoes what has completed in the scope of a throwing event, the last first: one activity, or all. The event waits
 * until everything is undone, unless it says that it does not.
 * Source: BPMN 2.0.2 §13.5.5, §10.5.7 "Compensation"
 */
export function throwCompensation(
  x: Execution,
  node: FlowNode,
  step: Step,
  { activity, waitForCompletion }: CompensationDefinition,
): void {
  enter(x, node, step, () => {
    deadlinesOnActivation(x, node, step.scope);
    const ref = x.ref(node, step);
    x.emit({ type: 'ElementActivated', data: ref });
    const compensables = visible(x, step.scope).filter((it) => activity === null || it.element === activity);
    undo(x, node.id, step.scope, { host: waitForCompletion ? ref.key : null, activity, compensables });
    if (!waitForCompletion) complete(x, x.instance(ref.key));
  });
}

/**
 * A cancel end event: what is active in the transaction around it ends, what has completed is undone, then it is left.
 * The sub-processes between the two stay until then. The instances of a repeated transaction are cancelled together.
 * Source: BPMN 2.0.2 §13.5.3, §13.5.6; §13.5.5 for what has completed inside what is still active
 */
export function cancelTransaction(x: Execution, node: FlowNode, step: Step): void {
  enter(x, node, step, () => {
    deadlinesOnActivation(x, node, step.scope);
    const ref = x.ref(node, step);
    const between = scopesUpToTransaction(x, step.scope);
    const around = between.pop();
    const cancels = between.length > 0 && around ? { cancels: around.key } : {};
    // What waits at joins there waits for nothing any more, while what has completed is being undone.
    x.emit({ type: 'ElementActivated', data: { ...ref, interrupts: true, ...cancels } });
    let inner = ref.key;
    const cancelled = between.map(({ key }) => {
      disarm(x, key);
      const ended = endActive(x, key, inner);
      inner = key;
      return ended;
    });
    if (around) cancelled.push(endActive(x, around.key, inner));
    if (around && around.iteration > 0) cancelled.push(endActive(x, around.scope, around.key));
    undo(x, node.id, step.scope, {
      host: ref.key,
      activity: null,
      compensables: cancelled.flatMap(({ portions, compensables }) => [...portions, ...compensables]),
      portions: cancelled.flatMap(({ portions }) => portions),
    });
  });
}

/** Ends what is active in a scope, but for one. @returns what is to be undone of it, and what had completed there */
function endActive(x: Execution, scope: Key | null, except: Key) {
  const active = childrenOf(x.state, scope).filter(({ key }) => key !== except);
  const portions = portionsOf(x, active).map((it): Undoable => ({ ...it, scope }));
  x.cancelArrivals(scope);
  terminateChildren(x, scope, except);
  return { portions, compensables: completedIn(x, scope) };
}

/** What has completed inside active instances, the last first. */
function portionsOf(x: Execution, active: readonly ElementInstance[]): readonly Compensable[] {
  return active
    .map(({ key, element, compensables, variables, called, children }) => {
      const inner = children > 0 ? portionsOf(x, childrenOf(x.state, key)) : [];
      return {
        key,
        element,
        handler: null,
        inside: [...compensables, ...inner.toReversed()],
        variables,
        called,
      };
    })
    .filter(({ inside }) => inside.length > 0)
    .reverse();
}

/**
 * What a throwing event sees, the last first: what has completed in its scope, and around an event sub-process.
 * Source: BPMN 2.0.2 §10.5.7
 */
function visible(x: Execution, scope: Key | null): readonly Compensable[] {
  const own = completedIn(x, scope);
  const instance = scope === null ? undefined : x.instance(scope);
  if (!instance || !x.nodeOfInstance(instance).triggeredByEvent) return own;
  return [...own, ...visible(x, instance.scope)];
}
