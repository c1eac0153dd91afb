/** Small diagrams for specs and benchmarks. */
const head = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:iter="urn:iter:bpmn:1"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="defs" targetNamespace="urn:test">`;

/** A process of user tasks, one after the other: `t_1`, `t_2` … all in the lane of one role. */
export function sequence(key: string, tasks: number, options: { role?: string; form?: string } = {}): string {
  const { role = 'DESK_OPERATOR', form } = options;
  const ids = ['start', ...Array.from({ length: tasks }, (_, i) => `t_${i + 1}`), 'end'];
  const nodes = ids.map((id, i) => {
    const flows = `${i > 0 ? `<bpmn:incoming>f_${i}</bpmn:incoming>` : ''}${
      i < ids.length - 1 ? `<bpmn:outgoing>f_${i + 1}</bpmn:outgoing>` : ''
    }`;
    if (id === 'start') return `<bpmn:startEvent id="start">${flows}</bpmn:startEvent>`;
    if (id === 'end') return `<bpmn:endEvent id="end">${flows}</bpmn:endEvent>`;
    const extension =
      form && id === 't_1'
        ? `<bpmn:extensionElements><zeebe:userTask/><zeebe:formDefinition formId="${form}"/></bpmn:extensionElements>`
        : '<bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements>';
    return `<bpmn:userTask id="${id}" name="Attività ${i}">${extension}${flows}</bpmn:userTask>`;
  });
  const flows = ids
    .slice(1)
    .map((id, i) => `<bpmn:sequenceFlow id="f_${i + 1}" sourceRef="${ids[i]}" targetRef="${id}"/>`);
  return `${head}
<bpmn:process id="${key}" name="Prova ${key}" isExecutable="true">
  <bpmn:laneSet id="lanes"><bpmn:lane id="lane_1" name="Corsia">
    <bpmn:extensionElements><iter:role code="${role}"/></bpmn:extensionElements>
    ${ids.map((id) => `<bpmn:flowNodeRef>${id}</bpmn:flowNodeRef>`).join('')}
  </bpmn:lane></bpmn:laneSet>
  ${[...nodes, ...flows].join('\n  ')}
</bpmn:process>
</bpmn:definitions>`;
}

/** A process of so many user tasks that are open at once; it ends when the last of them is done. */
export function forked(key: string, tasks: number): string {
  const ids = Array.from({ length: tasks }, (_, i) => `t_${i + 1}`);
  const each = (text: (id: string) => string): string => ids.map(text).join('\n  ');
  return `${head}
<bpmn:process id="${key}" name="Prova ${key}" isExecutable="true">
  <bpmn:startEvent id="start"><bpmn:outgoing>f_in</bpmn:outgoing></bpmn:startEvent>
  <bpmn:sequenceFlow id="f_in" sourceRef="start" targetRef="fork"/>
  <bpmn:parallelGateway id="fork"><bpmn:incoming>f_in</bpmn:incoming>${each((id) => `<bpmn:outgoing>in_${id}</bpmn:outgoing>`)}</bpmn:parallelGateway>
  ${each((id) => `<bpmn:userTask id="${id}" name="Attività ${id}"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements><bpmn:incoming>in_${id}</bpmn:incoming><bpmn:outgoing>out_${id}</bpmn:outgoing></bpmn:userTask>`)}
  ${each((id) => `<bpmn:sequenceFlow id="in_${id}" sourceRef="fork" targetRef="${id}"/><bpmn:sequenceFlow id="out_${id}" sourceRef="${id}" targetRef="join"/>`)}
  <bpmn:parallelGateway id="join">${each((id) => `<bpmn:incoming>out_${id}</bpmn:incoming>`)}<bpmn:outgoing>f_out</bpmn:outgoing></bpmn:parallelGateway>
  <bpmn:sequenceFlow id="f_out" sourceRef="join" targetRef="end"/>
  <bpmn:endEvent id="end"><bpmn:incoming>f_out</bpmn:incoming></bpmn:endEvent>
