import type { Findings } from '../findings.ts';
import type { FlowNode, ProcessModel, SequenceFlow } from '../model.ts';
import { activityTypes } from '../read/vocabulary.ts';

const choosing = new Set<FlowNode['type']>([
  'bpmn:ExclusiveGateway',
  'bpmn:InclusiveGateway',
  'bpmn:ComplexGateway',
]);

/** Conditions, default flows and gateways. Source: BPMN 2.0.2, §§8.3.13 and 10.5 */
export function checkFlows(model: ProcessModel, findings: Findings): void {
  for (const node of model.nodes.values()) {
    const flows = node.outgoing.flatMap((id) => model.flows.get(id) ?? []);
    checkConditions(node, flows, findings);
    switch (node.type) {
      case 'bpmn:ExclusiveGateway':
        checkExclusive(node, flows, findings);
        break;
      case 'bpmn:EventBasedGateway':
        checkEventBased(node, flows, model, findings);
        break;
      default:
    }
    if (node.type.endsWith('Gateway') && flows.length === 0) {
      findings.error(node.id, 'gateway-without-flow', 'No flow leaves the gateway.');
    }
    if (node.type === 'bpmn:BoundaryEvent' && flows.length === 0) {
      findings.error(
        node.id,
        'boundary-without-flow',
        'No flow leaves the boundary event: what happens then?',
      );
    }
  }
}

function checkConditions(node: FlowNode, flows: readonly SequenceFlow[], findings: Findings): void {
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
  if (node.defaultFlow !== null && conditional.length === 0 && activityTypes.has(node.type)) {
    findings.warning(
      node.id,
      'default-never-taken',
      'The default flow counts only beside flows with conditions.',
    );
  }
}

function checkExclusive(node: FlowNode, flows: readonly SequenceFlow[], findings: Findings): void {
  if (flows.length < 2) return;
  for (const { id, condition } of flows) {
    if (condition === null && id !== node.defaultFlow) {
      findings.error(
        id,
        'condition-missing',
        'Each flow leaving an exclusive gateway has a condition or is the default.',
      );
    }
  }
}

function checkEventBased(
  node: FlowNode,
  flows: readonly SequenceFlow[],
  model: ProcessModel,
  findings: Findings,
): void {
  const targets = flows.flatMap(({ target }) => model.nodes.get(target) ?? []);
  if (targets.length < 2) {
    findings.error(
      node.id,
      'event-gateway-targets',
      'An event-based gateway waits for the first of several events.',
    );
  }
  for (const target of targets) {
    const catches =
      (target.type === 'bpmn:IntermediateCatchEvent' && target.event.kind !== 'link') ||
      target.type === 'bpmn:ReceiveTask';
    if (!catches) {
      findings.error(
        target.id,
        'event-gateway-targets',
        'An event-based gateway leads to message and timer events or receive tasks.',
      );
    } else if (target.incoming.length > 1) {
      findings.error(
        target.id,
        'event-gateway-targets',
        'An event after an event-based gateway has no other incoming flow.',
      );
    } else if (target.boundary.length > 0) {
      findings.error(
        target.id,
        'event-gateway-targets',
        'A receive task after an event-based gateway has no boundary events.',
      );
    }
  }
  const types = new Set(targets.filter(({ event }) => event.kind !== 'timer').map(({ type }) => type));
  if (types.has('bpmn:ReceiveTask') && types.has('bpmn:IntermediateCatchEvent')) {
    findings.error(
      node.id,
      'event-gateway-targets',
      'Message events and receive tasks are not mixed after one gateway.',
    );
  }
}
