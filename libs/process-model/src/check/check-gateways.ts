import type { RuleFindings } from '../rules.ts';
import type { FlowNode, FlowNodeType, ProcessModel } from '../model.ts';
import { definitionsOf } from './parts.ts';

/** How gateways join and split. Source: BPMN 2.0.2 §10.6 */
export function checkGateways(model: ProcessModel, findings: RuleFindings): void {
  for (const node of model.nodes.values()) {
    if (!node.type.endsWith('Gateway')) continue;
    if (node.outgoing.length === 0) {
      findings.error(node.id, 'gateway-without-flow', 'No flow leaves the gateway.');
    } else if (node.outgoing.length === 1 && node.incoming.length < 2) {
      if (node.type !== 'bpmn:EventBasedGateway')
        findings.warning(node.id, 'gateway-useless', 'A gateway joins or splits: this one does neither.');
    }
    if (node.type === 'bpmn:EventBasedGateway') checkEventBased(node, model, findings);
    if (node.type === 'bpmn:ComplexGateway' && node.incoming.length > 1 && !node.activationCondition) {
      findings.error(
        node.id,
        'activation-condition',
        'When does it join? A complex gateway with several incoming flows needs an activationCondition.',
      );
    }
  }
}

const awaited: ReadonlySet<string> = new Set(['message', 'timer', 'signal', 'conditional']);

function checkEventBased(node: FlowNode, model: ProcessModel, findings: RuleFindings): void {
  const targets = node.outgoing.flatMap((id) => model.nodes.get(model.flows.get(id)?.target ?? '') ?? []);
  const refuse = (id: string, message: string): void => findings.error(id, 'event-gateway-targets', message);
  if (targets.length < 2) refuse(node.id, 'An event-based gateway waits for the first of several events.');
  for (const target of targets) {
    if (!mayFollow(target)) {
      refuse(
        target.id,
        'An event-based gateway leads to message, timer, signal and conditional events or receive tasks.',
      );
    } else if (target.incoming.length > 1) {
      refuse(target.id, 'An event after an event-based gateway has no other incoming flow.');
    } else if (target.boundary.length > 0) {
      refuse(target.id, 'A receive task after an event-based gateway has no boundary events.');
    }
  }
  const awaitsMessage = ({ type, event }: FlowNode): boolean =>
    type === 'bpmn:IntermediateCatchEvent' && definitionsOf(event).some(({ kind }) => kind === 'message');
  const receives = ({ type }: { readonly type: FlowNodeType }): boolean => type === 'bpmn:ReceiveTask';
  if (targets.some(receives) && targets.some(awaitsMessage)) {
    refuse(node.id, 'Message events and receive tasks are not mixed after one gateway.');
  }
  if (node.parallelEvents && !node.instantiate) {
    findings.error(
      node.id,
      'event-gateway-parallel',
      'Only a gateway that starts the process waits for all its events: instantiate="true" is missing.',
    );
  }
}

function mayFollow({ type, event, isForCompensation }: FlowNode): boolean {
  if (type === 'bpmn:ReceiveTask') return !isForCompensation;
  const definitions = definitionsOf(event);
  return (
    type === 'bpmn:IntermediateCatchEvent' &&
    definitions.length > 0 &&
    definitions.every(({ kind }) => awaited.has(kind))
  );
}
