/** What makes a way through a drawing dear, and on which side branches are put first. */
export interface Taste {
  readonly bend: number;
  readonly crossing: number;
  /** Crossing a line that begins or ends at the same shape. */
  readonly kinCrossing: number;
  readonly lean: 'above' | 'below';
}

const taste = (
  bend: number,
  crossing: number,
  kinCrossing: number,
  lean: Taste['lean'] = 'below',
): Taste => ({ bend, crossing, kinCrossing, lean });

const usual = taste(140, 300, 130);

/** How much care is taken with a drawing. */
export interface Care {
  /** A sheet is drawn after each; the drawing with the fewest crossings and words away from their gateway stays. */
  readonly tastes: readonly [Taste, ...Taste[]];
  /** Where any are left, so many other arrangements are tried. */
  readonly tries: number;
  /** Begins the chances by which they are chosen. */
  readonly seed: number;
}

/** For a drawing at once. */
export const quick: Care = { tastes: [usual], tries: 0, seed: 0 };

const tastes: Care['tastes'] = [
  usual,
  taste(140, 450, 300),
  taste(140, 450, 450),
  taste(90, 450, 300),
  taste(200, 450, 450),
  taste(140, 300, 130, 'above'),
  taste(140, 450, 300, 'above'),
];

/** For a drawing to be kept. No prices are best for all. */
export const thorough: Care = { tastes, tries: 0, seed: 0 };
