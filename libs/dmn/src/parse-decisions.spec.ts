import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { decisionLimits } from './model.ts';
import { parseDecisions } from './parse-decisions.ts';
import { decide, read } from './testing/decide.ts';
import {
  context,
  decision,
  dmn,
  functionOf,
  input,
  invocation,
  knowledge,
  literal,
  table,
  variable,
} from './testing/dmn.ts';

const simple = dmn(
  input('a') + decision('d', table('UNIQUE', 'a: number || b\n > 1 || "x"'), { requires: ['i:a'] }),
);
const found = async (xml: string) => (await parseDecisions(xml, 'f.dmn')).problems;
const rules = async (xml: string) => (await found(xml)).map(({ element, rule }) => `${element} ${rule}`);
/** The rules that a decision `d` with this logic breaks. */
const rulesOf = (logic: string, more = '', requires: string[] = []) =>
  rules(dmn(more + decision('d', logic, { requires })));

describe('a file', () => {
  it('gives a frozen model with ids, names, places and hash', async () => {
    const it = await read(simple);
    expect([it.id, it.name, [...it.decisions.keys()], [...it.inputs.keys()]]).toEqual([
      'defs',
      'Definitions',
      ['d'],
      ['a'],
    ]);
    expect(it.hash).toBe(createHash('sha256').update(simple).digest('hex'));
    expect(it.decisions.get('d')).toMatchObject({
      name: 'd',
      place: { line: 3, column: 60 },
      requires: { inputs: [{ id: 'a', names: ['a'] }], decisions: [], knowledge: [] },
      logic: {
        kind: 'decision-table',
        hitPolicy: 'UNIQUE',
        inputs: [{ id: 'in1', label: 'a', type: { name: 'number' } }],
        rules: [{ id: 'r1' }],
      },
    });
    const { logic } = it.decisions.get('d') ?? {};
    expect(
      Object.isFrozen(logic) && logic?.kind === 'decision-table' && Object.isFrozen(logic.rules[0]?.inputs),
    ).toBe(true);
  });

  it.each(['1.1', '1.2', '1.3', '1.4', '1.5'] as const)('may be of version %s', async (version) => {
    expect(await found(dmn(decision('d', table('UNIQUE', 'a || b\n > 1 || "x"')), version))).toEqual([]);
  });

  it('may use any prefix, a byte order mark, and name any encoding that reads as UTF-8', async () => {
    const prefixed = simple
      .replaceAll(/<(\/?)(?=[a-zA-Z])/g, '<$1dmn:')
      .replace('xmlns="', 'xmlns:dmn="')
      .replace('UTF-8', 'ISO-8859-1');
    expect(await found(`\ufeff${prefixed}`)).toEqual([]);
  });

  it('says where each problem stands, of elements without ids too', async () => {
    const xml = dmn(
      decision('d', table('UNIQUE', 'a || b\n > 1 || "x"\n foo(1) || 1 +').replaceAll(/ id="r\d"/g, '')),
    );
    const lines = xml.split('\n');
    const line = lines.findIndex((it) => it.includes('foo(1)')) + 1;
    expect(await found(xml)).toEqual([
      {
        severity: 'error',
        file: 'f.dmn',
        line,
        column: (lines[line - 1] ?? '').indexOf('<inputEntry>') + 1,
        element: 'table',
        rule: 'feel-unknown-function',
        message: 'Rule 2, input "a": There is no function "foo".',
      },
      expect.objectContaining({
        line,
        column: (lines[line - 1] ?? '').indexOf('<outputEntry>') + 1,
        rule: 'feel-syntax',
        message: expect.stringContaining('Rule 2, output "b": ') as unknown,
      }),
    ]);
  });

  it.each([
    ['empty', '', 'xml-malformed'],
    ['no XML', 'hello', 'xml-malformed'],
    ['HTML', '<html><body/></html>', 'not-dmn'],
    ['BPMN', '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"/>', 'not-dmn'],
    ['DMN 1.0', '<definitions xmlns="http://www.omg.org/spec/DMN/20130901" id="d"/>', 'not-dmn'],
    [
      'another root',
      dmn('').replace('<definitions', '<decision').replace('</definitions', '</decision'),
      'not-dmn',
    ],
    ['cut off', simple.slice(0, -30), 'xml-malformed'],
    [
      'document type',
      `<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>${simple.slice(38)}`,
      'xml-forbidden',
    ],
    ['entity', simple.replace('<decision', '<!ENTITY a "b"><decision'), 'xml-forbidden'],
    ['NUL', [...simple].join('\0'), 'xml-encoding'],
    ['too large', `${simple}${' '.repeat(5 * 1024 * 1024)}`, 'file-too-large'],
    ['too deep', dmn(decision('d', '<list>'.repeat(100_000))), 'file-too-complex'],
    [
      'too deep by a little',
      dmn(decision('d', `${'<list>'.repeat(60)}${'</list>'.repeat(60)}`)),
      'file-too-complex',
    ],
    ['too many elements', dmn('<inputData/>'.repeat(100_001)), 'file-too-complex'],
    [
      'too many attributes',
      simple.replace(
        '<decision',
        `<decision ${Array.from({ length: 200 }, (_, i) => `a${i}="1"`).join(' ')}`,
      ),
      'file-too-complex',
    ],
    ['attribute twice', simple.replace('id="d"', 'id="d" id="e"'), 'xml-malformed'],
    ['no decision', dmn(input('a')), 'decision-missing'],
  ])('%s is refused', async (_name, xml, rule) => {
    const { definitions, problems } = await parseDecisions(xml);
    expect(definitions).toBeNull();
    expect(problems.map((it) => it.rule)).toContain(rule);
  });

  it('holds nothing that is not understood', async () => {
    expect(await rules(simple.replace('<rule', '<rule foo="1"'))).toEqual(['r1 unknown-attribute']);
    expect(await rules(simple.replace('<decisionTable', '<sorting/><decisionTable'))).toEqual([
      'd unknown-element',
    ]);
    expect(await rules(simple.replace('<rule', 'text<rule'))).toEqual(['r1 xml-content']);
    expect(
      await rules(simple.replace('<input id', '<import name="x" namespace="y" importType="z"/><input id')),
    ).toEqual(['table unknown-element']);
    expect(
      await rules(simple.replace('<inputData', '<import name="x" namespace="y" importType="z"/><inputData')),
    ).toEqual(['defs unsupported-element']);
    expect(await rules(simple.replace('hitPolicy="UNIQUE"', 'hitPolicy="BEST"'))).toEqual([
      'table attribute-value',
    ]);
    expect(
      await rules(simple.replace('<input id="in1"', '<input camunda:inputVariable="x" id="in1"')),
    ).toEqual(['in1 unsupported-attribute']);
    expect(await rules(simple.replace('<decision ', '<decision camunda:historyTimeToLive="1" '))).toEqual([
      'd foreign-extension',
    ]);
  });

  it('keeps the second of what may stand once from being lost', async () => {
    expect(await rulesOf(`${literal('1')}${literal('2')}`)).toEqual(['d element-repeated']);
    expect(await rulesOf(`${literal('1')}${context({ a: literal('2') })}`)).toEqual(['d element-repeated']);
    expect(await rulesOf('<literalExpression><text>1</text><text>2</text></literalExpression>')).toEqual([
      'd element-repeated',
    ]);
  });

  it('may be drawn, explained and extended by tools', async () => {
    const drawn = `<extensionElements><x:any xmlns:x="urn:x"><x:b/></x:any></extensionElements>
      ${decision('d', literal('1'), { inside: '<description>why</description><question>what?</question><allowedAnswers>1</allowedAnswers>' })}
      <knowledgeSource id="ks" name="The law"><authorityRequirement><requiredDecision href="#d"/></authorityRequirement><type>norm</type></knowledgeSource>
      <textAnnotation id="ta"><text>note</text></textAnnotation>
      <association id="as"><sourceRef href="#d"/><targetRef href="#ta"/></association>
      <dmndi:DMNDI xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" xmlns:di="http://www.omg.org/spec/DMN/20180521/DI/">
        <dmndi:DMNDiagram id="dia"><di:extension><k:w xmlns:k="urn:k"/></di:extension><dmndi:DMNShape id="sh" dmnElementRef="d" strange="1"><dc:Bounds x="1" y="2" width="3" height="4"/></dmndi:DMNShape></dmndi:DMNDiagram>
      </dmndi:DMNDI>`;
    expect(await found(dmn(drawn))).toEqual([]);
  });
});

