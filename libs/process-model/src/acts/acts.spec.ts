import { describe, expect, it } from '@jest/globals';
import { createEvaluator } from '@iter/feel/evaluation';
import type { Json } from '@iter/feel';
import { readAct, renderAct } from './index.ts';
import type { ActSurroundings, ActTemplate, Block, Run } from './index.ts';

const head = `---
title: Contestazione di addebito
version: 2
---
`;

const problemsOf = (text: string): readonly string[] =>
  readAct(text, 'letter').problems.map(({ line, column, rule }) => `${line}:${column} ${rule}`);

function template(body: string, front = head): ActTemplate {
  const { act, problems } = readAct(`${front}${body}`, 'letter');
  expect(problems).toEqual([]);
  return act!;
}

const around: ActSurroundings = {
  case: { id: 'c-1', code: 'PD-1', process: 'p' },
  body: { ipa: 'c_prova', name: 'Comune di Prova' },
  province: { ipa: 'p_prova', name: 'Provincia di Prova' },
  author: { ipa: 'p_prova', name: 'Provincia di Prova' },
  programme: null,
  deadlines: { DL_X: { legalDueDate: '2026-04-07' } },
  today: '2026-03-06',
};

function draw(body: string, variables: Readonly<Record<string, Json>> = {}, front = head) {
  const evaluate = createEvaluator({
    now: '2026-03-06T09:00:00Z',
    zone: 'Europe/Rome',
    limits: { steps: 100_000, size: 256 * 1024, depth: 100 },
    clock: () => 0,
    budgetMs: 250,
    pattern: (match) => match(),
  });
  return renderAct(template(body, front), variables, around, evaluate);
}

function drawn(body: string, variables: Readonly<Record<string, Json>> = {}, front = head) {
  const result = draw(body, variables, front);
  if (!result.ok) throw new Error(`${result.code}: ${result.message}`);
  return result.document;
}

const textOf = (runs: readonly Run[]): string =>
  runs.map((run) => run.text + (run.break ? '⏎' : '')).join('');

/** The body's blocks, one line each. */
const shown = (blocks: readonly Block[]): readonly string[] =>
  blocks.flatMap((block): readonly string[] => {
    switch (block.kind) {
      case 'heading':
        return [`h${block.level} ${textOf(block.runs)}`];
      case 'paragraph':
        return [textOf(block.runs)];
      case 'list':
        return block.items.map(
          (item, i) => `${block.ordered ? block.start + i : '-'} ${shown(item).join('/')}`,
        );
      case 'table':
        return [block.header, ...block.rows].map((row) => row.map(textOf).join('|'));
      case 'letterhead':
        return [];
      default:
        return [block.kind];
    }
  });

