import type { Views } from '../database.ts';

/** Pages of the desk whose filters can be kept. */
export const filterPages = ['tasks', 'cases'] as const;
export type FilterPage = (typeof filterPages)[number];

/** A filter under a name: the part of the page's address behind the question mark, so that it gives what the page gives. */
export interface SavedFilter {
  readonly page: FilterPage;
  readonly name: string;
  readonly query: string;
}

export const mostSavedFilters = 50;

/** All that an account keeps, by page and name. */
export function savedFilters({ views }: { readonly views: Views }, account: string): Promise<SavedFilter[]> {
  return views
    .selectFrom('desk.saved_filters')
    .select(['page', 'name', 'query'])
    .where('account', '=', account)
    .orderBy('page')
    .orderBy('name')
    .limit(mostSavedFilters)
    .execute();
}

/**
 * Keeps a filter; one of the same name and page is replaced.
 * @returns false when the account keeps as many as it may
 */
export async function saveFilter(
  { views }: { readonly views: Views },
  account: string,
  filter: SavedFilter,
): Promise<boolean> {
  const kept = await savedFilters({ views }, account);
  const isKnown = kept.some(({ page, name }) => page === filter.page && name === filter.name);
  if (!isKnown && kept.length >= mostSavedFilters) return false;
  await views
    .insertInto('desk.saved_filters')
    .values({ account, ...filter })
    .onConflict((on) => on.columns(['account', 'page', 'name']).doUpdateSet({ query: filter.query }))
    .execute();
  return true;
}

/** Forgets a filter; one that is not there is forgotten already. */
export async function forgetFilter(
  { views }: { readonly views: Views },
  account: string,
  { page, name }: Pick<SavedFilter, 'page' | 'name'>,
): Promise<void> {
  await views
    .deleteFrom('desk.saved_filters')
    .where('account', '=', account)
    .where('page', '=', page)
    .where('name', '=', name)
    .execute();
}
