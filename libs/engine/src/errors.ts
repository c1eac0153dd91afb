import type { FlowNode } from '@iter/process-model';
import type { Execution } from './execution.ts';
import type { Key, Variables } from './events.ts';
import { endCase, startsOf } from './scopes.ts';
import { triggerBoundary } from './elements/boundary-event.ts';
import { startEventSubProcess } from './elements/event-sub-process.ts';

interface Catcher {
  readonly node: FlowNode;
  /** Boundary event: the activity; event sub-process: the scope it belongs to. */
  readonly host: Key | null;
}

/**
 * Who catches an error: from where it is thrown outwards, at each level the boundary events of the instance,
 * then the event sub-processes of its scope (but not the one it comes from); its own code before any code.
 * @param from the instance that throws it (job), or the scope in which an end event does
 */
export function catcherOf(
  x: Execution,
  code: string,
  from: { instance: Key } | { scope: Key | null },
): Catcher | null {
  let instance = 'instance' in from ? from.instance : null;
  let scope = 'scope' in from ? from.scope : null;
  if (instance !== null) {
    const boundary = boundaryCatcher(x, code, instance);
    if (boundary) return boundary;
    scope = x.instance(instance).scope;
  }
  for (let within: string | null = null; ;) {
    const starts = eventSubProcessStarts(x, scope, within);
    const node = bestMatch(starts, code);
    if (node) return { node, host: scope };
    if (scope === null) return null;
    instance = scope;
    const boundary = boundaryCatcher(x, code, instance);
    if (boundary) return boundary;
    within = x.instance(instance).element;
    scope = x.instance(instance).scope;
  }
}

function boundaryCatcher(x: Execution, code: string, host: Key): Catcher | null {
  const events = x.node(x.instance(host).element).boundary.map((id) => x.node(id));
  const node = bestMatch(events, code);
  return node && { node, host };
}

function eventSubProcessStarts(x: Execution, scope: Key | null, except: string | null): readonly FlowNode[] {
  const model = x.model.scopes.get(scope === null ? '' : x.instance(scope).element);
  return (model?.eventSubProcesses ?? []).filter((id) => id !== except).flatMap((id) => startsOf(x, id));
}

function bestMatch(nodes: readonly FlowNode[], code: string): FlowNode | null {
  const catching = (wanted: string | null): FlowNode | undefined =>
    nodes.find(({ event }) => event.kind === 'error' && event.code === wanted);
  return catching(code) ?? catching(null) ?? null;
}

/** Throws and hands over to the catcher. @returns false when nobody catches it (`ErrorThrown` says so) */
export function throwError(
  x: Execution,
  thrown: { element: string; code: string; message: string; variables: Variables },
  from: { instance: Key } | { scope: Key | null },
): boolean {
  const { element, code, message } = thrown;
  const catcher = catcherOf(x, code, from);
  x.emit({ type: 'ErrorThrown', data: { element, code, message, caughtBy: catcher?.node.id ?? null } });
  if (!catcher) return false;
  const { node, host } = catcher;
  if (node.type === 'bpmn:StartEvent') startEventSubProcess(x, node, host, thrown.variables);
  else if (host !== null) triggerBoundary(x, node, host, thrown.variables);
  return true;
}

/** An error end event that nobody catches ends the case as failed. */
export function throwFromEnd(x: Execution, element: string, code: string, scope: Key | null): void {
  if (throwError(x, { element, code, message: '', variables: {} }, { scope })) return;
  endCase(x, { type: 'CaseFailed', data: { code, element } });
}
