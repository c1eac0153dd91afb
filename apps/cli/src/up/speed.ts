import { LogWasRestored } from '@iter/event-store';
import type { Position } from '@iter/event-store';

interface Seen {
  readonly atMs: number;
  readonly position: Position | null;
}

const windowMs = 60_000;
const leastMs = 1_000;

/**
 * How fast something moves along the log, from where it stood within the last minute. It is asked with where it stands now.
 * @param distance appends between two positions
 * @returns appends a second; null when it was not looked at before, or the log was restored since
 */
export function createSpeed(
  distance: (from: Position | null, to: Position | null) => number,
  nowMs: () => number = () => performance.now(),
): (position: Position | null) => number | null {
  let seen: Seen[] = [];
  return (position) => {
    const now = { atMs: nowMs(), position };
    seen = seen.filter(({ atMs }) => now.atMs - atMs <= windowMs);
    const [first] = seen;
    seen.push(now);
    if (!first || now.atMs - first.atMs < leastMs) return null;
    try {
      const appends = Math.max(0, distance(first.position, position));
      return Math.round((appends / (now.atMs - first.atMs)) * 10_000) / 10;
    } catch (error) {
      if (!(error instanceof LogWasRestored)) throw error;
      seen = [now];
      return null;
    }
  };
}