describe('what a template may not say', () => {
  it.each([
    ['no front matter', 'Testo', '1:1 act-front-matter'],
    ['front matter without end', '---\ntitle: A\n', '1:1 act-front-matter'],
    ['an unknown key', '---\ntitle: A\nversion: 1\ntitel: B\n---\n', '4:1 act-key-unknown'],
    ['a key twice', '---\ntitle: A\nversion: 1\ntitle: B\n---\n', '4:1 act-front-matter'],
    ['no title', '---\nversion: 1\n---\n', '2:1 act-front-matter'],
    ['a title with holes', '---\ntitle: "A {{ name }}"\nversion: 1\n---\n', '2:8 act-front-matter'],
    ['no version', '---\ntitle: A\n---\n', '2:1 act-front-matter'],
    ['a version that is none', '---\ntitle: A\nversion: 1.5\n---\n', '3:10 act-front-matter'],
    [
      'a strange letterhead',
      '---\ntitle: A\nversion: 1\nletterhead: regione\n---\n',
      '4:13 act-front-matter',
    ],
    [
      'a signer without role',
      '---\ntitle: A\nversion: 1\nsigners: [{ label: X }]\n---\n',
      '4:11 act-front-matter',
    ],
    ['FEEL that does not parse', `${head}Vista la {{ a + }} nota`, '5:10 feel-syntax'],
    [
      'FEEL in the front matter',
      '---\ntitle: A\nversion: 1\nrecipient: "{{ ( }}"\n---\n',
      '4:12 feel-syntax',
    ],
    ['an unknown function', `${head}{{ dai(x) }}`, '5:1 feel-unknown-function'],
    ['HTML in a line', `${head}\nTesto <b>nero</b>`, '6:7 act-construct'],
    ['HTML as a block', `${head}\n<script>x</script>`, '6:1 act-construct'],
    ['an HTML comment', `${head}\n<!-- nota -->`, '6:1 act-construct'],
    ['an image after a hole', `${head}{{ aLongerName }} ![x](y.png)`, '5:19 act-construct'],
    ['a link', `${head}[x](http://example.org)`, '5:1 act-construct'],
    ['code by indentation', `${head}\n    rientrato`, '6:1 act-construct'],
    ['a heading of level four', `${head}#### Titolo`, '5:1 act-construct'],
    ['more cells than the header', `${head}| a |\n|---|\n| 1 | 2 |`, '7:1 act-construct'],
    ['a block that is not closed', `${head}{{#if a}}\nTesto`, '5:1 act-syntax'],
    ['an end without beginning', `${head}Testo\n{{/each}}`, '6:1 act-syntax'],
    ['ends that cross', `${head}{{#if a}}\n{{#each b as c}}\n{{/if}}\n{{/each}}\n{{/if}}`, '7:1 act-syntax'],
    ['two else', `${head}{{#if a}}\n{{else}}\n{{else}}\n{{/if}}`, '7:1 act-syntax'],
    ['each without a name', `${head}{{#each a}}\n{{/each}}`, '5:1 act-syntax'],
    ['an unknown block', `${head}{{#when a}}\n{{/if}}`, '5:1 act-syntax'],
    ['a block inside a sentence', `${head}Vista {{#if a}} la nota`, '5:7 act-syntax'],
    ['a hole without end', `${head}Vista {{ a`, '5:7 act-syntax'],
    ['an end of a hole alone', `${head}Vista a }} b`, '5:9 act-syntax'],
    ['private characters', `${head}Vista \uE000`, '5:7 act-syntax'],
  ])('%s', (_, text, problem) => {
    expect(problemsOf(text)).toContain(problem);
  });

  it('is too long', () => {
    expect(problemsOf(head + 'x\n'.repeat(2_000))).toEqual(['1:1 act-too-large']);
    expect(problemsOf(head + 'x'.repeat(70_000))).toEqual(['1:1 act-too-large']);
  });

  it('has a name that is no file name of ours', () => {
    expect(readAct(`${head}x`, '../x').problems).toMatchObject([{ rule: 'act-name' }]);
  });
});

describe('what a template reads', () => {
  it('is every name but those that it brings itself', () => {
    const { reads } = template(
      '{{ a.b }} {{ day(c) }}\n{{#each list as it}}\n- {{ it.x }} {{ d }}\n{{/each}}\n',
    );
    expect([...reads.keys()]).toEqual(['a', 'c', 'list', 'd']);
    expect(reads.get('d')).toEqual({ line: 7, column: 14 });
  });
});

