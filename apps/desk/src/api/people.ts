import { queryOptions, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from './client.ts';
import { keys } from './queries.ts';

const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: () => body(api.GET('/api/v1/people')),
  staleTime: 300_000,
});

/** Colleagues to whom work can be handed. */
export const usePeople = () =>
  useQuery({ ...peopleQuery, select: ({ items }) => items.filter(({ disabled }) => !disabled) });

/** So many tasks have room in one address. */
const mostTasks = 200;

/** Those to whom each of some open tasks can be given. */
export const useReceivers = (tasks: readonly string[]) =>
  useQuery({
    queryKey: [...keys.tasks, 'receivers', ...tasks],
    queryFn: async () => {
      const portions = Array.from({ length: Math.ceil(tasks.length / mostTasks) }, (_, nth) =>
        tasks.slice(nth * mostTasks, (nth + 1) * mostTasks).join(','),
      );
      const lists = await Promise.all(
        portions.map((some) =>
          body(api.GET('/api/v1/tasks/receivers', { params: { query: { tasks: some } } })),
        ),
      );
      const [first = [], ...others] = lists.map(({ items }) => items);
      return first.filter(({ account }) =>
        others.every((list) => list.some((one) => one.account === account)),
      );
    },
  });

/** Those to whom an escalation can be handed on. */
export const useAnswerers = (id: string) =>
  useQuery({
    queryKey: [...keys.escalations, 'receivers', id],
    queryFn: () => body(api.GET('/api/v1/escalations/{id}/receivers', { params: { path: { id } } })),
    select: ({ items }) => items,
  });

/** What an account's person is called, also of those who have left; the account itself when nobody says, as of a pseudonym. */
export function useNameOf(): (account: string) => string {
  const { t } = useTranslation();
  const people = useQuery(peopleQuery).data?.items;
  return useCallback(
    (account) =>
      account === 'system'
        ? t('replay.system')
        : (people?.find((one) => one.account === account)?.displayName ?? account),
    [people, t],
  );
}

/** @param from first day, @param to last day, both included */
export const useEscalationFigures = (from: string, to: string) =>
  useQuery({
    queryKey: [...keys.escalations, 'figures', from, to],
    queryFn: () => body(api.GET('/api/v1/escalations/figures', { params: { query: { from, to } } })),
  });

export const useSubstitutions = (all: boolean) =>
  useQuery({
    queryKey: ['substitutions', all],
    queryFn: () =>
      body(
        api.GET('/api/v1/substitutions', { params: { query: { state: all ? 'all' : 'ahead', limit: 200 } } }),
      ),
    select: ({ items }) => items,
  });
