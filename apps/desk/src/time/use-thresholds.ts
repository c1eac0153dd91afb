import { useQuery } from '@tanstack/react-query';
import { api, body } from '../api/client.ts';
import { useCommand } from '../api/commands.ts';
import { usualThresholds } from './thresholds.ts';
import type { Thresholds } from './thresholds.ts';

/** What the person has chosen, wherever they sign in; until it is there, what is usual. */
export const useThresholds = (): Thresholds =>
  useQuery({
    queryKey: ['due-colours'],
    queryFn: () => body(api.GET('/api/v1/session/due-colours')),
    staleTime: Infinity,
  }).data ?? usualThresholds;

export const useSetThresholds = () =>
  useCommand((chosen: Thresholds, header) =>
    body(api.PUT('/api/v1/session/due-colours', { params: { header: { ...header } }, body: chosen })),
  );
