import type { Line } from '@iter/process-model';

export type Face = 'regular' | 'bold' | 'italic' | 'boldItalic';

/** A piece of a line that is set at once. */
export interface Piece {
  readonly text: string;
  readonly face: Face;
  /** Where it begins, from the left of the line; points. */
  readonly x: number;
  readonly width: number;
  /** A space stands before it: a line that is stretched is so there. */
  readonly spaced: boolean;
}

export interface SetLine {
  readonly pieces: readonly Piece[];
  readonly width: number;
  /** A paragraph ends here, or a line that was broken on purpose: it is never stretched. */
  readonly isLast: boolean;
}

/** How wide a text is in a face, in points. */
export type Measure = (text: string, face: Face) => number;

interface Word {
  readonly text: string;
  readonly face: Face;
  readonly width: number;
  /** A space stands before it. */
  readonly spaced: boolean;
}

/** Breaks runs into lines no wider than `width`: between words, and within a word that is wider than a line. */
export function setLines(runs: Line, width: number, measure: Measure): readonly SetLine[] {
  const lines: SetLine[] = [];
  let pieces: Piece[] = [];
  let at = 0;
  const finish = (isLast: boolean): void => {
    lines.push({ pieces, width: at, isLast });
    pieces = [];
    at = 0;
  };
  const put = ({ text, face, width: wide, spaced }: Word): void => {
    const gap = spaced && pieces.length > 0 ? measure(' ', face) : 0;
    const last = pieces.at(-1);
    if (last && last.face === face) {
      const joined = `${last.text}${gap > 0 ? ' ' : ''}${text}`;
      pieces[pieces.length - 1] = { ...last, text: joined, width: at + gap + wide - last.x };
    } else pieces.push({ text, face, x: at + gap, width: wide, spaced: gap > 0 });
    at += gap + wide;
  };
  for (const part of partsOf(runs, measure)) {
    if (part === 'break') {
      finish(true);
      continue;
    }
    for (const [i, group] of fitting(part, width, measure).entries()) {
      const wide = group.reduce((sum, word) => sum + word.width, 0);
      const gap = group[0]?.spaced && pieces.length > 0 ? measure(' ', group[0].face) : 0;
      if (pieces.length > 0 && (i > 0 || at + gap + wide > width)) finish(false);
      group.forEach((word, nth) => put(nth === 0 && pieces.length === 0 ? { ...word, spaced: false } : word));
    }
  }
  if (pieces.length > 0 || lines.length === 0) finish(true);
  return lines;
}

/** What must stay together: words that no space parts, though their faces may differ. */
function partsOf(runs: Line, measure: Measure): readonly ('break' | readonly Word[])[] {
  const parts: ('break' | Word[])[] = [];
  let spaced = false;
  let open = false;
  for (const run of runs) {
    const face = faceOf(run);
    // Not at spaces that do not break.
    for (const token of run.text.split(/([ \t\n]+)/)) {
      if (token === '') continue;
      if (/^[ \t\n]+$/.test(token)) {
        spaced = true;
        open = false;
        continue;
      }
      const word: Word = { text: token, face, width: measure(token, face), spaced };
      const last = parts.at(-1);
      if (open && last && last !== 'break') last.push({ ...word, spaced: false });
      else parts.push([word]);
      spaced = false;
      open = true;
    }
    if (run.break) {
      parts.push('break');
      open = false;
      spaced = false;
    }
  }
  return parts;
}

/** A group wider than a line, in pieces that are not. */
function fitting(group: readonly Word[], width: number, measure: Measure): readonly (readonly Word[])[] {
  if (group.reduce((sum, word) => sum + word.width, 0) <= width) return [group];
  return group.flatMap((word) => {
    const pieces: Word[] = [];
    let text = '';
    for (const char of word.text) {
      if (text !== '' && measure(text + char, word.face) > width) {
        pieces.push({
          ...word,
          text,
          width: measure(text, word.face),
          spaced: pieces.length === 0 && word.spaced,
        });
        text = '';
      }
      text += char;
    }
    pieces.push({
      ...word,
      text,
      width: measure(text, word.face),
      spaced: pieces.length === 0 && word.spaced,
    });
    return pieces.map((piece) => [piece]);
  });
}

const faceOf = ({ bold, italic }: { bold?: true; italic?: true }): Face =>
  bold ? (italic ? 'boldItalic' : 'bold') : italic ? 'italic' : 'regular';
