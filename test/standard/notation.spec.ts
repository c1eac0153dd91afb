import { describe, expect, it } from '@jest/globals';
import { bpmnOf } from './notation.ts';

/** The process's content on one line per element, without what every file has. */
const inside = (model: string): string =>
  /<process [^>]*>([\s\S]*?)<\/process>/.exec(bpmnOf(model))?.[1]?.trim() ?? '';
const declared = (model: string): string =>
  /targetNamespace="urn:iter:standard">([\s\S]*?)<process /.exec(bpmnOf(model))?.[1]?.trim() ?? '';
const formal = (name: string, text: string): string =>
  `<${name} xsi:type="tFormalExpression">${text}</${name}>`;

describe('a line of the notation', () => {
  it.each([
    ['userTask u', '<userTask id="u"></userTask>'],
    [
      'userTask u name="To do" startQuantity="2"',
      '<userTask id="u" name="To do" startQuantity="2"></userTask>',
    ],
    [
      'boundaryEvent b on:a non-interrupting timer:PT1H',
      `<boundaryEvent id="b" attachedToRef="a" cancelActivity="false"><timerEventDefinition>${formal('timeDuration', 'PT1H')}</timerEventDefinition></boundaryEvent>`,
    ],
    [
      'startEvent s non-interrupting cycle:R3/PT1H',
      `<startEvent id="s" isInterrupting="false"><timerEventDefinition>${formal('timeCycle', 'R3/PT1H')}</timerEventDefinition></startEvent>`,
    ],
    [
      'intermediateCatchEvent c conditional:"x < 3"',
      `<intermediateCatchEvent id="c"><conditionalEventDefinition>${formal('condition', 'x &lt; 3')}</conditionalEventDefinition></intermediateCatchEvent>`,
    ],
    ['endEvent e terminate', '<endEvent id="e"><terminateEventDefinition/></endEvent>'],
    ['endEvent e compensate:a', '<endEvent id="e"><compensateEventDefinition activityRef="a"/></endEvent>'],
    ['endEvent e error', '<endEvent id="e"><errorEventDefinition/></endEvent>'],
    ['receiveTask r message:M', '<receiveTask id="r" messageRef="message_M"></receiveTask>'],
    [
      'scriptTask t script:"x + 1" -> y',
      '<scriptTask id="t"><extensionElements><zeebe:script expression="=x + 1" resultVariable="y"/></extensionElements></scriptTask>',
    ],
    [
      'serviceTask w job:mail <extensionElements><zeebe:ioMapping/></extensionElements><documentation>d</documentation>',
      '<serviceTask id="w"><extensionElements><zeebe:taskDefinition type="mail"/><zeebe:ioMapping/></extensionElements><documentation>d</documentation></serviceTask>',
    ],
    [
      'task t loop-before:"n < 3" max:5',
      `<task id="t"><standardLoopCharacteristics testBefore="true" loopMaximum="5">${formal('loopCondition', 'n &lt; 3')}</standardLoopCharacteristics></task>`,
    ],
    [
      'task t multi-seq:3 until:"done"',
      `<task id="t"><multiInstanceLoopCharacteristics isSequential="true">${formal('loopCardinality', '3')}${formal('completionCondition', 'done')}</multiInstanceLoopCharacteristics></task>`,
    ],
    [
      'task t each:"[1, 2]" as:n out:"sums=n + 1"',
      '<task id="t"><multiInstanceLoopCharacteristics><extensionElements><zeebe:loopCharacteristics inputCollection="=[1, 2]" inputElement="n" outputCollection="sums" outputElement="=n + 1"/></extensionElements></multiInstanceLoopCharacteristics></task>',
    ],
  ])('%s', (line, xml) => {
    expect(inside(line)).toBe(xml);
  });

  it.each(['userTask', 'userTask u colour', 'userTask u "x"', 'a -> b if', 'a -> b default'])(
    'is refused when it is not understood: %s',
    (line) => {
      expect(() => bpmnOf(line)).toThrow(line);
    },
  );
});

it('draws flows, conditional, default, named, one after the other', () => {
  expect(
    inside('exclusiveGateway g\ng -> a if x > 1 -> b\ng -> c default\ng -> c as other').split('\n'),
  ).toEqual([
    '<exclusiveGateway id="g" default="g_c"></exclusiveGateway>',
    `<sequenceFlow id="g_a" sourceRef="g" targetRef="a">${formal('conditionExpression', 'x &gt; 1')}</sequenceFlow>`,
    '<sequenceFlow id="a_b" sourceRef="a" targetRef="b"></sequenceFlow>',
    '<sequenceFlow id="g_c" sourceRef="g" targetRef="c"></sequenceFlow>',
    '<sequenceFlow id="other" sourceRef="g" targetRef="c"></sequenceFlow>',
  ]);
});

it('puts what is indented inside, flows and lines of XML too', () => {
  const model = [
    'subProcess o event',
    '  startEvent s',
    '  endEvent e',
    '  s -> e',
    '  <documentation>d</documentation>',
    'task t',
  ];
  expect(inside(model.join('\n'))).toBe(
    [
      '<subProcess id="o" triggeredByEvent="true"><startEvent id="s"></startEvent>',
      '<endEvent id="e"></endEvent>',
      '<sequenceFlow id="s_e" sourceRef="s" targetRef="e"></sequenceFlow>',
      '<documentation>d</documentation></subProcess>',
      '<task id="t"></task>',
    ].join('\n'),
  );
});

it('links a compensation event to its handler', () => {
  expect(inside('association b -> h')).toBe(
    '<association id="b_h_association" associationDirection="One" sourceRef="b" targetRef="h"/>',
  );
});

it('declares what is referred to once, as it is said or by its name', () => {
  const model = [
    'message M key="=orderId"',
    'error E code="x"',
    'receiveTask r message:M',
    'endEvent a signal:E',
    'endEvent b error:E',
    'endEvent c <errorEventDefinition errorRef="E"/>',
    'endEvent d escalation:X',
  ];
  expect(declared(model.join('\n')).split('\n')).toEqual([
    '<message id="message_M" name="M"><extensionElements><zeebe:subscription correlationKey="=orderId"/></extensionElements></message>',
    '<error id="error_E" name="E" errorCode="x"></error>',
    '<signal id="signal_E" name="E"></signal>',
    '<escalation id="escalation_X" name="X" escalationCode="X"></escalation>',
  ]);
});

it('begins another process where it is said, and keeps global tasks outside', () => {
  const xml = bpmnOf('startEvent s\nprocess q name="Called"\nstartEvent t\nglobalUserTask g');
  expect(xml).toContain('<process id="p" isExecutable="true"><startEvent id="s"></startEvent></process>');
  expect(xml).toContain(
    '<process id="q" name="Called" isExecutable="true"><startEvent id="t"></startEvent></process>',
  );
  expect(xml).toMatch(/\n<globalUserTask id="g"><\/globalUserTask>\n/);
});

it('keeps event definitions that others refer to outside too', () => {
  expect(declared('escalationEventDefinition d escalationRef="X"\nstartEvent s').split('\n')).toEqual([
    '<escalation id="escalation_X" name="X" escalationCode="X"></escalation>',
    '<escalationEventDefinition id="d" escalationRef="escalation_X"></escalationEventDefinition>',
  ]);
});
