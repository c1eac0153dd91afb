import PDFDocument from 'pdfkit';
import type { ActDocument } from '@iter/process-model';
import { faces, fontOf } from './fonts.ts';
import type { Measure, SetLine } from './typesetting.ts';
import { draftMark, footerOf, madeAt } from './words.ts';

/** A4 in points. */
const page = { width: 595.28, height: 841.89 } as const;
const margin = { top: 64, bottom: 78, side: 71 } as const;
export const column: { readonly left: number; readonly width: number } = {
  left: margin.side,
  width: page.width - 2 * margin.side,
};

/** A place in the tree of what the document says; reading programs follow it. */
type Element = PDFKit.PDFStructureElement;

/** A draft is marked as one on every page; an extract says what the house holds. */
export type SheetKind = 'draft' | 'extract';

/** The pages of a PDF: where the next line stands, what is said and what only decorates. */
export class Sheet {
  readonly doc: PDFKit.PDFDocument;
  readonly root: Element;
  y: number = margin.top;
  private readonly chunks: Buffer[] = [];
  private readonly ended: Promise<Buffer>;

  constructor(
    private readonly act: ActDocument,
    private readonly kind: SheetKind,
  ) {
    this.doc = new PDFDocument({
      size: 'A4',
      margin: 0,
      bufferPages: true,
      pdfVersion: '1.7',
      subset: 'PDF/A-2a',
      tagged: true,
      lang: act.language,
      displayTitle: true,
      autoFirstPage: false,
      font: fontOf('regular') as unknown as string,
      info: { Title: act.title, Creator: 'Iter', Producer: 'Iter', CreationDate: madeAt, ModDate: madeAt },
    });
    this.doc.on('data', (chunk: Buffer) => this.chunks.push(chunk));
    this.ended = new Promise((resolve, reject) => {
      this.doc.on('end', () => resolve(Buffer.concat(this.chunks)));
      this.doc.on('error', reject);
    });
    for (const face of faces) this.doc.registerFont(face, fontOf(face) as unknown as string);
    this.root = this.doc.struct('Document');
    this.doc.addStructure(this.root);
    this.addPage();
  }

  /** Widths at a size, each word measured once. */
  measureAt(size: number): Measure {
    const known = new Map<string, number>();
    return (text, face) => {
      const id = `${face}|${text}`;
      let width = known.get(id);
      if (width === undefined) {
        width = this.doc.font(face).fontSize(size).widthOfString(text);
        known.set(id, width);
      }
      return width;
    };
  }

  /** How far the last small lines may go into the foot of the page, rather than stand alone on the next. */
  slack = 0;

  get room(): number {
    return page.height - margin.bottom + this.slack - this.y;
  }

  /** Goes to the next page unless there is room for so much. */
  need(height: number): void {
    if (this.room < height && this.y > margin.top) this.addPage();
  }

  /**
   * Sets lines one below the other, each belonging to `element`; a page that is full is followed by the next.
   * @param followed the room that what follows needs, which goes to no other page than the last two lines
   */
  lines(
    lines: readonly SetLine[],
    at: {
      readonly x: number;
      readonly width: number;
      readonly size: number;
      readonly align?: 'left' | 'center' | 'right' | 'justify';
    },
    element: Element,
    followed = 0,
  ): void {
    const height = at.size * leading;
    const last = followed === 0 ? 0 : lines.length < partedFrom ? lines.length : 2;
    if (last > 0 && last < lines.length) {
      this.lines(lines.slice(0, -last), at, element);
      this.need(last * height + followed);
      this.lines(lines.slice(-last), at, element);
      return;
    }
    this.need(Math.max(Math.min(2, lines.length), last) * height + followed);
    for (let first = 0; first < lines.length;) {
      this.need(height);
      const count = Math.max(1, Math.floor((this.room + 0.01) / height));
      const here = lines.slice(first, first + count);
      const y = this.y;
      this.say(element, () => here.forEach((line, i) => this.line(line, { ...at, y: y + i * height })));
      this.y += here.length * height;
      first += here.length;
    }
  }

  /** One line at a place. */
  line(
    { pieces, width, isLast }: SetLine,
    at: {
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly size: number;
      readonly align?: string;
    },
  ): void {
    const { align = 'left', size } = at;
    const free = at.width - width;
    const indent = align === 'right' ? free : align === 'center' ? free / 2 : 0;
    const gaps = pieces.reduce(
      (sum, { text, spaced }) => sum + text.split(' ').length - 1 + Number(spaced),
      0,
    );
    const stretch = align === 'justify' && !isLast && gaps > 0 && free < at.width / 4 ? free / gaps : 0;
    let shift = 0;
    for (const { text, face, x, spaced } of pieces) {
      if (spaced) shift += stretch;
      this.doc
        .font(face)
        .fontSize(size)
        .fillColor('black')
        .text(text, at.x + indent + x + shift, at.y, { lineBreak: false, wordSpacing: stretch });
      shift += stretch * (text.split(' ').length - 1);
    }
  }

  /** What is drawn inside belongs to the element. */
  say(element: Element, draw: () => void): void {
    const content = this.doc.markStructureContent(tagOf(element));
    draw();
    this.doc.endMarkedContent();
    element.add(content);
  }

  /** What is drawn inside says nothing. */
  decorate(draw: () => void): void {
    this.doc.markContent('Artifact', { type: 'Layout' });
    draw();
    this.doc.endMarkedContent();
  }

  ruleAt(y: number, from = column.left, to = column.left + column.width, weight = 0.6): void {
    this.decorate(() =>
      this.doc.moveTo(from, y).lineTo(to, y).lineWidth(weight).strokeColor('black').stroke(),
    );
  }

  addPage(): void {
    this.doc.addPage({ size: 'A4', margin: 0 });
    this.y = margin.top;
    if (this.kind !== 'draft') return;
    this.doc.markContent('Artifact', { type: 'Pagination' });
    this.doc
      .save()
      .rotate(-52, { origin: [page.width / 2, page.height / 2] })
      .font('bold')
      .fontSize(130)
      .fillColor('#f1f1f1')
      .text(draftMark, 0, page.height / 2 - 90, { width: page.width, align: 'center', lineBreak: false })
      .restore();
    this.doc.endMarkedContent();
  }

  /** Numbers the pages and gives the file. */
  finish(): Promise<Buffer> {
    const { count } = this.doc.bufferedPageRange();
    const left = this.kind === 'draft' ? footerOf(this.act) : this.act.title;
    for (let i = 0; i < count; i++) {
      this.doc.switchToPage(i);
      this.doc.markContent('Artifact', { type: 'Pagination' });
      const y = page.height - margin.bottom + 30;
      this.doc.font('regular').fontSize(8).fillColor('#444444');
      this.doc.text(left, column.left, y, { lineBreak: false });
      const number = `pag. ${i + 1} di ${count}`;
      this.doc.text(number, column.left + column.width - this.doc.widthOfString(number), y, {
        lineBreak: false,
      });
      this.doc.endMarkedContent();
    }
    this.root.end();
    this.doc.end();
    return this.ended;
  }
}

/** So many lines may be parted by the end of a page: two at least stand on either. */
export const partedFrom = 4;

/** Distance of two lines, in sizes of the letters. */
export const leading = 1.45;

const tagOf = (element: Element): string =>
  (element as unknown as { dictionary: { data: { S: string } } }).dictionary.data.S;
