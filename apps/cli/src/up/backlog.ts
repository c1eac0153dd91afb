/** So long a backlog may stay as it is before somebody is told. */
const windowMs = 300_000;
/** In each half of the time it was looked at so often. */
const leastLooks = 3;

/**
 * Tells a backlog that does not get shorter: in the later half of the last five minutes it never was less than in the half before. It
 * is asked every few seconds, with how long the backlog is now.
 * @returns takes the backlog, 0 when there is none, which begins anew
 */
export function createBacklogWatch(
  nowMs: () => number = () => performance.now(),
): (behind: number) => boolean {
  let seen: { readonly atMs: number; readonly behind: number }[] = [];
  return (behind) => {
    const now = { atMs: nowMs(), behind };
    if (behind === 0) seen = [];
    else seen = [...seen.filter(({ atMs }) => now.atMs - atMs <= windowMs), now];
    const isLate = ({ atMs }: { readonly atMs: number }): boolean => now.atMs - atMs < windowMs / 2;
    const [early, late] = [seen.filter((it) => !isLate(it)), seen.filter(isLate)];
    if (early.length < leastLooks || late.length < leastLooks) return false;
    const least = (looks: typeof seen): number => Math.min(...looks.map((it) => it.behind));
    return least(late) >= least(early);
  };
}
