import type { FlowNodeType } from '../model.ts';

const containerTypes = ['bpmn:SubProcess', 'bpmn:Transaction', 'bpmn:AdHocSubProcess'] as const;
const taskTypes = [
  'bpmn:Task',
  'bpmn:UserTask',
  'bpmn:ManualTask',
  'bpmn:ServiceTask',
  'bpmn:SendTask',
  'bpmn:ReceiveTask',
  'bpmn:ScriptTask',
  'bpmn:BusinessRuleTask',
] as const;
const eventTypes = [
  'bpmn:StartEvent',
  'bpmn:EndEvent',
  'bpmn:IntermediateCatchEvent',
  'bpmn:IntermediateThrowEvent',
  'bpmn:BoundaryEvent',
] as const;
const gatewayTypes = [
  'bpmn:ExclusiveGateway',
  'bpmn:ParallelGateway',
  'bpmn:InclusiveGateway',
  'bpmn:ComplexGateway',
  'bpmn:EventBasedGateway',
] as const;

export const activityTypes: ReadonlySet<string> = new Set([
  ...taskTypes,
  'bpmn:CallActivity',
  ...containerTypes,
]);

/** The flow nodes that the engine executes. */
export const flowNodeTypes: ReadonlySet<string> = new Set<FlowNodeType>([
  ...eventTypes,
  ...taskTypes,
  'bpmn:CallActivity',
  ...containerTypes,
  ...gatewayTypes,
]);

/** Global tasks, and the task that each is when it is called. */
export const globalTasks: Readonly<Record<string, FlowNodeType>> = {
  'bpmn:GlobalTask': 'bpmn:Task',
  'bpmn:GlobalUserTask': 'bpmn:UserTask',
  'bpmn:GlobalManualTask': 'bpmn:ManualTask',
  'bpmn:GlobalScriptTask': 'bpmn:ScriptTask',
  'bpmn:GlobalBusinessRuleTask': 'bpmn:BusinessRuleTask',
};

/** Drawn beside the flow: they say something to people and nothing to an engine, unless associations move them. */
export const drawnTypes: ReadonlySet<string> = new Set([
  'bpmn:DataObject',
  'bpmn:DataObjectReference',
  'bpmn:DataStoreReference',
  'bpmn:TextAnnotation',
  'bpmn:Association',
  'bpmn:Group',
]);

const base = ['id', 'documentation', 'extensionElements'];
const everywhere = [...base, 'name', 'auditing', 'monitoring', 'categoryValueRef'];
const template = ['modelerTemplate', 'modelerTemplateVersion', 'modelerTemplateIcon'];
const node = [...everywhere, ...template, 'incoming', 'outgoing', 'lanes'];
const callable = ['ioSpecification', 'resources'];
const activity = [
  ...node,
  'default',
  'boundaryEventRefs',
  'ioSpecification',
  'properties',
  'dataInputAssociations',
  'dataOutputAssociations',
  'resources',
  'loopCharacteristics',
  'isForCompensation',
  'startQuantity',
  'completionQuantity',
];
const container = [...activity, 'triggeredByEvent', 'flowElements', 'artifacts', 'laneSets'];
const event = [...node, 'eventDefinitions', 'eventDefinitionRef', 'properties'];
const catchEvent = [...event, 'parallelMultiple', 'dataOutputs', 'dataOutputAssociations', 'outputSet'];
const throwEvent = [...event, 'dataInputs', 'dataInputAssociations', 'inputSet'];
const gateway = [...node, 'gatewayDirection'];

