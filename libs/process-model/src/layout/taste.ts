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

/** For a drawing at once. */
export const quick: Taste = taste(140, 300, 130);

/**
 * For a drawing to be kept. No prices are best for all: each sheet is drawn after each taste, and the one with the fewest
 * crossings stays.
 */
export const thorough: readonly Taste[] = [
  quick,
  taste(140, 450, 300),
  taste(140, 450, 450),
  taste(90, 450, 300),
  taste(200, 450, 450),
  taste(140, 300, 130, 'above'),
  taste(140, 450, 300, 'above'),
];