</bpmn:process>
</bpmn:definitions>`;
}

/** A process that starts on the message `avvio`, waits for the message `risposta`, and ends. */
export const waiting = (key: string): string => `${head}
<bpmn:message id="m_1" name="avvio"/>
<bpmn:message id="m_2" name="risposta"><bpmn:extensionElements><zeebe:subscription correlationKey="=pratica"/></bpmn:extensionElements></bpmn:message>
<bpmn:process id="${key}" isExecutable="true">
  <bpmn:startEvent id="start"><bpmn:outgoing>f_1</bpmn:outgoing><bpmn:messageEventDefinition id="d_1" messageRef="m_1"/></bpmn:startEvent>
  <bpmn:sequenceFlow id="f_1" sourceRef="start" targetRef="wait"/>
  <bpmn:intermediateCatchEvent id="wait"><bpmn:incoming>f_1</bpmn:incoming><bpmn:outgoing>f_2</bpmn:outgoing><bpmn:messageEventDefinition id="d_2" messageRef="m_2"/></bpmn:intermediateCatchEvent>
  <bpmn:sequenceFlow id="f_2" sourceRef="wait" targetRef="end"/>
  <bpmn:endEvent id="end"><bpmn:incoming>f_2</bpmn:incoming></bpmn:endEvent>
</bpmn:process>
</bpmn:definitions>`;

/** A process that calls another one, and ends. */
export const calling = (key: string, called: string): string => `${head}
<bpmn:process id="${key}" name="Prova ${key}" isExecutable="true">
  <bpmn:startEvent id="start"><bpmn:outgoing>f_1</bpmn:outgoing></bpmn:startEvent>
  <bpmn:sequenceFlow id="f_1" sourceRef="start" targetRef="call"/>
  <bpmn:callActivity id="call" name="Chiamata"><bpmn:extensionElements><zeebe:calledElement processId="${called}" propagateAllChildVariables="false"/></bpmn:extensionElements><bpmn:incoming>f_1</bpmn:incoming><bpmn:outgoing>f_2</bpmn:outgoing></bpmn:callActivity>
  <bpmn:sequenceFlow id="f_2" sourceRef="call" targetRef="end"/>
  <bpmn:endEvent id="end"><bpmn:incoming>f_2</bpmn:incoming></bpmn:endEvent>
</bpmn:process>
</bpmn:definitions>`;

/** A process with an ad-hoc sub-process of two tasks, in which people begin what they choose; it ends when `finished` is true. */
export const adHoc = (key: string, ordering: 'Parallel' | 'Sequential' = 'Parallel'): string => `${head}
<bpmn:process id="${key}" name="Prova ${key}" isExecutable="true">
  <bpmn:startEvent id="start"><bpmn:outgoing>f_1</bpmn:outgoing></bpmn:startEvent>
  <bpmn:sequenceFlow id="f_1" sourceRef="start" targetRef="box"/>
  <bpmn:adHocSubProcess id="box" name="Istruttoria" ordering="${ordering}">
    <bpmn:extensionElements><zeebe:adHoc activeElementsCollection="=[]"/></bpmn:extensionElements>
    <bpmn:incoming>f_1</bpmn:incoming><bpmn:outgoing>f_2</bpmn:outgoing>
    <bpmn:userTask id="t_hear" name="Sentire"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements></bpmn:userTask>
    <bpmn:userTask id="t_ask" name="Chiedere"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements></bpmn:userTask>
    <bpmn:completionCondition xsi:type="bpmn:tFormalExpression">=finished = true</bpmn:completionCondition>
  </bpmn:adHocSubProcess>
  <bpmn:sequenceFlow id="f_2" sourceRef="box" targetRef="end"/>
  <bpmn:endEvent id="end"><bpmn:incoming>f_2</bpmn:incoming></bpmn:endEvent>
