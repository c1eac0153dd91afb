import { isContainer, scopesOf } from '@iter/process-model';
import type {
  DeadlineDecl,
  EventDefinition,
  FlowNode,
  ProcessModel,
  SequenceFlow,
} from '@iter/process-model';
import type { Mapping } from '../../migration.ts';
import { deadlinesOf, feel, message, processModel, user } from '../model.ts';
import type { Tape } from './tape.ts';

/** Another version of a process, and how a case comes to follow it. */
export interface Version {
  readonly model: ProcessModel;
  readonly mapping: Mapping;
}

/**
 * The same process, drawn again: some or all of its elements and flows have other names, a task has come between two
 * elements, a boundary event has come or gone, tasks are other people's. Mostly the mapping names all that it must.
 */
export function nextVersion(from: ProcessModel, tape: Tape): Version {
  const every = tape.pick(1, 3, Infinity);
  const elements = namesOf([...from.nodes.keys()], every);
  const flows = namesOf([...from.flows.keys()], every);
  const nodes = new Map<string, FlowNode>();
  for (const node of from.nodes.values()) {
    const it = renamed(node, elements, flows);
    nodes.set(it.id, it);
  }
  const drawn = new Map<string, SequenceFlow>();
  for (const { id, source, target, ...rest } of from.flows.values()) {
    const flow = { ...rest, id: flows(id), source: elements(source), target: elements(target) };
    drawn.set(flow.id, flow);
  }
  for (const change of [taskBetween, withBoundary, withoutBoundary, withAside, withoutAside, withRole]) {
    if (tape.once(3)) change(nodes, drawn, tape);
  }
  const forgotten = tape.once(6) ? [...from.nodes.keys()][tape.below(from.nodes.size)] : undefined;
  const mapping = {
    elements: record(
      [...from.nodes.keys()].filter((id) => id !== forgotten),
      elements,
    ),
    flows: record([...from.flows.keys()], flows),
  };
  return { model: modelOf(from, nodes, drawn), mapping };
}

type Names = (id: string) => string;

/** Every so many has another name. */
function namesOf(ids: readonly string[], every: number): Names {
  const names = new Map(
    ids.filter((_, i) => i % every === every - 1 || every === 1).map((id) => [id, `${id}v`]),
  );
  return (id) => names.get(id) ?? id;
}

function record(ids: readonly string[], names: Names): Readonly<Record<string, string>> {
  return Object.fromEntries(ids.filter((id) => names(id) !== id).map((id) => [id, names(id)]));
}

function renamed(node: FlowNode, elements: Names, flows: Names): FlowNode {
  const { event, adHoc } = node;
  const maybe = (id: string | null): string | null => (id === null ? null : elements(id));
  return {
    ...node,
    id: elements(node.id),
    scope: maybe(node.scope),
    incoming: node.incoming.map(flows),
    outgoing: node.outgoing.map(flows),
    defaultFlow: node.defaultFlow === null ? null : flows(node.defaultFlow),
    boundary: node.boundary.map(elements),
    attachedTo: maybe(node.attachedTo),
    compensatedBy: maybe(node.compensatedBy),
    event: event.kind === 'compensation' ? { ...event, activity: maybe(event.activity) } : event,
    adHoc: adHoc && {
      ...adHoc,
      activeElements: adHoc.activeElements && named(adHoc.activeElements.text, elements),
    },
    deadlines: node.deadlines.map((it) => renamedDeadline(it, elements)),
  };
}

/** A list of ids, as an expression. */
const named = (text: string, elements: Names): ReturnType<typeof feel> =>
  feel(JSON.stringify((JSON.parse(text) as string[]).map(elements)));

const renamedDeadline = (it: DeadlineDecl, elements: Names): DeadlineDecl => ({
  ...it,
  element: elements(it.element),
  met: it.met.map((met) => ({ ...met, by: elements(met.by) })),
});

type Change = (nodes: Map<string, FlowNode>, flows: Map<string, SequenceFlow>, tape: Tape) => void;

/** An element of another process, to be put into this one. */
function piece(id: string, scope: string | null, details: Partial<FlowNode>): FlowNode {
  const [node] = processModel('piece', [user(id)], []).nodes.values();
  return { ...(node as FlowNode), scope, ...details };
}

