/** So much emptiness around a drawing is let in, in its own units. */
const margin = 20;

/**
 * Where a window of a drawing begins, along one of its sides, so that a place stands in its middle and the window is not
 * half empty: near an end of the drawing the window stops there, and what is shorter than the window stands in its middle.
 */
export function windowOn(
  middle: number,
  size: number,
  { from, length }: { readonly from: number; readonly length: number },
): number {
  if (length + 2 * margin <= size) return from + (length - size) / 2;
  return Math.min(Math.max(middle - size / 2, from - margin), from + length + margin - size);
}
