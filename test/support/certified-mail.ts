import type { ReceiptParts } from './pec.ts';

/** `giorno` and `ora` of an instant, as a provider in UTC writes them. */
export function momentOf(instant: string): Pick<ReceiptParts, 'giorno' | 'ora' | 'zona'> {
  const [year, month, day] = instant.slice(0, 10).split('-');
  return { giorno: `${day}/${month}/${year}`, ora: instant.slice(11, 19), zona: '+0000' };
}

/** A process that sends by certified mail, waits for what proves it beside that, and asks people what to do. */
export const sending = (key: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="defs" targetNamespace="urn:test">
<bpmn:message id="m_1" name="deliveryReceipt"><bpmn:extensionElements><zeebe:subscription correlationKey="=caseCode"/></bpmn:extensionElements></bpmn:message>
<bpmn:message id="m_2" name="deliveryFailed"><bpmn:extensionElements><zeebe:subscription correlationKey="=caseCode"/></bpmn:extensionElements></bpmn:message>
<bpmn:process id="${key}" isExecutable="true">
  <bpmn:startEvent id="start"><bpmn:outgoing>f_0</bpmn:outgoing></bpmn:startEvent>
  <bpmn:userTask id="t_ready"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements><bpmn:incoming>f_0</bpmn:incoming><bpmn:outgoing>f_1</bpmn:outgoing></bpmn:userTask>
  <bpmn:serviceTask id="send"><bpmn:extensionElements><zeebe:taskDefinition type="certified-mail"/><zeebe:taskHeaders>
    <zeebe:header key="to" value="mailbox"/><zeebe:header key="documents" value="docs"/><zeebe:header key="subject" value="about"/>
  </zeebe:taskHeaders></bpmn:extensionElements><bpmn:incoming>f_1</bpmn:incoming><bpmn:outgoing>f_2</bpmn:outgoing></bpmn:serviceTask>
  <bpmn:boundaryEvent id="evt_notSent" attachedToRef="send"><bpmn:outgoing>f_e</bpmn:outgoing><bpmn:errorEventDefinition id="d_e" errorRef="e_1"/></bpmn:boundaryEvent>
  <bpmn:eventBasedGateway id="gw"><bpmn:incoming>f_2</bpmn:incoming><bpmn:incoming>f_w</bpmn:incoming><bpmn:outgoing>f_3</bpmn:outgoing><bpmn:outgoing>f_4</bpmn:outgoing><bpmn:outgoing>f_5</bpmn:outgoing></bpmn:eventBasedGateway>
  <bpmn:intermediateCatchEvent id="evt_receipt"><bpmn:incoming>f_3</bpmn:incoming><bpmn:outgoing>f_6</bpmn:outgoing><bpmn:messageEventDefinition id="d_1" messageRef="m_1"/></bpmn:intermediateCatchEvent>
  <bpmn:intermediateCatchEvent id="evt_failed"><bpmn:incoming>f_4</bpmn:incoming><bpmn:outgoing>f_7</bpmn:outgoing><bpmn:messageEventDefinition id="d_2" messageRef="m_2"/></bpmn:intermediateCatchEvent>
  <bpmn:intermediateCatchEvent id="evt_late"><bpmn:incoming>f_5</bpmn:incoming><bpmn:outgoing>f_8</bpmn:outgoing><bpmn:timerEventDefinition id="d_3"><bpmn:timeDuration>P2D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>
  <bpmn:userTask id="t_proof"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements><bpmn:incoming>f_6</bpmn:incoming><bpmn:outgoing>f_9</bpmn:outgoing></bpmn:userTask>
  <bpmn:userTask id="t_failed"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements><bpmn:incoming>f_7</bpmn:incoming><bpmn:incoming>f_e</bpmn:incoming><bpmn:outgoing>f_10</bpmn:outgoing></bpmn:userTask>
  <bpmn:userTask id="t_late"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements><bpmn:incoming>f_8</bpmn:incoming><bpmn:outgoing>f_w</bpmn:outgoing></bpmn:userTask>
  <bpmn:endEvent id="end"><bpmn:incoming>f_9</bpmn:incoming><bpmn:incoming>f_10</bpmn:incoming></bpmn:endEvent>
  <bpmn:sequenceFlow id="f_0" sourceRef="start" targetRef="t_ready"/>
  <bpmn:sequenceFlow id="f_1" sourceRef="t_ready" targetRef="send"/>
  <bpmn:sequenceFlow id="f_2" sourceRef="send" targetRef="gw"/>
  <bpmn:sequenceFlow id="f_e" sourceRef="evt_notSent" targetRef="t_failed"/>
  <bpmn:sequenceFlow id="f_3" sourceRef="gw" targetRef="evt_receipt"/>
  <bpmn:sequenceFlow id="f_4" sourceRef="gw" targetRef="evt_failed"/>
  <bpmn:sequenceFlow id="f_5" sourceRef="gw" targetRef="evt_late"/>
  <bpmn:sequenceFlow id="f_6" sourceRef="evt_receipt" targetRef="t_proof"/>
  <bpmn:sequenceFlow id="f_7" sourceRef="evt_failed" targetRef="t_failed"/>
  <bpmn:sequenceFlow id="f_8" sourceRef="evt_late" targetRef="t_late"/>
  <bpmn:sequenceFlow id="f_w" sourceRef="t_late" targetRef="gw"/>
  <bpmn:sequenceFlow id="f_9" sourceRef="t_proof" targetRef="end"/>
  <bpmn:sequenceFlow id="f_10" sourceRef="t_failed" targetRef="end"/>
</bpmn:process>
<bpmn:error id="e_1" errorCode="not-sent"/>
</bpmn:definitions>`;
