import type { FlowNode, FlowNodeType, ProcessModel, ScopeModel, SingleEventDefinition } from './model.ts';

const containers: ReadonlySet<FlowNodeType> = new Set([
  'bpmn:SubProcess',
  'bpmn:Transaction',
  'bpmn:AdHocSubProcess',
]);

/** Whether an element has flow nodes of its own inside it. */
export function isContainer({ type }: Pick<FlowNode, 'type'>): boolean {
  return containers.has(type);
}

/** The scopes of a process: by sub-process id; the process itself under `''`. */
export function scopesOf(nodes: ReadonlyMap<string, FlowNode>): ReadonlyMap<string, ScopeModel> {
  const within = new Map<string, FlowNode[]>([['', []]]);
  for (const node of nodes.values()) {
    const lying = within.get(node.scope ?? '');
    if (lying) lying.push(node);
    else within.set(node.scope ?? '', [node]);
    if (isContainer(node) && !within.has(node.id)) within.set(node.id, []);
  }
  return new Map([...within].map(([id, lying]) => [id, scopeOf(id === '' ? null : id, lying)]));
}

function scopeOf(id: string | null, lying: readonly FlowNode[]): ScopeModel {
  const idsOf = (matches: (node: FlowNode) => boolean): readonly string[] =>
    Object.freeze(lying.filter(matches).map((node) => node.id));
  const noneStarts = idsOf(({ type, event }) => type === 'bpmn:StartEvent' && event.kind === 'none');
  return Object.freeze({
    id,
    nodes: idsOf(() => true),
    starts: idsOf(({ type }) => type === 'bpmn:StartEvent'),
    begins: noneStarts.length > 0 ? noneStarts : idsOf(isUnled),
    eventSubProcesses: idsOf(({ triggeredByEvent }) => triggeredByEvent),
  });
}

/**
 * Nothing leads to it, so it begins with its scope.
 * Source: BPMN 2.0.2 §10.3.5 (sub-processes without a start event), §13.3.4
 */
function isUnled(node: FlowNode): boolean {
  return (
    node.incoming.length === 0 &&
    node.type !== 'bpmn:StartEvent' &&
    node.type !== 'bpmn:BoundaryEvent' &&
    !node.triggeredByEvent &&
    !node.isForCompensation &&
    !node.instantiate &&
    !(node.type === 'bpmn:IntermediateCatchEvent' && node.event.kind === 'link')
  );
}

/** An element at which a case may begin, and the node whose event (or message) begins it. */
export interface CaseStart {
  readonly node: FlowNode;
  /** The event-based gateway that leads to it; null: it stands by itself. */
  readonly gateway: FlowNode | null;
}

/**
 * Every way in which a case of the process may begin: its start events, its instantiating receive tasks, and what
 * its instantiating event-based gateways lead to.
 * Source: BPMN 2.0.2 §13.2
 */
export function caseStarts({ nodes, flows, scopes }: ProcessModel): readonly CaseStart[] {
  const top = (scopes.get('')?.nodes ?? []).flatMap((id) => nodes.get(id) ?? []);
  return top.flatMap((node): readonly CaseStart[] => {
    if (node.type === 'bpmn:StartEvent') return [{ node, gateway: null }];
    if (!node.instantiate) return [];
    if (node.type === 'bpmn:ReceiveTask') return [{ node, gateway: null }];
    return node.outgoing
      .flatMap((id) => nodes.get(flows.get(id)?.target ?? '') ?? [])
      .map((target) => ({ node: target, gateway: node }));
  });
}

/** What a catching element waits for: the definitions of its event, or a receive task's message. */
export function awaitedDefinitions({ event, message }: FlowNode): readonly SingleEventDefinition[] {
  if (event.kind === 'multiple') return event.of;
  if (event.kind !== 'none') return [event];
  return message ? [{ kind: 'message', ...message }] : [];
}

/** Whether a case begins only when every one of its events has happened. Source: BPMN 2.0.2 §10.5.2 */
export const awaitsAll = ({ event }: FlowNode): boolean => event.kind === 'multiple' && event.parallel;
