import type { RuleFindings } from '../rules.ts';
import { child, children, idOf } from '../read/element.ts';
import type { Element } from '../read/element.ts';
import type { Graph } from '../read/read-graph.ts';

/** Lanes divide a process: each holds elements of it, and no element lies in two lanes side by side. Source: BPMN 2.0.2 §10.8 */
export function checkLanes(graph: Graph, findings: RuleFindings): void {
  for (const set of graph.laneSets) checkSet(set, graph, findings);
}

/** @returns the elements of all lanes of the set */
function checkSet(set: Element, graph: Graph, findings: RuleFindings): ReadonlySet<Element> {
  const all = new Set<Element>();
  for (const lane of children(set, 'lanes')) {
    const inner = child(lane, 'childLaneSet');
    const held = new Set(children(lane, 'flowNodeRef'));
    for (const node of inner ? checkSet(inner, graph, findings) : []) held.add(node);
    for (const node of held) {
      const id = idOf(node);
      if (node.$instanceOf?.('bpmn:FlowNode') && graph.nodes.get(id)?.element !== node) {
        findings.error(idOf(lane), 'lane-node', `The lane holds ${id}, which is not of this process.`);
      }
      if (all.has(node)) findings.error(id, 'lane-node', 'An element lies in one lane, not in two.');
      all.add(node);
    }
  }
  return all;
}