describe('an act', () => {
  it('has headings, paragraphs, lists and tables, and lines that repeat', () => {
    const body = [
      '# Titolo di {{ name }}',
      'Vista la **nota {{ no }}**,',
      'si contesta:',
      '',
      '{{#each facts as fact}}',
      '1. il {{ day(fact.on) }}: *{{ fact.what }}*;',
      '{{/each}}',
      '',
      '| Voce | Importo |',
      '|---|--:|',
      '{{#each facts as fact}}',
      '{{#if fact.cost > 0}}',
      '| {{ fact.what }} | {{ euro(fact.cost) }} |',
      '{{else}}',
      '| {{ fact.what }} | nulla |',
      '{{/if}}',
      '{{/each}}',
    ].join('\n');
    const document = drawn(body, {
      name: 'prova',
      no: 12,
      facts: [
        { on: '2026-03-01', what: 'assenza', cost: 1234.5 },
        { on: '2026-03-02', what: 'ritardo', cost: 0 },
      ],
    });
    expect(shown(document.blocks)).toEqual([
      'h1 Titolo di prova',
      'Vista la nota 12, si contesta:',
      '1 il 1° marzo 2026: assenza;',
      '2 il 2 marzo 2026: ritardo;',
      'Voce|Importo',
      'assenza|€\u00a01.234,50',
      'ritardo|nulla',
    ]);
    expect(document.blocks[2]).toEqual({
      kind: 'paragraph',
      runs: [{ text: 'Vista la ' }, { text: 'nota 12', bold: true }, { text: ', si contesta:' }],
    });
    expect(document.blocks.at(-1)).toMatchObject({ align: ['left', 'right'] });
    expect(document.blanks).toEqual([]);
  });

  it('has the parts that the front matter asks for, in the order of letters', () => {
    const front = [
      '---',
      'title: Contestazione',
      'titleEn: Charge',
      'version: 3',
      'norms: [art. 55-bis D.Lgs. 165/2001]',
      'letterhead: author',
      'protocol: true',
      'recipient: |',
      '  Al dipendente {{ name }}',
      '  SEDE',
      'subject: Contestazione, fascicolo {{ case.code }}',
      'signers:',
      '  - { role: UPD, label: "Il presidente dell’UPD di {{ body.name }}" }',
      'place: true',
      '---',
      '',
    ].join('\n');
    const { blocks, ...meta } = drawn('Testo del {{ day(today) }}.', { name: 'X' }, front);
    expect(meta).toMatchObject({
      template: 'letter',
      templateVersion: 3,
      title: 'Contestazione',
      language: 'it-IT',
    });
    expect(blocks).toEqual([
      { kind: 'letterhead', lines: ['Provincia di Prova'] },
      { kind: 'protocol' },
      { kind: 'recipient', lines: [[{ text: 'Al dipendente X' }], [{ text: 'SEDE' }]] },
      { kind: 'subject', runs: [{ text: 'Contestazione, fascicolo PD-1' }] },
      { kind: 'paragraph', runs: [{ text: 'Testo del 6 marzo 2026.' }] },
      { kind: 'place-and-date' },
      {
        kind: 'signatures',
        boxes: [{ role: 'UPD', label: [{ text: 'Il presidente dell’UPD di Comune di Prova' }] }],
      },
      { kind: 'norms', norms: ['art. 55-bis D.Lgs. 165/2001'] },
    ]);
  });

  it('is on the paper of whom its letterhead names, and says in its name of what it is', () => {
    const front = [
      '---',
      'title: Piano',
      "of: '{{ office.name }}'",
      'version: 1',
      "letterhead: '{{ office.name }}'",
      '---',
      '',
    ].join('\n');
    const { blocks, title, name } = drawn('Testo.', { office: { name: 'Comune di Valle' } }, front);
    expect(blocks[0]).toEqual({ kind: 'letterhead', lines: ['Comune di Valle'] });
    expect({ title, name }).toEqual({ title: 'Piano', name: 'Piano, Comune di Valle' });
    // Without data it is a blank to be filled in, as anywhere else.
    const { blocks: empty, blanks } = drawn('Testo.', {}, front);
    expect(empty[0]).toEqual({ kind: 'letterhead', lines: ['________'] });
    expect(blanks.map(({ line }) => line)).toEqual([5, 3]);
  });

  it('leaves blank what is not there, and says so', () => {
    const body =
      'Nato il {{ day(born) }} a {{ town }}.\n{{#if moved}}\nTrasferito.\n{{/if}}\n{{#each list as x}}\n- {{ x }}\n{{/each}}';
    const { blocks, blanks } = drawn(body, { town: '' });
    expect(blocks[1]).toEqual({
      kind: 'paragraph',
      runs: [
        { text: 'Nato il ' },
        { text: '________', blank: true },
        { text: ' a ' },
        { text: '________', blank: true },
        { text: '.' },
      ],
    });
    expect(blanks).toEqual([
      { expression: 'day(born)', line: 5, kind: 'value' },
      { expression: 'town', line: 5, kind: 'value' },
      { expression: 'moved', line: 6, kind: 'condition' },
      { expression: 'list', line: 9, kind: 'list' },
    ]);
  });

  it('writes nothing where the template says so, and a blank where a value is empty', () => {
    const body = 'Presa{{ if late then ", in ritardo" else "" }}, il {{ if late then "" else town }}.';
    const front = head.replace(
      'version: 2',
      'version: 2\nsubject: Atto{{ if late then " tardivo" else "" }}',
    );
    const { blocks, blanks } = drawn(body, { late: false, town: 'Lodi' }, front);
    expect(blocks.filter(({ kind }) => kind === 'subject')).toEqual([
      { kind: 'subject', runs: [{ text: 'Atto' }] },
    ]);
    expect(blocks).toContainEqual({ kind: 'paragraph', runs: [{ text: 'Presa, il Lodi.' }] });
    expect(blanks).toEqual([]);
    expect(drawn('A {{ if town = "" then town else "Lodi" }}.', { town: '' }).blanks).toHaveLength(1);
    // A form hands in null for what was left empty.
    expect(drawn('A {{ if late then town else "" }}.', { late: true, town: null }).blanks).toHaveLength(1);
  });

  it('elides articles before the 8th and the 11th of a month, wherever they stand', () => {
    const said =
      'Entro il **{{ day(v) }}**, dal {{ day(w) }} al {{ day(v) }}.\n\nIl {{ day(v) }} e {{ "sul " + day(v) }}, il {{ n }} %.';
    const front = head.replace('version: 2', 'version: 2\nsubject: Atto del {{ day(v) }}');
    const { blocks } = drawn(said, { v: '2026-11-11', w: '2026-03-09', n: 8 }, front);
    const subject = blocks.find((block) => block.kind === 'subject');
    expect(textOf(subject!.runs)).toBe('Atto dell’11 novembre 2026');
    expect(shown(blocks)).toEqual([
      'subject',
      'Entro l’11 novembre 2026, dal 9 marzo 2026 all’11 novembre 2026.',
      'L’11 novembre 2026 e sull’11 novembre 2026, il 8 %.',
    ]);
  });

  it('leaves what somebody has typed as it was typed', () => {
    const { blocks } = drawn('Ha scritto: «{{ v }}».', { v: 'torno il 8 marzo' });
    expect(shown(blocks)).toEqual(['Ha scritto: «torno il 8 marzo».']);
  });

  it.each<[string, string, Json, string]>([
    ['a day', 'day(v)', '2026-04-15', '15 aprile 2026'],
    ['the first of a month', 'day(v)', '2026-05-01', '1° maggio 2026'],
    ['the day of an instant, in Rome', 'day(v)', '2026-04-14T22:30:00Z', '15 aprile 2026'],
    ['a date of FEEL', 'day(date(v) + duration("P1D"))', '2026-04-30', '1° maggio 2026'],
    ['a moment', 'moment(v)', '2026-04-15T10:00:00+02:00', '15 aprile 2026, ore 10:00'],
    ['a moment in winter', 'moment(v)', '2026-01-15T09:00:00Z', '15 gennaio 2026, ore 10:00'],
    ['a local moment', 'moment(v)', '2026-04-15T10:00', '15 aprile 2026, ore 10:00'],
    ['a text that is no date', 'day(v)', 'domani', 'domani'],
    ['a day that no calendar has', 'day(v)', '2026-13-45', '2026-13-45'],
    ['euros', 'euro(v)', 1234567.891, '€\u00a01.234.567,89'],
    ['a debt', 'euro(v)', -0.5, '€\u00a0−0,50'],
    ['lines', 'lines(v)', ['a', 'b'], 'a⏎b'],
    ['a list', 'v', ['a', 2], 'a, 2'],
    ['a decimal number', 'v', 12.5, '12,5'],
    ['a truth', 'v', true, 'sì'],
  ])('writes %s', (_, expression, v, text) => {
    expect(shown(drawn(`{{ ${expression} }}`, { v }).blocks)).toEqual([text]);
  });

  it.each<[string, string, Json, string]>([
    ['a context', '{{ v }}', { a: 1 }, 'act-value'],
    ['a list of contexts', '{{ v }}', [{ a: 1 }], 'act-value'],
    ['each of a text', '{{#each v as x}}\n{{/each}}', 'a', 'act-value'],
    ['a condition that is a text', '{{#if v}}\n{{/if}}', 'a', 'condition-not-boolean'],
    ['an amount that is none', '{{ euro(v) }}', 'a', 'expression-failed'],
    ['too many lines', '{{#each v as x}}\na\n{{/each}}', Array<number>(20_001).fill(1), 'act-too-large'],
    [
      'too many rounds',
      '{{#each v as x}}\n{{#each v as y}}\n{{/each}}\n{{/each}}',
      Array<number>(400).fill(1),
      'act-too-large',
    ],
  ])('is not drawn up with %s', (_, body, v, code) => {
    expect(draw(body, { v })).toMatchObject({ ok: false, code });
  });

  it('is another one for other data that take the same way through the template', () => {
    const letter = 'Al **{{ who }}**\n\n{{#each list as it}}\n- {{ it }}\n{{/each}}\n';
    expect(shown(drawn(letter, { who: 'Comune A', list: ['uno'] }).blocks)).toEqual(['Al Comune A', '- uno']);
    expect(shown(drawn(letter, { who: 'Comune B', list: ['due'] }).blocks)).toEqual(['Al Comune B', '- due']);
  });

  it('says where in the template it failed, and no value', () => {
    expect(draw('Testo\n\nDel {{ v }}', { v: { name: 'Rossi' } })).toEqual({
      ok: false,
      code: 'act-value',
      place: { line: 7, column: 5 },
      message: '{{ v }} è un valore composto: si nomina una sua parte, o si usa {{#each}}.',
    });
  });
});

