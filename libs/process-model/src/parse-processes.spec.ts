import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseProcesses, readAccepted } from './parse-processes.ts';
import { sha256 } from './sha256.ts';
import {
  among,
  around,
  bpmn,
  caught,
  element,
  end,
  flows,
  gateway,
  message,
  speech,
  start,
  sub,
  user,
} from './testing/bpmn.ts';
import { errorsOf, modelOf, problemsOf, refuses, warningsOf, warns } from './testing/parsing.ts';

const simple = bpmn([start(), user('t'), end(), flows('s -> t -> e')].join(''));

describe('a file', () => {
  it('gives its process with places, labels and hash', async () => {
    const it = await modelOf(simple);
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
    expect(await problemsOf(xml)).toContainEqual({
      severity: 'error',
      file: 'f.bpmn',
      line: xml.slice(0, xml.indexOf('<bpmn:callActivity')).split('\n').length,
      column: 3,
      element: 'c',
      rule: 'called-element-missing',
      message: 'Which process is called? Say it with zeebe:calledElement processId.',
    });
  });

  it('may hold long comments and texts', async () => {
    const words = 'a <word and '.repeat(2_000);
    const said = `<!-- ${words} --><bpmn:documentation><![CDATA[${words}]]></bpmn:documentation>`;
    expect(await errorsOf(around(said))).toEqual([]);
  });

  it('says characters of all planes', async () => {
    expect(
      (await modelOf(simple.replace('id="t"', 'id="t" name="&#x1F600; &#128512;"'))).nodes.get('t')?.name,
    ).toBe('😀 😀');
  });

  it('without a diagram is accepted with a warning', async () => {
    expect((await problemsOf(simple)).map(({ severity, rule }) => [severity, rule])).toEqual([
      ['warning', 'diagram-missing'],
    ]);
  });

  it('may begin with a byte order mark, and name any encoding that reads as UTF-8', async () => {
    expect(await errorsOf(`\ufeff${simple}`)).toEqual([]);
    expect(await errorsOf(simple.replace('UTF-8', 'ISO-8859-1'))).toEqual([]);
  });

  it.each([
    ['empty', '', 'xml-malformed'],
    ['no XML', 'hello', 'xml-malformed'],
    ['HTML', '<html><body/></html>', 'not-bpmn'],
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
    ['no BPMN', '<definitions xmlns="urn:other" id="x"/>', 'not-bpmn'],
    ['a part of BPMN', '<process xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="x"/>', 'not-bpmn'],
    [
      'too long an attribute',
      simple.replace('id="t"', `id="t" name="${'x'.repeat(100_001)}"`),
      'file-too-complex',
    ],
    [
      'no process',
      '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"/>',
      'process-missing',
    ],
    ['many attributes without values', `<a ${'x '.repeat(1_000_000)}= "1"/>`, 'file-too-complex'],
    ['tags that do not end', '<'.repeat(2_000_000), 'xml-malformed'],
    [
      'too many elements in one line',
      bpmn(`<bpmn:task name="${'x'.repeat(400)}"/>`.repeat(9_000)).replaceAll('\n', ' '),
      'file-too-complex',
    ],
    ['attribute twice', simple.replace('id="t"', 'id="t" id="u"'), 'xml-malformed'],
  ])('%s', async (_name, xml, rule) => {
    // An answer that takes the square of the length would pass the time that a test has.
    const { models, problems } = await parseProcesses(xml);
    expect(models).toEqual([]);
    expect(problems.map((it) => it.rule)).toContain(rule);
  });

  it('of many faults is still answered soon', async () => {
    const many = bpmn(Array.from({ length: 4_900 }, (_, i) => `\n\n\n<bpmn:nonsense id="n${i}"/>`).join(''));
    expect((await problemsOf(many)).length).toBeGreaterThan(0);
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

describe('a name', () => {
  refuses([
    ['is given once', around(user('u'), 't -> u'), around(user('t')), ['t id-duplicate']],
    ['is given', around(user('u'), 't -> u'), around('<bpmn:userTask/>'), ['p id-missing']],
    [
      'is not reserved',
      around(user('proto'), 't -> proto'),
      around(user('__proto__')),
      ['__proto__ id-invalid'],
    ],
    [
      'is of letters and digits',
      around(user('a-b.c'), 't -> a-b.c'),
      around(user('a:b')),
      ['a:b id-invalid'],
    ],
    [
      'of a variable can be read by FEEL',
      around(
        user('u', '+<zeebe:ioMapping><zeebe:input source="=1" target="a.perché"/></zeebe:ioMapping>'),
        't -> u',
      ),
      around(
        user('u', '+<zeebe:ioMapping><zeebe:input source="=1" target="__proto__"/></zeebe:ioMapping>'),
        't -> u',
      ),
      ['u variable-name'],
    ],
  ]);
});

describe('what is not understood is refused:', () => {
  const extended = (inside: string): string => around(user('u', `+${inside}`), 't -> u');
  const flag = (value: string): string => around(user('u', '', `isForCompensation="${value}"`), 't -> u');
  refuses([
    ['elements', around(''), around('<bpmn:nonsense id="n"/>'), ['n unknown-element']],
    [
      'attributes',
      around('').replace('<bpmn:userTask', '<bpmn:userTask other:x="1"'),
      around('').replace('<bpmn:userTask', '<bpmn:userTask colour="red"'),
      ['t unknown-attribute'],
    ],
    [
      'attributes of ours',
      extended('<iter:incoming message="a" label="b"/>'),
      extended('<iter:incoming message="a" label="b" x="c"/>'),
      ['u unknown-attribute'],
    ],
    ['elements of Zeebe', extended('<other:x/>'), extended('<zeebe:nope/>'), ['u unknown-element']],
    ['elements of ours', extended('<zeebe:userTask/>'), extended('<iter:nope/>'), ['u unknown-element']],
    [
      'text between elements',
      around(user('u'), 't -> u'),
      around(user('u', 'hello'), 't -> u'),
      ['u xml-content'],
    ],
    ['words that are no boolean', flag('false'), flag('maybe'), ['u attribute-value']],
    [
      'choreographies in an executable process',
      around(user('c'), 't -> c'),
      around(element('choreographyTask', 'c', '', 'initiatingParticipantRef="p"'), 't -> c'),
      ['c reference-type', 'c unsupported-element'],
    ],
    [
      'bindings to operations',
      around('<bpmn:ioSpecification/>'),
      around('<bpmn:ioBinding/>'),
      ['p unsupported-attribute'],
    ],
    [
      'listeners',
      extended('<zeebe:properties/>'),
      extended('<zeebe:executionListeners/>'),
      ['u unsupported-extension'],
    ],
    [
      'extensions that mean nothing where they stand',
      around(element('serviceTask', 'u', '+<zeebe:taskDefinition type="x"/>'), 't -> u'),
      extended('<zeebe:taskDefinition type="x"/>'),
      ['u extension-misplaced'],
    ],
    [
      'two extensions of one kind',
      extended('<zeebe:formDefinition formId="a"/>'),
      extended('<zeebe:formDefinition formId="a"/><zeebe:formDefinition formId="b"/>'),
      ['u extension-duplicate'],
    ],
    [
      'another way to say who works',
      around(element('serviceTask', 'u', '', 'implementation="##WebService"'), 't -> u'),
      around(element('serviceTask', 'u', '', 'implementation="urn:x"'), 't -> u'),
      ['u unsupported-attribute'],
    ],
    [
      'a filter that narrows a condition',
      around(
        caught(
          'i',
          '<bpmn:conditionalEventDefinition><bpmn:extensionElements><zeebe:conditionalFilter variableNames="a, b"/></bpmn:extensionElements><bpmn:condition>a = 1</bpmn:condition></bpmn:conditionalEventDefinition>',
        ),
        't -> i -> e',
      ),
      around(
        caught(
          'i',
          '<bpmn:conditionalEventDefinition><bpmn:extensionElements><zeebe:conditionalFilter variableNames="b"/></bpmn:extensionElements><bpmn:condition>a = 1</bpmn:condition></bpmn:conditionalEventDefinition>',
        ),
        't -> i -> e',
      ),
      ['i unsupported-extension'],
    ],
  ]);
  warns([
    [
      'words of other engines, aloud',
      around('').replace('<bpmn:userTask', '<bpmn:userTask other:assignee="x"'),
      around('')
        .replace('xmlns:other="urn:other"', 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"')
        .replace('<bpmn:userTask', '<bpmn:userTask camunda:assignee="x"'),
      ['t foreign-extension'],
    ],
    [
      'the method of a transaction, aloud',
      around(element('transaction', 'x', user('u')), 't -> x'),
      around(element('transaction', 'x', user('u'), 'method="##Compensate"'), 't -> x'),
      ['x transaction-method'],
    ],
    [
      'an implementation beside the work, aloud',
      around(element('serviceTask', 'u', '+<zeebe:taskDefinition type="x"/>'), 't -> u'),
      around(
        element('serviceTask', 'u', '+<zeebe:taskDefinition type="x"/>', 'implementation="urn:x"'),
        't -> u',
      ),
      ['u unsupported-attribute'],
    ],
  ]);

  it('but not booleans as XML Schema also spells them', async () => {
    const model = await modelOf(
      among(
        speech,
        element('boundaryEvent', 'b', message('m'), 'attachedToRef="t" cancelActivity="0"'),
        'b -> e',
      ).replace('isExecutable="true"', "isExecutable = ' 1 '"),
    );
    expect(model.nodes.get('b')?.interrupting).toBe(false);
  });
});

describe('a process that only explains', () => {
  it('may hold anything drawn, but is well shaped', async () => {
    const drawn = around(element('callActivity', 'c') + gateway('inclusive', 'g'), 't -> c -> g').replace(
      'isExecutable="true"',
      '',
    );
    expect(await parseProcesses(drawn)).toEqual({ models: [], problems: [] });
    expect(await errorsOf(around('', 't -> s').replace('isExecutable="true"', ''))).toEqual([
      's start-with-incoming',
    ]);
  });
});

it('hashes as others do', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'));
    }),
  );
});

it('what was accepted once stays readable, whatever rules came later', async () => {
  const refused = around(user('u'));
  const { models, problems } = await parseProcesses(refused);
  expect([models, problems.map(({ rule }) => rule)]).toEqual([[], ['diagram-missing', 'unreachable']]);
  expect(readAccepted(refused).map(({ nodes }) => nodes.has('u'))).toEqual([true]);
  expect([readAccepted('<a>'), readAccepted('<a/>')]).toEqual([[], []]);
});

it('what was accepted reads as it did then', async () => {
  expect(readAccepted(simple)).toEqual([await modelOf(simple)]);
});

it('names no element twice for one fault', async () => {
  const broken = among(speech, sub('x', caught('i', '<bpmn:messageEventDefinition/>')), 't -> x');
  expect([await errorsOf(broken), await warningsOf(broken)]).toEqual([
    ['i message-missing'],
    ['i event-without-flow'],
  ]);
});

it('reads the ordinary disciplinary procedure without a word', async () => {
  const file = `${import.meta.dirname}/../../../processes/disciplinary-ordinary/disciplinary-ordinary.bpmn`;
  const { models, problems } = await parseProcesses(readFileSync(file, 'utf8'));
  expect(problems).toEqual([]);
  expect(models.map(({ key }) => key)).toEqual(['disciplinary-ordinary']);
});
