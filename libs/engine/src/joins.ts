import type { FlowNode, ProcessModel } from '@iter/process-model';
import type { Execution, Step } from './execution.ts';
import type { Key } from './events.ts';
import { isAlive } from './scopes.ts';
import type { ElementInstance, Tokens } from './state.ts';
import { scopeOf, waitingOf } from './state.ts';

/** From which elements a token can still come along an incoming flow of a join, on paths that do not visit the join. */
interface Reach {
  readonly flow: string;
  /** Along sequence flows and links. */
  readonly byFlows: ReadonlySet<string>;
  /** Also by boundary events of activities on the way. */
  readonly byAll: ReadonlySet<string>;
}

const reaches = new WeakMap<ProcessModel, Map<string, readonly Reach[]>>();

function reachOf(model: ProcessModel, join: FlowNode): readonly Reach[] {
  let joins = reaches.get(model);
  if (!joins) reaches.set(model, (joins = new Map()));
  let reach = joins.get(join.id);
  if (!reach) {
    reach = join.incoming.map((flow) => ({
      flow,
      byFlows: sourcesOf(model, join, flow, false),
      byAll: sourcesOf(model, join, flow, true),
    }));
    joins.set(join.id, reach);
  }
  return reach;
}

/** Elements from which a path leads to a flow without visiting the join, found backwards. */
function sourcesOf(
  model: ProcessModel,
  join: FlowNode,
  flow: string,
  withBoundaries: boolean,
): ReadonlySet<string> {
  const sources = new Set<string>();
  const open = [model.flows.get(flow)?.source];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === join.id || sources.has(id)) continue;
    sources.add(id);
    const node = model.nodes.get(id);
    if (!node) continue;
    for (const incoming of node.incoming) open.push(model.flows.get(incoming)?.source);
    if (withBoundaries && node.attachedTo !== null) open.push(node.attachedTo);
    open.push(...linkSources(model, node));
  }
  return sources;
}

function linkSources(model: ProcessModel, node: FlowNode): readonly string[] {
  const { event } = node;
  if (node.type !== 'bpmn:IntermediateCatchEvent' || event.kind !== 'link') return [];
  return (model.scopes.get(node.scope ?? '')?.nodes ?? []).filter((id) => {
    const other = model.nodes.get(id);
    return (
      other?.type === 'bpmn:IntermediateThrowEvent' &&
      other.event.kind === 'link' &&
      other.event.name === event.name
    );
  });
}

/**
 * Whether an inclusive join has all the tokens that can come: from no token in the scope does a path lead to an
 * incoming flow without a token, unless a path of sequence flows leads from it to a flow with a token as well.
 * A token that may leave its activity by a boundary event is waited for on that way too: the standard speaks of
 * sequence flows only, but without it the join would fire twice.
 * @param tokens those that wait at the join
 * @param awaited the incoming flows that matter; the others count as if they had a token
 * Source: BPMN 2.0.2 §13.4.3 and table 13.3; §13.4.5 and table 13.5 for the reset of complex gateways
 */
export function hasAllTokens(
  x: Execution,
  join: FlowNode,
  scope: Key | null,
  tokens: Tokens,
  awaited: readonly string[] = join.incoming,
): boolean {
  const model = x.modelIn(scope);
  const isMissing = ({ flow }: Reach): boolean => awaited.includes(flow) && !tokens[flow];
  const reach = reachOf(model, join);
  const missing = reach.filter(isMissing);
  if (missing.length === 0) return true;
  const present = reach.filter((it) => !isMissing(it));
  return !positions(x, scope, join.id).some(
    (position) =>
      missing.some((it) => mayCome(model, position, it)) &&
      !present.some(({ byFlows }) => byFlows.has(position.at)),
  );
}

interface Position {
  readonly at: string;
  /** The element has begun: which of its boundary events may still happen is known, and they are positions too. */
  readonly live: boolean;
}

function mayCome(
  { nodes, flows }: ProcessModel,
  { at, live }: Position,
  { flow, byAll, byFlows }: Reach,
): boolean {
  if (!live || byFlows.has(at)) return byAll.has(at);
  return (nodes.get(at)?.outgoing ?? []).some((id) => id === flow || byAll.has(flows.get(id)?.target ?? ''));
}

