import type { Findings } from '../findings.ts';
import type { FlowNode, ProcessModel } from '../model.ts';

/** Links find each other, errors are caught once and always interrupt. Source: BPMN 2.0.2, §10.5 */
export function checkEvents(model: ProcessModel, findings: Findings): void {
  for (const scope of model.scopes.values()) {
    const nodes = scope.nodes.flatMap((id) => model.nodes.get(id) ?? []);
    checkLinks(nodes, findings);
    const starts = scope.eventSubProcesses.flatMap((id) => model.scopes.get(id)?.starts ?? []);
    checkErrors(model, starts, findings);
  }
  for (const node of model.nodes.values()) {
    checkErrors(model, node.boundary, findings);
    if (node.type === 'bpmn:BoundaryEvent' && node.event.kind === 'error' && !node.interrupting) {
      findings.error(node.id, 'error-not-interrupting', 'An error always interrupts.');
    }
  }
}

function checkLinks(nodes: readonly FlowNode[], findings: Findings): void {
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

function checkErrors(model: ProcessModel, ids: readonly string[], findings: Findings): void {
  const seen = new Set<string>();
  for (const id of ids) {
    const event = model.nodes.get(id)?.event;
    if (event?.kind !== 'error') continue;
    const code = event.code?.text ?? '';
    if (seen.has(code))
      findings.error(
        id,
        'error-duplicate',
        `Two events here catch ${code === '' ? 'every error' : `"${code}"`}.`,
      );
    seen.add(code);
  }
}
