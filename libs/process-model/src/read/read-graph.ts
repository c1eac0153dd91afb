import type { RuleFindings } from '../rules.ts';
import { child, children, given, idOf, nearestId, text } from './element.ts';
import type { Element } from './element.ts';
import { isId } from './names.ts';
import { drawnTypes, flowNodeTypes, names } from './vocabulary.ts';

export interface GraphNode {
  readonly id: string;
  readonly element: Element;
  /** The sub-process it lies in; null: the process. */
  readonly scope: string | null;
  readonly incoming: readonly string[];
  readonly outgoing: readonly string[];
}

export interface GraphFlow {
  readonly id: string;
  readonly element: Element;
  readonly scope: string | null;
  readonly source: string;
  readonly target: string;
}

/** Who is connected with whom, before anything else is read. */
export interface Graph {
  readonly process: Element;
  readonly executable: boolean;
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly flows: ReadonlyMap<string, GraphFlow>;
  readonly laneSets: readonly Element[];
}

/**
 * Reads the structure of a process and reports what is wrong with it, executable or not: ids, flows without ends,
 * flows that cross scopes. What cannot be executed is refused in executable processes only.
 */
export function readGraph(process: Element, findings: RuleFindings): Graph {
  const executable = process['isExecutable'] === true;
  const nodes = new Map<string, GraphNode & { incoming: string[]; outgoing: string[] }>();
  const flows = new Map<string, GraphFlow>();
  const laneSets: Element[] = [...children(process, 'laneSets')];
  collect(process, null);
  connect(nodes, flows, findings);
  return { process, executable, nodes, flows, laneSets };

  function collect(container: Element, scope: string | null): void {
    for (const element of children(container, 'flowElements')) {
      const { $type } = element;
      const id = idOf(element);
      const isNode = element.$instanceOf?.('bpmn:FlowNode') === true;
      if ((isNode || $type === 'bpmn:SequenceFlow') && !hasGoodId(element, findings)) continue;
      if ($type === 'bpmn:SequenceFlow') {
        const end = (property: string): string => idOf(child(element, property) ?? { $type: '' });
        flows.set(id, { id, element, scope, source: end('sourceRef'), target: end('targetRef') });
      } else if (isNode) {
        nodes.set(id, { id, element, scope, incoming: [], outgoing: [] });
        if (executable && !flowNodeTypes.has($type)) {
          findings.error(id, 'unsupported-element', `${wordFor(element)} is not supported.`);
        }
        if (element.$instanceOf?.('bpmn:SubProcess')) {
          laneSets.push(...children(element, 'laneSets'));
          collect(element, id);
        }
      } else if (executable && !drawnTypes.has($type)) {
        findings.error(nearestId(element), 'unsupported-element', `${wordFor(element)} is not supported.`);
      }
    }
  }
}

/** The graph of a global task: itself. */
export function globalGraph(task: Element): Graph {
  const id = idOf(task);
  const node: GraphNode = { id, element: task, scope: null, incoming: [], outgoing: [] };
  return { process: task, executable: true, nodes: new Map([[id, node]]), flows: new Map(), laneSets: [] };
}

/** @returns false when there is no id to speak of it by */
export function hasGoodId(element: Element, findings: RuleFindings): boolean {
  const id = idOf(element);
  if (id === '') {
    findings.error(nearestId(element), 'id-missing', `A ${element.$type} has no id.`);
    return false;
  }
  if (isId(id)) return true;
  findings.error(
    id,
    'id-invalid',
    `"${id.slice(0, 80)}" is no id: letters, digits, "_", "-" and ".", at most 200.`,
  );
  return false;
}

function connect(
  nodes: ReadonlyMap<string, GraphNode & { incoming: string[]; outgoing: string[] }>,
  flows: ReadonlyMap<string, GraphFlow>,
  findings: RuleFindings,
): void {
  for (const flow of flows.values()) {
    const [source, target] = [nodes.get(flow.source), nodes.get(flow.target)];
    if (!source || !target) {
      reportEnd(flow, source ? 'targetRef' : 'sourceRef', findings);
      continue;
    }
    if (source.scope !== flow.scope || target.scope !== flow.scope) {
      findings.error(
        flow.id,
        'flow-crosses-scope',
        'A sequence flow joins two elements of the same process or sub-process.',
      );
      continue;
    }
    source.outgoing.push(flow.id);
    target.incoming.push(flow.id);
  }
  for (const { id, element, incoming, outgoing } of nodes.values()) {
    for (const [property, actual] of [
      ['incoming', incoming],
      ['outgoing', outgoing],
    ] as const) {
      if (!given(element).includes(property)) continue;
      const wrong = children(element, property).find((flow) => !actual.includes(idOf(flow)));
      if (wrong) {
        findings.error(
          id,
          'flow-inconsistent',
          `"${property}" names ${idOf(wrong)}, which does not lead there.`,
        );
      }
    }
  }
}

/** Why an end of a flow is no flow node of its process. */
function reportEnd(
  { id, element }: GraphFlow,
  property: 'sourceRef' | 'targetRef',
  findings: RuleFindings,
): void {
  const end = child(element, property);
  if (!end) {
    findings.error(id, 'flow-end-missing', `The ${property} of the flow names no element of this process.`);
  } else if (end.$instanceOf?.('bpmn:FlowNode') !== true) {
    findings.error(
      id,
      'flow-end-kind',
      `${wordFor(end)} is no end of a sequence flow: use an association or a message flow.`,
    );
  } else {
    findings.error(
      id,
      'flow-crosses-pool',
      `${idOf(end)} lies in another process: a message flow leads there, not a sequence flow.`,
    );
  }
}

/** What an element is called in a sentence: "A boundary event". */
export function wordFor({ $type }: Pick<Element, '$type'>): string {
  const words = $type
    .replace(/^\w+:/, '')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase();
  return names[$type] ?? `${/^[aeiou](?!ser)/.test(words) ? 'An' : 'A'} ${words}`;
}

/** Label of the drawing; the id when it has none. */
export function labelOf(element: Element): string {
  return text(element, 'name')?.replaceAll(/\s+/g, ' ').trim() || idOf(element);
}
