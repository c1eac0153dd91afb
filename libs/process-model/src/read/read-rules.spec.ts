import { describe, expect, it } from '@jest/globals';
import { among, around, bpmn, element, end, flows, start, user } from '../testing/bpmn.ts';
import { modelOf, nodeOf, refuses } from '../testing/parsing.ts';
import type { RuleCase } from '../testing/parsing.ts';

const task = (inside: string) => around(user('u', `+<zeebe:userTask/>${inside}`), 't -> u');

describe('rules, lookups and receivers', () => {
  it('are read from their elements', async () => {
    const xml = task(
      `<iter:refuse code="too-early" when="=a &lt; b" message="Troppo presto" label="È ora" norm="art. 1"/>
       <iter:refuse code="too-late" when="=a &gt; c" message="=&quot;dopo &quot; + c"/>
       <iter:lookup register="needs" key="=needRef" as="need"/>
       <iter:reads document="decisionDoc"/><iter:reads document="minutesDoc"/>`,
    );
    expect(await nodeOf(xml, 'u')).toMatchObject({
      refusals: [
        {
          code: 'too-early',
          when: { text: 'a < b' },
          message: { constant: 'Troppo presto' },
          label: 'È ora',
          norm: 'art. 1',
        },
        { code: 'too-late', message: { text: '"dopo " + c', names: ['c'] } },
      ],
      lookups: [{ register: 'needs', key: { names: ['needRef'] }, as: 'need' }],
      reads: ['decisionDoc', 'minutesDoc'],
      receiver: null,
      handsOver: false,
    });
  });

  it('of a message', async () => {
    const sends = element('sendTask', 'x', '+<iter:receiver body="=comune"/>', 'messageRef="m"');
    expect(await nodeOf(among('<bpmn:message id="m" name="m"/>', sends, 't -> x'), 'x')).toMatchObject({
      receiver: { text: 'comune' },
      handsOver: false,
    });
    const all = element(
      'sendTask',
      'x',
      '+<iter:receiver body="=comune" documents="true"/>',
      'messageRef="m"',
    );
    expect(await nodeOf(among('<bpmn:message id="m" name="m"/>', all, 't -> x'), 'x')).toMatchObject({
      handsOver: true,
    });
  });

  const broken = (name: string, inside: string, rule: string): RuleCase => [
    name,
    task('<iter:refuse code="x" when="=a" message="m"/><iter:lookup register="needs" key="=a" as="b"/>'),
    task(inside),
    [`u ${rule}`],
  ];
  refuses([
    broken('a rule has a message', '<iter:refuse code="x" when="=a"/>', 'refusal-incomplete'),
    broken('a rule has a name', '<iter:refuse when="=a" message="m"/>', 'refusal-incomplete'),
    broken('a rule has a condition', '<iter:refuse code="x" message="m"/>', 'refusal-incomplete'),
    broken(
      'a rule is named in small letters',
      '<iter:refuse code="Too Early" when="=a" message="m"/>',
      'attribute-value',
    ),
    broken(
      'two rules of an element have two names',
      '<iter:refuse code="x" when="=a" message="m"/><iter:refuse code="x" when="=b" message="m"/>',
      'attribute-value',
    ),
    broken('a register is known', '<iter:lookup register="everything" key="=a" as="b"/>', 'attribute-value'),
    broken('a lookup has a key', '<iter:lookup register="needs" as="b"/>', 'lookup-incomplete'),
    broken('a lookup gives a variable', '<iter:lookup register="needs" key="=a" as="b.c"/>', 'variable-name'),
    broken('an office is of a body', '<iter:office/>', 'body-incomplete'),
    broken('what a task is about is said', '<iter:about/>', 'about-incomplete'),
    broken('what is read has a name', '<iter:reads/>', 'reads-incomplete'),
    broken('what is read is a variable', '<iter:reads document="=decision"/>', 'variable-name'),
    broken('a task has no receiver', '<iter:receiver body="=a"/>', 'extension-misplaced'),
  ]);
});

