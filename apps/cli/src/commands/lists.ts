import type { Remote } from './http.ts';

interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** The fields that are given, as the query of an address. */
export const query = (fields: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length > 0 ? `?${new URLSearchParams(given).toString()}` : '';
};

/** All pages of a list, one after the other. */
export async function* pages<T>(
  remote: Pick<Remote, 'get'>,
  path: string,
  fields: Readonly<Record<string, string | undefined>>,
  size = 200,
): AsyncGenerator<T> {
  let cursor: string | undefined;
  do {
    const page: Page<T> = await remote.get(`${path}${query({ ...fields, limit: String(size), cursor })}`);
    yield* page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

export async function collect<T>(items: AsyncGenerator<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
