import type { ActDocument, Block, Line } from '@iter/process-model';
import { column, leading, partedFrom, Sheet } from './sheet.ts';
import type { SheetKind } from './sheet.ts';
import { setLines } from './typesetting.ts';
import type { Measure } from './typesetting.ts';
import {
  columnShares,
  itemMark,
  marked,
  normsMark,
  placeLine,
  protocolLine,
  signatureNote,
  subjectMark,
} from './words.ts';

const size = 10.5;
const small = 8;
/** Below a paragraph, a list, a table. */
const gap = 7;
const listGap = 3;
const tableGap = 9;
/** The room that is needed below something, with the gap there: none where nothing goes with it to the next page. */
const below = (after: number, closing: number): number => (closing === 0 ? 0 : after + closing);

/** Letters of a heading, by its level. */
const headingSize = { 1: 13.5, 2: 11.5, 3: size };
/** So many headings one below the other stay together with what follows. */
const headingsTogether = 3;
/** Lines of a row that are not parted by the end of a page. */
const wholeRow = 20;

/** Letters of a table's cells, and the room around them in points. */
const cellSize = size - 1;
const cellPad = 4;

/** Of a row of signatures, points. */
const signatureHeight = 88;
/** So many rows of signatures stay together. */
const mostTogether = 3;
/** So far the norms may go into the foot of the page. */
const normsSlack = 24;
const normsLine = (norms: readonly string[]): Line => [{ text: normsMark + norms.join('; ') }];

interface Place {
  readonly x: number;
  readonly width: number;
}
type Element = PDFKit.PDFStructureElement;
type Table = Extract<Block, { kind: 'table' }>;
type List = Extract<Block, { kind: 'list' }>;
type Heading = Extract<Block, { kind: 'heading' }>;

const boldly = (runs: Line): Line => runs.map((run) => ({ ...run, bold: true as const }));
/** Above a heading. */
const headingSpace = ({ level }: Heading): number => (level === 1 ? 8 : 5);

const indentOf = (list: List): number => (list.ordered ? 24 : 16);

/** Sets an act as a PDF/A-2a to be read: tagged, with its fonts, the same bytes for the same act. */
export function writePdf(act: ActDocument, kind: SheetKind = 'draft'): Promise<Buffer> {
  return new PdfWriter(act, kind).write();
}

class PdfWriter {
  private readonly sheet: Sheet;
  private readonly measures = new Map<number, Measure>();
  /** Room for what closes the act, where it follows next: it never stands alone on a page. */
  private closing = 0;
  /** What comes next, of the blocks of the act. */
  private next: readonly Block[] = [];

  constructor(
    private readonly act: ActDocument,
    kind: SheetKind,
  ) {
    this.sheet = new Sheet(act, kind);
  }

  write(): Promise<Buffer> {
    const { blocks } = this.act;
    blocks.forEach((block, i) => {
      this.next = blocks.slice(i + 1);
      this.closing = this.closingHeight(this.next);
      this.block(block, column, this.sheet.root);
    });
    return this.sheet.finish();
  }

  /** How high place, signatures and norms are that come next, in this order; 0: something else comes. */
  private closingHeight([next, ...rest]: readonly Block[]): number {
    switch (next?.kind) {
      case 'place-and-date':
        return 10 + size * leading + gap + this.closingHeight(rest);
      case 'signatures':
        return (
          12 +
          Math.min(mostTogether, Math.ceil(next.boxes.length / 2)) * signatureHeight +
          this.closingHeight(rest)
        );
      case 'norms': {
        const lines = setLines(normsLine(next.norms), column.width, this.measure(small)).length;
        return Math.max(0, 4 + lines * small * leading - normsSlack);
      }
      default:
        return 0;
    }
  }

  /** How high what comes next is at least where it begins, with what does not part from that: for a heading above it. */
  private openingHeight([next, ...rest]: readonly Block[], headings = headingsTogether): number {
    const height = size * leading;
    const closing = this.closingHeight(rest);
    switch (next?.kind) {
      case 'heading': {
        if (headings === 1) return 0;
        const letters = headingSize[next.level];
        const { length } = setLines(boldly(next.runs), column.width, this.measure(letters));
        return headingSpace(next) + length * letters * leading + this.belowHeading(rest, headings - 1);
      }
      case 'paragraph':
        return this.paragraphHeight(next.runs, column.width, closing);
      case 'list':
        return next.items.length === 1
          ? this.itemHeight(next.items[0]!, column.width - indentOf(next), below(listGap, closing))
          : 2 * height;
      case 'table':
        return this.tableHeight(next, column.width, closing);
      default:
        return 0;
    }
  }

  private belowHeading(next: readonly Block[], headings?: number): number {
    return gap + Math.max(3 * size * leading, this.openingHeight(next, headings));
  }

