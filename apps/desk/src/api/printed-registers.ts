import { useQuery } from '@tanstack/react-query';
import { api, body } from './client.ts';
import type { QueryOf } from './model.ts';
import { given, keys } from './queries.ts';

export type TermRegisterFilter = QueryOf<'/api/v1/deadlines/register'>;
export type ActRegisterFilter = QueryOf<'/api/v1/documents/register'>;

/** The period, and what narrows it. */
const said = <F extends ActRegisterFilter>({ from, to, ...filter }: F) => ({ from, to, ...given(filter) });

/** The terms of a period. */
export const useTermRegister = (filter: TermRegisterFilter, on = true) =>
  useQuery({
    queryKey: [...keys.deadlines, 'list', 'register', filter],
    queryFn: () => body(api.GET('/api/v1/deadlines/register', { params: { query: said(filter) } })),
    enabled: on,
  });

/** What was filed in a period. */
export const useActRegister = (filter: ActRegisterFilter, on = true) =>
  useQuery({
    queryKey: [...keys.cases, 'list', 'acts', filter],
    queryFn: () => body(api.GET('/api/v1/documents/register', { params: { query: said(filter) } })),
    enabled: on,
  });
