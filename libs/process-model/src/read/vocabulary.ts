import type { FlowNodeType } from '../model.ts';

/** The flow nodes that the engine executes. */
export const flowNodeTypes: ReadonlySet<string> = new Set<FlowNodeType>([
  'bpmn:StartEvent',
  'bpmn:EndEvent',
  'bpmn:IntermediateCatchEvent',
  'bpmn:IntermediateThrowEvent',
  'bpmn:BoundaryEvent',
  'bpmn:Task',
  'bpmn:UserTask',
  'bpmn:ManualTask',
  'bpmn:ServiceTask',
  'bpmn:SendTask',
  'bpmn:ReceiveTask',
  'bpmn:ScriptTask',
  'bpmn:ExclusiveGateway',
  'bpmn:ParallelGateway',
  'bpmn:EventBasedGateway',
  'bpmn:SubProcess',
]);

export const activityTypes: ReadonlySet<string> = new Set([
  'bpmn:Task',
  'bpmn:UserTask',
  'bpmn:ManualTask',
  'bpmn:ServiceTask',
  'bpmn:SendTask',
  'bpmn:ReceiveTask',
  'bpmn:ScriptTask',
  'bpmn:SubProcess',
]);

/** Drawn beside the flow: they say something to people and nothing to an engine. */
export const drawnTypes: ReadonlySet<string> = new Set([
  'bpmn:DataObject',
  'bpmn:DataObjectReference',
  'bpmn:DataStoreReference',
  'bpmn:TextAnnotation',
  'bpmn:Association',
  'bpmn:Group',
]);

const everywhere = [
  'id',
  'name',
  'documentation',
  'extensionElements',
  'auditing',
  'monitoring',
  'categoryValueRef',
];
const template = ['modelerTemplate', 'modelerTemplateVersion', 'modelerTemplateIcon'];
const node = [...everywhere, ...template, 'incoming', 'outgoing', 'lanes'];
// The last four are examined one by one: as the drawing of data they are harmless.
const activity = [
  ...node,
  'default',
  'boundaryEventRefs',
  'ioSpecification',
  'properties',
  'dataInputAssociations',
  'dataOutputAssociations',
];
const event = [...node, 'eventDefinitions', 'properties', 'dataInputAssociations', 'dataOutputAssociations'];
const gateway = [...node, 'gatewayDirection'];
const definition = ['id', 'documentation', 'extensionElements'];

/** For each type, what a file may say of it; all else has a meaning that the engine would ignore. */
export const understood: Readonly<Record<string, ReadonlySet<string>>> = Object.fromEntries(
  Object.entries({
    'bpmn:Process': [
      ...everywhere,
      ...template,
      'isExecutable',
      'isClosed',
      'processType',
      'definitionalCollaborationRef',
      'laneSets',
      'flowElements',
      'artifacts',
      'properties',
    ],
    'bpmn:SubProcess': [...activity, 'triggeredByEvent', 'flowElements', 'artifacts', 'laneSets'],
    'bpmn:Task': activity,
    'bpmn:ManualTask': activity,
    'bpmn:UserTask': [...activity, 'implementation'],
    'bpmn:ServiceTask': [...activity, 'implementation'],
    'bpmn:SendTask': [...activity, 'implementation', 'messageRef'],
    'bpmn:ReceiveTask': [...activity, 'implementation', 'messageRef'],
    'bpmn:ScriptTask': [...activity, 'script', 'scriptFormat'],
    'bpmn:StartEvent': [...event, 'isInterrupting'],
    'bpmn:EndEvent': event,
    'bpmn:IntermediateCatchEvent': event,
    'bpmn:IntermediateThrowEvent': event,
    'bpmn:BoundaryEvent': [...event, 'attachedToRef', 'cancelActivity'],
    'bpmn:ExclusiveGateway': [...gateway, 'default'],
    'bpmn:ParallelGateway': gateway,
    'bpmn:EventBasedGateway': gateway,
    'bpmn:SequenceFlow': [...everywhere, 'sourceRef', 'targetRef', 'conditionExpression', 'isImmediate'],
    'bpmn:MessageEventDefinition': [...definition, 'messageRef'],
    'bpmn:TimerEventDefinition': [...definition, 'timeDate', 'timeDuration', 'timeCycle'],
    'bpmn:ErrorEventDefinition': [...definition, 'errorRef'],
    'bpmn:TerminateEventDefinition': definition,
    'bpmn:LinkEventDefinition': [...definition, 'name', 'source', 'target'],
    'bpmn:Expression': ['id', 'documentation', 'body'],
    'bpmn:FormalExpression': ['id', 'documentation', 'body', 'language', 'evaluatesToTypeRef'],
  }).map(([type, properties]) => [type, new Set(properties)]),
);