/** A task that was not there, at the end of a flow that was. */
const taskBetween: Change = (nodes, flows, tape) => {
  const all = [...flows.values()];
  const flow = all[tape.below(Math.max(1, all.length))];
  const target = flow && nodes.get(flow.target);
  const source = flow && nodes.get(flow.source);
  if (!target || !source || source.type === 'bpmn:EventBasedGateway') return;
  const [id, next] = [`${flow.id}New`, `${flow.id}Next`];
  nodes.set(id, piece(id, target.scope, { incoming: [flow.id], outgoing: [next] }));
  flows.set(flow.id, { ...flow, target: id });
  flows.set(next, { ...flow, id: next, source: id, condition: null });
  nodes.set(target.id, {
    ...target,
    incoming: target.incoming.map((it) => (it === flow.id ? next : it)),
  });
};

const isActivity = ({ type, triggeredByEvent, isForCompensation }: FlowNode): boolean =>
  /Task|Activity|SubProcess|Transaction/.test(type) && !triggeredByEvent && !isForCompensation;

/** A boundary event that was not there. */
const withBoundary: Change = (nodes, _flows, tape) => {
  const hosts = [...nodes.values()].filter(isActivity);
  const host = hosts[tape.below(Math.max(1, hosts.length))];
  if (!host) return;
  const id = `${host.id}New`;
  const events: readonly EventDefinition[] = [
    message('A'),
    { kind: 'conditional', condition: feel('n < 3') },
    { kind: 'message', name: feel('missing'), correlationKey: null },
  ];
  const event = events[tape.below(events.length)] ?? message('A');
  const interrupting = tape.below(2) === 1;
  const details = { type: 'bpmn:BoundaryEvent', event, attachedTo: host.id, interrupting } as const;
  nodes.set(id, piece(id, host.scope, details));
  nodes.set(host.id, { ...host, boundary: [...host.boundary, id] });
};

/** A boundary event that is gone, with the flows that left it. */
const withoutBoundary: Change = (nodes, flows, tape) => {
  const all = [...nodes.values()].filter(
    ({ attachedTo, event }) => attachedTo !== null && event.kind !== 'compensation',
  );
  const gone = all[tape.below(Math.max(1, all.length))];
  const host = gone && nodes.get(gone.attachedTo ?? '');
  if (!gone || !host) return;
  nodes.delete(gone.id);
  nodes.set(host.id, { ...host, boundary: host.boundary.filter((id) => id !== gone.id) });
  for (const id of gone.outgoing) {
    const target = nodes.get(flows.get(id)?.target ?? '');
    flows.delete(id);
    if (target) nodes.set(target.id, { ...target, incoming: target.incoming.filter((it) => it !== id) });
  }
};

/** An event sub-process that was not there, in a scope that was. */
const withAside: Change = (nodes, _flows, tape) => {
  const scopes = [
    null,
    ...[...nodes.values()].filter((it) => isContainer(it) && !it.adHoc).map(({ id }) => id),
  ];
  const scope = scopes[tape.below(scopes.length)] ?? null;
  const id = `${scope ?? 'case'}Aside`;
  const interrupting = tape.once(3);
  nodes.set(id, piece(id, scope, { type: 'bpmn:SubProcess', userTask: null, triggeredByEvent: true }));
  nodes.set(`${id}On`, piece(`${id}On`, id, { type: 'bpmn:StartEvent', event: message('B'), interrupting }));
};

/** An event sub-process that is gone, with all that lay in it. */
const withoutAside: Change = (nodes, flows, tape) => {
  const all = [...nodes.values()].filter((it) => it.triggeredByEvent);
  const gone = new Set([all[tape.below(Math.max(1, all.length))]?.id ?? '']);
  for (const { id, scope, incoming } of nodes.values()) {
    if (!gone.has(id) && !gone.has(scope ?? '')) continue;
    // What lies in something comes after it.
    gone.add(id);
    nodes.delete(id);
    for (const flow of incoming) flows.delete(flow);
  }
};

/** Tasks of other people. */
const withRole: Change = (nodes) => {
  for (const node of nodes.values()) {
    if (node.type === 'bpmn:UserTask') nodes.set(node.id, { ...node, role: 'DESK_OPERATOR' });
  }
};

function modelOf(
  from: ProcessModel,
  nodes: ReadonlyMap<string, FlowNode>,
  flows: ReadonlyMap<string, SequenceFlow>,
): ProcessModel {
  return {
    ...from,
    hash: `${from.hash}+`,
    nodes,
    flows,
    scopes: scopesOf(nodes),
    ...deadlinesOf(nodes.values()),
  };
}