  /** @param place where on the line @param within element of which it is a part */
  private block(
    block: Block,
    where: { readonly left?: number; readonly x?: number; readonly width: number },
    within: Element,
  ): void {
    const place: Place = { x: where.x ?? where.left ?? column.left, width: where.width };
    const { sheet } = this;
    switch (block.kind) {
      case 'letterhead':
        for (const line of block.lines)
          this.text([{ text: line, bold: true }], place, within, { size: 15, align: 'center', tag: 'P' });
        sheet.y += 6;
        sheet.ruleAt(sheet.y);
        sheet.y += 16;
        return;
      case 'protocol':
        this.text([{ text: protocolLine }], place, within, { after: 10 });
        return;
      case 'recipient': {
        const half = { x: place.x + place.width * 0.5, width: place.width * 0.5 };
        for (const line of block.lines) this.text(line, half, within, { after: 0 });
        sheet.y += 14;
        return;
      }
      case 'subject':
        this.text(marked(subjectMark, block.runs), place, within, { after: 14 });
        return;
      case 'heading':
        sheet.y += headingSpace(block);
        this.text(boldly(block.runs), place, within, {
          size: headingSize[block.level],
          align: block.level === 1 ? 'center' : 'left',
          tag: `H${block.level}`,
          // Not alone at the foot of a page.
          followed: this.belowHeading(this.next),
        });
        return;
      case 'paragraph':
        this.text(block.runs, place, within, { align: 'justify' });
        return;
      case 'list':
        this.list(block, place, within);
        return;
      case 'table':
        this.table(block, place, within);
        return;
      case 'rule':
        sheet.need(16);
        sheet.ruleAt(sheet.y + 5, place.x, place.x + place.width);
        sheet.y += 16;
        return;
      case 'place-and-date':
        sheet.y += 10;
        this.text([{ text: placeLine }], place, within, {});
        return;
      case 'signatures':
        this.closing = 0;
        this.signatures(block.boxes, place, within);
        return;
      case 'norms':
        sheet.slack = normsSlack;
        sheet.y += 4;
        this.text(normsLine(block.norms), place, within, { size: small });
    }
  }

  private text(
    runs: Line,
    place: Place,
    within: Element,
    how: {
      readonly size?: number;
      readonly align?: 'left' | 'center' | 'justify';
      readonly tag?: string;
      readonly after?: number;
      /** The room of what it does not part from. */
      readonly followed?: number;
    },
  ): void {
    const { size: letters = size, align = 'left', tag = 'P', after = gap } = how;
    const element = this.element(tag, within);
    const lines = setLines(runs, place.width, this.measure(letters));
    const followed = Math.max(how.followed ?? 0, below(after, this.closing));
    this.sheet.lines(lines, { ...place, size: letters, align }, element, followed);
    element.end();
    this.sheet.y += after;
  }

  private list(list: List, place: Place, within: Element): void {
    const indent = indentOf(list);
    const element = this.element('L', within);
    const closing = below(listGap, this.closing);
    list.items.forEach((blocks, index) => {
      this.closing = 0;
      const item = this.element('LI', element);
      const label = this.element('Lbl', item);
      const body = this.element('LBody', item);
      const mark = setLines([{ text: itemMark(list, index) }], indent, this.measure(size));
      const isLast = index === list.items.length - 1;
      this.sheet.need(isLast ? this.itemHeight(blocks, place.width - indent, closing) : 2 * size * leading);
      const { y } = this.sheet;
      this.sheet.say(label, () =>
        mark.slice(0, 1).forEach((line) => this.sheet.line(line, { x: place.x, y, width: indent, size })),
      );
      label.end();
      if (blocks.length === 0) this.sheet.y += size * leading;
      blocks.forEach((block, nth) => {
        if (isLast && nth === blocks.length - 1) this.closing = closing;
        this.block(block, { x: place.x + indent, width: place.width - indent }, body);
      });
      body.end();
      item.end();
    });
    element.end();
    this.sheet.y += listGap;
  }

  /** The room that the mark of a list's last item needs: it goes where its first line goes. */
  private itemHeight([block, ...others]: readonly Block[], width: number, closing: number): number {
    const height = size * leading;
    if (closing === 0 || block?.kind !== 'paragraph' || others.length > 0) return 2 * height;
    return this.paragraphHeight(block.runs, width, closing);
  }

  /** How high a paragraph is at least where it begins: one of few lines is not parted, nor from what closes the act. */
  private paragraphHeight(runs: Line, width: number, closing: number): number {
    const height = size * leading;
    const { length } = setLines(runs, width, this.measure(size));
    return length < partedFrom ? length * height + gap + closing : 2 * height;
  }

