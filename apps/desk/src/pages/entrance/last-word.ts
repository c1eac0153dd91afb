import type { HistoryEvent } from '../../api/model.ts';

/**
 * The last thing that others have written with a task: what only confirms it, in a choice or a day, is passed over, unless
 * nothing else is there.
 * @param facts of a case, the latest first
 * @param own roles of whoever reads
 */
export function lastWordOf<T extends Pick<HistoryEvent, 'type' | 'actor' | 'data'>>(
  facts: readonly T[],
  own: readonly string[],
): T | undefined {
  const theirs = facts.filter(({ type, actor }) => type === 'UserTaskCompleted' && !own.includes(actor.role));
  return theirs.find(({ data }) => isWritten(data.variables)) ?? theirs[0];
}

/** Codes, days and references have no blank in them. */
const isWritten = (values: unknown): boolean =>
  typeof values === 'object' &&
  values !== null &&
  Object.values(values).some((value) => typeof value === 'string' && /\S\s+\S/.test(value));
