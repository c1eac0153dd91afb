import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseProcesses } from './parse-processes.ts';
import { sha256 } from './sha256.ts';
import {
  around,
  boundary,
  bpmn,
  element,
  end,
  error,
  flows,
  link,
  message,
  start,
  timer,
  user,
} from './testing/bpmn.ts';

const msg =
  '<bpmn:message id="m" name="hello"><bpmn:extensionElements><zeebe:subscription correlationKey="=ref"/></bpmn:extensionElements></bpmn:message><bpmn:message id="m2" name="other"/>';
const err = '<bpmn:error id="er" errorCode="E1"/>';
const simple = bpmn([start(), user('t'), end(), flows('s -> t -> e')].join(''));

const found = async (xml: string) => (await parseProcesses(xml, 'f.bpmn')).problems;
const rules = async (xml: string) => (await found(xml)).map(({ element: id, rule }) => `${id} ${rule}`);
const errors = async (xml: string) =>
  (await found(xml))
    .filter(({ severity }) => severity === 'error')
    .map(({ element: id, rule }) => `${id} ${rule}`);
const model = async (xml: string) => {
  const { models, problems } = await parseProcesses(xml);
  const [it] = models;
  if (!it) throw new Error(JSON.stringify(problems));
  return it;
};
const node = async (xml: string, id: string) => {
  const it = (await model(xml)).nodes.get(id);
  if (!it) throw new Error(`no ${id}`);
  return it;
};

