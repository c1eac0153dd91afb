// Names and texts of processes are Italian, as the law that they carry out, and so is what the server says of the case at hand.
// Within texts of another language they are set apart (WCAG 2.2, 3.1.2) by the two characters that Unicode has for parts of
// texts, which nobody sees where the text is not drawn by `Mixed`: in names of controls, say.

const opens = '\u2068';
const closes = '\u2069';

/** An Italian text that goes into a sentence of the reader's language. */
export const inItalian = (text: string): string => (text === '' ? '' : `${opens}${text}${closes}`);

/** The text without marks, as titles of tabs need it. */
export const unmarked = (text: string): string => text.replaceAll(opens, '').replaceAll(closes, '');

/** The parts of a text in their order, none empty; marks within marks are of the outer part. */
export function partsOf(text: string): readonly { readonly text: string; readonly isItalian: boolean }[] {
  const parts: { text: string; isItalian: boolean }[] = [];
  let depth = 0;
  for (const piece of text.split(/([\u2068\u2069])/)) {
    if (piece === opens) depth += 1;
    else if (piece === closes) depth = Math.max(0, depth - 1);
    else if (piece !== '') {
      const last = parts.at(-1);
      if (last?.isItalian === depth > 0) last.text += piece;
      else parts.push({ text: piece, isItalian: depth > 0 });
    }
  }
  return parts;
}
