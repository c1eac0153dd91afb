import type { Size } from './geometry.ts';

/** Labels outside of shapes wrap at this width in bpmn.io's tools, whatever bounds they are given. */
export const labelWidth = 90;
const lineHeight = 14;

/** Room that a label of 11 px takes outside its shape; null: there is none. */
export function labelSize(text: string): Size | null {
  return text.trim() === '' ? null : sizeOf(text, labelWidth, 6.4, lineHeight);
}

/** Room that a text annotation takes. */
export function noteSize(text: string): Size {
  const { width, height } = sizeOf(text, text.length > 160 ? 220 : 150, 6.2, lineHeight + 1);
  return { width: Math.max(width + 14, 60), height: height + 12 };
}

/** Words wrap at spaces, and words that are longer than a line anywhere. */
function sizeOf(text: string, most: number, perCharacter: number, perLine: number): Size {
  const perRow = Math.floor(most / perCharacter);
  const rows: number[] = [];
  for (const paragraph of text.trim().split(/\r?\n/)) {
    let row = 0;
    for (const word of paragraph.trim().split(/\s+/)) {
      if (row > 0 && row + 1 + word.length <= perRow) row += 1 + word.length;
      else {
        if (row > 0) rows.push(row);
        row = word.length;
        for (; row > perRow; row -= perRow) rows.push(perRow);
      }
    }
    rows.push(row);
  }
  const width = Math.min(most, Math.ceil(Math.max(...rows) * perCharacter) + 4);
  return { width, height: rows.length * perLine };
}