describe('values', () => {
  it.each([
    '**nero** _x_ # h',
    '<b>x</b><script>alert(1)</script>',
    '| a | b |',
    '{{ secret }}',
    '- elenco',
    '![x](y)',
    '&amp; &#x41; \\* `x`',
    '---',
  ])('are text: %s', (value) => {
    const shownRaw = shown(
      drawn('{{ v }}\n\n- {{ v }}\n\n| h |\n|---|\n| {{ v }} |', { v: value, secret: 'no' }).blocks,
    );
    expect(shownRaw).toEqual([value, `- ${value}`, 'h', value]);
  });

  it('keep their lines, and lose what turns or forges text', () => {
    const v = 'a\r\nb\u202Egnp\u0000\uE000\uE100\uE100\uE001\u2028c\ud800';
    expect(shown(drawn('{{ v }}', { v }).blocks)).toEqual(['a⏎bgnp⏎c\ufffd']);
  });

  it('of the case never take the place of what surrounds it', () => {
    const v = { body: { name: 'Altro' }, case: { code: 'X' } };
    expect(
      shown(drawn('{{ body.name }} {{ case.code }} {{ deadlines.DL_X.legalDueDate }}', v).blocks),
    ).toEqual(['Comune di Prova PD-1 2026-04-07']);
  });
});
