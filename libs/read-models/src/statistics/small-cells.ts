/** The fewest that a figure may be about: below it, somebody might be recognised. */
export const smallestCell = 5;

/** How many; null: from one to four, or hidden so that these cannot be told by subtraction. */
export type Count = number | null;

/**
 * Hides the small figures of a group whose total is known: those from 1 to 4, and, when they are so few that the total would
 * give them away, the next smallest as well. Zero is not hidden: nobody is in it.
 * @param counts of disjoint parts of one whole
 * Source: domain/README.md, "Numbers, never persons"; Istat, Linee guida per il segreto statistico: secondary suppression
 */
export function hideSmall(counts: readonly number[]): readonly Count[] {
  const isSmall = (count: number): boolean => count > 0 && count < smallestCell;
  const hidden = new Set([...counts.keys()].filter((i) => isSmall(counts[i]!)));
  const sum = (of: Iterable<number>): number => [...of].reduce((all, i) => all + counts[i]!, 0);
  const next = [...counts.keys()]
    .filter((i) => counts[i]! >= smallestCell)
    .sort((a, b) => counts[a]! - counts[b]!);
  // One hidden part is the total less the others; several that together are few say nearly as much.
  while (hidden.size > 0 && (hidden.size === 1 || sum(hidden) < smallestCell) && next.length > 0)
    hidden.add(next.shift()!);
  return counts.map((count, i) => (hidden.has(i) ? null : count));
}
