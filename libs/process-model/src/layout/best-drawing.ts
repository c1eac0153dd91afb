import { arranged } from './arrange.ts';
import { drawSheet } from './draw-sheet.ts';
import { ownersOf } from './parts.ts';
import type { Drawing, Sheet } from './parts.ts';
import { effortOf } from './readability.ts';
import { searched } from './search.ts';
import type { Candidate } from './search.ts';
import type { Care, Taste } from './taste.ts';

/**
 * Draws a process or sub-process, or pools with their processes one below the other: columns from left to right, a
 * strip for each lane, orthogonal lines. Of the drawings after each taste the one with the fewest crossings and words away from their gateway stays,
 * and the first of these; where there still are any, other arrangements of it are tried. The same sheet and the same care give
 * the same drawing.
 */
export function bestDrawing(sheet: Sheet, care: Care): Drawing {
  const owners = ownersOf(sheet.items);
  const drawn = (taste: Taste): Candidate => {
    const arrangement = arranged(sheet, owners, taste);
    const drawing = drawSheet(sheet, arrangement);
    return { taste, arrangement, drawing, ...effortOf(sheet, drawing, arrangement.placed.path) };
  };
  const [first, ...others] = care.tastes;
  // At once: nothing is compared, so nothing is judged.
  if (others.length === 0 && care.tries === 0) return drawSheet(sheet, arranged(sheet, owners, first));
  const all = [drawn(first)];
  for (const taste of others) if (all.at(-1)?.hindrances !== 0) all.push(drawn(taste));
  const best = all.reduce((least, it) => (it.hindrances < least.hindrances ? it : least));
  return best.hindrances === 0 || care.tries === 0 ? best.drawing : searched(sheet, best, care);
}
