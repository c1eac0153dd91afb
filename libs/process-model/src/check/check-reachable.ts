import type { RuleFindings } from '../rules.ts';
import type { ProcessModel } from '../model.ts';

/** Every element can be reached: what cannot was drawn for a reason that the process would not fulfil. */
export function checkReachable(model: ProcessModel, findings: RuleFindings): void {
  const reached = new Set<string>();
  const next = new Map<string, string[]>();
  // Not by the nodes' own lists: a refused element is no node, and what follows it is reached all the same.
  for (const { source, target } of model.flows.values())
    next.set(source, [...(next.get(source) ?? []), target]);
  for (const { id, attachedTo } of model.nodes.values()) {
    if (attachedTo !== null) next.set(attachedTo, [...(next.get(attachedTo) ?? []), id]);
  }
  const open: string[] = [
    ...enteredOf(model, ''),
    // What starts cases, and what compensates, has rules of its own.
    ...[...model.nodes.values()].filter((it) => it.instantiate || it.isForCompensation).map(({ id }) => id),
  ];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    open.push(...(next.get(id) ?? []));
    if (model.scopes.has(id)) open.push(...enteredOf(model, id));
    open.push(...linkTargets(model, id));
  }
  for (const { id, type, scope } of model.nodes.values()) {
    if (!reached.has(id) && model.scopes.has(scope ?? ''))
      findings.error(id, 'unreachable', `No way leads to this ${type}.`);
  }
}

/** What begins with a scope, or may begin in it by its own event. */
function enteredOf(model: ProcessModel, scope: string): readonly string[] {
  const { starts = [], begins = [], eventSubProcesses = [] } = model.scopes.get(scope) ?? {};
  return [...starts, ...begins, ...eventSubProcesses];
}

/** Where a throwing link goes on. */
export function linkTargets(model: ProcessModel, id: string): readonly string[] {
  const node = model.nodes.get(id);
  if (node?.type !== 'bpmn:IntermediateThrowEvent' || node.event.kind !== 'link') return [];
  const { name } = node.event;
  return (model.scopes.get(node.scope ?? '')?.nodes ?? []).filter((other) => {
    const it = model.nodes.get(other);
    return it?.type === 'bpmn:IntermediateCatchEvent' && it.event.kind === 'link' && it.event.name === name;
  });
}
