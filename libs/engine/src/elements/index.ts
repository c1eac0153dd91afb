import type { FlowNodeType } from '@iter/process-model';
import type { Behaviour } from './behaviour.ts';
import { adHocSubProcess } from './ad-hoc-sub-process.ts';
import { boundaryEvent } from './boundary-event.ts';
import { businessRuleTask } from './business-rule-task.ts';
import { callActivity } from './call-activity.ts';
import { complexGateway } from './complex-gateway.ts';
import { endEvent } from './end-event.ts';
import { eventBasedGateway } from './event-based-gateway.ts';
import { exclusiveGateway } from './exclusive-gateway.ts';
import { inclusiveGateway } from './inclusive-gateway.ts';
import { intermediateCatchEvent } from './intermediate-catch-event.ts';
import { intermediateThrowEvent } from './intermediate-throw-event.ts';
import { manualTask } from './manual-task.ts';
import { parallelGateway } from './parallel-gateway.ts';
import { receiveTask } from './receive-task.ts';
import { scriptTask } from './script-task.ts';
import { sendTask } from './send-task.ts';
import { serviceTask } from './service-task.ts';
import { startEvent } from './start-event.ts';
import { subProcess } from './sub-process.ts';
import { task } from './task.ts';
import { userTask } from './user-task.ts';

/** What every element does when a token arrives. An element that is not here does not compile. */
export const behaviours: Readonly<Record<FlowNodeType, Behaviour>> = {
  'bpmn:StartEvent': startEvent,
  'bpmn:EndEvent': endEvent,
  'bpmn:IntermediateCatchEvent': intermediateCatchEvent,
  'bpmn:IntermediateThrowEvent': intermediateThrowEvent,
  'bpmn:BoundaryEvent': boundaryEvent,
  'bpmn:Task': task,
  'bpmn:UserTask': userTask,
  'bpmn:ManualTask': manualTask,
  'bpmn:ServiceTask': serviceTask,
  'bpmn:SendTask': sendTask,
  'bpmn:ReceiveTask': receiveTask,
  'bpmn:ScriptTask': scriptTask,
  'bpmn:BusinessRuleTask': businessRuleTask,
  'bpmn:CallActivity': callActivity,
  'bpmn:ExclusiveGateway': exclusiveGateway,
  'bpmn:ParallelGateway': parallelGateway,
  'bpmn:InclusiveGateway': inclusiveGateway,
  'bpmn:ComplexGateway': complexGateway,
  'bpmn:EventBasedGateway': eventBasedGateway,
  'bpmn:SubProcess': subProcess,
  'bpmn:Transaction': subProcess,
  'bpmn:AdHocSubProcess': adHocSubProcess,
};
