import type { Principal } from '@iter/access';
import { sql } from 'kysely';
import type { SqlBool } from 'kysely';
import type { Condition } from './conditions.ts';
import { greatestLimit, listPage } from './list.ts';
import type { Listing, Lists, OfCase } from './list.ts';
import { viewerOf } from './viewer.ts';

/** An entry in words; nothing that its register says of persons. */
export interface EntryChoice {
  readonly value: string;
  readonly label: { readonly it: string; readonly en: string };
  readonly names: readonly string[];
  readonly entry: Readonly<Record<string, never>>;
}

export interface AskedChoices {
  readonly principal: Principal;
  readonly called?: readonly string[];
  readonly text?: string;
  readonly limit?: number;
}

/** So many are told where nothing is said. */
export const mostEntries = 500;

/** The joined case `c` by its id or code. */
export function isCalled(called: readonly string[]): Condition {
  const codes = called.map((name) => name.trim().toUpperCase());
  return sql<SqlBool>`(c.id = any(${[...called]}::text[]) or upper(c.code) = any(${codes}::text[]))`;
}

/** The first rows of a list that somebody sees, page by page, until there are so many. */
export async function firstSeen<R extends OfCase, Item>(
  lists: Lists,
  principal: Principal,
  most: number,
  listing: Listing<R, Item>,
): Promise<readonly Item[]> {
  const viewer = viewerOf(principal);
  const found: Item[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await listPage(lists, viewer, { limit: greatestLimit, cursor }, listing);
    found.push(...page.items);
    if (page.nextCursor === null || found.length >= most) return found;
    cursor = page.nextCursor;
  }
}