describe('a table', () => {
  it.each([
    ['without output', 'UNIQUE', 'a ||\n > 1 ||', ['table output-missing', 'r1 rule-incomplete']],
    ['without output values', 'PRIORITY', 'a || b\n - || 1', ['table output-values-missing']],
    ['without output values', 'OUTPUT ORDER', 'a || b | c\n - || 1 | 2', ['table output-values-missing']],
    [
      'aggregating where nothing is collected',
      'UNIQUE+SUM',
      'a || b\n - || 1',
      ['table aggregation-misplaced'],
    ],
    [
      'aggregating several outputs',
      'COLLECT+SUM',
      'a || b | c\n - || 1 | 2',
      ['table aggregation-misplaced'],
    ],
    ['of two outputs of one name', 'FIRST', 'a || b | b\n - || 1 | 2', ['table name-duplicate']],
    [
      'with a default for one output only',
      'FIRST',
      'a || b | c\n = || default 1 |\n - || 1 | 2',
      ['table default-incomplete'],
    ],
    [
      'that gives what is none of its values',
      'FIRST',
      'a || b\n = || "x", "y"\n - || "z"',
      ['r1 output-not-allowed'],
    ],
    [
      'with an unknown type',
      'FIRST',
      'a: money || b: tCar\n - || 1',
      ['in1 type-unknown', 'out1 type-unknown'],
    ],
    ['with an empty input', 'FIRST', ' : string | c || b\n - | - || 1', ['in1 expression-empty']],
  ])('%s is refused (%s)', async (_name, policy, drawn, expected) => {
    expect(await rulesOf(table(policy, drawn))).toEqual(expected);
  });

  it('has as many cells in each rule as columns', async () => {
    const drawn = table('FIRST', 'a | c || b\n - | - || 1\n - | - || 2').replace(
      '<inputEntry><text>-</text></inputEntry>',
      '',
    );
    expect(await rulesOf(drawn)).toEqual(['r1 rule-incomplete']);
    const bare = table('FIRST', '|| b\n || 1').replace(
      '<outputEntry>',
      '<inputEntry><text>-</text></inputEntry><outputEntry>',
    );
    expect(await rulesOf(bare)).toEqual([]);
  });

  it('is of a bounded size, and read in bounded time', async () => {
    const large = (rules: number, cell: (i: number) => string) =>
      table(
        'FIRST',
        `a | c || b\n${Array.from({ length: rules }, (_, i) => `${cell(i)} | - || ${i}`).join('\n')}`,
      );
    expect(await rulesOf(large(decisionLimits.rules + 1, () => '1'))).toEqual(['table table-too-large']);
    const columns = Array.from({ length: decisionLimits.columns }, (_, i) => `a${i}`).join(' | ');
    expect(await rulesOf(table('FIRST', `${columns} || b`))).toEqual(['table table-too-large']);
    expect(await rulesOf(large(decisionLimits.rules, (i) => `> ${i % 100}`))).toEqual([]);
  });

  it.each([
    ['expressionLanguage="juel"', '${a > 1}'],
    ['expressionLanguage="http://www.java.com/java"', 'a'],
  ])('understands FEEL only, not %s', async (language, text) => {
    const xml = dmn(decision('d', `<literalExpression ${language}><text>${text}</text></literalExpression>`));
    expect(await rules(xml)).toContain('d expression-language');
  });

  it.each([
    'feel',
    'FEEL',
    'https://www.omg.org/spec/DMN/20191111/FEEL/',
    'http://www.omg.org/spec/FEEL/20140401',
  ])('knows FEEL as %s', async (language) => {
    expect(await rulesOf(literal('1', `expressionLanguage="${language}"`))).toEqual([]);
  });
});

