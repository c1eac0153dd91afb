import type { ActDocument, Block, Line } from '@iter/process-model';

// What every act says whatever its template says: one wording for what is read and what is edited.

export const protocolLine = 'Prot. n. ________ del ________';
export const placeLine = '________, lì ________';
export const subjectMark = 'OGGETTO: ';
export const draftMark = 'BOZZA';
export const normsMark = 'Riferimenti normativi: ';
/** What stands where the signature will be: nothing is signed by being drafted. */
export const signatureNote = 'spazio per la firma digitale (art. 24 D.Lgs. 82/2005)';
/** What stands at the foot of each page of a draft, beside the number of the page. */
export const footerOf = ({ title, templateVersion }: ActDocument): string =>
  `${title} · bozza dal modello v. ${templateVersion}`;

/** The mark of an item of a list. */
export const itemMark = ({ ordered, start }: Extract<Block, { kind: 'list' }>, index: number): string =>
  ordered ? `${start + index}.` : '–';

/** Prefixes a line with a text in bold. */
export const marked = (mark: string, runs: Line): Line => [{ text: mark, bold: true }, ...runs];

/** When files say that they were made: always then, so that the same draft has the same hash. */
export const madeAt = new Date(Date.UTC(2000, 0, 1));

/** Characters of a cell that count for the width of its column, and that a column has at least. */
const widths = { most: 60, least: 6 } as const;

/** Characters, with the room around each cell, that surely find place side by side in a line of a page. */
const lineLength = 78;

/**
 * How wide the columns of a table are, in shares of its width: each as wide as its longest word, the rest by what there
 * is to write.
 */
export function columnShares({ header, rows }: Extract<Block, { kind: 'table' }>): readonly number[] {
  const columns = header.map((cell, i) =>
    [cell, ...rows.map((row) => row[i] ?? [])].map((line) => line.map(({ text }) => text).join('')),
  );
  const needs = columns.map((texts) => {
    const words = texts.flatMap((text) => text.split(' '));
    const least = Math.max(widths.least, ...words.map(({ length }) => Math.min(length + 2, widths.most / 2)));
    return {
      least,
      more: Math.max(0, Math.max(...texts.map(({ length }) => Math.min(length, widths.most))) - least),
    };
  });
  const total = (of: 'least' | 'more') => needs.reduce((all, need) => all + need[of], 0);
  // What is left of the line when no word is broken; where words alone are wider than the line, all give way alike.
  const left = Math.max(0, lineLength - total('least'));
  const part = total('more') > left ? left / total('more') : 1;
  const sum = total('least') + part * total('more');
  return needs.map(({ least, more }) => (least + part * more) / sum);
}
