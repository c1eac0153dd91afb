/** Small BPMN files for specs: only what a case is about is written out. */
export function bpmn(content: string, roots = '', attributes = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:iter="urn:iter:bpmn:1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:other="urn:other" id="definitions">
  ${roots}
  <bpmn:process id="p" isExecutable="true" ${attributes}>
    ${content}
  </bpmn:process>
</bpmn:definitions>`;
}

/**
 * Flows as `a -> b -> c`, with ids `a_b`; in `a -> b -> c if x > 1` the last has a condition.
 */
export function flows(...lines: readonly string[]): string {
  return lines
    .flatMap((line) => {
      const [path = '', condition] = line.split(' if ');
      const steps = path.split('->').map((step) => step.trim());
      return steps.slice(1).map((target, i) => {
        const id = `${steps[i]}_${target}`;
        const expression =
          condition === undefined || i < steps.length - 2
            ? ''
            : `<bpmn:conditionExpression>${escape(condition)}</bpmn:conditionExpression>`;
        return `<bpmn:sequenceFlow id="${id}" sourceRef="${steps[i]}" targetRef="${target}">${expression}</bpmn:sequenceFlow>`;
      });
    })
    .join('\n    ');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** An element of the BPMN namespace; `inside` starting with `+` goes into its extension elements. */
export function element(type: string, id: string, inside = '', attributes = ''): string {
  const content = inside.startsWith('+')
    ? `<bpmn:extensionElements>${inside.slice(1)}</bpmn:extensionElements>`
    : inside;
  return `<bpmn:${type} id="${id}" ${attributes}>${content}</bpmn:${type}>`;
}

export const start = (id = 's', inside = '', attributes = ''): string =>
  element('startEvent', id, inside, attributes);
export const end = (id = 'e', inside = ''): string => element('endEvent', id, inside);
export const user = (id: string, inside = '', attributes = ''): string =>
  element('userTask', id, inside, attributes);
export const message = (ref: string): string => `<bpmn:messageEventDefinition messageRef="${ref}"/>`;
export const timer = (kind: 'Date' | 'Duration' | 'Cycle', value: string): string =>
  `<bpmn:timerEventDefinition><bpmn:time${kind}>${value}</bpmn:time${kind}></bpmn:timerEventDefinition>`;
export const error = (ref?: string): string =>
  `<bpmn:errorEventDefinition ${ref ? `errorRef="${ref}"` : ''}/>`;
export const link = (name: string): string => `<bpmn:linkEventDefinition name="${name}"/>`;
export const boundary = (id: string, host: string, inside: string, attributes = ''): string =>
  element('boundaryEvent', id, inside, `attachedToRef="${host}" ${attributes}`);

/** What a snippet needs around it to be a whole process: start, a task `t`, an end. */
export function around(inside: string, ...lines: readonly string[]): string {
  return bpmn([start(), user('t'), end(), inside, flows('s -> t -> e', ...lines)].join('\n    '));
}

/** `around` in a file with root elements. */
export function among(roots: string, inside: string, ...lines: readonly string[]): string {
  return bpmn([start(), user('t'), end(), inside, flows('s -> t -> e', ...lines)].join('\n    '), roots);
}

export const task = (id: string, inside = '', attributes = ''): string =>
  element('task', id, inside, attributes);
export const caught = (id: string, inside: string): string => element('intermediateCatchEvent', id, inside);
export const thrown = (id: string, inside = ''): string => element('intermediateThrowEvent', id, inside);
export const gateway = (kind: string, id: string, attributes = '', inside = ''): string =>
  element(`${kind}Gateway`, id, inside, attributes);
export const sub = (id: string, inside: string, attributes = ''): string =>
  element('subProcess', id, inside, attributes);
/** An event sub-process `id` that starts by an event and does a task; its elements are `id_s` and `id_t`. */
export const eventSub = (id: string, event: string, attributes = ''): string =>
  sub(
    id,
    [start(`${id}_s`, event, attributes), user(`${id}_t`), flows(`${id}_s -> ${id}_t`)].join(''),
    'triggeredByEvent="true"',
  );
export const signal = (ref?: string): string =>
  `<bpmn:signalEventDefinition ${ref ? `signalRef="${ref}"` : ''}/>`;
export const escalation = (ref?: string): string =>
  `<bpmn:escalationEventDefinition ${ref ? `escalationRef="${ref}"` : ''}/>`;
export const conditional = (condition: string): string =>
  `<bpmn:conditionalEventDefinition><bpmn:condition>${escape(condition)}</bpmn:condition></bpmn:conditionalEventDefinition>`;
export const compensation = (attributes = ''): string => `<bpmn:compensateEventDefinition ${attributes}/>`;
export const cancel = '<bpmn:cancelEventDefinition/>';
export const terminate = '<bpmn:terminateEventDefinition/>';
export const association = (source: string, target: string): string =>
  `<bpmn:association id="${source}_to_${target}" sourceRef="${source}" targetRef="${target}"/>`;
/** Root elements: a message `m` with a key and `m2` without, a signal, an error, an escalation. */
export const speech = [
  '<bpmn:message id="m" name="hello"><bpmn:extensionElements><zeebe:subscription correlationKey="=ref"/></bpmn:extensionElements></bpmn:message>',
  '<bpmn:message id="m2" name="other"/>',
  '<bpmn:signal id="sig" name="alarm"/>',
  '<bpmn:error id="er" errorCode="E1"/>',
  '<bpmn:escalation id="esc" escalationCode="X1"/>',
].join('');
export const loop = (inside: string, attributes = ''): string =>
  `<bpmn:multiInstanceLoopCharacteristics ${attributes}>${inside}</bpmn:multiInstanceLoopCharacteristics>`;
export const times = (count: string): string => `<bpmn:loopCardinality>${count}</bpmn:loopCardinality>`;