  /** How high a table is at least where it begins: its header never stands alone at the foot of a page. */
  private tableHeight(table: Table, width: number, closing: number): number {
    const { header, heightOf } = this.cellsOf(table, width);
    const [first] = table.rows;
    return (
      heightOf(header) +
      (first ? heightOf(first) : 0) +
      (table.rows.length > 1 ? 0 : below(tableGap, closing))
    );
  }

  /** How the cells of a table are set in so much width. */
  private cellsOf(table: Table, width: number) {
    const widths = columnShares(table).map((share) => share * width);
    const linesOf = (runs: Line, i: number) =>
      setLines(runs, widths[i]! - 2 * cellPad, this.measure(cellSize));
    return {
      widths,
      linesOf,
      header: table.header.map(boldly),
      heightOf: (cells: readonly Line[]): number =>
        Math.min(wholeRow, Math.max(1, ...cells.map((runs, i) => linesOf(runs, i).length))) *
          cellSize *
          leading +
        2 * cellPad,
    };
  }

  /** The header again on each page. */
  private table(table: Table, place: Place, within: Element): void {
    const { sheet } = this;
    const height = cellSize * leading;
    const { widths: cellWidths, linesOf, header, heightOf } = this.cellsOf(table, place.width);
    const lefts = cellWidths.map((_, i) => place.x + cellWidths.slice(0, i).reduce((sum, it) => sum + it, 0));
    const element = this.element('Table', within);
    const draw = (cells: readonly Line[], tag: 'TH' | 'TD'): void => {
      const set = cells.map(linesOf);
      const most = Math.max(1, ...set.map((lines) => lines.length));
      // A row higher than a page goes on on the next one.
      for (let from = 0; from < most;) {
        sheet.need(Math.min(most - from, 3) * height + 2 * cellPad);
        const rows = Math.min(most - from, Math.max(1, Math.floor((sheet.room - 2 * cellPad) / height)));
        const top = sheet.y;
        const row = this.element('TR', element);
        set.forEach((lines, i) => {
          const x = lefts[i]!;
          const width = cellWidths[i]!;
          const box = this.element(tag, row);
          sheet.say(box, () =>
            lines.slice(from, from + rows).forEach((line, nth) =>
              sheet.line(line, {
                x: x + cellPad,
                y: top + cellPad + nth * height,
                width: width - 2 * cellPad,
                size: cellSize,
                align: table.align[i] ?? 'left',
              }),
            ),
          );
          box.end();
          const bottom = rows * height + 2 * cellPad;
          sheet.decorate(() =>
            sheet.doc.rect(x, top, width, bottom).lineWidth(0.5).strokeColor('black').stroke(),
          );
        });
        row.end();
        sheet.y = top + rows * height + 2 * cellPad;
        from += rows;
      }
    };
    sheet.need(this.tableHeight(table, place.width, this.closing));
    draw(header, 'TH');
    for (const row of table.rows) {
      const followed = row === table.rows.at(-1) ? below(tableGap, this.closing) : 0;
      if (sheet.room < heightOf(row) + followed) {
        sheet.addPage();
        draw(header, 'TH');
      }
      draw(row, 'TD');
    }
    element.end();
    sheet.y += tableGap;
  }

  /** Two beside each other; one alone stands on the right. */
  private signatures(
    boxes: Extract<Block, { kind: 'signatures' }>['boxes'],
    place: Place,
    within: Element,
  ): void {
    const { sheet } = this;
    const width = place.width * 0.46;
    sheet.y += 12;
    for (let i = 0; i < boxes.length; i += 2) {
      const row = boxes.slice(i, i + 2);
      sheet.need(signatureHeight);
      const top = sheet.y;
      let lowest = top;
      row.forEach(({ label }, nth) => {
        sheet.y = top;
        const box = { x: place.x + (row.length === 1 || nth === 1 ? place.width - width : 0), width };
        const title = label.length > 0 ? label : [{ text: '________', blank: true as const }];
        this.text(title, box, within, { align: 'center', after: 30 });
        sheet.ruleAt(sheet.y, box.x + 10, box.x + width - 10, 0.5);
        sheet.y += 3;
        this.text([{ text: signatureNote, italic: true }], box, within, { size: small - 1, align: 'center' });
        lowest = Math.max(lowest, sheet.y);
      });
      sheet.y = lowest + 2;
    }
  }

  private element(tag: string, within: Element): Element {
    const element = this.sheet.doc.struct(tag);
    within.add(element);
    return element;
  }

  private measure(letters: number): Measure {
    let measure = this.measures.get(letters);
    if (!measure) this.measures.set(letters, (measure = this.sheet.measureAt(letters)));
    return measure;
  }
}
