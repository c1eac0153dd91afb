import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, body } from './client.ts';
import type { QueryOf } from './model.ts';

export type StatisticsFilter = QueryOf<'/api/v1/statistics'>;

/** What a service has done in a period. @param from first day, `to` last day, both included */
export const useStatistics = ({ service, from, to, comune }: StatisticsFilter, on: boolean) =>
  useQuery({
    queryKey: ['statistics', service, from, to, comune],
    queryFn: () =>
      body(
        api.GET('/api/v1/statistics', {
          params: { query: { service, from, to, ...(comune && { comune }) } },
        }),
      ),
    enabled: on,
    placeholderData: keepPreviousData,
  });

/** Where the anonymous indicators of all services are given out as a file. */
export const indicatorsAt = (from: string, to: string, format: 'csv' | 'json'): string =>
  `/api/v1/statistics/indicators?${new URLSearchParams({ from, to, format }).toString()}`;
