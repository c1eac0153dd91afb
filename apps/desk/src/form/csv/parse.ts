import Papa from 'papaparse';

/** A record of the file. */
export interface Line {
  /** Where it begins in the file, from 1; records may span several lines. */
  readonly number: number;
  readonly cells: readonly string[];
  /** Its quotes do not close, or close in the middle of a cell. */
  readonly isBroken: boolean;
}

export const delimiters = [';', ',', '\t'] as const;

/** How many columns of a header are known. */
type Score = (header: readonly string[]) => number;

/**
 * Reads comma-separated values by RFC 4180; also with semicolons or tabs, as spreadsheets of Italy write them, and with
 * the line `sep=;` that some put first. The delimiter is the one under which most columns are known, then the one that
 * makes most columns.
 * @returns its records, the header first
 */
export function parseCsv(text: string, score: Score): readonly Line[] {
  const plain = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const [, named] = /^sep=([;,\t])\n/i.exec(plain) ?? [];
  const body = named === undefined ? plain : plain.slice(plain.indexOf('\n') + 1);
  const before = named === undefined ? 0 : 1;
  return recordsOf(body, named ?? delimiterOf(body, score), before);
}

function delimiterOf(text: string, score: Score): string {
  const weigh = (delimiter: string): readonly [number, number] => {
    const [header] = Papa.parse<string[]>(text, { delimiter, newline: '\n', preview: 1 }).data;
    return [score(header ?? []), header?.length ?? 0];
  };
  const weights = delimiters.map((delimiter) => ({ delimiter, weight: weigh(delimiter) }));
  const [best] = weights.toSorted((a, b) => b.weight[0] - a.weight[0] || b.weight[1] - a.weight[1]);
  return best?.delimiter ?? ';';
}

function recordsOf(text: string, delimiter: string, before: number): readonly Line[] {
  const lines: Line[] = [];
  let number = before + 1;
  let read = 0;
  Papa.parse<string[]>(text, {
    delimiter,
    newline: '\n',
    step: ({ data, errors, meta }) => {
      lines.push({ number, cells: data, isBroken: errors.some(({ type }) => type === 'Quotes') });
      for (; read < meta.cursor; read++) if (text[read] === '\n') number++;
    },
  });
  // A line break at the very end begins no line.
  return text.endsWith('\n') && lines.at(-1)?.cells.join('') === '' ? lines.slice(0, -1) : lines;
}
