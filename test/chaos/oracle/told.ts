import type { SeenEvent } from './log.ts';

/** What became of an append, as its writer was told. */
export interface Written {
  readonly answer: string;
  readonly ids: readonly string[];
}

/** Whether what writers were told is what the log has: all of what was appended once, nothing of what was not. */
export function judgeWritten(written: readonly Written[], events: readonly SeenEvent[]): string[] {
  const faults: string[] = [];
  const times = new Map<string, number>();
  for (const { id } of events) times.set(id, (times.get(id) ?? 0) + 1);
  for (const { answer, ids } of written) {
    for (const id of ids) {
      const found = times.get(id) ?? 0;
      if (found !== (answer === 'appended' ? 1 : 0)) faults.push(`${id} (${answer}) is there ${found} times`);
      times.delete(id);
    }
  }
  for (const [id, found] of times) faults.push(`nobody asked for ${id}, which is there ${found} times`);
  return faults;
}

/** Whether a follower was told each event of the log once, in the log's order. */
export function judgeTold(name: string, told: readonly string[], events: readonly SeenEvent[]): string[] {
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const id of told) {
    if (seen.has(id)) faults.push(`${name} was told ${id} again`);
    seen.add(id);
  }
  const skipped = events.filter(({ id }) => !seen.has(id));
  if (skipped.length > 0)
    faults.push(
      `${name} was not told ${skipped.length} of ${events.length} events, the first at ${skipped[0]!.position}`,
    );
  if (faults.length === 0 && told.some((id, i) => id !== events[i]?.id))
    faults.push(`${name} was told in another order`);
  return faults;
}
