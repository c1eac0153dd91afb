import type { FlowNode } from '@iter/process-model';
import { Stuck } from './execution.ts';
import type { Execution } from './execution.ts';
import type { Key } from './events.ts';
import type { CaseState, ElementInstance } from './state.ts';
import { scopeOf } from './state.ts';
import { waitAgain } from './waiting.ts';

/** Whether tokens can still live in a scope: it is the running case, or a live instance. */
export function isAlive(x: Execution, scope: Key | null): boolean {
  return !x.ended && (scope === null || x.state.elements.has(scope));
}

/** What lies in a scope, as its model says. */
export function scopeModel(x: Execution, scope: Key | null) {
  const model = x.modelIn(scope);
  const instance = scope === null ? undefined : x.instance(scope);
  const within = model.scopes.get(!instance || instance.called !== null ? '' : instance.element);
  // An instance with nothing inside (a task, the whole of a repeated task) has no scope of its own.
  return within ?? { id: null, nodes: [], starts: [], begins: [], eventSubProcesses: [] };
}

/** The event sub-processes of a scope begin to wait, before anything in it moves. */
export function openEventSubProcesses(x: Execution, scope: Key | null): void {
  for (const id of scopeModel(x, scope).eventSubProcesses) waitForStart(x, id, scope);
}

/** An event sub-process waits for its start event. */
export function waitForStart(x: Execution, eventSubProcess: string, scope: Key | null): void {
  for (const start of startsOf(x, eventSubProcess, scope)) waitAgain(x, start, scope);
}

/** The start events of a sub-process that lies in a scope. */
export function startsOf(x: Execution, subProcess: string, scope: Key | null): readonly FlowNode[] {
  const model = x.modelIn(scope);
  return (model.scopes.get(subProcess)?.starts ?? []).flatMap((id) => model.nodes.get(id) ?? []);
}

/** Tokens for the beginning of a scope: its none start events, else every node that nothing leads to. */
export function beginScope(x: Execution, key: Key): void {
  openEventSubProcesses(x, key);
  for (const element of scopeModel(x, key).begins)
    x.enqueue({ kind: 'arrival', element, scope: key, free: true });
  x.touched.add(key);
}

/** @throws Stuck `depth-limit`: sub-processes and calls inside one another have their bound */
export function requireDepth(x: Execution, node: FlowNode, scope: Key | null): void {
  let depth = 0;
  for (let key = scope; key !== null; key = x.state.elements.get(key)?.scope ?? null) {
    if (++depth >= x.env.limits.depth) {
      throw new Stuck(
        'depth-limit',
        `${node.id} sta dentro altri ${depth}: un processo chiama sé stesso senza fine?`,
      );
    }
  }
}

/** Live instances directly in a scope, oldest first. */
export function childrenOf(state: CaseState, scope: Key | null): readonly ElementInstance[] {
  if (scopeOf(state, scope)?.children === 0) return [];
  const children: ElementInstance[] = [];
  for (const instance of state.elements.values()) if (instance.scope === scope) children.push(instance);
  return children;
}
