import { isContainer } from '@iter/process-model';
import { adHocSettled } from './ad-hoc.ts';
import { endCase } from './ending.ts';
import type { Execution } from './execution.ts';
import { finish } from './flow.ts';
import type { Key } from './events.ts';
import { completeLoop } from './loops.ts';
import { isAlive } from './scopes.ts';
import type { CaseState, ElementInstance, Scope } from './state.ts';
import { scopeOf, waitingOf } from './state.ts';
import { stopWaiting } from './waiting.ts';

/** A scope is complete when nothing lives in it, no token is under way and none waits at a join. */
export function settle(x: Execution): void {
  for (const scope of x.touched) {
    x.touched.delete(scope);
    x.stirred.add(scope);
    if (!isAlive(x, scope) || x.tokensUnderway(scope) > 0) continue;
    const holder = scopeOf(x.state, scope);
    if (!holder) continue;
    if (holder.children > 0) {
      if (holder.joins === null && holder.waits.length > 0) closeToNewEvents(x, scope, holder);
      continue;
    }
    if ((holder.joins ?? holder.resets) !== null && !x.terminated.includes(scope)) continue;
    if (scope === null) endCase(x, { type: 'CaseCompleted', data: { endElement: x.endElement } });
    else if (!hasIncident(x.state, scope) && isScope(x, x.instance(scope))) settled(x, x.instance(scope));
  }
}

/**
 * When only event sub-processes are left in a scope, it is completing: it waits for them, and none begins anew.
 * Source: BPMN 2.0.2 §13.5.4
 */
function closeToNewEvents(x: Execution, scope: Key | null, { waits }: Scope): void {
  for (const instance of x.state.elements.values()) {
    if (instance.scope === scope && !x.nodeOfInstance(instance).triggeredByEvent) return;
  }
  for (const key of waits) {
    const waiting = waitingOf(x.state, key);
    if (waiting && x.waitingNode(waiting).type === 'bpmn:StartEvent') stopWaiting(x, key);
  }
}

/** What people or the world must end (a task, a catch event) is no scope, though its incidents may have lived in it. */
export function isScope(x: Execution, instance: ElementInstance): boolean {
  const { loop, called, undoes } = instance;
  return loop !== null || called !== null || undoes || isContainer(x.nodeOfInstance(instance));
}

function settled(x: Execution, instance: ElementInstance): void {
  const { loop, key: host, element, scope, begun } = instance;
  if (loop) {
    const why = x.attempt(() => completeLoop(x, instance, loop));
    if (why) x.strand(why, { element, scope, stage: 'leaving', host });
  } else if (begun === null || adHocSettled(x, instance)) finish(x, instance);
}

function hasIncident(state: CaseState, host: Key): boolean {
  for (const incident of state.incidents.values()) if (incident.host === host) return true;
  return false;
}
