import type { RuleFindings } from '../rules.ts';
import type { FlowNode, ProcessModel } from '../model.ts';
import { around, definitionsOf, nodesOf } from './parts.ts';

/** Links find each other; errors, escalations and cancellations are caught where they can be. Source: BPMN 2.0.2 §10.5 */
export function checkEvents(model: ProcessModel, findings: RuleFindings): void {
  for (const scope of model.scopes.values()) {
    checkLinks(nodesOf(model, scope), findings);
    const starts = scope.eventSubProcesses.flatMap((id) => model.scopes.get(id)?.starts ?? []);
    checkCaught(model, starts, findings);
  }
  for (const node of model.nodes.values()) {
    checkCaught(model, node.boundary, findings);
    checkCancel(node, model, findings);
    const isError = definitionsOf(node.event).some(({ kind }) => kind === 'error');
    if (node.type === 'bpmn:BoundaryEvent' && isError && !node.interrupting) {
      findings.error(node.id, 'error-not-interrupting', 'An error always interrupts.');
    }
  }
}

function checkLinks(nodes: readonly FlowNode[], findings: RuleFindings): void {
  const links = nodes.flatMap((node) =>
    node.event.kind === 'link' ? [{ node, name: node.event.name }] : [],
  );
  const catches = links.filter(({ node }) => node.type === 'bpmn:IntermediateCatchEvent');
  const throws = links.filter(({ node }) => node.type === 'bpmn:IntermediateThrowEvent');
  const names = catches.map(({ name }) => name);
  for (const [i, { node, name }] of catches.entries()) {
    if (node.incoming.length > 0) findings.error(node.id, 'link-flow', 'No flow leads into a catching link.');
    if (names.indexOf(name) < i) findings.error(node.id, 'link-pair', `Two links catch "${name}".`);
    if (!throws.some((it) => it.name === name)) {
      findings.error(node.id, 'link-pair', `No link of the same scope throws "${name}".`);
    }
  }
  for (const { node, name } of throws) {
    if (node.outgoing.length > 0)
      findings.error(node.id, 'link-flow', 'No flow leads out of a throwing link.');
    if (!names.includes(name))
      findings.error(node.id, 'link-pair', `No link of the same scope catches "${name}".`);
  }
}

/** What is thrown once is caught once: of two that catch the same, one would never happen. */
function checkCaught(model: ProcessModel, ids: readonly string[], findings: RuleFindings): void {
  const seen = new Set<string>();
  for (const id of ids) {
    for (const definition of definitionsOf(model.nodes.get(id)?.event ?? { kind: 'none' })) {
      const { kind } = definition;
      if (kind !== 'error' && kind !== 'escalation' && kind !== 'cancel' && kind !== 'compensation') continue;
      const code = 'code' in definition ? (definition.code?.text ?? '') : '';
      if (seen.has(`${kind} ${code}`)) {
        findings.error(
          id,
          kind === 'error' ? 'error-duplicate' : 'catch-duplicate',
          `Two events here catch ${caught(kind, code)}.`,
        );
      }
      seen.add(`${kind} ${code}`);
    }
  }
}

function caught(kind: string, code: string): string {
  if (kind === 'cancel' || kind === 'compensation') return `the same ${kind}`;
  return code === '' ? `every ${kind}` : `the ${kind} "${code}"`;
}

/** Only a transaction is cancelled: from inside it, and at its boundary. Source: BPMN 2.0.2 §§10.3.5, 10.5.3, 10.5.4 */
function checkCancel(node: FlowNode, model: ProcessModel, findings: RuleFindings): void {
  if (!definitionsOf(node.event).some(({ kind }) => kind === 'cancel')) return;
  if (node.type === 'bpmn:BoundaryEvent') {
    if (model.nodes.get(node.attachedTo ?? '')?.type !== 'bpmn:Transaction') {
      findings.error(node.id, 'cancel-outside-transaction', 'A cancel event sits on transactions only.');
    }
    if (!node.interrupting) findings.error(node.id, 'event-kind', 'A cancellation always interrupts.');
  } else if (![...around(model, node)].some(({ type }) => type === 'bpmn:Transaction')) {
    findings.error(
      node.id,
      'cancel-outside-transaction',
      'There is no transaction to cancel: a cancel end event lies inside one.',
    );
  }
}
