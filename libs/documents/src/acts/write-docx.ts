import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  HeadingLevel,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TabStopType,
  TextRun,
  WidthType,
} from 'docx';
import type { ILevelsOptions, IParagraphOptions } from 'docx';
import type { ActDocument, Block, Line, Run } from '@iter/process-model';
import { fixedArchive } from './fixed-archive.ts';
import {
  columnShares,
  draftMark,
  footerOf,
  marked,
  normsMark,
  placeLine,
  protocolLine,
  signatureNote,
  subjectMark,
} from './words.ts';

type List = Extract<Block, { kind: 'list' }>;
type Numbering = { readonly reference: string; readonly levels: readonly ILevelsOptions[] };

const half = 2;
const twips = (cm: number): number => Math.round((cm / 2.54) * 1_440);

/** Writes an act as a document that people can edit; the same bytes for the same act. */
export async function writeDocx(act: ActDocument): Promise<Buffer> {
  const writer = new DocxWriter();
  const children = act.blocks.flatMap((block, i) => writer.block(block, 0, closes(act.blocks[i + 1])));
  const file = new Document({
    title: act.title,
    creator: 'Iter',
    lastModifiedBy: 'Iter',
    description: footerOf(act),
    styles: {
      default: {
        document: {
          run: { font: 'Times New Roman', size: 11.5 * half, language: { value: act.language } },
          paragraph: { spacing: { after: 140, line: 300 } },
        },
      },
    },
    numbering: {
      config: writer.numberings.map(({ reference, levels }) => ({ reference, levels: [...levels] })),
    },
    sections: [
      {
        properties: {
          page: {
            size: { width: twips(21), height: twips(29.7) },
            margin: { top: twips(2.3), bottom: twips(2.3), left: twips(2.5), right: twips(2.5) },
          },
        },
        headers: {
          default: new Header({
            children: [
              new Paragraph({
                alignment: AlignmentType.RIGHT,
                children: [new TextRun({ text: draftMark, bold: true, color: '808080' })],
              }),
            ],
          }),
        },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                tabStops: [{ type: TabStopType.RIGHT, position: twips(16) }],
                children: [
                  new TextRun({ text: `${footerOf(act)}\t`, size: 8 * half, color: '444444' }),
                  new TextRun({
                    size: 8 * half,
                    color: '444444',
                    children: ['pag. ', PageNumber.CURRENT, ' di ', PageNumber.TOTAL_PAGES],
                  }),
                ],
              }),
            ],
          }),
        },
        children,
      },
    ],
  });
  return fixedArchive(await Packer.toBuffer(file));
}

/** Blocks as paragraphs and tables; lists of an act each count from their own beginning. */
class DocxWriter {
  readonly numberings: Numbering[] = [];

  /**
   * @param depth lists around it
   * @param keepNext what comes next stands alone on no page
   */
  block(block: Block, depth: number, keepNext = false): readonly (Paragraph | Table)[] {
    switch (block.kind) {
      case 'letterhead':
        return block.lines.map(
          (line) =>
            new Paragraph({
              alignment: AlignmentType.CENTER,
              border: { bottom: { style: BorderStyle.SINGLE, size: 6, space: 6, color: '000000' } },
              spacing: { after: 320 },
              children: [new TextRun({ text: line, bold: true, size: 15 * half })],
            }),
        );
      case 'protocol':
        return [paragraph([{ text: protocolLine }], { spacing: { after: 200 } })];
      case 'recipient':
        return block.lines.map((line, i) =>
          paragraph(line, {
            indent: { left: twips(8) },
            spacing: { after: i === block.lines.length - 1 ? 280 : 0 },
          }),
        );
      case 'subject':
        return [paragraph(marked(subjectMark, block.runs), { spacing: { after: 280 } })];
      case 'heading': {
        const heading = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 };
        const letters = { 1: 14, 2: 12, 3: 11.5 }[block.level] * half;
        return [
          new Paragraph({
            heading: heading[block.level],
            keepNext: true,
            spacing: { before: 200, after: 140 },
            ...(block.level === 1 && { alignment: AlignmentType.CENTER }),
            children: runs(block.runs, { bold: true, size: letters, color: '000000' }),
          }),
        ];
      }
      case 'paragraph':
        return [paragraph(block.runs, { keepNext, alignment: AlignmentType.JUSTIFIED, ...indented(depth) })];
      case 'list':
        return this.list(block, depth, keepNext);
      case 'table':
        return [table(block, keepNext), paragraph([], { keepNext, spacing: { after: 60 } })];
      case 'rule':
        return [
          paragraph([], {
            border: { bottom: { style: BorderStyle.SINGLE, size: 4, space: 1, color: '000000' } },
          }),
        ];
      case 'place-and-date':
        return [paragraph([{ text: placeLine }], { keepNext, spacing: { before: 240, after: 240 } })];
      case 'signatures':
        return [signatures(block.boxes)];
      case 'norms':
        return [
          new Paragraph({
            spacing: { before: 240 },
            children: [new TextRun({ text: normsMark + block.norms.join('; '), size: 8.5 * half })],
          }),
        ];
    }
  }

  private list(list: List, depth: number, keepNext: boolean): readonly (Paragraph | Table)[] {
    const reference = `list-${this.numberings.length + 1}`;
    const indent = { left: 420 * (depth + 1), hanging: 360 };
    this.numberings.push({
      reference,
      levels: [
        {
          level: 0,
          format: list.ordered ? LevelFormat.DECIMAL : LevelFormat.BULLET,
          text: list.ordered ? '%1.' : '–',
          start: list.start,
          alignment: AlignmentType.LEFT,
          style: { paragraph: { indent } },
        },
      ],
    });
    return list.items.flatMap(([first, ...rest], i) => [
      paragraph(first?.kind === 'paragraph' ? first.runs : [], {
        keepNext: keepNext && i === list.items.length - 1,
        numbering: { reference, level: 0 },
        alignment: AlignmentType.JUSTIFIED,
      }),
      ...(first && first.kind !== 'paragraph' ? this.block(first, depth + 1) : []),
      ...rest.flatMap((block) => this.block(block, depth + 1)),
    ]);
  }
}

