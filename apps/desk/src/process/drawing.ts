/** What the outline needs of a BPMN file: lanes, nodes in the order of the flow, and their names. */
export interface Drawing {
  readonly name: string;
  readonly lanes: readonly { readonly id: string; readonly name: string }[];
  readonly nodes: readonly Node[];
  /** What each node and each flow is called, by its id; a flow without a name by what it joins. */
  readonly labels: ReadonlyMap<string, string>;
}

export interface Node {
  readonly id: string;
  /** Local name of the element, e.g. `userTask`. */
  readonly type: string;
  readonly name: string;
  readonly lane: string | null;
  /** The sub-process that it lies in; null: the process itself. */
  readonly scope: string | null;
  /** Names of the sub-processes around it, outermost first. */
  readonly within: readonly string[];
  /** A sub-process that an event begins. */
  readonly onEvent: boolean;
}

const bpmn = 'http://www.omg.org/spec/BPMN/20100524/MODEL';
const nodeTypes = new Set([
  'startEvent', 'endEvent', 'intermediateCatchEvent', 'intermediateThrowEvent', 'boundaryEvent',
  'task', 'userTask', 'manualTask', 'serviceTask', 'sendTask', 'receiveTask', 'scriptTask', 'businessRuleTask',
  'callActivity', 'subProcess', 'transaction', 'adHocSubProcess',
  'exclusiveGateway', 'parallelGateway', 'inclusiveGateway', 'eventBasedGateway', 'complexGateway',
]); // prettier-ignore
const containers = new Set(['subProcess', 'transaction', 'adHocSubProcess']);

const children = (element: Element, ...names: string[]) =>
  [...element.children].filter((child) => child.namespaceURI === bpmn && names.includes(child.localName));

/**
 * Reads a BPMN file.
 * @returns null when it holds no process, or is no XML
 */
export function readDrawing(xml: string, process?: string): Drawing | null {
  const document = new DOMParser().parseFromString(xml, 'application/xml');
  const all = [...document.getElementsByTagNameNS(bpmn, 'process')];
  const root = all.find((one) => one.id === process || one.getAttribute('id') === process) ?? all[0];
  if (!root) return null;

  const lanes = [...root.getElementsByTagNameNS(bpmn, 'lane')].map((lane) => ({
    id: lane.getAttribute('id') ?? '',
    name: lane.getAttribute('name') ?? '',
  }));
  const laneOf = new Map<string, string>();
  for (const lane of root.getElementsByTagNameNS(bpmn, 'lane'))
    for (const ref of children(lane, 'flowNodeRef'))
      laneOf.set((ref.textContent ?? '').trim(), lane.getAttribute('id') ?? '');

  const nodes = readScope(root, laneOf, null, []);
  return {
    name: root.getAttribute('name') ?? root.getAttribute('id') ?? '',
    lanes,
    nodes,
    labels: labelsOf(root, nodes),
  };
}

function labelsOf(root: Element, nodes: readonly Node[]): ReadonlyMap<string, string> {
  const labels = new Map(nodes.map(({ id, name }) => [id, name || id]));
  const end = (flow: Element, attribute: string) => {
    const id = flow.getAttribute(attribute) ?? '';
    return labels.get(id) ?? id;
  };
  for (const flow of root.getElementsByTagNameNS(bpmn, 'sequenceFlow'))
    labels.set(
      flow.getAttribute('id') ?? '',
      flow.getAttribute('name') || `${end(flow, 'sourceRef')} → ${end(flow, 'targetRef')}`,
    );
  return labels;
}

function readScope(
  scope: Element,
  laneOf: ReadonlyMap<string, string>,
  lane: string | null,
  within: readonly string[],
): readonly Node[] {
  const elements = inFlowOrder(scope);
  return elements.flatMap((element) => {
    const id = element.getAttribute('id') ?? '';
    const name = (element.getAttribute('name') ?? '').replace(/\s+/g, ' ').trim();
    const own = laneOf.get(id) ?? lane;
    const onEvent = element.getAttribute('triggeredByEvent') === 'true';
    const around = scope.localName === 'process' ? null : scope.getAttribute('id');
    const node: Node = { id, type: element.localName, name, lane: own, scope: around, within, onEvent };
    return containers.has(element.localName)
      ? [node, ...readScope(element, laneOf, own, [...within, name || id])]
      : [node];
  });
}

/** The nodes of a scope as the flow meets them from its starts; what no flow reaches comes last. */
function inFlowOrder(scope: Element): readonly Element[] {
  const nodes = [...scope.children].filter(
    (child) => child.namespaceURI === bpmn && nodeTypes.has(child.localName),
  );
  const byId = new Map(nodes.map((node) => [node.getAttribute('id') ?? '', node]));
  const next = new Map<string, string[]>();
  const link = (from: string, to: string) => next.set(from, [...(next.get(from) ?? []), to]);
  for (const flow of children(scope, 'sequenceFlow'))
    link(flow.getAttribute('sourceRef') ?? '', flow.getAttribute('targetRef') ?? '');
  for (const node of nodes)
    if (node.localName === 'boundaryEvent')
      link(node.getAttribute('attachedToRef') ?? '', node.getAttribute('id') ?? '');

  const ordered: Element[] = [];
  const seen = new Set<string>();
  const starts = nodes.filter((node) => node.localName === 'startEvent');
  const queue = [...starts, ...nodes].map((node) => node.getAttribute('id') ?? '');
  // Breadth first from the starts, so that branches stand beside one another; the rest follows in file order.
  let reached = starts.map((node) => node.getAttribute('id') ?? '');
  while (reached.length > 0 || queue.length > 0) {
    if (reached.length === 0) reached = [queue.shift() ?? ''];
    const id = reached.shift() ?? '';
    const node = byId.get(id);
    if (!node || seen.has(id)) continue;
    seen.add(id);
    ordered.push(node);
    reached.push(...(next.get(id) ?? []));
  }
  return ordered;
}

/** The id of the form that an element of a BPMN file names; null: none. */
export function formOf(xml: string, element: string): string | null {
  const document = new DOMParser().parseFromString(xml, 'application/xml');
  const found = [...document.getElementsByTagNameNS(bpmn, '*')].find(
    (one) => one.getAttribute('id') === element,
  );
  const [form] = found?.getElementsByTagNameNS('http://camunda.org/schema/zeebe/1.0', 'formDefinition') ?? [];
  const [incoming] = found?.getElementsByTagNameNS('urn:iter:bpmn:1', 'incoming') ?? [];
  return form?.getAttribute('formId') ?? incoming?.getAttribute('form') ?? null;
}