describe('a file', () => {
  it('gives its process with places, labels and hash', async () => {
    const it = await model(simple);
    expect([it.key, it.name, [...it.nodes.keys()], [...it.flows.keys()]]).toEqual([
      'p',
      'p',
      ['s', 't', 'e'],
      ['s_t', 't_e'],
    ]);
    expect(it.hash).toBe(createHash('sha256').update(simple).digest('hex'));
    expect(it.nodes.get('s')).toMatchObject({
      outgoing: ['s_t'],
      place: { line: 5, column: 5 },
      interrupting: true,
    });
    expect(it.scopes.get('')).toEqual({
      id: null,
      nodes: ['s', 't', 'e'],
      starts: ['s'],
      begins: ['s'],
      eventSubProcesses: [],
    });
    expect(Object.isFrozen(it.nodes.get('s'))).toBe(true);
  });

  it('says where a problem stands', async () => {
    const xml = around('\n\n  <bpmn:callActivity id="c"/>', 't -> c');
    expect(await found(xml)).toContainEqual({
      severity: 'error',
      file: 'f.bpmn',
      line: xml.slice(0, xml.indexOf('<bpmn:callActivity')).split('\n').length,
      column: 3,
      element: 'c',
      rule: 'called-element-missing',
      message: 'Which process is called? Say it with zeebe:calledElement processId.',
    });
  });

  it('without a diagram is accepted with a warning', async () => {
    expect(await rules(simple)).toEqual(['p diagram-missing']);
  });

  it('may begin with a byte order mark, and name any encoding that reads as UTF-8', async () => {
    expect(await errors(`\ufeff${simple}`)).toEqual([]);
    expect(await errors(simple.replace('UTF-8', 'ISO-8859-1'))).toEqual([]);
  });

  it.each([
    ['empty', '', 'xml-malformed'],
    ['no XML', 'hello', 'xml-malformed'],
    ['HTML', '<html><body/></html>', 'unknown-element'],
    ['not closed', '<a>', 'xml-malformed'],
    ['cut off', simple.slice(0, -30), 'xml-malformed'],
    [
      'document type',
      `<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>${simple.slice(38)}`,
      'xml-forbidden',
    ],
    [
      'processing instruction',
      simple.replace('<bpmn:process', '<?php evil ?><bpmn:process'),
      'xml-forbidden',
    ],
    ['entity', simple.replace('<bpmn:process', '<!ENTITY a "b"><bpmn:process'), 'xml-forbidden'],
    ['NUL', [...simple].join('\0'), 'xml-encoding'],
    ['not UTF-8', simple.replace('"s"', '"\ufffd"'), 'xml-encoding'],
    ['too large', `${simple}${' '.repeat(5 * 1024 * 1024)}`, 'file-too-large'],
    ['too deep', bpmn('<bpmn:subProcess>'.repeat(100_000)), 'file-too-complex'],
    [
      'a little too deep',
      bpmn(`${'<bpmn:subProcess>'.repeat(60)}${'</bpmn:subProcess>'.repeat(60)}`),
      'file-too-complex',
    ],
    [
      'too many elements',
      bpmn(Array.from({ length: 6_000 }, (_, i) => user(`u${i}`)).join('')),
      'file-too-complex',
    ],
    [
      'too many attributes',
      bpmn(`<bpmn:task ${Array.from({ length: 200 }, (_, i) => `a${i}="1"`).join(' ')}/>`),
      'file-too-complex',
    ],
    ['stray texts', bpmn(`<bpmn:task id="t">${'x<bpmn:incoming/>'.repeat(30)}</bpmn:task>`), 'xml-content'],
    [
      'no process',
      '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"/>',
      'process-missing',
    ],
    ['attribute twice', simple.replace('id="t"', 'id="t" id="u"'), 'xml-malformed'],
  ])('%s', async (_name, xml, rule) => {
    const started = performance.now();
    const { models, problems } = await parseProcesses(xml);
    expect(models).toEqual([]);
    expect(problems.map((it) => it.rule)).toContain(rule);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('of many faults is still answered soon', async () => {
    const many = bpmn(Array.from({ length: 4_900 }, (_, i) => `\n\n\n<bpmn:nonsense id="n${i}"/>`).join(''));
    const started = performance.now();
    expect((await rules(many)).length).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('of any bytes gets an answer', async () => {
    const piece = fc.constantFrom(
      '<bpmn:task id="a">',
      '</bpmn:task>',
      '<x/>',
      '"',
      '&#0;',
      '&lt;',
      ']]>',
      '<!--',
      '=',
      'ü',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(piece, fc.string({ maxLength: 20 })), { maxLength: 12 }),
        async (pieces) => {
          const { problems } = await parseProcesses(bpmn(pieces.join('')));
          expect(problems.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('a rule', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    // Ids and references
    ['id given twice', around(user('t')), ['t id-duplicate']],
    ['no id', around('<bpmn:userTask/>'), ['p id-missing']],
    ['reserved id', around(user('__proto__')), ['__proto__ id-invalid']],
    ['id of other characters', around(user('a:b')), ['a:b id-invalid']],
    [
      'flow without target',
      around('', 't -> nowhere'),
      ['t_nowhere dangling-reference', 't_nowhere flow-end-missing'],
    ],
    [
      'flow into a sub-process',
      around(
        element('subProcess', 'sub', [start('s2'), user('u'), flows('s2 -> u')].join('')),
        't -> sub',
        't -> u',
      ),
      ['t_u flow-crosses-scope'],
    ],
    [
      'incoming that is not',
      around(element('task', 'x', '<bpmn:incoming>s_t</bpmn:incoming>'), 't -> x'),
      ['x flow-inconsistent'],
    ],
    // What is not understood
    ['unknown element', around('<bpmn:nonsense id="n"/>'), ['n unknown-element']],
    [
      'unknown attribute',
      around('').replace('<bpmn:userTask', '<bpmn:userTask colour="red"'),
      ['t unknown-attribute'],
    ],
    [
      'zeebe attribute',
      around('').replace('<bpmn:userTask', '<bpmn:userTask zeebe:x="1"'),
      ['t unknown-attribute'],
    ],
    ['foreign attribute', around('').replace('<bpmn:userTask', '<bpmn:userTask other:x="1"'), []],
    ['zeebe element', around(user('u', '+<zeebe:nope/>'), 't -> u'), ['u unknown-element']],
    ['iter element', around(user('u', '+<iter:nope/>'), 't -> u'), ['u unknown-element']],
    ['foreign element', around(user('u', '+<other:x/>'), 't -> u'), []],
    [
      'iter attribute',
      around(user('u', '+<iter:incoming message="a" label="b" x="c"/>'), 't -> u'),
      ['u unknown-attribute'],
    ],
    ['stray text', around(user('u', 'hello'), 't -> u'), ['u xml-content']],
    ['call activity', around(element('callActivity', 'c'), 't -> c'), ['c called-element-missing']],
    ['inclusive gateway', around(element('inclusiveGateway', 'c'), 't -> c'), ['c gateway-without-flow']],
    ['complex gateway', around(element('complexGateway', 'c'), 't -> c'), ['c gateway-without-flow']],
    ['business rule task', around(element('businessRuleTask', 'c'), 't -> c'), ['c decision-missing']],
    ['transaction', around(element('transaction', 'c'), 't -> c'), []],
    ['ad-hoc', around(element('adHocSubProcess', 'c'), 't -> c'), []],
    ['multi-instance', around(user('u', '<bpmn:multiInstanceLoopCharacteristics/>'), 't -> u'), []],
    ['compensation', around(user('u', '', 'isForCompensation="true"'), 't -> u'), []],
    ['not for compensation', around(user('u', '', 'isForCompensation="false"'), 't -> u'), []],
    ['quantity', around(user('u', '', 'startQuantity="2"'), 't -> u'), []],
    [
      'signal',
      around(element('intermediateThrowEvent', 'i', '<bpmn:signalEventDefinition/>'), 't -> i'),
      ['i signal-missing'],
    ],
    [
      'several definitions',
      around(element('endEvent', 'x', `<bpmn:terminateEventDefinition/>${error('er')}`), 't -> x'),
      ['x dangling-reference', 'x error-code'],
    ],
    ['performer', around(user('u', '<bpmn:potentialOwner/>'), 't -> u'), []],
    ['assignment of data', around(user('u', '<bpmn:ioSpecification/>'), 't -> u'), []],
    [
      'instantiate',
      around(element('receiveTask', 'r', '', 'instantiate="true" messageRef="m"'), 't -> r').replace(
        '<bpmn:process',
        `${msg}<bpmn:process`,
      ),
      [],
    ],
    ['listeners', around(user('u', '+<zeebe:executionListeners/>'), 't -> u'), ['u unsupported-extension']],
    [
      'misplaced extension',
      around(user('u', '+<zeebe:taskDefinition type="x"/>'), 't -> u'),
      ['u extension-misplaced'],
    ],
    [
      'two of a kind',
      around(user('u', '+<zeebe:formDefinition formId="a"/><zeebe:formDefinition formId="b"/>'), 't -> u'),
      ['u extension-duplicate'],
    ],
    ['embedded form', around(user('u', '+<zeebe:formDefinition formKey="camunda-forms:x"/>'), 't -> u'), []],
    // Starts and ends
    ['flow into a start', around('', 't -> s'), ['s start-with-incoming']],
    ['flow out of an end', around('', 'e -> t'), ['e end-with-outgoing']],
    ['no start', bpmn(user('t')), []],
    ['nothing', bpmn(''), ['p process-empty']],
    ['two starts', around(start('s2'), 's2 -> t'), ['s2 start-ambiguous']],
    ['sub-process without start', around(element('subProcess', 'x', user('u')), 't -> x'), []],
    [
      'error start of a process',
      bpmn([start('s', error('er')), user('t'), flows('s -> t')].join(''), err),
      ['s event-kind'],
    ],
    [
      'duration start of a process',
      bpmn([start('s', timer('Duration', 'P1D')), user('t'), flows('s -> t')].join('')),
      ['s timer-kind'],
    ],
    [
      'start that reads variables',
      bpmn([start('s', timer('Date', '=when')), user('t'), flows('s -> t')].join('')),
      ['s start-expression'],
    ],
    [
      'event sub-process in the flow',
      around(
        element('subProcess', 'x', start('s2', message('m')), 'triggeredByEvent="true"'),
        't -> x',
      ).replace('<bpmn:process', `${msg}<bpmn:process`),
      ['x event-sub-process-flow'],
    ],
    [
      'event sub-process without event',
      around(element('subProcess', 'x', start('s2'), 'triggeredByEvent="true"')),
      ['s2 event-kind'],
    ],
    [
      'boundary on nothing',
      around(boundary('b', 'e', timer('Duration', 'P1D')), 'b -> e'),
      ['b boundary-not-attached'],
    ],
    [
      'boundary that leads nowhere',
      around(boundary('b', 't', timer('Duration', 'P1D'))),
      ['b boundary-without-flow'],
    ],
    ['boundary without event', around(boundary('b', 't', ''), 'b -> e'), ['b event-kind']],
    [
      'flow into a boundary',
      around(boundary('b', 't', timer('Duration', 'P1D')), 'b -> e', 't -> b'),
      ['b boundary-with-incoming'],
    ],
    ['unreachable', around(user('u')), ['u unreachable']],
    // Gateways and conditions
    ['condition after an event', around('', 's -> e if x'), ['s_e condition-not-allowed']],
    [
      'condition after a task',
      around('', 't -> e2 if x').replace('<bpmn:sequenceFlow', `${end('e2')}<bpmn:sequenceFlow`),
      [],
    ],
    [
      'no condition',
      around(element('exclusiveGateway', 'g') + user('a') + user('b'), 't -> g -> a if x', 'g -> b'),
      ['g_b condition-missing'],
    ],
    [
      'default with condition',
      around(
        element('exclusiveGateway', 'g', '', 'default="g_a"') + user('a') + user('b'),
        't -> g -> a',
        'g -> b if x',
      ).replace(
        'id="g_a" sourceRef="g" targetRef="a">',
        'id="g_a" sourceRef="g" targetRef="a"><bpmn:conditionExpression>x</bpmn:conditionExpression>',
      ),
      ['g_a default-with-condition'],
    ],
    [
      'default of another',
      around(
        element('exclusiveGateway', 'g', '', 'default="s_t"') + user('a') + user('b'),
        't -> g -> a if x',
        'g -> b if y',
      ),
      ['g default-not-outgoing'],
    ],
    [
      'condition after parallel',
      around(element('parallelGateway', 'g') + user('a') + user('b'), 't -> g -> a', 'g -> b if x'),
      ['g_b condition-not-allowed'],
    ],
    ['gateway at the end', around(element('parallelGateway', 'g'), 't -> g'), ['g gateway-without-flow']],
    [
      'direction',
      around(
        element('exclusiveGateway', 'g', '', 'gatewayDirection="Converging"') + user('a') + user('b'),
        't -> g -> a if x',
        'g -> b if y',
      ),
      ['g gateway-direction'],
    ],
    [
      'event gateway to a task',
      around(
        element('eventBasedGateway', 'g') +
          user('a') +
          element('intermediateCatchEvent', 'i', timer('Duration', 'P1D')),
        't -> g -> a',
        'g -> i',
      ),
      ['a event-gateway-targets'],
    ],
    [
      'event gateway to one',
      around(
        element('eventBasedGateway', 'g') + element('intermediateCatchEvent', 'i', timer('Duration', 'P1D')),
        't -> g -> i',
      ),
      ['g event-gateway-targets'],
    ],
    // Links, errors, messages
    [
      'link without catch',
      around(element('intermediateThrowEvent', 'l', link('L')), 't -> l'),
      ['l link-pair'],
    ],
    [
      'link without throw',
      around(element('intermediateCatchEvent', 'l', link('L')), 'l -> e'),
      ['l link-pair', 'l unreachable'],
    ],
    [
      'error not interrupting',
      around(boundary('b', 't', error(), 'cancelActivity="false"'), 'b -> e'),
      ['b error-not-interrupting'],
    ],
    ['error without code', around(element('endEvent', 'x', error()), 't -> x'), ['x error-code']],
    [
      'the same error twice',
      around(boundary('b', 't', error()) + boundary('c', 't', error()), 'b -> e', 'c -> e'),
      ['c error-duplicate'],
    ],
    [
      'event without message',
      around(element('intermediateCatchEvent', 'i', '<bpmn:messageEventDefinition/>'), 't -> i'),
      ['i message-missing'],
    ],
    ['receive without message', around(element('receiveTask', 'i'), 't -> i'), ['i message-missing']],
    // Timers
    ...(
      [
        ['Duration', 'P1X', ['timer-value']],
        ['Duration', 'P9999Y', ['timer-value']],
        ['Duration', 'P-1D', ['timer-value']],
        ['Duration', '', ['timer-value']],
        ['Date', '2026-02-31', ['timer-value']],
        ['Date', '2026-04-15T24:00:00Z', ['timer-value']],
        ['Date', '2026-04-15T10:00:00+02:00', []],
        ['Duration', '=if x then "P1D" else "P2D"', []],
        ['Cycle', 'R3/P1D', ['timer-kind']],
      ] as const
    ).map(
      ([kind, value, expected]) =>
        [
          `timer ${value}`,
          around(element('intermediateCatchEvent', 'i', timer(kind, value)), 't -> i'),
          expected.map((rule) => `i ${rule}`),
        ] as const,
    ),
    ...(
      [
        ['R3/P1D', []],
        ['R/P1D', []],
        ['R/PT1S', ['timer-value']],
        ['R5/PT0S', ['timer-value']],
        ['R1000000/PT1M', ['timer-value']],
        ['every day', ['timer-value']],
      ] as const
    ).map(
      ([value, expected]) =>
        [
          `cycle ${value}`,
          around(boundary('b', 't', timer('Cycle', value), 'cancelActivity="false"'), 'b -> e'),
          expected.map((rule) => `b ${rule}`),
        ] as const,
    ),
    // Loops
    [
      'loop without wait or way out',
      around(
        element('scriptTask', 'a', '+<zeebe:script expression="=1" resultVariable="x"/>') +
          element('task', 'b'),
        't -> a -> b -> a',
      ),
      ['a infinite-loop'],
    ],
    [
      'loop through a link',
      around(
        element('task', 'a') +
          element('intermediateThrowEvent', 'l', link('L')) +
          element('intermediateCatchEvent', 'k', link('L')),
        't -> a -> l',
        'k -> a',
      ),
      ['a infinite-loop'],
    ],
    ['loop that waits', around(user('a') + element('task', 'b'), 't -> a -> b -> a'), []],
    // Expressions
    [
      'bad condition',
      around(element('exclusiveGateway', 'g') + user('a') + user('b'), 't -> g -> a if x >', 'g -> b if y'),
      ['g_a feel-syntax'],
    ],
    [
      'unknown function',
      around(
        element('scriptTask', 'a', '+<zeebe:script expression="=uuid()" resultVariable="x"/>'),
        't -> a',
      ),
      ['a feel-unknown-function'],
    ],
    [
      'another language',
      around(
        element('scriptTask', 'a', '<bpmn:script>1</bpmn:script>', 'scriptFormat="javascript"'),
        't -> a',
      ),
      ['a expression-language'],
    ],
    ['no script', around(element('scriptTask', 'a'), 't -> a'), ['a script-missing']],
    [
      'bad target',
      around(
        user('u', '+<zeebe:ioMapping><zeebe:input source="=1" target="__proto__"/></zeebe:ioMapping>'),
        't -> u',
      ),
      ['u variable-name'],
    ],
    [
      'job without type',
      around(element('serviceTask', 'j', '+<zeebe:taskDefinition type=""/>'), 't -> j'),
      ['j job-type-missing'],
    ],
    [
      'job without retries',
      around(element('serviceTask', 'j', '+<zeebe:taskDefinition type="a" retries="0"/>'), 't -> j'),
      ['j job-retries'],
    ],
    // Law
    [
      'deadline on nothing',
      around(user('u', '+<iter:deadline id="DL_A" term="a.b"/>'), 't -> u'),
      ['u deadline-base'],
    ],
    [
      'met by nobody',
      around(
        user(
          'u',
          '+<iter:deadline id="DL_A" term="a.b"><iter:base name="x" value="=y"/><iter:met by="z"/></iter:deadline>',
        ),
        't -> u',
      ),
      ['u deadline-met-by'],
    ],
    [
      'met by another process',
      around(
        user(
          'u',
          '+<iter:deadline id="DL_A" term="a.b"><iter:base name="x" value="=y"/><iter:met by="q/z"/></iter:deadline>',
        ),
        't -> u',
      ),
      ['u deadline-met-by'],
    ],
    [
      'no term',
      around(
        user('u', '+<iter:deadline id="DL_A"><iter:base name="x" value="=y"/></iter:deadline>'),
        't -> u',
      ),
      ['u deadline-term'],
    ],
    [
      'name that no condition can read',
      around(
        user('u', '+<iter:deadline id="DL-A" term="a"><iter:base name="x" value="=y"/></iter:deadline>'),
        't -> u',
      ),
      ['u deadline-id'],
    ],
    [
      'change of nothing',
      around(user('u', '+<iter:deadlineChange ref="DL_A" kind="close"/>'), 't -> u'),
      ['u deadline-change-ref'],
    ],
    [
      'change of no kind',
      around(
        user(
          'u',
          '+<iter:deadline id="DL_A" term="a"><iter:base name="x" value="=y"/></iter:deadline><iter:deadlineChange ref="DL_A" kind="stretch"/>',
        ),
        't -> u',
      ),
      ['u attribute-value'],
    ],
    [
      'extension by nothing',
      around(
        user(
          'u',
          '+<iter:deadline id="DL_A" term="a"><iter:base name="x" value="=y"/></iter:deadline><iter:deadlineChange ref="DL_A" kind="extend"/>',
        ),
        't -> u',
      ),
      ['u deadline-change-by'],
    ],
    [
      'unknown deadline in a condition',
      around(user('a'), 't -> a if deadlines.DL_X.state = "met"'),
      ['t_a deadline-unknown'],
    ],
    ['role of a task', around(user('u', '+<iter:role code="UPD"/>'), 't -> u'), ['u extension-misplaced']],
  ];

  it.each(cases.map((it) => [...it]))('%s', async (_name, xml, expected) => {
    expect(await errors(xml as string)).toEqual(expected);
  });

  it('warns of a loop that may end by itself, and of circles between lanes without roles', async () => {
    const loop = around(
      element('exclusiveGateway', 'g') + element('task', 'a'),
      't -> a -> g -> a if n > 0',
      'g -> e if n = 0',
    );
    expect(await rules(loop)).toEqual(['p diagram-missing', 'g loop-without-wait']);
    const lanes =
      '<bpmn:laneSet id="ls"><bpmn:lane id="l"><bpmn:flowNodeRef>t</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>';
    expect(await rules(around(lanes))).toContain('t lane-role-missing');
  });

  it('of one term for one deadline holds wherever it is declared', async () => {
    const deadline = (term: string) =>
      `+<iter:deadline id="DL_A" term="${term}"><iter:base name="x" value="=y"/></iter:deadline>`;
    const both = (term: string) =>
      around(user('a', deadline('a')) + user('b', deadline(term)), 't -> a -> b');
    expect(await errors(both('a'))).toEqual([]);
    expect(await errors(both('b'))).toEqual(['b deadline-term']);
  });
});

describe('a process that only explains', () => {
  it('may hold anything drawn, but is well shaped', async () => {
    const drawn = around(
      element('callActivity', 'c') + element('inclusiveGateway', 'g'),
      't -> c -> g',
    ).replace('isExecutable="true"', '');
    expect(await parseProcesses(drawn)).toEqual({ models: [], problems: [] });
    expect(await errors(around('', 't -> s').replace('isExecutable="true"', ''))).toEqual([
      's start-with-incoming',
    ]);
  });
});

describe('what a model says', () => {
  it('of a user task', async () => {
    const xml = around(
      user(
        'u',
        `+<zeebe:userTask/><zeebe:formDefinition formId="form"/><zeebe:assignmentDefinition assignee="=who" candidateGroups="a, b"/>
         <zeebe:taskSchedule dueDate="=due"/><zeebe:priorityDefinition priority="70"/>
         <zeebe:ioMapping><zeebe:input source="=a + 1" target="x.y"/><zeebe:output source="plain" target="z"/></zeebe:ioMapping>
         <iter:act template="letter" out="letterDoc"/><iter:incoming message="hello" label="Saluto"/>`,
      ),
      't -> u',
    );
    expect(await node(xml, 'u')).toMatchObject({
      userTask: {
        formId: 'form',
        assignee: { text: 'who', names: ['who'] },
        candidateGroups: { constant: 'a, b' },
        dueDate: { text: 'due' },
        priority: { constant: '70' },
      },
      inputs: [{ source: { text: 'a + 1', names: ['a'] }, target: 'x.y' }],
      outputs: [{ source: { constant: 'plain' }, target: 'z' }],
      acts: [{ template: 'letter', out: 'letterDoc' }],
      incomingMessages: [{ message: 'hello', label: 'Saluto' }],
    });
  });

  it('of jobs, messages and scripts', async () => {
    const xml = bpmn(
      [
        start('s', message('m')),
        element('serviceTask', 'bare'),
        element(
          'sendTask',
          'job',
          '+<zeebe:taskDefinition type="mail" retries="=n"/><zeebe:taskHeaders><zeebe:header key="to" value="UPD"/></zeebe:taskHeaders>',
          'messageRef="m"',
        ),
        element('sendTask', 'publish', '', 'messageRef="m2"'),
        element('receiveTask', 'receive', '', 'messageRef="m"'),
        element('scriptTask', 'script', '+<zeebe:script expression="a * 2" resultVariable="b"/>'),
        element(
          'endEvent',
          'thrown',
          `<bpmn:extensionElements><zeebe:taskDefinition type="post"/></bpmn:extensionElements>${message('m')}`,
        ),
        flows('s -> bare -> job -> publish -> receive -> script -> thrown'),
      ].join(''),
      msg,
    );
    const { nodes } = await model(xml);
    expect(nodes.get('s')?.event).toMatchObject({
      kind: 'message',
      name: { constant: 'hello' },
      correlationKey: { text: 'ref' },
    });
    expect(nodes.get('bare')?.job).toMatchObject({ type: { constant: 'bare' }, retries: { constant: '3' } });
    expect(nodes.get('job')).toMatchObject({
      job: { type: { constant: 'mail' }, retries: { text: 'n' }, headers: { to: 'UPD' } },
      message: null,
    });
    expect(nodes.get('publish')).toMatchObject({
      job: null,
      message: { name: { constant: 'other' }, correlationKey: null },
    });
    expect(nodes.get('receive')?.message).toMatchObject({ name: { constant: 'hello' } });
    expect(nodes.get('script')?.script).toMatchObject({ expression: { text: 'a * 2' }, resultVariable: 'b' });
    expect(nodes.get('thrown')).toMatchObject({
      event: { kind: 'message' },
      job: { type: { constant: 'post' } },
    });
    expect(await rules(xml)).toContain('bare job-type-missing');
  });

  it('of boundaries, sub-processes and event sub-processes', async () => {
    const xml = bpmn(
      [
        start(),
        element('subProcess', 'sub', [start('s2'), user('u'), flows('s2 -> u')].join('')),
        boundary('b', 'sub', timer('Duration', 'PT1H'), 'cancelActivity="false"'),
        end(),
        element(
          'subProcess',
          'esp',
          [start('s3', error('er')), user('v'), flows('s3 -> v')].join(''),
          'triggeredByEvent="true"',
        ),
        flows('s -> sub -> e', 'b -> e'),
      ].join(''),
      err,
    );
    const it = await model(xml);
    expect(it.nodes.get('sub')).toMatchObject({ boundary: ['b'], triggeredByEvent: false });
    expect(it.nodes.get('b')).toMatchObject({
      attachedTo: 'sub',
      interrupting: false,
      event: { kind: 'timer', timer: 'duration' },
    });
    expect(it.nodes.get('u')?.scope).toBe('sub');
    expect(it.nodes.get('s3')).toMatchObject({
      event: { kind: 'error', code: { constant: 'E1' } },
      interrupting: true,
    });
    expect(it.scopes.get('')?.eventSubProcesses).toEqual(['esp']);
    expect(it.scopes.get('esp')).toMatchObject({ id: 'esp', starts: ['s3'] });
  });

  it('of who acts: the innermost lane, and the sub-process’s for what lies in it', async () => {
    const lane = (id: string, role: string, inside: string, inner = '') =>
      `<bpmn:lane id="${id}"><bpmn:extensionElements><iter:role code="${role}"/></bpmn:extensionElements>${inside}${inner}</bpmn:lane>`;
    const ref = (id: string) => `<bpmn:flowNodeRef>${id}</bpmn:flowNodeRef>`;
    const lanes = `<bpmn:laneSet id="ls">${lane('outer', 'UPD', ref('sub') + ref('t'), `<bpmn:childLaneSet id="cls">${lane('inner', 'COMUNE_HR', ref('t'))}</bpmn:childLaneSet>`)}</bpmn:laneSet>`;
    const xml = around(
      lanes + element('subProcess', 'sub', [start('s2'), user('u'), flows('s2 -> u')].join('')),
      't -> sub',
    );
    const it = await model(xml);
    expect([it.nodes.get('t')?.role, it.nodes.get('u')?.role, it.nodes.get('e')?.role]).toEqual([
      'COMUNE_HR',
      'UPD',
      null,
    ]);
    expect(it.lanes.map(({ id, role }) => [id, role])).toEqual([
      ['outer', 'UPD'],
      ['inner', 'COMUNE_HR'],
    ]);
  });

  it('of deadlines', async () => {
    const xml = around(
      user(
        'u',
        `+<iter:deadline id="DL_A" term="x.y" opens="activation" when="a != null" key="=body" scope="local" ladder="steep">
          <iter:base name="one" value="=a" proof="=p"/><iter:base name="two" value="2026-03-06"/>
          <iter:met by="t" date="=d" use="decides"/><iter:met by="u"/></iter:deadline>
          <iter:deadlineChange ref="DL_A" kind="extend" on="activation" when="=ok" by="=days" reason="perché"/>`,
      ),
      't -> u if deadlines.DL_A.state = null',
    );
    const it = await model(xml);
    expect(it.nodes.get('u')?.deadlines).toMatchObject([
      {
        id: 'DL_A',
        term: 'x.y',
        opens: 'activation',
        when: { text: 'a != null' },
        key: { text: 'body' },
        scope: 'local',
        ladder: 'steep',
        bases: [
          { name: 'one', value: { text: 'a' }, proof: { text: 'p' } },
          { name: 'two', value: { constant: '2026-03-06' }, proof: null },
        ],
        met: [
          { by: 't', date: { text: 'd' }, use: 'decides' },
          { by: 'u', date: null, use: 'both' },
        ],
        element: 'u',
      },
    ]);
    expect(it.nodes.get('u')?.deadlineChanges).toMatchObject([
      {
        ref: 'DL_A',
        kind: 'extend',
        on: 'activation',
        when: { text: 'ok' },
        by: { text: 'days' },
        reason: 'perché',
      },
    ]);
    expect(it.metBy.get('t')).toMatchObject([{ deadline: { id: 'DL_A' }, index: 0 }]);
    expect(it.deadlines.get('DL_A')?.element).toBe('u');
  });
});

it('hashes as others do', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'));
    }),
  );
});

it('reads the ordinary disciplinary procedure without a word', async () => {
  const file = `${import.meta.dirname}/../../../processes/disciplinary-ordinary/disciplinary-ordinary.bpmn`;
  const { models, problems } = await parseProcesses(readFileSync(file, 'utf8'));
  expect(problems).toEqual([]);
  expect(models.map(({ key }) => key)).toEqual(['disciplinary-ordinary']);
});

it('reads 200 elements in the time of a breath', async () => {
  const ids = Array.from({ length: 198 }, (_, i) => `u${i}`);
  const xml = bpmn(
    [
      start(),
      ...ids.map((id) => user(id, '+<zeebe:userTask/><zeebe:assignmentDefinition assignee="=a.b"/>')),
      end(),
      flows(`s -> ${ids.join(' -> ')} -> e`),
    ].join('\n'),
  );
  await parseProcesses(xml);
  const started = performance.now();
  const { models } = await parseProcesses(xml);
  expect(models[0]?.nodes.size).toBe(200);
  // About 25 ms on an idle core; only a change of order would fail this.
  expect(performance.now() - started).toBeLessThan(2_000);
});