/** What closes an act, and is no page of its own. */
const closes = (block: Block | undefined): boolean =>
  block?.kind === 'place-and-date' || block?.kind === 'signatures';

const indented = (depth: number): IParagraphOptions => (depth === 0 ? {} : { indent: { left: 420 * depth } });

const paragraph = (line: Line, options: IParagraphOptions): Paragraph =>
  new Paragraph({ ...options, children: runs(line) });

function runs(
  line: Line,
  more: { readonly bold?: boolean; readonly size?: number; readonly color?: string } = {},
): TextRun[] {
  return line.map(
    (run: Run, i) =>
      new TextRun({
        text: run.text,
        ...more,
        ...(run.bold && { bold: true }),
        ...(run.italic && { italics: true }),
        ...(line[i - 1]?.break && { break: 1 }),
      }),
  );
}

function table(block: Extract<Block, { kind: 'table' }>, keepNext: boolean): Table {
  const { header, rows, align } = block;
  const alignment = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT };
  const cellWidths = columnShares(block).map((share) => Math.floor(share * twips(16)));
  const row = (cells: readonly Line[], isHeader: boolean, keeps: boolean): TableRow =>
    new TableRow({
      tableHeader: isHeader,
      cantSplit: true,
      children: cells.map(
        (cell, i) =>
          new TableCell({
            width: { size: cellWidths[i] ?? 0, type: WidthType.DXA },
            margins: { top: 60, bottom: 60, left: 90, right: 90 },
            children: [
              new Paragraph({
                alignment: alignment[align[i] ?? 'left'],
                keepNext: keeps,
                spacing: { after: 0 },
                children: runs(cell, isHeader ? { bold: true } : {}),
              }),
            ],
          }),
      ),
    });
  return new Table({
    columnWidths: cellWidths,
    width: { size: twips(16), type: WidthType.DXA },
    rows: [
      row(header, true, true),
      ...rows.map((cells, i) => row(cells, false, keepNext && i === rows.length - 1)),
    ],
  });
}

const none = { style: BorderStyle.NONE, size: 0, color: 'FFFFFF' } as const;

/** Two beside each other; one alone stands on the right. */
function signatures(boxes: Extract<Block, { kind: 'signatures' }>['boxes']): Table {
  const cell = (box: (typeof boxes)[number] | undefined, keepNext: boolean): TableCell =>
    new TableCell({
      width: { size: twips(8), type: WidthType.DXA },
      borders: { top: none, bottom: none, left: none, right: none },
      children: box
        ? [
            new Paragraph({
              alignment: AlignmentType.CENTER,
              keepNext: true,
              spacing: { before: 200, after: 500 },
              children: runs(box.label.length > 0 ? box.label : [{ text: '________', blank: true }]),
            }),
            new Paragraph({
              alignment: AlignmentType.CENTER,
              keepNext,
              border: { top: { style: BorderStyle.SINGLE, size: 4, space: 2, color: '000000' } },
              children: [new TextRun({ text: signatureNote, italics: true, size: 8 * half })],
            }),
          ]
        : [new Paragraph({})],
    });
  const pairs = Array.from({ length: Math.ceil(boxes.length / 2) }, (_, i) => boxes.slice(2 * i, 2 * i + 2));
  return new Table({
    columnWidths: [twips(8), twips(8)],
    borders: {
      top: none,
      bottom: none,
      left: none,
      right: none,
      insideHorizontal: none,
      insideVertical: none,
    },
    rows: pairs.map(
      ([left, right], i) =>
        new TableRow({
          cantSplit: true,
          children: (right ? [left, right] : [undefined, left]).map((box) => cell(box, i < pairs.length - 1)),
        }),
    ),
  });
}