/** Values that BPMN gives anyway: saying them aloud changes nothing. */
export const sameAsDefault: Readonly<Record<string, readonly unknown[]>> = {
  isForCompensation: [false],
  startQuantity: [1],
  completionQuantity: [1],
  parallelMultiple: [false],
  instantiate: [false],
  eventGatewayType: ['Exclusive'],
};

const jobs = [
  'bpmn:ServiceTask',
  'bpmn:SendTask',
  'bpmn:ScriptTask',
  'bpmn:IntermediateThrowEvent',
  'bpmn:EndEvent',
];
const events = [
  'bpmn:StartEvent',
  'bpmn:EndEvent',
  'bpmn:IntermediateCatchEvent',
  'bpmn:IntermediateThrowEvent',
  'bpmn:BoundaryEvent',
];
const mapped = [
  'bpmn:UserTask',
  'bpmn:ManualTask',
  'bpmn:ReceiveTask',
  'bpmn:SubProcess',
  ...jobs.slice(0, 3),
  ...events,
];

/** Where each extension element may stand; `once` forbids a second. Others of these namespaces are refused. */
export const extensionPlaces: Readonly<
  Record<string, { readonly in: ReadonlySet<string>; readonly once: boolean }>
> = Object.fromEntries(
  Object.entries({
    'zeebe:TaskDefinition': jobs,
    'zeebe:TaskHeaders': jobs,
    'zeebe:IoMapping': mapped,
    'zeebe:UserTask': ['bpmn:UserTask'],
    'zeebe:FormDefinition': ['bpmn:UserTask', 'bpmn:StartEvent'],
    'zeebe:AssignmentDefinition': ['bpmn:UserTask'],
    'zeebe:TaskSchedule': ['bpmn:UserTask'],
    'zeebe:PriorityDefinition': ['bpmn:UserTask'],
    'zeebe:Script': ['bpmn:ScriptTask'],
    'zeebe:Subscription': ['bpmn:Message'],
    'zeebe:VersionTag': ['bpmn:Process'],
    'iter:Deadline': [...flowNodeTypes],
    'iter:DeadlineChange': [...flowNodeTypes],
    'iter:Role': ['bpmn:Lane'],
    'iter:Act': ['bpmn:UserTask'],
    'iter:Personal': ['bpmn:Process'],
    'iter:Incoming': [...flowNodeTypes],
  }).map(([type, hosts]) => [
    type,
    {
      in: new Set(hosts),
      once: !['iter:Deadline', 'iter:DeadlineChange', 'iter:Act', 'iter:Incoming', 'iter:Personal'].includes(
        type,
      ),
    },
  ]),
);

/** Namespaces of other engines: their words would change what happens, and nobody here would obey them. */
export const foreignEngines: readonly string[] = [
  'http://camunda.org/schema/1.0/bpmn',
  'http://activiti.org/bpmn',
  'http://flowable.org/bpmn',
  'http://www.jboss.org/drools',
  'http://www.omg.org/bpsim',
  'http://bpmn.sf.net',
];

/** What a refused element is called in a sentence. */
export const names: Readonly<Record<string, string>> = {
  'bpmn:InclusiveGateway': 'An inclusive gateway',
  'bpmn:ComplexGateway': 'A complex gateway',
  'bpmn:CallActivity': 'A call activity',
  'bpmn:BusinessRuleTask': 'A business rule task',
  'bpmn:Transaction': 'A transaction',
  'bpmn:AdHocSubProcess': 'An ad-hoc sub-process',
  'bpmn:SignalEventDefinition': 'A signal event',
  'bpmn:EscalationEventDefinition': 'An escalation event',
  'bpmn:CompensateEventDefinition': 'A compensation event',
  'bpmn:ConditionalEventDefinition': 'A conditional event',
  'bpmn:CancelEventDefinition': 'A cancel event',
  loopCharacteristics: 'A loop or multi-instance',
  resources: 'A resource assignment of BPMN (use zeebe:assignmentDefinition)',
  operationRef: 'An operation of an interface',
};
