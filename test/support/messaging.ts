/** Small diagrams of cases that talk to one another. */
const head = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:iter="urn:iter:bpmn:1"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="defs" targetNamespace="urn:test">
<bpmn:message id="m_ping" name="ping"><bpmn:extensionElements><zeebe:subscription correlationKey="=k"/></bpmn:extensionElements></bpmn:message>
<bpmn:message id="m_to" name="ping"><bpmn:extensionElements><zeebe:subscription correlationKey="=caseId"/></bpmn:extensionElements></bpmn:message>
<bpmn:message id="m_pong" name="pong"/>
<bpmn:message id="m_hello" name="hello"/>
<bpmn:signal id="s_alarm" name="alarm"/>`;

const message = (id: string, n = 1): string =>
  `<bpmn:messageEventDefinition id="d_${n}" messageRef="${id}"/>`;
const signal = '<bpmn:signalEventDefinition id="d_1" signalRef="s_alarm"/>';
const daily =
  '<bpmn:timerEventDefinition id="d_1"><bpmn:timeCycle xsi:type="bpmn:tFormalExpression">R/P1D</bpmn:timeCycle></bpmn:timerEventDefinition>';

const flow = '<bpmn:incoming>f_1</bpmn:incoming><bpmn:outgoing>f_2</bpmn:outgoing>';
const catches = (definition: string): string =>
  `<bpmn:intermediateCatchEvent id="middle">${flow}${definition}</bpmn:intermediateCatchEvent>`;
const throws = (definition: string): string =>
  `<bpmn:intermediateThrowEvent id="middle"><bpmn:extensionElements><zeebe:ioMapping><zeebe:input source="=n" target="n"/></zeebe:ioMapping></bpmn:extensionElements>${flow}${definition}</bpmn:intermediateThrowEvent>`;
const task = `<bpmn:manualTask id="middle">${flow}</bpmn:manualTask>`;
const user = `<bpmn:userTask id="middle"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements>${flow}`;
const many = `${user}<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">=n</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>`;

/** What begins the case, and what stands between start and end. */
const parts = {
  start: ['', task],
  'start by hello': [message('m_hello'), task],
  'start by alarm': [signal, task],
  'start every day': [daily, task],
  'start by hello and alarm': [message('m_hello', 2) + signal, task],
  'start by ping and hello': [message('m_ping') + message('m_hello', 2), task],
  'start every day with alarm': [daily.replace('d_1', 'd_2') + signal, task],
  'receive ping by key': ['', catches(message('m_ping'))],
  'send ping by key': ['', throws(message('m_ping'))],
  'send ping to case': ['', throws(message('m_to'))],
  'receive pong': ['', catches(message('m_pong'))],
  'send pong': ['', throws(message('m_pong'))],
  'send hello': ['', throws(message('m_hello'))],
  'receive alarm': ['', catches(signal)],
  'throw alarm': ['', throws(signal)],
  'many tasks': ['', many],
} as const;

/** A process with one thing in it. */
export function diagram(key: string, does: keyof typeof parts): string {
  const [start, middle] = parts[does];
  const all = start.includes('d_2') ? ' parallelMultiple="true"' : '';
  return `${head}
<bpmn:process id="${key}" isExecutable="true">
  <bpmn:startEvent id="start"${all}><bpmn:outgoing>f_1</bpmn:outgoing>${start}</bpmn:startEvent>
  <bpmn:sequenceFlow id="f_1" sourceRef="start" targetRef="middle"/>
  ${middle}
  <bpmn:sequenceFlow id="f_2" sourceRef="middle" targetRef="end"/>
  <bpmn:endEvent id="end"><bpmn:incoming>f_2</bpmn:incoming></bpmn:endEvent>
</bpmn:process>
</bpmn:definitions>`;
}