describe('requirements', () => {
  const of = (property: string, inner: string, href: string): string =>
    `<${property}><${inner} href="${href}"/></${property}>`;

  it('lead to what is there, and of the right kind', async () => {
    const requires = (inside: string) =>
      rules(dmn(input('a') + knowledge('k', [], literal('1')) + decision('d', literal('1'), { inside })));
    expect(await requires(of('informationRequirement', 'requiredDecision', '#x'))).toEqual([
      'd dangling-reference',
    ]);
    expect(await requires(of('informationRequirement', 'requiredInput', 'other.dmn#a'))).toEqual([
      'd dangling-reference',
    ]);
    expect(await requires(of('informationRequirement', 'requiredInput', 'a'))).toEqual([
      'd dangling-reference',
    ]);
    expect(await requires(of('informationRequirement', 'requiredDecision', '#a'))).toEqual([
      'd requirement-kind',
    ]);
    expect(await requires(of('knowledgeRequirement', 'requiredKnowledge', '#a'))).toEqual([
      'd requirement-kind',
    ]);
    expect(await requires(of('informationRequirement', 'requiredInput', '#a'))).toEqual([]);
  });

  it('go in no circle', async () => {
    const xml = dmn(
      decision('x', literal('1'), { requires: ['d:y'] }) +
        decision('y', literal('1'), { name: 'The Y', requires: ['d:z'] }) +
        decision('z', literal('1'), { requires: ['d:x'] }) +
        decision('self', literal('1'), { requires: ['d:self'] }),
    );
    expect(await found(xml)).toMatchObject([
      {
        element: 'x',
        rule: 'requirement-cycle',
        message: 'The requirements go in a circle: "x" → "The Y" → "z" → "x".',
      },
      { element: 'self', rule: 'requirement-cycle' },
    ]);
    expect(
      await rules(dmn(knowledge('f', [], literal('1'), { requires: ['k:f'] }) + decision('d', literal('1')))),
    ).toEqual(['f requirement-cycle']);
  });

  it('form chains of bounded length', async () => {
    const chain = (length: number) =>
      dmn(
        Array.from({ length }, (_, i) =>
          decision(`d${i}`, literal(i === 0 ? '1' : `d${i - 1} + 1`), {
            requires: i === 0 ? [] : [`d:d${i - 1}`],
          }),
        ).join(''),
      );
    const most = decisionLimits.requirements;
    expect(decide(await read(chain(most)), `d${most - 1}`)).toMatchObject({ ok: true, value: most });
    expect(await rules(chain(most + 1))).toEqual([`d${most} requirements-too-deep`]);
    expect((await rules(chain(3_000))).length).toBe(1);
  });

  it('have names that differ', async () => {
    const xml = dmn(
      input('a', 'X') + input('b', 'X') + decision('d', literal('X'), { requires: ['i:a', 'i:b'] }),
    );
    expect(await rules(xml)).toEqual(['d name-ambiguous']);
  });

  it('that are read and not drawn are said', async () => {
    const xml = (logic: string) =>
      dmn(
        decision('season', literal('1')) + knowledge('f', [], literal('1')) + decision('d', literal(logic)),
      );
    expect(await found(xml('season'))).toMatchObject([
      { severity: 'warning', element: 'd', rule: 'requirement-missing' },
    ]);
    expect(await found(xml('f()'))).toMatchObject([
      {
        severity: 'error',
        rule: 'feel-unknown-function',
        message: expect.stringContaining('draw the requirement') as unknown,
      },
    ]);
    expect(await found(xml('for season in xs return season'))).toEqual([]);
  });

  it('need ids', async () => {
    expect(await rules(dmn(`<decision name="x">${literal('1')}</decision>`))).toEqual([
      'defs decision-missing',
      'defs id-missing',
    ]);
    expect(await rules(dmn(decision('__proto__', literal('1'))))).toEqual([
      'defs decision-missing',
      '__proto__ id-invalid',
    ]);
    expect(await rules(dmn(decision('d', literal('1')) + decision('d', literal('2'))))).toEqual([
      'd id-duplicate',
    ]);
  });
});

