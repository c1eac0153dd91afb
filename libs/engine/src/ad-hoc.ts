import type { AdHocSpec, FlowNode } from '@iter/process-model';
import { terminateChildren } from './ending.ts';
import { Stuck } from './execution.ts';
import type { Execution } from './execution.ts';
import { evaluate, holds } from './expressions.ts';
import type { Key } from './events.ts';
import { childrenOf, scopeModel } from './scopes.ts';
import type { ElementInstance } from './state.ts';

/**
 * The activities of an ad-hoc sub-process begin: those that its expression names, else every one that no flow leads
 * to; in sequence one at a time. Others, and the same again, begin when somebody asks for them.
 * Source: BPMN 2.0.2 §13.3.5
 * @throws Stuck `ad-hoc-element-unknown`
 */
export function beginAdHoc(x: Execution, node: FlowNode, spec: AdHocSpec, scope: Key): void {
  const elements = spec.activeElements === null ? scopeModel(x, scope).begins : named(x, node, spec, scope);
  for (const element of spec.sequential ? elements.slice(0, 1) : elements) {
    x.enqueue({ kind: 'arrival', element, scope, free: true });
  }
  x.touched.add(scope);
}

function named(x: Execution, node: FlowNode, { activeElements }: AdHocSpec, scope: Key): readonly string[] {
  if (activeElements === null) return [];
  const elements = evaluate(x, activeElements, scope);
  const possible = scopeModel(x, scope).begins;
  if (!Array.isArray(elements)) {
    throw new Stuck(
      'ad-hoc-element-unknown',
      `«${activeElements.text}» di ${node.id} non dà un elenco di elementi.`,
    );
  }
  return elements.map((element) => {
    if (typeof element === 'string' && possible.includes(element)) return element;
    throw new Stuck(
      'ad-hoc-element-unknown',
      `${node.id} non ha un’attività ${JSON.stringify(element)} da avviare.`,
    );
  });
}

/**
 * Something in an ad-hoc sub-process has completed: when its completion condition holds, it is over, at once or when
 * what still runs has ended. A condition that cannot be judged is the sub-process's incident, not the activity's.
 * @throws Stuck when what the activity gives cannot be told
 */
export function adHocProgress(x: Execution, node: FlowNode, scope: Key): void {
  const instance = x.instance(scope);
  if (instance.begun === null) return;
  collect(x, node, instance, scope);
  // One incident for one condition: nobody is told twice.
  if (isStuck(x, scope)) return;
  const why = x.attempt(() => endIfOver(x, instance));
  if (why) strandAdHoc(x, instance, why);
}

/** Ends what still runs when the completion condition holds, unless it is to end by itself. @throws Stuck */
export function endIfOver(x: Execution, instance: ElementInstance): void {
  const { key: scope } = instance;
  const spec = specOf(x, instance);
  if (!isOver(x, spec, scope) || !spec.cancelRemainingInstances) return;
  x.satisfied.push(scope);
  x.cancelArrivals(scope);
  terminateChildren(x, scope);
}

function isStuck(x: Execution, host: Key): boolean {
  for (const incident of x.state.incidents.values()) if (incident.host === host) return true;
  return false;
}

function strandAdHoc(x: Execution, { key: host, element, scope }: ElementInstance, why: Stuck): void {
  x.strand(why, { element, scope, stage: 'leaving', host });
}

/** What each activity gives, in the order in which they complete. */
function collect(x: Execution, node: FlowNode, instance: ElementInstance, scope: Key): void {
  const { outputCollection, outputElement } = specOf(x, instance);
  if (outputCollection === null || outputElement === null || node.type.endsWith('Gateway')) return;
  const before = instance.variables[outputCollection];
  const collected = [...(Array.isArray(before) ? before : []), evaluate(x, outputElement, scope)];
  x.emit({ type: 'VariablesSet', data: { scope, variables: { [outputCollection]: collected } } });
}

function isOver(x: Execution, { completionCondition }: AdHocSpec, scope: Key): boolean {
  if (completionCondition === null) return false;
  const active = childrenOf(x.state, scope).length + x.tokensUnderway(scope);
  return holds(x, completionCondition, scope, { numberOfActiveInstances: active });
}

/**
 * Nothing lives in an ad-hoc sub-process any more.
 * @returns whether it completes; else the next activity begins, or it waits for somebody to begin one
 */
export function adHocSettled(x: Execution, instance: ElementInstance): boolean {
  const { key: scope } = instance;
  const spec = specOf(x, instance);
  let completes = false;
  const why = x.attempt(() => {
    // It held with what ran then, which has ended since.
    if (x.satisfied.includes(scope) || isOver(x, spec, scope)) completes = true;
    else if (!spec.sequential) completes = spec.completionCondition === null;
    else {
      const elements =
        spec.activeElements === null
          ? scopeModel(x, scope).begins
          : named(x, x.nodeOfInstance(instance), spec, scope);
      const next = elements.find((it) => !instance.begun?.includes(it));
      if (next !== undefined) x.enqueue({ kind: 'arrival', element: next, scope, free: true });
      else completes = spec.completionCondition === null;
    }
  });
  if (why) strandAdHoc(x, instance, why);
  return completes;
}

function specOf(x: Execution, instance: ElementInstance): AdHocSpec {
  const { adHoc } = x.nodeOfInstance(instance);
  if (!adHoc) throw new Error(`${instance.element} is no ad-hoc sub-process`);
  return adHoc;
}
