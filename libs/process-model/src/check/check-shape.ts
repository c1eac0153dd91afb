import type { RuleFindings } from '../rules.ts';
import { child, idOf } from '../read/element.ts';
import type { Graph, GraphNode } from '../read/read-graph.ts';
import { checkLanes } from './check-lanes.ts';

/**
 * What holds of every process, also of one that only explains: where flows may begin and end, and what events
 * hang on. Source: BPMN 2.0.2 §7.6.1 and table 7.3, §§10.5, 10.6
 */
export function checkShape(graph: Graph, findings: RuleFindings): void {
  for (const node of graph.nodes.values()) {
    const { id, element, incoming, outgoing } = node;
    const { $type } = element;
    if ($type === 'bpmn:StartEvent' && incoming.length > 0) {
      findings.error(id, 'start-with-incoming', 'No flow leads into a start event.');
    }
    if ($type === 'bpmn:EndEvent' && outgoing.length > 0) {
      findings.error(id, 'end-with-outgoing', 'No flow leads out of an end event.');
    }
    if ($type === 'bpmn:BoundaryEvent') checkBoundary(node, graph, findings);
    if (element['triggeredByEvent'] === true && incoming.length + outgoing.length > 0) {
      findings.error(
        id,
        'event-sub-process-flow',
        'An event sub-process is started by its event: no flow leads to or from it.',
      );
    }
    checkDirection(node, findings);
    checkDefault(node, findings);
  }
  checkLanes(graph, findings);
}

function checkBoundary(
  { id, element, scope, incoming }: GraphNode,
  graph: Graph,
  findings: RuleFindings,
): void {
  if (incoming.length > 0)
    findings.error(id, 'boundary-with-incoming', 'No flow leads into a boundary event.');
  const attached = child(element, 'attachedToRef');
  const host = attached && graph.nodes.get(idOf(attached));
  const isActivity = host?.element.$instanceOf?.('bpmn:Activity') === true;
  if (!host || !isActivity || host.scope !== scope) {
    findings.error(id, 'boundary-not-attached', 'A boundary event sits on a task or sub-process beside it.');
  } else if (host.element['triggeredByEvent'] === true) {
    findings.error(id, 'boundary-not-attached', 'No boundary event sits on an event sub-process.');
  }
}

/** Source: BPMN 2.0.2 §8.4.9 */
function checkDirection({ id, element, incoming, outgoing }: GraphNode, findings: RuleFindings): void {
  const direction = element['gatewayDirection'];
  const [joins, splits] = [incoming.length > 1, outgoing.length > 1];
  const fits =
    direction === 'Converging'
      ? !splits
      : direction === 'Diverging'
        ? !joins
        : direction !== 'Mixed' || joins || splits;
  if (!fits) {
    findings.error(
      id,
      'gateway-direction',
      `The gateway says ${String(direction)}, but its flows say otherwise.`,
    );
  }
}

function checkDefault({ id, element, outgoing }: GraphNode, findings: RuleFindings): void {
  const flow = child(element, 'default');
  if (!flow) return;
  const flowId = idOf(flow);
  if (!outgoing.includes(flowId)) {
    findings.error(id, 'default-not-outgoing', `The default flow ${flowId} does not leave this element.`);
  }
}
