import type { FlowNode, FlowNodeType } from '../model.ts';
import type { Context } from './context.ts';
import { child, extensionsOf, idOf } from './element.ts';
import type { Element } from './element.ts';
import { readBody } from './read-body.ts';
import { readAdHoc, readCall, readDecision } from './read-calls.ts';
import type { DataReader } from './read-data.ts';
import { readEvent } from './read-event.ts';
import { readMessage } from './read-event-definition.ts';
import { labelOf } from './read-graph.ts';
import type { GraphNode } from './read-graph.ts';
import { LawReader } from './read-law.ts';
import { readLoop } from './read-loop.ts';
import { readResources } from './read-resources.ts';
import { readUserTask } from './read-user-task.ts';
import { readJob, readMappings, readScript } from './read-work.ts';
import { checkUnderstood } from './understood.ts';
import { globalTasks } from './vocabulary.ts';

/** What a node needs to know of the process around it. */
export interface Surroundings {
  readonly roleOf: (id: string) => string | null;
  /** Boundary events by the activity they are attached to, in model order. */
  readonly boundaryOf: ReadonlyMap<string, readonly string[]>;
  readonly compensatedBy: ReadonlyMap<string, string>;
  readonly forms: ReadonlyMap<string, string>;
  readonly data: DataReader;
}

/** One flow node, or a global task as the task that it is. */
export function readNode(
  { id, element, scope, incoming, outgoing }: GraphNode,
  { roleOf, boundaryOf, compensatedBy, forms, data }: Surroundings,
  context: Context,
): FlowNode {
  const { findings } = context;
  const type = globalTasks[element.$type] ?? (element.$type as FlowNodeType);
  checkUnderstood(element, findings);
  const law = new LawReader(element, context);
  const hasJob = extensionsOf(element, 'zeebe:TaskDefinition').length > 0;
  const message = readTaskMessage(element, type, hasJob, context);
  const ofData = data.of(element);
  if (Object.hasOwn(element, 'method') || Object.hasOwn(element, 'protocol')) {
    findings.warning(
      id,
      'transaction-method',
      'A transaction is undone by compensation: its method is not obeyed.',
    );
  }
  const attached = type === 'bpmn:BoundaryEvent' ? child(element, 'attachedToRef') : null;
  const activation = type === 'bpmn:ComplexGateway' ? child(element, 'activationCondition') : null;
  const isAssigned = extensionsOf(element, 'zeebe:AssignmentDefinition').length > 0;
  if (type !== 'bpmn:UserTask' || isAssigned) readResources(element, false, context);
  return Object.freeze({
    id,
    type,
    name: labelOf(element),
    scope,
    incoming: Object.freeze([...incoming]),
    outgoing: Object.freeze([...outgoing]),
    defaultFlow: idOf(child(element, 'default') ?? { $type: '' }) || null,
    role: roleOf(id),
    event: readEvent(element, context),
    boundary: Object.freeze([...(boundaryOf.get(id) ?? [])]),
    attachedTo: attached ? idOf(attached) : null,
    interrupting: element['cancelActivity'] !== false && element['isInterrupting'] !== false,
    loop: readLoop(element, data, context),
    startQuantity: quantity(element, 'startQuantity'),
    completionQuantity: quantity(element, 'completionQuantity'),
    isForCompensation: element['isForCompensation'] === true,
    compensatedBy: compensatedBy.get(id) ?? null,
    instantiate: element['instantiate'] === true,
    parallelEvents: element['eventGatewayType'] === 'Parallel',
    activationCondition: readBody(id, activation, 'Activation condition', context),
    call: readCall(element, context),
    decision: readDecisionTask(element, type, hasJob, context),
    adHoc: readAdHoc(element, context),
    locals: ofData.locals,
    required: ofData.required,
    userTask: readUserTask(element, type === 'bpmn:UserTask', forms, context),
    job: readJob(element, message !== null, context),
    script: type === 'bpmn:ScriptTask' && !hasJob ? readScript(element, context) : null,
    message,
    inputs: Object.freeze([...ofData.inputs, ...readMappings(element, 'input', context)]),
    outputs: Object.freeze([...ofData.outputs, ...readMappings(element, 'output', context)]),
    triggeredByEvent: element['triggeredByEvent'] === true,
    deadlines: law.deadlines(),
    deadlineChanges: law.changes(),
    acts: law.acts(),
    refusals: law.refusals(),
    lookups: law.lookups(),
    office: law.body('iter:Office'),
    about: law.about(),
    reads: law.reads(),
    receiver: law.body('iter:Receiver'),
    handsOver: law.handsOver(),
    incomingMessages: law.incoming(),
    place: Object.freeze(context.placeOf(id)),
  });
}

/** A send task with a job is that job; a drawn message is then its name only. */
function readTaskMessage(
  element: Element,
  type: FlowNodeType,
  hasJob: boolean,
  context: Context,
): FlowNode['message'] {
  if (type === 'bpmn:ReceiveTask') return readMessage(element, element, true, context);
  if (type !== 'bpmn:SendTask' || hasJob || !child(element, 'messageRef')) return null;
  return readMessage(element, element, false, context);
}

function readDecisionTask(
  element: Element,
  type: FlowNodeType,
  hasJob: boolean,
  context: Context,
): FlowNode['decision'] {
  if (type !== 'bpmn:BusinessRuleTask') return null;
  const decision = readDecision(element, context);
  const id = idOf(element);
  if (!decision && !hasJob) {
    context.findings.error(
      id,
      'decision-missing',
      'Which decision? A business rule task needs zeebe:calledDecision, or a zeebe:taskDefinition.',
    );
  } else if (decision && hasJob) {
    context.findings.error(id, 'decision-missing', 'A decision and a job: one of them would be ignored.');
  }
  return decision;
}

function quantity(element: Element, property: string): number {
  const value = element[property];
  return typeof value === 'number' ? value : 1;
}
