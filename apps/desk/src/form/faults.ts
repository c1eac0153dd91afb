import { placeOf } from '../api/problem.ts';
import type { ProblemPlace } from '../api/problem.ts';
import type { Asked } from './schema.ts';
import type { Fault } from './values.ts';

/** By the key of a list, the ids of its rows in the order in which they were sent. */
export type SentRows = Readonly<Record<string, readonly string[]>>;

/** Puts what the server found wrong where it was entered; what speaks of no field is of the form as a whole. */
export function faultsOf(
  errors: readonly ProblemPlace[],
  root: string,
  asked: readonly Asked[],
  sent: SentRows,
): readonly Fault[] {
  return errors.map(({ pointer, code, message, language }): Fault => {
    const [key = '', at, field] = placeOf(pointer, root);
    const isList = asked.some((one) => one.kind === 'list' && one.key === key);
    const row = isList && at !== undefined ? sent[key]?.[Number(at)] : undefined;
    return {
      key,
      rule: 'server',
      code,
      message,
      ...(language && { language }),
      ...(row !== undefined && { row, ...(field !== undefined && { field }) }),
    };
  });
}

/** The faults of one list by row, and those of the list itself under ''. */
export function byRow(faults: readonly Fault[], key: string): ReadonlyMap<string, readonly Fault[]> {
  const rows = new Map<string, Fault[]>();
  for (const fault of faults) {
    if (fault.key !== key) continue;
    const of = fault.row ?? '';
    rows.set(of, [...(rows.get(of) ?? []), fault]);
  }
  return rows;
}

/**
 * What is wrong with questions that are asked: with one that is hidden meanwhile there is nothing to be put right. But a
 * refusal is never kept silent: where nothing else is left, what the server says is of the form as a whole.
 */
export function stillAsked(
  faults: readonly Fault[],
  asked: readonly Asked[],
  hidden: ReadonlySet<string>,
): readonly Fault[] {
  const left = faults.filter(({ key }) => {
    const ones = asked.filter((one) => one.key === key);
    return ones.length === 0 || ones.some(({ id }) => !hidden.has(id));
  });
  if (left.length > 0) return left;
  return faults.flatMap(({ rule, code, message, language }): readonly Fault[] =>
    rule === 'server' ? [{ key: '', rule, code, message, ...(language && { language }) }] : [],
  );
}