describe('logic', () => {
  it.each([
    ['nothing', '', ['d logic-missing']],
    ['a function', functionOf(['x'], literal('x')), ['d function-misplaced']],
    ['a function in FEEL', literal('function(x) x'), ['d function-misplaced']],
    ['a function in a list', `<list>${functionOf([], literal('1'))}</list>`, ['d function-misplaced']],
    [
      'a function without a result beside it',
      context({ f: functionOf([], literal('1')) }),
      ['d context-result'],
    ],
    [
      'a function of Java',
      context({ f: functionOf([], literal('1'), 'kind="Java"'), '': literal('1') }),
      ['d function-kind'],
    ],
    [
      'a function of one parameter twice',
      context({ f: functionOf(['x', 'x'], literal('1')), '': literal('1') }),
      ['d name-duplicate'],
    ],
    ['a result before other entries', context({ '': literal('1'), x: literal('2') }), ['d context-result']],
    [
      'an entry twice',
      context({ x: literal('1') }).replace(
        '</context>',
        `<contextEntry>${variable('x')}${literal('1')}</contextEntry></context>`,
      ),
      ['d name-duplicate'],
    ],
    [
      'an entry without value',
      '<context><contextEntry><variable name="x"/></contextEntry></context>',
      ['d logic-missing'],
    ],
    ['a name that is none', context({ '1 + 1': literal('1') }), ['d name-invalid']],
    [
      'an entry that comes later',
      context({ x: literal('f()'), f: functionOf([], literal('1')), '': literal('1') }),
      ['d feel-unknown-function'],
    ],
    [
      'a row too short',
      `<relation><column name="a"/><column name="b"/><row>${literal('1')}</row></relation>`,
      ['d row-incomplete'],
    ],
    ['a call of nothing', invocation('f', {}), ['d function-unknown']],
    ['a call of what FEEL knows', invocation('count', { list: literal('[1]') }), ['d function-unknown']],
    ['an expression that is none', literal('1 +'), ['d feel-syntax']],
    ['no expression', literal(''), ['d expression-empty']],
    ['a long expression', literal(`"${'x'.repeat(2_000)}"`), ['d expression-too-long']],
    [
      'imported values',
      '<literalExpression><importedValues name="x" namespace="y" importType="z"><importedElement>e</importedElement></importedValues></literalExpression>',
      ['d expression-empty', 'd unsupported-element'],
    ],
    [
      'what came with DMN 1.4',
      `<conditional><if>${literal('true')}</if><then>${literal('1')}</then><else>${literal('2')}</else></conditional>`,
      ['d logic-missing', 'd unknown-element'],
    ],
  ])('%s is refused', async (_name, logic, expected) => {
    expect((await rulesOf(logic)).sort()).toEqual(expected);
  });

  it('binds parameters that are there, once', async () => {
    const f = knowledge('f', ['x'], literal('x'));
    expect(await rulesOf(invocation('f', { y: literal('1') }), f, ['k:f'])).toEqual(['d parameter-unknown']);
    const twice = invocation('f', { x: literal('1') }).replace(
      '</invocation>',
      `<binding><parameter name="x"/>${literal('2')}</binding></invocation>`,
    );
    expect(await rulesOf(twice, f, ['k:f'])).toEqual(['d name-duplicate']);
  });

  it('of business knowledge is there', async () => {
    expect(
      await rules(dmn('<businessKnowledgeModel id="k" name="k"/>' + decision('d', literal('1')))),
    ).toEqual(['k logic-missing']);
    expect(
      await rules(
        dmn(
          '<businessKnowledgeModel id="k" name="k"><encapsulatedLogic/></businessKnowledgeModel>' +
            decision('d', literal('1')),
        ),
      ),
    ).toEqual(['k logic-missing']);
  });
});

