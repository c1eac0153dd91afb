import { scopesOf } from '../scopes-of.ts';
import type { FlowNode, ProcessModel, SequenceFlow } from '../model.ts';
import type { RuleFindings } from '../rules.ts';
import type { Place } from '../model.ts';
import type { Context } from './context.ts';
import { child, extensionsOf, idOf, text } from './element.ts';
import type { Element } from './element.ts';
import { readBody } from './read-body.ts';
import { handlersOf } from './read-compensation.ts';
import type { CompensationLink } from './read-compensation.ts';
import { correlationOf } from './read-correlation.ts';
import { DataReader } from './read-data.ts';
import { labelOf } from './read-graph.ts';
import type { Graph, GraphFlow } from './read-graph.ts';
import { readLanes } from './read-lanes.ts';
import { firstById, LawReader, metBy } from './read-law.ts';
import { readNode } from './read-node.ts';
import { readResources } from './read-resources.ts';
import { readEmbeddedForms } from './read-user-task.ts';
import { spacedNames } from './spaced-names.ts';
import { checkUnderstood } from './understood.ts';
import { flowNodeTypes, globalTasks } from './vocabulary.ts';

/** What a file holds around a process, and where its problems go. */
export interface FileContext {
  readonly roots: readonly Element[];
  readonly hash: string;
  readonly placeOf: (id: string) => Place;
  readonly findings: RuleFindings;
}

/** Turns the graph of an executable process, or of a global task, into the model that the engine runs. */
export function readProcess(
  graph: Graph,
  links: readonly CompensationLink[],
  file: FileContext,
): ProcessModel {
  const { process } = graph;
  const { findings, placeOf, roots } = file;
  const given = { findings, placeOf, spacedNames: spacedNames(process) };
  const context: Context = { ...given, correlationKeyOf: correlationOf(process, roots, given) };
  const isGlobal = globalTasks[process.$type] !== undefined;
  if (!isGlobal) {
    checkUnderstood(process, findings);
    readResources(process, false, context);
  }
  const lanes = readLanes(graph, context);
  const forms = readEmbeddedForms(process, context);
  const surroundings = {
    roleOf: lanes.roleOf,
    boundaryOf: boundaryOf(graph),
    compensatedBy: handlersOf(graph, links),
    forms,
    data: new DataReader(process, context),
  };
  const nodes = new Map<string, FlowNode>();
  for (const node of graph.nodes.values()) {
    if (!isGlobal && !flowNodeTypes.has(node.element.$type)) continue;
    nodes.set(node.id, readNode(node, surroundings, context));
  }
  const flows = new Map<string, SequenceFlow>();
  for (const flow of graph.flows.values()) flows.set(flow.id, readFlow(flow, context));
  const deadlines = [...nodes.values()].flatMap((node) => node.deadlines);
  const law = new LawReader(process, context);
  return Object.freeze({
    key: idOf(process),
    name: labelOf(process),
    kind: isGlobal ? ('global-task' as const) : ('process' as const),
    versionTag: readVersionTag(process, findings),
    hash: file.hash,
    nodes,
    flows,
    scopes: scopesOf(nodes),
    lanes: Object.freeze(lanes.all),
    deadlines: firstById(deadlines),
    metBy: metBy(deadlines),
    personal: law.personal(),
    facts: law.facts(),
    words: law.words(),
    embeddedForms: forms,
  });
}

function boundaryOf({ nodes }: Graph): ReadonlyMap<string, readonly string[]> {
  const byHost = new Map<string, string[]>();
  for (const { id, element } of nodes.values()) {
    const host = element.$type === 'bpmn:BoundaryEvent' ? child(element, 'attachedToRef') : null;
    if (host) byHost.set(idOf(host), [...(byHost.get(idOf(host)) ?? []), id]);
  }
  return byHost;
}

function readVersionTag(process: Element, findings: RuleFindings): string | null {
  const [tag] = extensionsOf(process, 'zeebe:VersionTag');
  const value = tag && (text(tag, 'value')?.trim() ?? '');
  if (value === '') findings.error(idOf(process), 'version-tag', 'zeebe:versionTag needs a value.');
  return value || null;
}

function readFlow({ id, element, source, target }: GraphFlow, context: Context): SequenceFlow {
  checkUnderstood(element, context.findings);
  return Object.freeze({
    id,
    name: text(element, 'name')?.trim() ?? '',
    source,
    target,
    condition: readBody(id, child(element, 'conditionExpression'), 'Condition', context),
  });
}
