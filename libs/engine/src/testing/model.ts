import type {
  DeadlineDecl,
  EventDefinition,
  Expression,
  FlowNode,
  FlowNodeType,
  IoMapping,
  LoopSpec,
  ProcessModel,
  SequenceFlow,
} from '@iter/process-model';
import { isContainer, scopesOf } from '@iter/process-model';

/** FEEL for specs: every word counts as a name that is read. */
export function feel(text: string): Expression {
  const names = [...new Set(text.replaceAll(/"[^"]*"/g, '').match(/(?<![.\w])[A-Za-z_]\w*/g) ?? [])];
  return { text, names, cheap: true };
}

/** A value that needs no evaluation. */
export function plain(value: string | number): Expression {
  return { text: JSON.stringify(value), names: [], constant: value, cheap: true };
}

/** A flow node of a spec, and what lies in it. */
export interface Piece {
  readonly node: FlowNode;
  readonly inside: readonly Piece[];
  readonly flows: readonly string[];
}

type Details = Partial<Omit<FlowNode, 'id' | 'type' | 'deadlines'>> & {
  readonly deadlines?: readonly (Partial<DeadlineDecl> & Pick<DeadlineDecl, 'id' | 'term'>)[];
};

function piece(
  type: FlowNodeType,
  id: string,
  details: Details = {},
  inside: readonly Piece[] = [],
  flows: readonly string[] = [],
): Piece {
  const { deadlines = [], ...rest } = details;
  const node: FlowNode = {
    id,
    type,
    name: id,
    scope: null,
    incoming: [],
    outgoing: [],
    defaultFlow: null,
    role: null,
    event: { kind: 'none' },
    boundary: [],
    attachedTo: null,
    interrupting: true,
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
    locals: [],
    required: [],
    userTask: null,
    job: null,
    script: null,
    message: null,
    inputs: [],
    outputs: [],
    triggeredByEvent: false,
    deadlines: deadlines.map((it) => ({
      opens: 'completion',
      when: null,
      key: null,
      amount: null,
      until: null,
      scope: 'case',
      ladder: null,
      bases: [],
      met: [],
      ...it,
      element: id,
    })),
    deadlineChanges: [],
    acts: [],
    refusals: [],
    lookups: [],
    office: null,
    about: null,
    reads: [],
    receiver: null,
    handsOver: false,
    incomingMessages: [],
    place: { line: 1, column: 1 },
    ...rest,
  };
  return { node, inside, flows };
}

const kind =
  (type: FlowNodeType) =>
  (id: string, details?: Details): Piece =>
    piece(type, id, details);

export const start = kind('bpmn:StartEvent');
export const end = kind('bpmn:EndEvent');
export const task = kind('bpmn:Task');
export const user = kind('bpmn:UserTask');
export const manual = kind('bpmn:ManualTask');
export const send = kind('bpmn:SendTask');
export const businessRule = kind('bpmn:BusinessRuleTask');
export const xor = kind('bpmn:ExclusiveGateway');
export const and = kind('bpmn:ParallelGateway');
export const inclusive = kind('bpmn:InclusiveGateway');
export const complex = kind('bpmn:ComplexGateway');
export const call = kind('bpmn:CallActivity');
export const eventBased = kind('bpmn:EventBasedGateway');
export const catching = kind('bpmn:IntermediateCatchEvent');
export const throwing = kind('bpmn:IntermediateThrowEvent');

export const service = (id: string, details: Details = {}): Piece =>
  piece('bpmn:ServiceTask', id, {
    job: { type: plain('work'), retries: plain('3'), headers: {} },
    ...details,
  });

export const script = (
  id: string,
  text: string,
  resultVariable: string | null,
  details: Details = {},
): Piece => piece('bpmn:ScriptTask', id, { script: { expression: feel(text), resultVariable }, ...details });

export const receive = (id: string, name: string, key?: string, details: Details = {}): Piece =>
  piece('bpmn:ReceiveTask', id, {
    message: { name: plain(name), correlationKey: key === undefined ? null : feel(key) },
    ...details,
  });

export const boundary = (
  id: string,
  attachedTo: string,
  event: EventDefinition,
  details: Details = {},
): Piece => piece('bpmn:BoundaryEvent', id, { attachedTo, event, ...details });

export const sub = (
  id: string,
  inside: readonly Piece[],
  flows: readonly string[],
  details: Details = {},
): Piece => piece('bpmn:SubProcess', id, details, inside, flows);

export const transaction = (
  id: string,
  inside: readonly Piece[],
  flows: readonly string[],
  details: Details = {},
): Piece => piece('bpmn:Transaction', id, details, inside, flows);

export const adHoc = (
  id: string,
  inside: readonly Piece[],
  flows: readonly string[],
  details: Details = {},
): Piece => piece('bpmn:AdHocSubProcess', id, details, inside, flows);

export const eventSub = (
  id: string,
  inside: readonly Piece[],
  flows: readonly string[],
  details: Details = {},
): Piece => piece('bpmn:SubProcess', id, { triggeredByEvent: true, ...details }, inside, flows);

export const message = (name: string, key?: string): EventDefinition => ({
  kind: 'message',
  name: plain(name),
  correlationKey: key === undefined ? null : feel(key),
});
export const timer = (timerKind: 'date' | 'duration' | 'cycle', value: string): EventDefinition => ({
  kind: 'timer',
  timer: timerKind,
  value: value.startsWith('=') ? feel(value.slice(1)) : plain(value),
});
export const error = (code: string | null): EventDefinition => ({
  kind: 'error',
  code: code === null ? null : plain(code),
});
export const link = (name: string): EventDefinition => ({ kind: 'link', name });
export const terminate: EventDefinition = { kind: 'terminate' };

type Multi = Extract<LoopSpec, { kind: 'multi' }>;

/** A multi-instance activity: parallel, and of nothing but what is given. */
export const multi = (given: Partial<Multi> = {}): Multi => ({
  kind: 'multi',
  sequential: false,
  cardinality: null,
  collection: null,
  item: null,
  outputCollection: null,
  outputElement: null,
  completionCondition: null,
  behavior: { kind: 'all' },
  ...given,
});

export const mapping = (source: string, target: string): IoMapping => ({ source: feel(source), target });

/**
 * A process model for specs. Flows read `a -> b -> c`, `g -> a if x > 1`, `g -> b default`; their ids are
 * `a_b`, so that no two may join the same elements.
 */
export function processModel(key: string, pieces: readonly Piece[], flows: readonly string[]): ProcessModel {
  const nodes = new Map<string, FlowNode>();
  const sequenceFlows = new Map<string, SequenceFlow>();
  collect(null, pieces, flows);
  return {
    key,
    name: key,
    kind: 'process',
    versionTag: null,
    hash: `hash-of-${key}`,
    nodes,
    flows: sequenceFlows,
    scopes: scopesOf(nodes),
    lanes: [],
    ...deadlinesOf(nodes.values()),
    personal: [],
    facts: [],
    words: [],
    embeddedForms: new Map(),
  };

  function collect(scope: string | null, within: readonly Piece[], lines: readonly string[]): void {
    const drawn = lines.flatMap(parseFlows);
    for (const { flow } of drawn) sequenceFlows.set(flow.id, flow);
    for (const { node, inside, flows: inner } of within) {
      nodes.set(node.id, {
        ...node,
        scope,
        incoming: drawn.filter(({ flow }) => flow.target === node.id).map(({ flow }) => flow.id),
        outgoing: drawn.filter(({ flow }) => flow.source === node.id).map(({ flow }) => flow.id),
        defaultFlow:
          drawn.find(({ flow, isDefault }) => isDefault && flow.source === node.id)?.flow.id ?? null,
        boundary: within.filter((it) => it.node.attachedTo === node.id).map((it) => it.node.id),
      });
      if (isContainer(node)) collect(node.id, inside, inner);
    }
  }
}

/** The deadlines that elements declare, and which element meets which of them. */
export function deadlinesOf(nodes: Iterable<FlowNode>): Pick<ProcessModel, 'deadlines' | 'metBy'> {
  const deadlines = [...nodes].flatMap((node) => node.deadlines);
  const metBy = new Map<string, { deadline: DeadlineDecl; index: number }[]>();
  for (const deadline of deadlines) {
    for (const [index, { by }] of deadline.met.entries())
      metBy.set(by, [...(metBy.get(by) ?? []), { deadline, index }]);
  }
  return { deadlines: new Map(deadlines.map((it) => [it.id, it])), metBy };
}

function parseFlows(line: string): { flow: SequenceFlow; isDefault: boolean }[] {
  const [, path = line, word, condition] = /^(.*?)(?: (if|default)(?: (.*))?)?$/.exec(line) ?? [];
  const steps = path.split('->').map((it) => it.trim());
  return steps.slice(1).map((target, i) => {
    const source = steps[i] ?? '';
    const flow: SequenceFlow = {
      id: `${source}_${target}`,
      name: '',
      source,
      target,
      condition: word === 'if' && condition ? feel(condition) : null,
    };
    return { flow, isDefault: word === 'default' };
  });
}
