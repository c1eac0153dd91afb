import { useQuery } from '@tanstack/react-query';
import { api, body } from './client.ts';
import type { Ledger, LedgerLine, QueryOf } from './model.ts';
import { given, keys } from './queries.ts';

export type LedgerFilter = Pick<
  QueryOf<'/api/v1/ledgers/{ledger}'>,
  'comune' | 'caseId' | 'state' | 'from' | 'to'
>;

/** So many lines of a register stand on one sheet. */
const mostLines = 2_000;

/** The registers over cases that the reader's roles open. */
export const useLedgers = () =>
  useQuery({
    queryKey: ['ledgers'],
    queryFn: () => body(api.GET('/api/v1/ledgers')),
    staleTime: Infinity,
    select: (page) => page.items,
  });

/** Lines of one of them, as many as a sheet holds. */
export const useLedger = (name: Ledger['name'], filter: LedgerFilter, on: boolean) =>
  useQuery({
    queryKey: [...keys.cases, 'list', 'ledger', name, filter],
    queryFn: async () => {
      const items: LedgerLine[] = [];
      for (let cursor: string | undefined; ;) {
        const page = await body(
          api.GET('/api/v1/ledgers/{ledger}', {
            params: { path: { ledger: name }, query: { ...given(filter), limit: 200, cursor } },
          }),
        );
        items.push(...page.items);
        cursor = page.nextCursor ?? undefined;
        if (cursor === undefined || items.length >= mostLines)
          return { items, complete: cursor === undefined };
      }
    },
    enabled: on,
  });
