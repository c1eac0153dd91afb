import type { RuleFindings } from '../rules.ts';
import type { FlowNode, ProcessModel } from '../model.ts';
import { linkTargets } from './check-reachable.ts';
import { nodesOf } from './parts.ts';

/**
 * Circles in which nothing waits. One without a way out never ends: an error. One with a condition may end by
 * itself, or run until the engine's limit stops it with an incident: a warning.
 */
export function checkLoops(model: ProcessModel, findings: RuleFindings): void {
  const passing = [...model.nodes.values()].filter((node) => !waits(model, node));
  const ids = new Set(passing.map(({ id }) => id));
  const next = (id: string): readonly string[] =>
    [
      ...(model.nodes.get(id)?.outgoing ?? []).map((flow) => model.flows.get(flow)?.target ?? ''),
      ...linkTargets(model, id),
    ].filter((target) => ids.has(target));
  for (const circle of circles([...ids], next)) {
    const [first] = passing.filter(({ id }) => circle.has(id));
    if (!first) continue;
    if ([...circle].some((id) => mayLeave(model, id, circle))) {
      findings.warning(
        first.id,
        'loop-without-wait',
        'Nothing waits in this loop: it must end by its own conditions.',
      );
    } else {
      findings.error(
        first.id,
        'infinite-loop',
        'Nothing waits in this loop and nothing leads out of it: it would never end.',
      );
    }
  }
}

/** Whether a token may stay in an element; a sub-process waits when anything in it does. */
function waits(model: ProcessModel, node: FlowNode): boolean {
  switch (node.type) {
    case 'bpmn:UserTask':
    case 'bpmn:ManualTask':
    case 'bpmn:ServiceTask':
    case 'bpmn:ReceiveTask':
    case 'bpmn:EventBasedGateway':
    case 'bpmn:AdHocSubProcess':
      return true;
    case 'bpmn:CallActivity':
      // What is called is not known here; the engine bounds what calls itself.
      return true;
    case 'bpmn:IntermediateCatchEvent':
      return node.event.kind !== 'link';
    case 'bpmn:SubProcess':
    case 'bpmn:Transaction':
      return nodesOf(model, model.scopes.get(node.id)).some((inner) => waits(model, inner));
    default:
      return node.job !== null;
  }
}

function mayLeave(model: ProcessModel, id: string, circle: ReadonlySet<string>): boolean {
  const node = model.nodes.get(id);
  const flows = (node?.outgoing ?? []).flatMap((flow) => model.flows.get(flow) ?? []);
  const leaves = flows.some(({ target }) => !circle.has(target));
  const stays = flows.filter(({ target }) => circle.has(target));
  if (node?.type === 'bpmn:ExclusiveGateway') return leaves;
  return (
    stays.length > 0 &&
    stays.every(({ id: flow, condition }) => condition !== null || flow === node?.defaultFlow)
  );
}

/** Strongly connected parts with more than one element or a flow to itself (Tarjan, without recursion). */
function circles(ids: readonly string[], next: (id: string) => readonly string[]): ReadonlySet<string>[] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  const found: ReadonlySet<string>[] = [];
  const lower = (id: string, to: number): void => void low.set(id, Math.min(low.get(id) ?? to, to));
  for (const root of ids) {
    if (index.has(root)) continue;
    const work: { id: string; rest: string[] }[] = [];
    const visit = (id: string): void => {
      index.set(id, index.size);
      lower(id, index.get(id) ?? 0);
      stack.push(id);
      onStack.add(id);
      work.push({ id, rest: [...next(id)] });
    };
    visit(root);
    for (let top = work.at(-1); top; top = work.at(-1)) {
      const target = top.rest.pop();
      if (target !== undefined) {
        if (!index.has(target)) visit(target);
        else if (onStack.has(target)) lower(top.id, index.get(target) ?? 0);
        continue;
      }
      work.pop();
      const parent = work.at(-1);
      if (parent) lower(parent.id, low.get(top.id) ?? 0);
      if (low.get(top.id) !== index.get(top.id)) continue;
      const part = new Set<string>();
      for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
        onStack.delete(id);
        part.add(id);
        if (id === top.id) break;
      }
      if (part.size > 1 || next(top.id).includes(top.id)) found.push(part);
    }
  }
  return found;
}
