import type { HistoryEvent } from '../../api/model.ts';

/**
 * The last thing that others have written with a task: what only confirms it, in a choice or a day, is passed over, unless
 * nothing else is there. What the reader may not see, or is empty, is no word.
 * @param facts of a case, the latest first
 * @param own roles of whoever reads
 */
export function lastWordOf<T extends Pick<HistoryEvent, 'type' | 'actor' | 'data'>>(
  facts: readonly T[],
  own: readonly string[],
): T | undefined {
  const theirs = facts.filter(
    ({ type, actor, data }) =>
      type === 'UserTaskCompleted' && !own.includes(actor.role) && valuesOf(data.variables).length > 0,
  );
  return theirs.find(({ data }) => valuesOf(data.variables).some(isWritten)) ?? theirs[0];
}

/** Covered as a whole, they are none. */
const valuesOf = (variables: unknown): readonly unknown[] =>
  typeof variables === 'object' && variables !== null ? Object.values(variables) : [];

/** Codes, days and references have no blank in them. */
const isWritten = (value: unknown): boolean => typeof value === 'string' && /\S\s+\S/.test(value);
