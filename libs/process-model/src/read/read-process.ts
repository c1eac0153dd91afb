import type { Findings } from '../findings.ts';
import type {
  DeadlineDecl,
  FlowNode,
  FlowNodeType,
  Lane,
  Place,
  ProcessModel,
  SequenceFlow,
} from '../model.ts';
import { child, children, extensionsOf, idOf, text } from './element.ts';
import type { Element } from './element.ts';
import { constant, Expressions } from './expressions.ts';
import { readBody, readEvent, readMessage } from './read-event.ts';
import { readJob, readMappings, readScript, readUserTask } from './read-extensions.ts';
import { labelOf } from './read-graph.ts';
import type { Graph, GraphFlow, GraphNode } from './read-graph.ts';
import { LawReader } from './read-law.ts';
import { checkExtensions, checkUnderstood } from './understood.ts';
import { scopesOf } from '../scopes-of.ts';
import { flowNodeTypes } from './vocabulary.ts';

/** Turns the graph of an executable process into the model that the engine runs. */
export function readProcess(
  graph: Graph,
  hash: string,
  placeOf: (id: string) => Place,
  findings: Findings,
): ProcessModel {
  const { process } = graph;
  checkUnderstood(process, findings);
  const lanes = readLanes(graph, findings);
  const nodes = new Map<string, FlowNode>();
  for (const node of graph.nodes.values()) {
    if (!flowNodeTypes.has(node.element.$type)) continue;
    checkUnderstood(node.element, findings);
    nodes.set(node.id, readNode(node, graph, lanes.roleOf, placeOf, findings));
  }
  const flows = new Map<string, SequenceFlow>();
  for (const flow of graph.flows.values()) flows.set(flow.id, readFlow(flow, findings));
  const deadlines = [...nodes.values()].flatMap((node) => node.deadlines);
  return Object.freeze({
    key: idOf(process),
    name: labelOf(process),
    kind: 'process' as const,
    versionTag: null,
    hash,
    nodes,
    flows,
    scopes: scopesOf(nodes),
    lanes: Object.freeze(lanes.all),
    deadlines: firstById(deadlines),
    metBy: metBy(deadlines),
    personal: new LawReader(process, findings).personal(),
    embeddedForms: new Map<string, string>(),
  });
}

function readNode(
  { id, element, scope, incoming, outgoing }: GraphNode,
  graph: Graph,
  roleOf: (id: string) => string | null,
  placeOf: (id: string) => Place,
  findings: Findings,
): FlowNode {
  const { $type } = element;
  const law = new LawReader(element, findings);
  const event = readEvent(element, findings);
  const isTask = $type === 'bpmn:SendTask' || $type === 'bpmn:ReceiveTask';
  const hasJob = extensionsOf(element, 'zeebe:TaskDefinition').length > 0;
  // A send task with a definition is a job; a drawn message is then its name only.
  const speaks = $type === 'bpmn:ReceiveTask' || (isTask && !hasJob && child(element, 'messageRef') !== null);
  const message = speaks ? readMessage(element, element, findings) : null;
  const attached = $type === 'bpmn:BoundaryEvent' ? child(element, 'attachedToRef') : null;
  return Object.freeze({
    id,
    type: $type as FlowNodeType,
    name: labelOf(element),
    scope,
    incoming: Object.freeze([...incoming]),
    outgoing: Object.freeze([...outgoing]),
    defaultFlow: idOf(child(element, 'default') ?? { $type: '' }) || null,
    role: roleOf(id),
    event,
    boundary: Object.freeze(boundaryOf(id, graph)),
    attachedTo: attached ? idOf(attached) : null,
    interrupting: element['cancelActivity'] !== false && element['isInterrupting'] !== false,
    loop: null,
    startQuantity: 1,
    completionQuantity: 1,
    isForCompensation: false,
    compensatedBy: null,
    instantiate: false,
    parallelEvents: false,
    activationCondition: null,
    call: null,
    decision: null,
    adHoc: null,
    locals: Object.freeze([]),
    required: Object.freeze([]),
    userTask: readUserTask(element, findings),
    job: readJob(element, message !== null, findings),
    script: $type === 'bpmn:ScriptTask' && !hasJob ? readScript(element, findings) : null,
    message,
    inputs: readMappings(element, 'input', findings),
    outputs: readMappings(element, 'output', findings),
    triggeredByEvent: element['triggeredByEvent'] === true,
    deadlines: law.deadlines(),
    deadlineChanges: law.changes(),
    acts: law.acts(),
    incomingMessages: law.incoming(),
    place: Object.freeze(placeOf(id)),
  });
}

function boundaryOf(id: string, graph: Graph): string[] {
  return [...graph.nodes.values()]
    .filter(({ element }) => element.$type === 'bpmn:BoundaryEvent')
    .filter(({ element }) => idOf(child(element, 'attachedToRef') ?? { $type: '' }) === id)
    .map((node) => node.id);
}

function readFlow({ id, element, source, target }: GraphFlow, findings: Findings): SequenceFlow {
  checkUnderstood(element, findings);
  const condition = child(element, 'conditionExpression');
  const body = condition && (readBody(id, condition, findings) ?? '');
  return Object.freeze({
    id,
    name: text(element, 'name')?.trim() ?? '',
    source,
    target,
    // A condition that cannot be read is there all the same: its error is enough.
    condition:
      new Expressions(findings, id).feel(body, 'Condition') ?? (body === null ? null : constant(body)),
  });
}

/** The innermost lane with a role decides; elements of a sub-process are of the sub-process's lane. */
function readLanes(graph: Graph, findings: Findings): { all: Lane[]; roleOf: (id: string) => string | null } {
  const all: Lane[] = [];
  const roles = new Map<string, string | null>();
  const walk = (lane: Element, outer: string | null): void => {
    checkExtensions(lane, findings);
    const role = new LawReader(lane, findings).role();
    all.push(Object.freeze({ id: idOf(lane), name: labelOf(lane), role }));
    for (const node of children(lane, 'flowNodeRef')) roles.set(idOf(node), role ?? outer);
    const inner = child(lane, 'childLaneSet');
    for (const it of inner ? children(inner, 'lanes') : []) walk(it, role ?? outer);
  };
  for (const laneSet of graph.laneSets) for (const lane of children(laneSet, 'lanes')) walk(lane, null);
  const roleOf = (id: string): string | null => {
    for (let it: string | null | undefined = id; it; it = graph.nodes.get(it)?.scope) {
      const role = roles.get(it);
      if (role) return role;
    }
    return null;
  };
  return { all, roleOf };
}

function firstById(deadlines: readonly DeadlineDecl[]): ReadonlyMap<string, DeadlineDecl> {
  const byId = new Map<string, DeadlineDecl>();
  for (const deadline of deadlines) if (!byId.has(deadline.id)) byId.set(deadline.id, deadline);
  return byId;
}

function metBy(deadlines: readonly DeadlineDecl[]): ProcessModel['metBy'] {
  const byElement = new Map<string, { deadline: DeadlineDecl; index: number }[]>();
  for (const deadline of deadlines) {
    for (const [index, { by }] of deadline.met.entries()) {
      const entries = byElement.get(by) ?? [];
      entries.push(Object.freeze({ deadline, index }));
      byElement.set(by, entries);
    }
  }
  for (const entries of byElement.values()) Object.freeze(entries);
  return byElement;
}
