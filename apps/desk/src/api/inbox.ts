import { useQuery } from '@tanstack/react-query';
import { api, body } from './client.ts';
import { useCommand } from './commands.ts';
import type { Intention } from './commands.ts';
import type { QueryOf, TaskItem } from './model.ts';
import { problemOf } from './problem.ts';
import type { ApiProblem } from './problem.ts';
import { given, keys, useList } from './queries.ts';
import type { components } from './schema.d.ts';

export type TasksFilter = Partial<
  Pick<QueryOf<'/api/v1/tasks'>, 'assigned' | 'state' | 'text' | 'process' | 'comune' | 'dueBy' | 'facts'>
>;

export const useTasks = (filter: TasksFilter) =>
  useList([...keys.tasks, 'list', filter], (cursor) =>
    body(api.GET('/api/v1/tasks', { params: { query: { ...given(filter), cursor, limit: 50 } } })),
  );

/** What somebody has to do: taken charge of, or nobody's yet and their office's; due soonest first. */
export function useOwnTasks() {
  const mine = useTasks({ assigned: 'mine' });
  const group = useTasks({ assigned: 'group' });
  const items = mine.data && group.data && [...(mine.items ?? []), ...(group.items ?? [])];
  return {
    data: items?.toSorted((a, b) => (a.dueOn ?? '9').localeCompare(b.dueOn ?? '9')),
    error: mine.error ?? group.error,
    isPending: mine.isPending || group.isPending,
    refetch: () => Promise.all([mine.refetch(), group.refetch()]),
    hasNextPage: mine.hasNextPage || group.hasNextPage,
    isFetchingNextPage: mine.isFetchingNextPage || group.isFetchingNextPage,
    fetchNextPage: () =>
      Promise.all([mine, group].map((list) => (list.hasNextPage ? list.fetchNextPage() : null))),
  };
}

export type SavedFilter = components['schemas']['SavedFilterDto'];

export const useSavedFilters = (page: SavedFilter['page']) =>
  useQuery({
    queryKey: ['filters'],
    queryFn: async () => (await body(api.GET('/api/v1/session/filters'))).items,
    select: (all) => all.filter((one) => one.page === page),
  });

/** Keeps a filter under a name; with `query` null it is forgotten. */
export const useSaveFilter = () =>
  useCommand((filter: components['schemas']['SaveFilterDto'], header) =>
    body(api.PUT('/api/v1/session/filters', { params: { header: { ...header } }, body: filter })),
  );

/** What can be done with tasks in the inbox, with one as with many. */
export type TaskAct =
  | { readonly type: 'claim' | 'release' }
  | { readonly type: 'assign'; readonly to: string }
  | { readonly type: 'note'; readonly text: string }
  | { readonly type: 'put-off'; readonly until: string | null };

function send(task: TaskItem, act: TaskAct, header: Intention): Promise<unknown> {
  const params = { path: { id: task.id }, header: { ...header } };
  switch (act.type) {
    case 'claim':
      return api.POST('/api/v1/tasks/{id}/claim', { params, body: {} });
    case 'release':
      return api.POST('/api/v1/tasks/{id}/release', { params, body: {} });
    case 'assign':
      return api.POST('/api/v1/tasks/{id}/assign', { params, body: { to: act.to } });
    case 'note':
      return api.POST('/api/v1/cases/{id}/comments', {
        params: { ...params, path: { id: task.caseId } },
        body: { text: act.text },
      });
    case 'put-off':
      return api.POST('/api/v1/tasks/{id}/put-off', { params, body: { until: act.until } });
  }
}

export interface TasksDone {
  readonly act: TaskAct;
  readonly done: readonly TaskItem[];
  readonly refused: readonly { readonly task: TaskItem; readonly problem: ApiProblem }[];
}

const atOnce = 4;

/**
 * Does the same with each task. What one refuses keeps the others from nothing; while no clear answer comes all are sent
 * again under their keys, so that nothing is done twice.
 */
export const useTaskAct = () =>
  useCommand(
    async (
      { tasks, act }: { readonly tasks: readonly TaskItem[]; readonly act: TaskAct },
      intention,
    ): Promise<TasksDone> => {
      const done: TaskItem[] = [];
      const refused: TasksDone['refused'][number][] = [];
      const left = [...tasks];
      let unknown: ApiProblem | null = null;
      const lane = async (): Promise<void> => {
        for (let task = left.shift(); task; task = left.shift()) {
          try {
            await send(task, act, { 'Idempotency-Key': `${intention['Idempotency-Key']}-${task.id}` });
            done.push(task);
          } catch (error) {
            const problem = problemOf(error);
            if (problem.outcomeUnknown) {
              unknown = problem;
              left.length = 0;
            } else refused.push({ task, problem });
          }
        }
      };
      await Promise.all(Array.from({ length: atOnce }, lane));
      if (unknown !== null) throw unknown as ApiProblem;
      return { act, done, refused };
    },
  );
