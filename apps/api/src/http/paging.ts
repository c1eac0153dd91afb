import type { PageQuery } from '../dto/page.ts';
import { Problem } from '../problems/problem.ts';
import type { PageRequest } from '../ports.ts';

/** What was asked of a list, with the default size. */
export const pageOf = ({ limit, cursor }: PageQuery): PageRequest => ({
  limit: limit ?? 50,
  cursor: cursor ?? null,
});

/** A cursor for what is listed here and not by a view: opaque, and refused when it is not ours. */
export const encodeCursor = (value: string | number): string =>
  Buffer.from(JSON.stringify([value])).toString('base64url');

export function decodeCursor<T extends 'string' | 'number'>(
  cursor: string | null,
  type: T,
): (T extends 'string' ? string : number) | null {
  if (cursor === null) return null;
  try {
    const [value] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    if (typeof value === type) return value as never;
  } catch {
    // What cannot be read is answered like what is not ours.
  }
  throw new Problem('cursor-invalid');
}

/** The filters that were given, without paging. */
export function filterOf<Q extends PageQuery>(query: Q): Record<string, string> {
  const { limit: _, cursor: __, ...filter } = query;
  return Object.fromEntries(
    Object.entries(filter).filter(([, value]) => typeof value === 'string'),
  ) as Record<string, string>;
}
