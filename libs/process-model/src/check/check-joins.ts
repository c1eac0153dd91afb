import type { RuleFindings } from '../rules.ts';
import type { FlowNode, ProcessModel } from '../model.ts';

/**
 * A parallel gateway waits for a token on each of its flows: when two of them come from one exclusive choice, one
 * token goes one way only, and the other is missing. A warning, since a loop may bring a second token.
 */
export function checkJoins(model: ProcessModel, findings: RuleFindings): void {
  for (const join of model.nodes.values()) {
    if (join.type !== 'bpmn:ParallelGateway' || join.incoming.length < 2) continue;
    const choices = join.incoming.flatMap((flow) => choiceBefore(model, flow) ?? []);
    const twice = choices.find((id, i) => choices.indexOf(id) !== i);
    if (twice !== undefined) {
      findings.warning(
        join.id,
        'join-deadlock',
        `The join waits for tokens that ${twice} sends one way or the other: join them with an exclusive gateway.`,
      );
    }
  }
}

/** The choice that a flow comes from, when nothing on the way splits or joins. */
function choiceBefore(model: ProcessModel, flow: string): string | null {
  const seen = new Set<string>();
  for (let node = sourceOf(model, flow); node && !seen.has(node.id);) {
    seen.add(node.id);
    if (node.type === 'bpmn:ExclusiveGateway' || node.type === 'bpmn:EventBasedGateway') {
      return node.outgoing.length > 1 ? node.id : null;
    }
    const [before, ...more] = node.incoming;
    if (before === undefined || more.length > 0 || node.outgoing.length > 1 || node.boundary.length > 0)
      return null;
    node = sourceOf(model, before);
  }
  return null;
}

function sourceOf(model: ProcessModel, flow: string): FlowNode | undefined {
  return model.nodes.get(model.flows.get(flow)?.source ?? '');
}