describe('facts', () => {
  const saying = (inside: string) =>
    bpmn(
      [
        `<bpmn:extensionElements>${inside}</bpmn:extensionElements>`,
        ...[start(), user('t'), end(), flows('s -> t -> e')],
      ].join(''),
    );
  const value = (code: string) => `<iter:factValue code="${code}" label="${code}"/>`;
  const one = `<iter:fact name="urgency" label="Urgenza">${value('LOW')}</iter:fact>`;

  it('have a few values, or are yes or no', async () => {
    const xml = saying(
      `<iter:fact name="urgency" label="Urgenza" labelEn="Urgency">
         <iter:factValue code="LOW" label="Bassa" labelEn="Low"/></iter:fact>
       <iter:fact name="oral" label="Prova orale"/>`,
    );
    expect((await modelOf(xml)).facts).toEqual([
      {
        ...{ name: 'urgency', label: { it: 'Urgenza', en: 'Urgency' } },
        values: [{ code: 'LOW', label: { it: 'Bassa', en: 'Low' } }],
      },
      { name: 'oral', label: { it: 'Prova orale', en: 'Prova orale' }, values: null },
    ]);
  });

  const broken = (name: string, inside: string, ...rules: string[]): RuleCase => [
    name,
    saying(one),
    saying(inside),
    rules.map((rule) => `p ${rule}`),
  ];
  const many = (most: number, make: (n: number) => string) =>
    Array.from({ length: most + 1 }, (_, n) => make(n)).join('');
  refuses([
    broken('a fact has a name', '<iter:fact label="x"/>', 'fact-incomplete'),
    broken('a fact has a label', '<iter:fact name="x"/>', 'fact-incomplete'),
    broken('a fact is a variable', '<iter:fact name="a b" label="x"/>', 'variable-name'),
    broken(
      'a value is a code',
      `<iter:fact name="x" label="x">${value('Mario Rossi')}</iter:fact>`,
      'attribute-value',
    ),
    broken(
      'nothing personal is a fact',
      `<iter:personal fields="urgency" subject="=x"/>${one}`,
      'fact-personal',
    ),
    broken('facts have names of their own', one + one, 'attribute-value'),
    broken(
      'values are told apart',
      `<iter:fact name="x" label="x">${value('A')}${value('A')}</iter:fact>`,
      'attribute-value',
    ),
    broken(
      'facts are few',
      many(12, (n) => `<iter:fact name="x${n}" label="x"/>`),
      'attribute-value',
    ),
    broken(
      'values are few',
      `<iter:fact name="x" label="x">${many(40, (n) => value(`A${n}`))}</iter:fact>`,
      'attribute-value',
    ),
  ]);
});

describe('words', () => {
  const saying = (inside: string) =>
    bpmn(
      [
        `<bpmn:extensionElements>${inside}</bpmn:extensionElements>`,
        ...[start(), user('t'), end(), flows('s -> t -> e')],
      ].join(''),
    );
  const one = '<iter:word code="AT_RISK" of="status" label="A rischio" labelEn="At risk"/>';

  it('are of one variable or of any, or the name of one', async () => {
    const others = '<iter:word code="BELOW" label="Sotto"/><iter:word of="status" label="Stato"/>';
    expect((await modelOf(saying(one + others))).words).toEqual([
      { code: 'AT_RISK', of: 'status', label: { it: 'A rischio', en: 'At risk' } },
      { code: 'BELOW', of: null, label: { it: 'Sotto', en: 'Sotto' } },
      { code: null, of: 'status', label: { it: 'Stato', en: 'Stato' } },
    ]);
  });

  const broken = (name: string, inside: string, ...rules: string[]): RuleCase => [
    name,
    saying(one),
    saying(inside),
    rules.map((rule) => `p ${rule}`),
  ];
  refuses([
    broken('a word is of something', '<iter:word label="x"/>', 'word-incomplete'),
    broken('a word has a label', '<iter:word code="A"/>', 'word-incomplete'),
    broken('what it is for is a code', '<iter:word code="Mario Rossi" label="x"/>', 'attribute-value'),
    broken('it is of a variable', '<iter:word code="A" of="a.b" label="x"/>', 'variable-name'),
    broken('a value has one word', one + one, 'attribute-value'),
  ]);
});
