import { awaitedDefinitions } from '@iter/process-model';
import type { FlowNode, SingleEventDefinition } from '@iter/process-model';
import { endCase } from './ending.ts';
import type { Execution } from './execution.ts';
import type { Key, Variables } from './events.ts';
import { startEventSubProcess, triggerBoundary } from './interrupting.ts';
import { childrenOf, scopeModel, startsOf } from './scopes.ts';

/** Where something is thrown: by a live instance itself, or by an event inside a scope. */
export type Thrower = { readonly instance: Key } | { readonly scope: Key | null };

interface Catcher {
  readonly node: FlowNode;
  /** Boundary event: the activity; event sub-process: the scope it belongs to. */
  readonly host: Key | null;
}

type Kind = 'error' | 'escalation';

/**
 * Who catches an error or escalation: from where it is thrown outwards, at each level the boundary events of the
 * activity, then the event sub-processes of its scope (but not the one it comes from, and none when another has
 * interrupted the scope); its own code before any code.
 * Source: BPMN 2.0.2 §10.5.7 "Handling Events", "innermost enclosing scope instance"
 */
export function catcherOf(x: Execution, kind: Kind, code: string, from: Thrower): Catcher | null {
  if ('instance' in from) {
    const host = activityOf(x, from.instance);
    const boundary = boundaryCatcher(x, kind, code, host);
    if (boundary) return boundary;
    return scopeCatcher(x, kind, code, x.instance(host).scope, null);
  }
  return scopeCatcher(x, kind, code, from.scope, null);
}

function scopeCatcher(
  x: Execution,
  kind: Kind,
  code: string,
  from: Key | null,
  inner: Key | null,
): Catcher | null {
  for (let scope = from, within = inner; ;) {
    const node = bestMatch(eventSubProcessStarts(x, scope, within), kind, code);
    if (node) return { node, host: scope };
    if (scope === null) return null;
    const host = activityOf(x, scope);
    const boundary = boundaryCatcher(x, kind, code, host);
    if (boundary) return boundary;
    within = host;
    scope = x.instance(host).scope;
  }
}

/** The activity that an instance is: of a repeated one the whole, on which its boundary events sit. */
export function activityOf(x: Execution, key: Key): Key {
  const { iteration, scope } = x.instance(key);
  return iteration > 0 && scope !== null ? scope : key;
}

function boundaryCatcher(x: Execution, kind: Kind, code: string, host: Key): Catcher | null {
  const instance = x.instance(host);
  // It has completed: nothing on its boundary catches any more.
  if (instance.undoes) return null;
  const events = x.nodeOfInstance(instance).boundary.map((id) => x.nodeOf(instance.definition, id));
  const node = bestMatch(events, kind, code);
  return node && { node, host };
}

function eventSubProcessStarts(x: Execution, scope: Key | null, within: Key | null): readonly FlowNode[] {
  const { eventSubProcesses } = scopeModel(x, scope);
  if (scope !== null && x.instance(scope).undoes) return [];
  if (eventSubProcesses.length === 0 || childrenOf(x.state, scope).some((it) => it.interrupts)) return [];
  const from = within === null ? null : x.instance(within).element;
  return eventSubProcesses.filter((id) => id !== from).flatMap((id) => startsOf(x, id, scope));
}

function bestMatch(nodes: readonly FlowNode[], kind: Kind, code: string): FlowNode | null {
  const catches = (definition: SingleEventDefinition, wanted: string | null): boolean =>
    definition.kind === kind && (definition.code?.constant ?? null) === wanted;
  const catching = (wanted: string | null): FlowNode | undefined =>
    nodes.find((node) => awaitedDefinitions(node).some((definition) => catches(definition, wanted)));
  return catching(code) ?? catching(null) ?? null;
}

function handOver(x: Execution, { node, host }: Catcher, variables: Variables): void {
  if (node.type === 'bpmn:StartEvent') startEventSubProcess(x, node, host, variables);
  else if (host !== null) triggerBoundary(x, node, host, variables);
}

interface Thrown {
  readonly element: string;
  /** Absent: the case's own. */
  readonly definition?: string;
  readonly code: string;
  readonly variables: Variables;
}

/** Throws and hands over to the catcher. @returns false when nobody catches it (`ErrorThrown` says so) */
export function throwError(
  x: Execution,
  thrown: Thrown & { readonly message: string },
  from: Thrower,
): boolean {
  const { variables, ...data } = thrown;
  const catcher = catcherOf(x, 'error', thrown.code, from);
  x.emit({ type: 'ErrorThrown', data: { ...data, caughtBy: catcher?.node.id ?? null } });
  if (catcher) handOver(x, catcher, variables);
  return catcher !== null;
}

/** An error end event that nobody catches ends the case as failed. */
export function throwFromEnd(x: Execution, thrown: Thrown, from: Thrower): void {
  if (throwError(x, { ...thrown, message: '' }, from)) return;
  endCase(x, { type: 'CaseFailed', data: { code: thrown.code, element: thrown.element } });
}

/** An escalation that nobody catches is on record, and the flow goes on. Source: BPMN 2.0.2 §10.5.7 */
export function throwEscalation(x: Execution, thrown: Thrown, from: Thrower): void {
  const { variables, ...data } = thrown;
  const catcher = catcherOf(x, 'escalation', thrown.code, from);
  x.emit({ type: 'EscalationThrown', data: { ...data, caughtBy: catcher?.node.id ?? null } });
  if (catcher) handOver(x, catcher, variables);
}
