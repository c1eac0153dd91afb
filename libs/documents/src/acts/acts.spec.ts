import { inflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import type { ActDocument, Block, Line } from '@iter/process-model';
import { fileTypeOf } from '../file-type.ts';
import { writeDocx, writePdf } from './index.ts';
import { setLines } from './typesetting.ts';
import { columnShares } from './words.ts';

const line = (text: string): Line => [{ text }];
const act = (blocks: readonly Block[]): ActDocument => ({
  ...{
    template: 'letter',
    templateVersion: 2,
    templateHash: 'h',
    title: 'Lettera di prova',
    name: 'Lettera di prova',
    language: 'it-IT',
  },
  ...{ blocks, blanks: [] },
});

const whole = act([
  { kind: 'letterhead', lines: ['Comune di Prova'] },
  { kind: 'protocol' },
  { kind: 'recipient', lines: [line('Al dipendente Ștefan Łukasz'), line('SEDE')] },
  { kind: 'subject', runs: line('Contestazione') },
  { kind: 'heading', level: 1, runs: line('Titolo') },
  {
    kind: 'paragraph',
    runs: [
      { text: 'Con ' },
      { text: 'grassetto', bold: true },
      { text: ' e ' },
      { text: 'a capo', italic: true, break: true },
      { text: 'qui' },
    ],
  },
  {
    kind: 'list',
    ordered: true,
    start: 3,
    items: [
      [{ kind: 'paragraph', runs: line('terzo') }],
      [
        { kind: 'paragraph', runs: line('quarto') },
        { kind: 'list', ordered: false, start: 1, items: [[]] },
      ],
    ],
  },
  {
    kind: 'table',
    align: ['left', 'right'],
    header: [line('Voce'), line('Importo')],
    rows: [
      [line('una'), line('€ 1,00')],
      [line('due'), []],
    ],
  },
  { kind: 'rule' },
  { kind: 'place-and-date' },
  {
    kind: 'signatures',
    boxes: [
      { role: 'UPD', label: line('Il presidente') },
      { role: 'UPD', label: [] },
      { role: 'X', label: line('Il terzo') },
    ],
  },
  { kind: 'norms', norms: ['art. 1', 'art. 2'] },
]);

const documentXml = async (it: ActDocument): Promise<string> =>
  strFromU8(unzipSync(await writeDocx(it))['word/document.xml']!);

/** What a PDF says of itself, with its compressed parts opened. */
const opened = (pdf: Buffer): string => partsOf(pdf).join('\n');

/** The file itself, then each of its compressed parts. */
function partsOf(pdf: Buffer): readonly string[] {
  const parts: string[] = [pdf.toString('latin1')];
  for (const match of pdf.toString('latin1').matchAll(/stream\r?\n/g)) {
    const from = match.index + match[0].length;
    const to = pdf.indexOf('endstream', from);
    try {
      parts.push(inflateSync(pdf.subarray(from, to)).toString('latin1'));
    } catch {
      // Not compressed.
    }
  }
  return parts;
}

/** How many pieces of text stand on each page. */
const piecesOn = (pdf: Buffer): readonly number[] =>
  partsOf(pdf)
    .map((part) => part.match(/1 0 0 1 [\d.]+ [\d.]+ Tm/g)?.length ?? 0)
    .filter((pieces) => pieces > 0);

/** So many paragraphs of so many lines each. */
const paragraphs = (count: number, lines: number): readonly Block[] =>
  Array.from({ length: count }, () => ({
    kind: 'paragraph',
    runs: Array.from({ length: lines }, () => ({ text: 'parola', break: true as const })),
  }));

const headingOf = (text: string): Block => ({ kind: 'heading', level: 2, runs: line(text) });

const listOf = (items: number): Block => ({
  ...{ kind: 'list', ordered: false, start: 1 },
  items: Array.from({ length: items }, () => paragraphs(1, 1)),
});

const tableOf = (rows: number): Block => ({
  ...{ kind: 'table', align: ['left', 'right'], header: [line('Voce'), line('Importo')] },
  rows: Array.from({ length: rows }, () => [line('una'), line('€ 1,00')]),
});

const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;

describe('an act as files', () => {
  it('is a PDF/A to read, tagged, in Italian, and a document that Word reads', async () => {
    const pdf = await writePdf(whole);
    expect(fileTypeOf('a.pdf', pdf)).toBe('application/pdf');
    const text = opened(pdf);
    expect(text).toContain('/Marked true');
    expect(text).toContain('(it-IT)');
    expect(text).toMatch(/pdfaid:part>2</);
    for (const tag of ['H1', 'P', 'L', 'LI', 'Lbl', 'LBody', 'Table', 'TR', 'TH', 'TD'])
      expect(text).toContain(`/S /${tag}\n`);
    // Every font stands in the file: without that it is no PDF/A.
    expect(text).not.toContain('/Helvetica');
    const docx = await writeDocx(whole);
    expect(fileTypeOf('a.docx', docx)).toContain('wordprocessingml');
  });

  it('carries the mark of a draft on every page, and none where it is an extract of what the house holds', async () => {
    // Only the mark is turned: its matrix is no multiple of a right angle.
    const marks = (pdf: Buffer): number => opened(pdf).match(/0\.615661 -0\.788011 .* cm\n/g)?.length ?? 0;
    const draft = await writePdf(whole);
    expect(pagesOf(draft)).toBeGreaterThan(0);
    expect(marks(draft)).toBe(pagesOf(draft));
    expect(marks(await writePdf(whole, 'extract'))).toBe(0);
  });

  it('gives the same bytes again', async () => {
    const [pdf, docx] = [await writePdf(whole), await writeDocx(whole)];
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect((await writePdf(whole)).equals(pdf)).toBe(true);
    expect((await writeDocx(whole)).equals(docx)).toBe(true);
    expect((await writePdf(act([{ kind: 'rule' }]))).equals(pdf)).toBe(false);
  });

  it('says in the document what the blocks say, marks drafts, and counts lists from their own beginning', async () => {
    const xml = await documentXml(whole);
    for (const text of [
      'Comune di Prova',
      'Prot. n. ________ del ________',
      'OGGETTO: ',
      'grassetto',
      '________, lì ________',
      'Il presidente',
      'Riferimenti normativi: art. 1; art. 2',
    ])
      expect(xml).toContain(text);
    const files = unzipSync(await writeDocx(whole));
    expect(strFromU8(files['word/numbering.xml']!)).toContain('w:start w:val="3"');
    const headers = Object.keys(files).filter((name) => /header\d*\.xml$/.test(name));
    expect(headers.map((name) => strFromU8(files[name]!)).join('')).toContain('BOZZA');
  });

  it('takes hostile text for what it is', async () => {
    const hostile = `</w:t><w:object/> & "x" ' ]]> <?xml?>\u00a0()\\ ${'x'.repeat(5_000)}`;
    const it_ = act([
      { kind: 'paragraph', runs: line(hostile) },
      { kind: 'table', align: ['left'], header: [line(hostile)], rows: [[line(hostile)]] },
      { kind: 'paragraph', runs: line('汉字 😀 عربى') },
    ]);
    const xml = await documentXml(it_);
    expect(xml).toContain('&lt;/w:t&gt;&lt;w:object/&gt; &amp;');
    expect(xml).not.toContain('<w:object');
    expect(pagesOf(await writePdf(it_))).toBeGreaterThan(1);
  });

  it('goes on over pages, and no line is set below the foot of one', async () => {
    const row = [line('una voce lunga '.repeat(12)), line('1')];
    const long = act([
      ...Array.from({ length: 60 }, (): Block => ({ kind: 'paragraph', runs: line('parola '.repeat(60)) })),
      {
        kind: 'table',
        align: ['left', 'right'],
        header: [line('Voce'), line('N.')],
        rows: Array.from({ length: 60 }, () => row),
      },
    ]);
    const pdf = await writePdf(long);
    expect(pagesOf(pdf)).toBeGreaterThan(8);
    const set = [...opened(pdf).matchAll(/1 0 0 1 [\d.]+ ([\d.]+) Tm/g)].map(([, y]) => Number(y));
    expect(set.length).toBeGreaterThan(500);
    expect(Math.min(...set)).toBeGreaterThan(30);
  });

  it.each([
    ['paragraphs of one line', (n: number) => paragraphs(n, 1), 1],
    ['paragraphs of two lines', (n: number) => paragraphs(n, 2), 2],
    ['one paragraph', (n: number) => paragraphs(1, n), 2],
    [
      'a list',
      (n: number) => [
        { kind: 'list' as const, ordered: false, start: 1, items: paragraphs(n, 1).map((it) => [it]) },
      ],
      2,
    ],
  ])('signs on no page of its own, after %s', async (_, body, withIt) => {
    const closing: readonly Block[] = [
      { kind: 'place-and-date' },
      { kind: 'signatures', boxes: [{ role: 'UPD', label: line('Il presidente') }] },
      { kind: 'norms', norms: ['art. 1'] },
    ];
    const [alone = 0] = piecesOn(await writePdf(act(closing)));
    const lasts = new Set<number>();
    for (let n = 20; n < 46; n++) {
      const pages = piecesOn(await writePdf(act([...body(n), ...closing])));
      if (pages.length > 1) lasts.add(pages.at(-1)! - alone);
    }
    expect(Math.min(...lasts)).toBe(withIt);
    const xml = await documentXml(act([...body(3), ...closing]));
    // The last paragraph, the place and the title of the signature.
    expect(xml.match(/<w:keepNext\/>/g)).toHaveLength(3);
  });

  it.each<[string, readonly Block[], number, number]>([
    ['the header of a table', [tableOf(1)], 4, 0],
    ['the header of a table of two rows', [tableOf(2)], 4, 2],
    ['a heading above a table', [headingOf('Art. 4'), tableOf(1)], 5, 0],
    ['a heading above a paragraph', [headingOf('Art. 4'), ...paragraphs(1, 1)], 2, 0],
    ['a heading above a list', [headingOf('Art. 4'), listOf(1)], 3, 0],
  ])('parts %s from nothing that the signature takes along', async (_, body, fewest, repeated) => {
    const closing: readonly Block[] = [
      { kind: 'place-and-date' },
      { kind: 'signatures', boxes: [{ role: 'UPD', label: line('Il presidente') }] },
    ];
    const [alone = 0] = piecesOn(await writePdf(act(closing)));
    const lasts = new Set<number>();
    const again = new Set<number>();
    for (let n = 20; n < 46; n++) {
      // The rule moves what follows by less than a line.
      for (const before of [[], [{ kind: 'rule' as const }]]) {
        const [first = 0, last] = piecesOn(
          await writePdf(act([...paragraphs(n, 1), ...before, ...body, ...closing])),
        );
        if (last === undefined) continue;
        lasts.add(last - alone);
        const [onOne = 0] = piecesOn(await writePdf(act([...body, ...closing])));
        again.add(first - 3 + last - n - onOne);
      }
    }
    // Everything that may not part, at the fewest.
    expect(Math.min(...lasts)).toBe(fewest);
    // No header is set twice but above a second row.
    expect(Math.max(...again)).toBe(repeated);
  });

  it('leaves no heading alone at the foot of a page', async () => {
    const headed: readonly Block[] = [
      { kind: 'heading', level: 2, runs: line('Art. 4') },
      ...paragraphs(1, 2),
      ...paragraphs(4, 1),
    ];
    const lasts = new Set<number>();
    for (let n = 25; n < 40; n++)
      lasts.add(piecesOn(await writePdf(act([...paragraphs(n, 1), ...headed]), 'extract'))[1] ?? 0);
    // The foot of the page has two; the paragraph below the heading never stands there without it.
    expect([...lasts]).not.toContain(2 + 6);
    expect([...lasts]).toContain(2 + 7);
  });

  it('parts no heading from the one below it', async () => {
    const headed: readonly Block[] = [headingOf('Capo I'), headingOf('Art. 4'), ...paragraphs(1, 2)];
    const lasts = new Set<number>();
    for (let n = 25; n < 40; n++)
      for (const before of [[], [{ kind: 'rule' as const }]]) {
        const pages = piecesOn(await writePdf(act([...paragraphs(n, 1), ...before, ...headed]), 'extract'));
        if (pages.length > 1) lasts.add(pages.at(-1)!);
      }
    expect([...lasts]).not.toContain(2 + 3);
    expect([...lasts]).toContain(2 + 4);
  });

  it('moves no row of a table that ends the page, and no table', async () => {
    const heightsOn = (pdf: Buffer): readonly number[] =>
      [...opened(pdf).matchAll(/1 0 0 1 [\d.]+ ([\d.]+) Tm/g)].map(([, y]) => Number(y));
    const foot = heightsOn(await writePdf(act([]), 'extract'));
    const lowest = async (rows: number): Promise<number> => {
      const all: number[] = [];
      for (let n = 24; n < 38; n++)
        for (let rules = 0; rules < 5; rules++) {
          const before = Array.from({ length: rules }, () => ({ kind: 'rule' as const }));
          const pdf = await writePdf(act([...paragraphs(n, 1), ...before, tableOf(rows)]), 'extract');
          if (pagesOf(pdf) === 1) all.push(...heightsOn(pdf).filter((y) => !foot.includes(y)));
        }
      return Math.min(...all);
    };
    // Less than the gap below a table is left at the foot of the page.
    expect(Math.max(await lowest(1), await lowest(2))).toBeLessThan(90);
  });

  it('stretches a line between words, never where a word is in two faces', async () => {
    const runs = [{ text: 'l’' }, { text: 'archiviazione', bold: true as const }];
    const xs = async (more: string): Promise<readonly number[]> => {
      const pdf = await writePdf(act([{ kind: 'paragraph', runs: [...runs, { text: more }] }]), 'extract');
      return [...opened(pdf).matchAll(/1 0 0 1 ([\d.]+) [\d.]+ Tm/g)].map(([, x]) => Number(x));
    };
    const [stretched, plain] = [await xs(' del procedimento a carico di chi lavora'.repeat(4)), await xs('')];
    expect(stretched[1]! - stretched[0]!).toBeCloseTo(plain[1]! - plain[0]!, 3);
  });
});

describe('setting lines', () => {
  const measure = (text: string): number => text.length * 10;
  const shown = (runs: Line, width: number): readonly string[] =>
    setLines(runs, width, measure).map(({ pieces }) => pieces.map(({ text }) => text).join('·'));

  it('breaks between words, and within one that is wider than a line', () => {
    expect(shown(line('uno due tre'), 80)).toEqual(['uno due', 'tre']);
    expect(shown(line('abcdefghijkl mn'), 50)).toEqual(['abcde', 'fghij', 'kl mn']);
    expect(shown(line('a\u00a0b c'), 30)).toEqual(['a\u00a0b', 'c']);
  });

  it('keeps together what no space parts', () => {
    const runs = [{ text: 'uno d' }, { text: 'ue', bold: true as const }, { text: ', tre' }];
    expect(shown(runs, 70)).toEqual(['uno', 'd·ue·,', 'tre']);
  });

  it('breaks where it is told, and is one line at least', () => {
    expect(shown([{ text: 'a', break: true }, { text: '', break: true }, { text: 'b' }], 50)).toEqual([
      'a',
      '',
      'b',
    ]);
    expect(shown([], 50)).toEqual(['']);
  });
});

it('columns are as wide as what stands in them', () => {
  const shares = columnShares({
    kind: 'table',
    align: [],
    header: [line('N.'), line('Fatto')],
    rows: [[line('1'), line('una descrizione molto più lunga del numero')]],
  });
  expect(shares[1]! / shares[0]!).toBeGreaterThan(3);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
});

it('long texts beside it break no word of a narrow column', () => {
  const long = 'prevenzione della corruzione secondo la legge e secondo il piano';
  const shares = columnShares({
    kind: 'table',
    align: [],
    header: ['Codice', 'Titolo', 'Materia', 'Ore', 'Posti', 'Costo'].map(line),
    rows: [['FOR-28-01', long, long, '8', '3', '€ 1.200,50'].map(line)],
  });
  // Each as a word of so many letters takes, in a line of a page.
  expect(shares[0]! * 78).toBeGreaterThanOrEqual('FOR-28-01'.length + 2);
  expect(shares[4]! * 78).toBeGreaterThanOrEqual('Posti'.length + 2);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
});