/** Where the tokens of a scope are, but for those that wait at the join itself. */
function positions(x: Execution, scope: Key | null, join: string): readonly Position[] {
  const arriving = new Set<string>(Object.keys(scopeOf(x.state, scope)?.joins ?? {}));
  for (const step of x.pending())
    if (step.scope === scope && step.kind === 'arrival') arriving.add(step.element);
  const live = new Set<string>();
  for (const instance of x.state.elements.values()) {
    if (instance.scope !== scope) continue;
    live.add(instance.element);
    for (const boundary of possibleBoundaries(x, instance)) live.add(boundary);
  }
  arriving.delete(join);
  live.delete(join);
  return [
    ...[...arriving].map((at) => ({ at, live: false })),
    ...[...live].map((at) => ({ at, live: true })),
  ];
}

/** Boundary events of a live activity from which a token may still come. */
function possibleBoundaries(x: Execution, instance: ElementInstance): readonly string[] {
  const { boundary } = x.nodeOfInstance(instance);
  if (boundary.length === 0) return [];
  const armed = new Set(instance.waits.map((key) => waitingOf(x.state, key)?.element));
  return boundary.filter((id) => {
    const { event } = x.nodeOf(instance.definition, id);
    return armed.has(id) || ['error', 'escalation', 'cancel', 'multiple'].includes(event.kind);
  });
}

/**
 * Takes the tokens that an activity needs to begin, oldest flows first.
 * @returns whether there were enough; a free token is
 * Source: BPMN 2.0.2 §13.3.1 `startQuantity`
 */
export function gather(x: Execution, node: FlowNode, { scope, free }: Step): boolean {
  if (free) return true;
  const waiting = scopeOf(x.state, scope)?.joins?.[node.id];
  if (!waiting) return false;
  let needed = node.startQuantity;
  const tokens: Record<string, number> = {};
  for (const [flow, count] of Object.entries(waiting)) {
    if (needed === 0) break;
    tokens[flow] = Math.min(count, needed);
    needed -= tokens[flow];
  }
  if (needed > 0) return false;
  x.emit({ type: 'TokensJoined', data: { element: node.id, scope, tokens } });
  return true;
}

/** Joins of a scope that wait, in the order in which their first token came. */
function waitingJoins(x: Execution, scope: Key | null): readonly FlowNode[] {
  const { joins = null, resets = null } = scopeOf(x.state, scope) ?? {};
  if (joins === null && resets === null) return [];
  // A complex gateway that has started awaits its reset, also when no token has come since.
  return [...new Set([...Object.keys(joins ?? {}), ...Object.keys(resets ?? {})])].map((id) =>
    x.node(id, scope),
  );
}

/**
 * Nothing can move any more: a join that waits for tokens which cannot come any more fires now. One at a time, since
 * its token may be what another waits for.
 * @param fire lets a join fire if it may. @returns whether one has fired
 */
export function fireWaitingJoins(
  x: Execution,
  fire: (node: FlowNode, scope: Key | null) => boolean,
): boolean {
  for (const scope of x.stirred) {
    if (!isAlive(x, scope) || x.tokensUnderway(scope) > 0) continue;
    for (const node of waitingJoins(x, scope)) if (fire(node, scope)) return true;
  }
  return false;
}

/** Whether a join could not go on when it had its tokens: they wait with its incident. */
export function isStuckAt(x: Execution, node: FlowNode, scope: Key | null): boolean {
  if (x.state.incidents.size === 0) return false;
  for (const { host, element } of x.state.incidents.values()) {
    const instance = element === node.id && host !== null ? x.state.elements.get(host) : undefined;
    if (instance?.stuck && instance.scope === scope) return true;
  }
  return false;
}

/**
 * Tokens that wait in a scope in which nothing else lives will wait for ever: people are told.
 * Source: BPMN 2.0.2 §13.4 leaves such tokens where they are; nobody must have to find out by looking
 */
export function reportDeadlocks(x: Execution): void {
  for (const scope of x.stirred) {
    const holder = isAlive(x, scope) ? scopeOf(x.state, scope) : undefined;
    if (!holder || holder.children > 0 || holder.joins === null || x.tokensUnderway(scope) > 0) continue;
    for (const { id } of waitingJoins(x, scope)) {
      if ([...x.state.incidents.values()].some((it) => it.code === 'deadlock' && it.element === id)) continue;
      x.emit({
        type: 'IncidentRaised',
        data: {
          key: x.env.newKey(),
          host: scope,
          element: id,
          code: 'deadlock',
          message: `In ${id} si attende, e niente di ciò che resta può più farvi arrivare gli altri percorsi.`,
          deadline: null,
          ...x.otherDefinition(scope),
        },
      });
    }
  }
}