</bpmn:process>
</bpmn:definitions>`;

/** A process with a job `stampa` for a program outside; its error `illeggibile` leads to a task. */
export const working = (key: string): string => `${head}
<bpmn:error id="e_1" name="illeggibile" errorCode="illeggibile"/>
<bpmn:process id="${key}" name="Prova ${key}" isExecutable="true">
  <bpmn:startEvent id="start"><bpmn:outgoing>f_1</bpmn:outgoing></bpmn:startEvent>
  <bpmn:sequenceFlow id="f_1" sourceRef="start" targetRef="print"/>
  <bpmn:serviceTask id="print" name="Stampare"><bpmn:extensionElements><zeebe:taskDefinition type="stampa" retries="2"/></bpmn:extensionElements><bpmn:incoming>f_1</bpmn:incoming><bpmn:outgoing>f_2</bpmn:outgoing></bpmn:serviceTask>
  <bpmn:boundaryEvent id="unreadable" attachedToRef="print"><bpmn:outgoing>f_3</bpmn:outgoing><bpmn:errorEventDefinition id="d_1" errorRef="e_1"/></bpmn:boundaryEvent>
  <bpmn:sequenceFlow id="f_2" sourceRef="print" targetRef="end"/>
  <bpmn:endEvent id="end"><bpmn:incoming>f_2</bpmn:incoming></bpmn:endEvent>
  <bpmn:sequenceFlow id="f_3" sourceRef="unreadable" targetRef="t_mend"/>
  <bpmn:userTask id="t_mend" name="Rimediare"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements><bpmn:incoming>f_3</bpmn:incoming><bpmn:outgoing>f_4</bpmn:outgoing></bpmn:userTask>
  <bpmn:sequenceFlow id="f_4" sourceRef="t_mend" targetRef="end_mended"/>
  <bpmn:endEvent id="end_mended"><bpmn:incoming>f_4</bpmn:incoming></bpmn:endEvent>
</bpmn:process>
</bpmn:definitions>`;

/** A process that asks the decision `grado` (see `decision`), then waits for a person. */
export const deciding = (key: string): string => `${head}
<bpmn:process id="${key}" name="Prova ${key}" isExecutable="true">
  <bpmn:startEvent id="start"><bpmn:outgoing>f_1</bpmn:outgoing></bpmn:startEvent>
  <bpmn:sequenceFlow id="f_1" sourceRef="start" targetRef="rule"/>
  <bpmn:businessRuleTask id="rule" name="Stabilire il grado"><bpmn:extensionElements><zeebe:calledDecision decisionId="grado" resultVariable="grado"/></bpmn:extensionElements><bpmn:incoming>f_1</bpmn:incoming><bpmn:outgoing>f_2</bpmn:outgoing></bpmn:businessRuleTask>
  <bpmn:sequenceFlow id="f_2" sourceRef="rule" targetRef="t_see"/>
  <bpmn:userTask id="t_see" name="Vedere"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements><bpmn:incoming>f_2</bpmn:incoming><bpmn:outgoing>f_3</bpmn:outgoing></bpmn:userTask>
  <bpmn:sequenceFlow id="f_3" sourceRef="t_see" targetRef="end"/>
  <bpmn:endEvent id="end"><bpmn:incoming>f_3</bpmn:incoming></bpmn:endEvent>
</bpmn:process>
</bpmn:definitions>`;

/** A table of one input, whose rules say why. */
export const decision = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="gradi" name="Gradi" namespace="urn:test">
  <decision id="grado" name="Grado dell’infrazione">
    <decisionTable id="tabella" hitPolicy="UNIQUE">
      <input id="in_1" label="Giorni di assenza"><inputExpression id="ie_1" typeRef="number"><text>giorni</text></inputExpression></input>
      <output id="out_1" label="Grado" name="grado" typeRef="string"/>
      <annotation name="Norma"/>
      <rule id="r_1"><inputEntry id="e_1"><text>&lt; 3</text></inputEntry><outputEntry id="o_1"><text>"lieve"</text></outputEntry><annotationEntry><text>art. 55-bis c. 1</text></annotationEntry></rule>
      <rule id="r_2"><inputEntry id="e_2"><text>&gt;= 3</text></inputEntry><outputEntry id="o_2"><text>"grave"</text></outputEntry><annotationEntry><text>art. 55-quater c. 1</text></annotationEntry></rule>
    </decisionTable>
  </decision>
</definitions>`;