describe('types', () => {
  const item = (name: string, inside: string, attributes = '') =>
    `<itemDefinition name="${name}" ${attributes}>${inside}</itemDefinition>`;
  it.each([
    ['unknown', item('t', '<typeRef>money</typeRef>'), ['defs type-unknown']],
    ['of itself', item('t', '<typeRef>t</typeRef>'), ['defs type-cycle']],
    [
      'of each other',
      item('t', '<typeRef>u</typeRef>') +
        item('u', '<itemComponent name="x"><typeRef>t</typeRef></itemComponent>'),
      ['defs type-cycle'],
    ],
    [
      'twice',
      item('t', '<typeRef>string</typeRef>') + item('t', '<typeRef>string</typeRef>'),
      ['defs name-duplicate'],
    ],
    ['without a name', '<itemDefinition><typeRef>string</typeRef></itemDefinition>', ['defs name-missing']],
    [
      'both simple and composed',
      item('t', '<typeRef>string</typeRef><itemComponent name="x"><typeRef>string</typeRef></itemComponent>'),
      ['defs type-unclear'],
    ],
    [
      'allowing what is no test',
      item('t', '<typeRef>string</typeRef><allowedValues><text>1 2</text></allowedValues>'),
      ['defs feel-syntax'],
    ],
    ['of functions', item('t', '<functionItem/>'), ['defs unsupported-element']],
  ])('%s are refused', async (_name, definitions, expected) => {
    expect(await rules(dmn(definitions + decision('d', literal('1'))))).toEqual(expected);
  });
});

