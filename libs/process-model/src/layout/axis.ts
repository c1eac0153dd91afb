/** A run of lines along one direction: the tracks of a gap, or those through the middle of cells. */
export interface Block {
  readonly kind: 'gap' | 'body' | 'closed';
  /** Lines by index; a body's are right of its middle by `offsets`. */
  readonly lines: readonly number[];
  readonly offsets: readonly number[];
  readonly band: number;
}

/** Room that a block takes when the sheet is measured. */
export interface Room {
  readonly before: number;
  readonly after: number;
  readonly least: number;
}

export const trackGap = 14;

/**
 * One direction of the lattice on which lines run: gaps with tracks, and between them columns (or rows). Lines are
 * chosen on it before anything is measured; tracks that nobody uses then take no room.
 */
export class Axis {
  readonly blocks: Block[] = [];
  /** Rough places, to weigh ways by their length. */
  readonly rough: number[] = [];
  private end = 0;

  gap(tracks: number, band: number): number {
    this.end += 20;
    const lines: number[] = [];
    for (let track = 0; track < tracks; track++) {
      this.end += trackGap;
      lines.push(this.rough.push(this.end) - 1);
    }
    this.end += 20;
    return this.blocks.push({ kind: 'gap', lines, offsets: [], band }) - 1;
  }

  body(offsets: readonly number[], half: number, band: number): number {
    const sorted = [...new Set([...offsets, 0])].toSorted((a, b) => a - b);
    this.end += half;
    const middle = this.end;
    const lines = sorted.map((offset) => this.rough.push(middle + offset) - 1);
    this.end += half;
    return this.blocks.push({ kind: 'body', lines, offsets: sorted, band }) - 1;
  }

  closed(band: number): number {
    this.end += 60;
    return this.blocks.push({ kind: 'closed', lines: [], offsets: [], band }) - 1;
  }

  get length(): number {
    return this.rough.length;
  }

  first(block: number): number {
    return this.blocks[block]?.lines[0] ?? 0;
  }
  last(block: number): number {
    return this.blocks[block]?.lines.at(-1) ?? 0;
  }
  line(block: number, offset: number): number {
    const it = this.blocks[block];
    return it?.lines[it.offsets.indexOf(offset)] ?? this.first(block);
  }

  /** Places of lines, and where each block begins, when blocks take the room said and only used tracks count. */
  measure(room: (block: number, used: number) => Room, isUsed: (line: number) => boolean): Measured {
    const places = Array<number>(this.rough.length).fill(0);
    const starts: number[] = [];
    let end = 0;
    this.blocks.forEach(({ kind, lines, offsets }, block) => {
      starts.push(end);
      const used = lines.filter(isUsed);
      const { before, after, least } = room(block, used.length);
      if (kind === 'gap') {
        const width = Math.max(before + after + Math.max(0, used.length - 1) * trackGap, least);
        let at = end + before + (width - before - after - Math.max(0, used.length - 1) * trackGap) / 2;
        for (const line of lines) {
          places[line] = Math.round(at);
          if (isUsed(line) && line !== used.at(-1)) at += trackGap;
        }
        end += Math.round(width);
      } else {
        const width = Math.max(before + after, least);
        lines.forEach((line, i) => (places[line] = end + before + (offsets[i] ?? 0)));
        end += width;
      }
    });
    starts.push(end);
    return { places, starts };
  }
}

export interface Measured {
  readonly places: readonly number[];
  /** Where each block begins; at the end, where the last ends. */
  readonly starts: readonly number[];
}
