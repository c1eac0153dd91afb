import type { ListPage } from '@iter/read-models';
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

/** A page in the order of the keys. */
export const paged = <T>(all: readonly T[], keyOf: (it: T) => string, query: PageQuery): ListPage<T> =>
  pageThrough(
    [...all].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    query,
  );

/** A page of rows that stand in their order. The cursor counts rows: what names a person does not belong in an address. */
export function pageThrough<T>(rows: readonly T[], query: PageQuery): ListPage<T> {
  const { limit, cursor } = pageOf(query);
  const from = decodeCursor(cursor, 'number') ?? 0;
  if (!Number.isInteger(from) || from < 0) throw new Problem('cursor-invalid');
  const to = from + limit;
  return { items: rows.slice(from, to), nextCursor: to < rows.length ? encodeCursor(to) : null };
}

/** The filters that were given, without paging. */
export function filterOf<Q extends PageQuery>(query: Q): Record<string, string> {
  const { limit: _, cursor: __, ...filter } = query;
  return Object.fromEntries(
    Object.entries(filter).filter(([, value]) => typeof value === 'string'),
  ) as Record<string, string>;
}