describe('a decision service', () => {
  const of = (inside: string) =>
    rules(
      dmn(
        input('a') +
          decision('x', literal('a'), { requires: ['i:a'] }) +
          decision('y', literal('x'), { requires: ['d:x'] }) +
          `<decisionService id="s" name="s">${inside}</decisionService>`,
      ),
    );
  it('holds what its decisions need', async () => {
    const whole = '<outputDecision href="#y"/><encapsulatedDecision href="#x"/><inputData href="#a"/>';
    expect(await of(whole)).toEqual([]);
    expect(await of('<outputDecision href="#y"/><inputDecision href="#x"/>')).toEqual([]);
    expect(await of('<outputDecision href="#y"/><inputData href="#a"/>')).toEqual(['s service-incomplete']);
    expect(await of('<outputDecision href="#y"/><encapsulatedDecision href="#x"/>')).toEqual([
      's service-incomplete',
    ]);
    expect(await of('<encapsulatedDecision href="#x"/>')).toEqual(['s output-missing']);
  });
});

describe('any text', () => {
  it('is answered, without throwing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 200, unit: 'binary' }), async (text) => {
        expect((await parseDecisions(text)).definitions).toBeNull();
      }),
      { numRuns: 100 },
    );
  });

  it('that was a file, with a piece cut out or put in, is read or refused', async () => {
    const whole = dmn(
      input('a') +
        knowledge('k', ['p'], literal('p + 1')) +
        decision('d', table('PRIORITY', 'a: number || b\n = || "x", "y"\n > 1 || "x"\n - || "y"'), {
          requires: ['i:a', 'k:k'],
        }),
    );
    const pieces = [
      '<',
      '>',
      '/>',
      '"',
      '&',
      '&amp;',
      '</rule>',
      '<text>',
      'id="d"',
      '-',
      '<!--',
      ']]>',
      'é',
      '\u0000',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length),
        fc.nat(60),
        fc.constantFrom('', ...pieces),
        async (at, length, piece) => {
          const { definitions, problems } = await parseDecisions(
            whole.slice(0, at) + piece + whole.slice(at + length),
          );
          expect(definitions === null).toBe(problems.some(({ severity }) => severity === 'error'));
        },
      ),
      { numRuns: 300 },
    );
  });
});
