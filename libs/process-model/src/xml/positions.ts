import type { Place } from '../model.ts';

/**
 * Lines and columns of what a parser meets, in its order. The parser can tell them itself, but counts from the
 * file's start each time.
 */
export interface Positions {
  /** Of the next start tag of this name. */
  ofTag(name: string): Place;
  /** Of the next occurrence of a text. */
  of(text: string): Place;
  /** Passes over what may hold things that look like tags. */
  skip(from: string, to: string): void;
  /** Of what was met last. */
  here(): Place;
  /** The same, as an index into the text. */
  offset(): number;
}

export function createPositions(xml: string): Positions {
  let offset = 0;
  let line = 1;
  let lineStart = 0;
  // Remembered: a file may be one long line.
  let lineEnd = xml.indexOf('\n');
  const moveTo = (next: number): Place => {
    for (; lineEnd !== -1 && lineEnd < next; lineEnd = xml.indexOf('\n', lineStart)) {
      line++;
      lineStart = lineEnd + 1;
    }
    return { line, column: next - lineStart + 1 };
  };
  const find = (text: string): number => {
    const at = xml.indexOf(text, offset);
    return at === -1 ? offset : at;
  };
  return {
    ofTag(name) {
      const tag = `<${name}`;
      let at = find(tag);
      while (/[^\s/>]/.test(xml.charAt(at + tag.length)) && at !== offset) {
        const next = xml.indexOf(tag, at + 1);
        if (next === -1) break;
        at = next;
      }
      offset = at + 1;
      return moveTo(at);
    },
    of(text) {
      return moveTo(find(text));
    },
    skip(from, to) {
      const at = xml.indexOf(to, find(from));
      if (at !== -1) offset = at + to.length;
    },
    here() {
      return moveTo(offset);
    },
    offset: () => offset,
  };
}