/** For each type, what a file may say of it; all else has a meaning that the engine would ignore. */
export const understood: Readonly<Record<string, ReadonlySet<string>>> = Object.fromEntries(
  Object.entries({
    'bpmn:Process': [
      ...everywhere,
      ...template,
      ...callable,
      'isExecutable',
      'isClosed',
      'processType',
      'definitionalCollaborationRef',
      'laneSets',
      'flowElements',
      'artifacts',
      'properties',
      'correlationSubscriptions',
      'supports',
    ],
    'bpmn:GlobalTask': [...everywhere, ...callable],
    'bpmn:GlobalManualTask': [...everywhere, ...callable],
    'bpmn:GlobalUserTask': [...everywhere, ...callable, 'implementation', 'renderings'],
    'bpmn:GlobalScriptTask': [...everywhere, ...callable, 'script', 'scriptLanguage'],
    'bpmn:GlobalBusinessRuleTask': [...everywhere, ...callable, 'implementation'],
    'bpmn:SubProcess': container,
    'bpmn:Transaction': [...container, 'protocol', 'method'],
    'bpmn:AdHocSubProcess': [...container, 'ordering', 'completionCondition', 'cancelRemainingInstances'],
    'bpmn:CallActivity': [...activity, 'calledElement'],
    'bpmn:Task': activity,
    'bpmn:ManualTask': activity,
    'bpmn:UserTask': [...activity, 'implementation', 'renderings'],
    'bpmn:ServiceTask': [...activity, 'implementation', 'operationRef'],
    'bpmn:SendTask': [...activity, 'implementation', 'messageRef', 'operationRef'],
    'bpmn:ReceiveTask': [...activity, 'implementation', 'messageRef', 'operationRef', 'instantiate'],
    'bpmn:ScriptTask': [...activity, 'script', 'scriptFormat'],
    'bpmn:BusinessRuleTask': [...activity, 'implementation'],
    'bpmn:StartEvent': [...catchEvent, 'isInterrupting'],
    'bpmn:EndEvent': throwEvent,
    'bpmn:IntermediateCatchEvent': catchEvent,
    'bpmn:IntermediateThrowEvent': throwEvent,
    'bpmn:BoundaryEvent': [...catchEvent, 'attachedToRef', 'cancelActivity'],
    'bpmn:ImplicitThrowEvent': throwEvent,
    'bpmn:ExclusiveGateway': [...gateway, 'default'],
    'bpmn:InclusiveGateway': [...gateway, 'default'],
    'bpmn:ComplexGateway': [...gateway, 'default', 'activationCondition'],
    'bpmn:ParallelGateway': gateway,
    'bpmn:EventBasedGateway': [...gateway, 'instantiate', 'eventGatewayType'],
    'bpmn:SequenceFlow': [...everywhere, 'sourceRef', 'targetRef', 'conditionExpression', 'isImmediate'],
    'bpmn:MessageEventDefinition': [...base, 'messageRef', 'operationRef'],
    'bpmn:TimerEventDefinition': [...base, 'timeDate', 'timeDuration', 'timeCycle'],
    'bpmn:SignalEventDefinition': [...base, 'signalRef'],
    'bpmn:ErrorEventDefinition': [...base, 'errorRef'],
    'bpmn:EscalationEventDefinition': [...base, 'escalationRef'],
    'bpmn:ConditionalEventDefinition': [...base, 'condition'],
    'bpmn:CompensateEventDefinition': [...base, 'activityRef', 'waitForCompletion'],
    'bpmn:CancelEventDefinition': base,
    'bpmn:TerminateEventDefinition': base,
    'bpmn:LinkEventDefinition': [...base, 'name', 'source', 'target'],
    'bpmn:StandardLoopCharacteristics': [...base, 'testBefore', 'loopMaximum', 'loopCondition'],
    'bpmn:MultiInstanceLoopCharacteristics': [
      ...base,
      'isSequential',
      'behavior',
      'loopCardinality',
      'loopDataInputRef',
      'loopDataOutputRef',
      'inputDataItem',
      'outputDataItem',
      'complexBehaviorDefinition',
      'completionCondition',
      'oneBehaviorEventRef',
      'noneBehaviorEventRef',
    ],
    'bpmn:ComplexBehaviorDefinition': [...base, 'condition', 'event'],
    'bpmn:Expression': ['id', 'documentation', 'body'],
    'bpmn:FormalExpression': ['id', 'documentation', 'body', 'language', 'evaluatesToTypeRef'],
  }).map(([type, properties]) => [type, new Set(properties)]),
);

/** Values that BPMN gives anyway: saying them aloud changes nothing. */
export const sameAsDefault: Readonly<Record<string, readonly unknown[]>> = {
  isForCompensation: [false],
};

