import type { RuleFindings } from '../rules.ts';
import type { FlowNode, ProcessModel, SequenceFlow } from '../model.ts';
import { activityTypes } from '../read/vocabulary.ts';

const choosing: ReadonlySet<string> = new Set([
  'bpmn:ExclusiveGateway',
  'bpmn:InclusiveGateway',
  'bpmn:ComplexGateway',
]);

/** Conditions and default flows. Source: BPMN 2.0.2 §8.4.13 (SequenceFlow), §§10.6.2, 10.6.3, 13.3.1 */
export function checkFlows(model: ProcessModel, findings: RuleFindings): void {
  for (const node of model.nodes.values()) {
    const flows = node.outgoing.flatMap((id) => model.flows.get(id) ?? []);
    checkConditions(node, flows, findings);
    if (node.type === 'bpmn:ExclusiveGateway' || node.type === 'bpmn:InclusiveGateway') {
      checkChoice(node, flows, findings);
    }
    if (flows.length > 0) continue;
    if (node.type === 'bpmn:BoundaryEvent' && node.event.kind !== 'compensation') {
      findings.error(
        node.id,
        'boundary-without-flow',
        'No flow leaves the boundary event: what happens then?',
      );
    } else if (node.type.startsWith('bpmn:Intermediate') && !isThrowingLink(node)) {
      findings.warning(node.id, 'event-without-flow', 'No flow leaves the intermediate event: draw the end.');
    } else if (node.type === 'bpmn:StartEvent') {
      findings.error(node.id, 'start-without-flow', 'No flow leaves the start event: nothing would happen.');
    }
  }
}

function isThrowingLink({ type, event }: FlowNode): boolean {
  return type === 'bpmn:IntermediateThrowEvent' && event.kind === 'link';
}

function checkConditions(node: FlowNode, flows: readonly SequenceFlow[], findings: RuleFindings): void {
  const mayHave = choosing.has(node.type) || activityTypes.has(node.type);
  for (const { id, condition } of flows) {
    if (condition === null) continue;
    if (!mayHave) {
      findings.error(id, 'condition-not-allowed', `Flows leaving ${node.type} have no condition.`);
    } else if (id === node.defaultFlow) {
      findings.error(
        id,
        'default-with-condition',
        'The default flow is taken when no other is: it has no condition.',
      );
    }
  }
  const conditional = flows.filter(({ condition }) => condition !== null);
  if (!activityTypes.has(node.type)) return;
  if (node.defaultFlow !== null && conditional.length === 0) {
    findings.warning(
      node.id,
      'default-never-taken',
      'The default flow counts only beside flows with conditions.',
    );
  }
  if (conditional.length > 0 && conditional.length === flows.length) {
    findings.warning(
      node.id,
      'default-missing',
      'When no condition holds, nothing leads on: add a flow without a condition, or a default.',
    );
  }
}

function checkChoice(node: FlowNode, flows: readonly SequenceFlow[], findings: RuleFindings): void {
  if (flows.length < 2) return;
  for (const { id, condition } of flows) {
    if (condition === null && id !== node.defaultFlow) {
      findings.error(
        id,
        'condition-missing',
        'Each flow leaving an exclusive or inclusive gateway has a condition or is the default.',
      );
    }
  }
}
