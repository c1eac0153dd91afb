import { sequence } from '../support/diagrams.ts';

const head = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
  xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="defs" targetNamespace="urn:bench">`;

const processOf = (id: string, lines: readonly string[], diagram = ''): string =>
  `${head}\n<bpmn:process id="${id}" isExecutable="true">\n${lines.join('\n')}\n</bpmn:process>\n${diagram}</bpmn:definitions>`;

const flow = (id: string, source: string, target: string, condition?: string): string =>
  condition === undefined
    ? `<bpmn:sequenceFlow id="${id}" sourceRef="${source}" targetRef="${target}"/>`
    : `<bpmn:sequenceFlow id="${id}" sourceRef="${source}" targetRef="${target}"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=${condition}</bpmn:conditionExpression></bpmn:sequenceFlow>`;

/** Ten user tasks, each completed by a command. */
export const userTasks = sequence('tasks', 10);

/** Ten tasks through which the token passes in one command. */
export const passingTasks = sequence('passing', 10)
  .replaceAll(/<bpmn:userTask([^>]*)>.*?<bpmn:outgoing>/g, '<bpmn:task$1><bpmn:outgoing>')
  .replaceAll('</bpmn:userTask>', '</bpmn:task>');

/** Ten exclusive gateways, one after the other, each with a cheap condition that is read and does hold. */
export function conditions(): string {
  const gateways = Array.from({ length: 10 }, (_, i) => `g_${i + 1}`);
  return processOf('conditions', [
    '<bpmn:startEvent id="start"/>',
    ...gateways.map((id) => `<bpmn:exclusiveGateway id="${id}" default="${id}_out"/>`),
    '<bpmn:endEvent id="end"/>',
    '<bpmn:endEvent id="out"/>',
    flow('start_g_1', 'start', 'g_1'),
    ...gateways.flatMap((id, i) => [
      flow(`${id}_on`, id, gateways[i + 1] ?? 'end', 'amount &lt; 1000'),
      flow(`${id}_out`, id, 'out'),
    ]),
  ]);
}

/** As many user tasks as asked, side by side. */
export const parallelTasks = processOf('parallel', [
  '<bpmn:startEvent id="start"/>',
  `<bpmn:userTask id="task"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements>
  <bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">=count</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>`,
  '<bpmn:endEvent id="end"/>',
  flow('start_task', 'start', 'task'),
  flow('task_end', 'task', 'end'),
]);

/** A task that is done again and again. */
export const circle = processOf('circle', [
  '<bpmn:startEvent id="start"/>',
  '<bpmn:exclusiveGateway id="merge"/>',
  '<bpmn:userTask id="task"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements></bpmn:userTask>',
  '<bpmn:exclusiveGateway id="split" default="again"/>',
  '<bpmn:endEvent id="end"/>',
  flow('start_merge', 'start', 'merge'),
  flow('merge_task', 'merge', 'task'),
  flow('task_split', 'task', 'split'),
  flow('again', 'split', 'merge'),
  flow('done', 'split', 'end', 'finished = true'),
]);

/** 200 elements (nodes and flows) with their diagram: blocks of a choice between a user and a service task. */
export function large(): string {
  const nodes: string[] = ['start'];
  const lines = ['<bpmn:startEvent id="start" name="Avvio"/>'];
  const flows: [string, string, string, string?][] = [];
  let last = 'start';
  for (let i = 1; i <= 19; i++) {
    const [split, user, service, join] = [`split_${i}`, `user_${i}`, `service_${i}`, `join_${i}`];
    nodes.push(split, user, service, join);
    lines.push(
      `<bpmn:exclusiveGateway id="${split}" name="Importo?" default="${split}_${service}"/>`,
      `<bpmn:userTask id="${user}" name="Esame ${i}"><bpmn:extensionElements><zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="=gruppi"/><zeebe:ioMapping><zeebe:output source="=esito" target="esito_${i}"/></zeebe:ioMapping></bpmn:extensionElements></bpmn:userTask>`,
      `<bpmn:serviceTask id="${service}" name="Controllo ${i}"><bpmn:extensionElements><zeebe:taskDefinition type="controllo" retries="3"/></bpmn:extensionElements></bpmn:serviceTask>`,
      `<bpmn:exclusiveGateway id="${join}"/>`,
    );
    flows.push(
      [`${last}_${split}`, last, split],
      [`${split}_${user}`, split, user, `importo &gt; ${i}`],
      [`${split}_${service}`, split, service],
      [`${user}_${join}`, user, join],
      [`${service}_${join}`, service, join],
    );
    last = join;
  }
  for (const id of [...Array.from({ length: 13 }, (_, i) => `last_${i}`), 'end']) {
    nodes.push(id);
    lines.push(
      id === 'end' ? '<bpmn:endEvent id="end" name="Fine"/>' : `<bpmn:manualTask id="${id}" name="${id}"/>`,
    );
    flows.push([`${last}_${id}`, last, id]);
    last = id;
  }
  const shapes = nodes.map(
    (id, i) =>
      `<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}"><dc:Bounds x="${i * 120}" y="80" width="100" height="80"/></bpmndi:BPMNShape>`,
  );
  const edges = flows.map(
    ([id]) =>
      `<bpmndi:BPMNEdge id="${id}_di" bpmnElement="${id}"><di:waypoint x="10" y="120"/><di:waypoint x="130" y="120"/></bpmndi:BPMNEdge>`,
  );
  const diagram = `<bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="large">
${[...shapes, ...edges].join('\n')}
</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>\n`;
  return processOf('large', [...lines, ...flows.map((it) => flow(...it))], diagram);
}