/** Attributes that take one of a few words; moddle accepts any. Source: BPMN 2.0.2, the XML schemas */
export const enumerations: Readonly<Record<string, readonly string[]>> = {
  gatewayDirection: ['Unspecified', 'Converging', 'Diverging', 'Mixed'],
  eventGatewayType: ['Exclusive', 'Parallel'],
  ordering: ['Parallel', 'Sequential'],
  behavior: ['None', 'One', 'All', 'Complex'],
  associationDirection: ['None', 'One', 'Both'],
  processType: ['None', 'Public', 'Private'],
};

const jobs = [
  'bpmn:ServiceTask',
  'bpmn:SendTask',
  'bpmn:ScriptTask',
  'bpmn:BusinessRuleTask',
  'bpmn:IntermediateThrowEvent',
  'bpmn:EndEvent',
  'bpmn:GlobalScriptTask',
  'bpmn:GlobalBusinessRuleTask',
];
const userTasks = ['bpmn:UserTask', 'bpmn:GlobalUserTask'];
const scripts = ['bpmn:ScriptTask', 'bpmn:GlobalScriptTask'];
const decisions = ['bpmn:BusinessRuleTask', 'bpmn:GlobalBusinessRuleTask'];
const mapped = [...activityTypes, ...eventTypes, ...Object.keys(globalTasks)];
const borne = [...flowNodeTypes, ...Object.keys(globalTasks)];

/** Where each extension element may stand; `once` forbids a second. Others of these namespaces are refused. */
export const extensionPlaces: Readonly<
  Record<string, { readonly in: ReadonlySet<string>; readonly once: boolean }>
> = Object.fromEntries(
  Object.entries({
    'zeebe:TaskDefinition': jobs,
    'zeebe:TaskHeaders': [...jobs, ...userTasks],
    'zeebe:IoMapping': mapped,
    'zeebe:UserTask': userTasks,
    'zeebe:FormDefinition': [...userTasks, 'bpmn:StartEvent'],
    'zeebe:AssignmentDefinition': userTasks,
    'zeebe:TaskSchedule': userTasks,
    'zeebe:PriorityDefinition': userTasks,
    'zeebe:Script': scripts,
    'zeebe:CalledElement': ['bpmn:CallActivity'],
    'zeebe:CalledDecision': decisions,
    'zeebe:LoopCharacteristics': ['bpmn:MultiInstanceLoopCharacteristics'],
    'zeebe:AdHoc': ['bpmn:AdHocSubProcess'],
    'zeebe:ConditionalFilter': ['bpmn:ConditionalEventDefinition'],
    'zeebe:Subscription': ['bpmn:Message'],
    'zeebe:VersionTag': ['bpmn:Process'],
    'zeebe:UserTaskForm': ['bpmn:Process', 'bpmn:GlobalUserTask'],
    'iter:Deadline': borne,
    'iter:DeadlineChange': borne,
    'iter:Role': ['bpmn:Lane'],
    'iter:Act': [...userTasks, 'bpmn:SendTask'],
    'iter:Personal': ['bpmn:Process'],
    'iter:Fact': ['bpmn:Process'],
    'iter:Word': ['bpmn:Process'],
    'iter:Incoming': borne,
    'iter:Refuse': [...userTasks, 'bpmn:StartEvent'],
    'iter:Lookup': [...userTasks, 'bpmn:StartEvent'],
    'iter:Office': userTasks,
    'iter:About': userTasks,
    'iter:Reads': userTasks,
    'iter:Receiver': ['bpmn:SendTask', 'bpmn:IntermediateThrowEvent', 'bpmn:EndEvent'],
  }).map(([type, hosts]) => [
    type,
    {
      in: new Set(hosts),
      once: ![
        'iter:Deadline',
        'iter:DeadlineChange',
        'iter:Act',
        'iter:Incoming',
        'iter:Refuse',
        'iter:Lookup',
        'iter:Reads',
        'iter:Personal',
        'iter:Fact',
        'iter:Word',
        'zeebe:UserTaskForm',
      ].includes(type),
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
  'bpmn:ChoreographyTask': 'A choreography task',
  'bpmn:SubChoreography': 'A sub-choreography',
  'bpmn:CallChoreography': 'A call choreography',
  'bpmn:ImplicitThrowEvent': 'An implicit throw event',
  ioBinding: 'A binding of operations',
  supportedInterfaceRef: 'An interface of operations',
};
