import { sql } from 'kysely';
import type { SqlBool } from 'kysely';
import { anyOf, beyond, caseConditions } from '../querying/conditions.ts';
import type { CaseFilter, Condition } from '../querying/conditions.ts';
import { listPage, nameCase, ofCase } from '../querying/list.ts';
import type { Lists, OfCase, Paging } from '../querying/list.ts';
import type { Sight, Viewer } from '../querying/viewer.ts';
import type { ListPage, TaskItem } from '../views.ts';
import type { TaskRow } from './table.ts';

export interface TasksFilter extends CaseFilter {
  /** `mine` those that I, or whom I stand in for, have claimed or were given; `group` those that I may claim; `all` (default) those I may see. */
  readonly whose?: 'mine' | 'group' | 'all' | undefined;
  /** `open` by default. */
  readonly state?: TaskItem['state'] | undefined;
  readonly role?: string | undefined;
  readonly assignee?: string | undefined;
  readonly id?: string | undefined;
}

type Row = TaskRow & OfCase;

/** The inbox: what is due soonest first, what has no due day last. */
export function listTasks(
  lists: Lists,
  viewer: Viewer,
  filter: TasksFilter & Paging = {},
): Promise<ListPage<TaskItem>> {
  const { whose = 'all' } = filter;
  const conditions = [
    // A task may be another body's than its case.
    ...caseConditions('t', viewer, filter, lists.names, ['comune', 'body']),
    ...conditionsOf(filter, viewer),
  ];
  return listPage(lists, viewer, filter, {
    fetch: (key, limit) =>
      lists.views
        .selectFrom('tasks as t')
        .innerJoin('cases as c', 'c.id', 't.case_id')
        .selectAll('t')
        .select([...ofCase])
        .where((eb) => eb.and([...conditions, ...(key ? [beyond(['t.due_sort', 't.id'], key, 'asc')] : [])]))
        .orderBy('t.due_sort')
        .orderBy('t.id')
        .limit(limit)
        .execute() as Promise<Row[]>,
    keyOf: (row) => [row.due_sort, row.id],
    shape: ['', ''],
    acts: whose === 'group' ? ['ClaimUserTask'] : ['SeeCase', 'ReadTask'],
    factsOf: (row) => ({
      task: {
        element: row.element,
        roles: row.roles,
        assignee: row.assignee,
        candidateUsers: row.candidate_users,
        body: row.body,
      },
    }),
    toItem: (row, sight) => item(row, sight, lists),
  });
}

/** One task, open or not; null when there is none, or it may not be known. */
export async function findTask(lists: Lists, viewer: Viewer, id: string): Promise<TaskItem | null> {
  for (const state of ['open', 'completed', 'terminated'] as const) {
    const { items } = await listTasks(lists, viewer, { id, state, limit: 1 });
    if (items[0]) return items[0];
  }
  return null;
}

function conditionsOf(
  { whose, state = 'open', role, assignee, id }: TasksFilter,
  viewer: Viewer,
): Condition[] {
  const { roles } = viewer;
  const accounts = [viewer.account, ...viewer.standsFor];
  const of = [sql<SqlBool>`t.state = ${sql.lit(state)}`];
  if (whose === 'mine') of.push(anyOf(sql.ref('t.assignee'), accounts));
  if (whose === 'group') {
    of.push(sql<SqlBool>`t.assignee is null`);
    of.push(sql<SqlBool>`(t.roles && ${[...roles]}::text[] or t.candidate_users && ${accounts}::text[])`);
  }
  if (role !== undefined) of.push(sql<SqlBool>`${role} = any(t.roles)`);
  if (assignee !== undefined) of.push(sql<SqlBool>`t.assignee = ${assignee}`);
  if (id !== undefined) of.push(sql<SqlBool>`t.id = ${id}`);
  return of;
}

function item(row: Row, sight: Sight, { names }: Lists): TaskItem {
  const masked = sight === 'masked';
  return {
    id: row.id,
    ...nameCase(row, names),
    processName: names.process(row.definition) ?? row.process,
    definition: row.definition,
    element: row.element,
    iteration: row.iteration,
    name: names.element(row.definition, row.element) ?? row.element,
    role: row.role,
    assignee: masked ? null : row.assignee,
    candidateUsers: masked ? [] : row.candidate_users,
    formId: row.form_id,
    state: row.state,
    createdAt: row.created_at,
    dueOn: row.due_on,
    legalDueOn: row.legal_due_on,
    dueNature: row.due_nature,
    revision: row.revision,
  };
}