/** A form with a required text and a number. */
export const form = JSON.stringify({
  id: 'modulo',
  type: 'default',
  schemaVersion: 16,
  components: [
    {
      type: 'textfield',
      id: 'Field_1',
      key: 'note',
      label: 'Nota',
      validate: { required: true, maxLength: 200 },
    },
    { type: 'number', id: 'Field_2', key: 'days', label: 'Giorni', validate: { min: 1, max: 10 } },
  ],
});

/** A process that waits until the date `due`, and then for a person. */
export const alarm = (key: string): string => `${head}
<bpmn:process id="${key}" name="Prova ${key}" isExecutable="true">
  <bpmn:startEvent id="start"><bpmn:outgoing>f_1</bpmn:outgoing></bpmn:startEvent>
  <bpmn:sequenceFlow id="f_1" sourceRef="start" targetRef="wait"/>
  <bpmn:intermediateCatchEvent id="wait"><bpmn:incoming>f_1</bpmn:incoming><bpmn:outgoing>f_2</bpmn:outgoing><bpmn:timerEventDefinition id="d_1"><bpmn:timeDate xsi:type="bpmn:tFormalExpression">=due</bpmn:timeDate></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>
  <bpmn:sequenceFlow id="f_2" sourceRef="wait" targetRef="t_act"/>
  <bpmn:userTask id="t_act" name="Provvedere"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements><bpmn:incoming>f_2</bpmn:incoming><bpmn:outgoing>f_3</bpmn:outgoing></bpmn:userTask>
  <bpmn:sequenceFlow id="f_3" sourceRef="t_act" targetRef="end"/>
  <bpmn:endEvent id="end"><bpmn:incoming>f_3</bpmn:incoming></bpmn:endEvent>
</bpmn:process>
</bpmn:definitions>`;

/**
 * A process with a task that a person and a timer compete for: the date `due` interrupts it, and until then a cycle `rhythm`
 * reminds without interrupting.
 */
export const contested = (key: string): string => `${head}
<bpmn:process id="${key}" name="Prova ${key}" isExecutable="true">
  <bpmn:startEvent id="start"><bpmn:outgoing>f_1</bpmn:outgoing></bpmn:startEvent>
  <bpmn:sequenceFlow id="f_1" sourceRef="start" targetRef="t_answer"/>
  <bpmn:userTask id="t_answer" name="Rispondere"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements><bpmn:incoming>f_1</bpmn:incoming><bpmn:outgoing>f_2</bpmn:outgoing></bpmn:userTask>
  <bpmn:boundaryEvent id="late" attachedToRef="t_answer"><bpmn:outgoing>f_3</bpmn:outgoing><bpmn:timerEventDefinition id="d_1"><bpmn:timeDate xsi:type="bpmn:tFormalExpression">=due</bpmn:timeDate></bpmn:timerEventDefinition></bpmn:boundaryEvent>
  <bpmn:boundaryEvent id="remind" cancelActivity="false" attachedToRef="t_answer"><bpmn:outgoing>f_4</bpmn:outgoing><bpmn:timerEventDefinition id="d_2"><bpmn:timeCycle xsi:type="bpmn:tFormalExpression">=rhythm</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:boundaryEvent>
  <bpmn:sequenceFlow id="f_2" sourceRef="t_answer" targetRef="end"/>
  <bpmn:endEvent id="end"><bpmn:incoming>f_2</bpmn:incoming></bpmn:endEvent>
  <bpmn:sequenceFlow id="f_3" sourceRef="late" targetRef="end_late"/>
  <bpmn:endEvent id="end_late"><bpmn:incoming>f_3</bpmn:incoming></bpmn:endEvent>
  <bpmn:sequenceFlow id="f_4" sourceRef="remind" targetRef="end_reminded"/>
  <bpmn:endEvent id="end_reminded"><bpmn:incoming>f_4</bpmn:incoming></bpmn:endEvent>
</bpmn:process>
</bpmn:definitions>`;
