import { confidential } from '@iter/access';
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
  /**
   * `mine` those that I, or whom I stand in for, have claimed or were given (of tasks that are done: that I did); `group` those
   * that I may claim; `later` those that I put off; `all` (default) those I may see. What I put off is in neither of the first two.
   */
  readonly whose?: 'mine' | 'group' | 'later' | 'all' | undefined;
  /** `open` by default. */
  readonly state?: TaskItem['state'] | undefined;
  /** Civil day: due then or before. */
  readonly dueBy?: string | undefined;
  readonly role?: string | undefined;
  readonly assignee?: string | undefined;
  readonly id?: string | undefined;
  /** Facts that hold of the case, all of them, as `name:value`; only of cases whose content the viewer may read. */
  readonly facts?: readonly string[] | undefined;
}

type Row = TaskRow & OfCase & { readonly case_definition: string; readonly put_off_until: string | null };

/**
 * The inbox: what is due soonest first, what has no due day last. Of what is over, the latest first.
 * @param today civil day in Rome: what was put off to it is back
 */
export function listTasks(
  lists: Lists,
  viewer: Viewer,
  filter: TasksFilter & Paging,
  today: string,
): Promise<ListPage<TaskItem>> {
  const { whose = 'all', state = 'open', facts = [] } = filter;
  const secret = facts.length > 0;
  const isOpen = state === 'open';
  const [order, direction] = isOpen ? (['t.due_sort', 'asc'] as const) : (['t.ended_at', 'desc'] as const);
  const conditions = [
    // A task may be another body's than its case.
    ...caseConditions('t', viewer, filter, lists, {
      ...{ bodyColumns: ['comune', 'body'], called: ofLane(viewer) },
      // A case that another office began, or the house for it, is no head's yet; who the head is, the registers say by row.
      ...(viewer.roles.includes('STRUCTURE_HEAD') && { waiting: ofHead(viewer) }),
    }),
    ...conditionsOf(filter, viewer, today),
  ];
  return listPage(lists, secret ? readers(viewer) : isOpen ? holders(viewer) : viewer, filter, {
    secret,
    fetch: (key, limit) =>
      lists.views
        .selectFrom('tasks as t')
        .innerJoin('cases as c', 'c.id', 't.case_id')
        .leftJoin('desk.put_off as p', (join) =>
          join.onRef('p.task_id', '=', 't.id').on('p.account', '=', viewer.account),
        )
        .selectAll('t')
        .select([...ofCase, 'c.definition as case_definition', 'p.until as put_off_until'])
        .where((eb) => eb.and([...conditions, ...(key ? [beyond([order, 't.id'], key, direction)] : [])]))
        .orderBy(order, direction)
        .orderBy('t.id', direction)
        .limit(limit)
        .execute() as Promise<Row[]>,
    keyOf: (row) => [isOpen ? row.due_sort : (row.ended_at ?? ''), row.id],
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
    toItem: (row, sight, facts) => ({
      ...item(row, sight, lists, today),
      heads:
        sight === 'whole' && row.role === 'STRUCTURE_HEAD' && confidential(row.process)
          ? (facts.case?.headship?.heads ?? [])
          : null,
      seesCase: viewer.sees(['SeeCase'], { case: facts.case! }) !== 'nothing',
    }),
  });
}

/** Tasks of an office that are reserved to nobody. */
const ofLane = ({ roles, comuni }: Viewer): Condition => sql<SqlBool>`(
  t.roles && ${[...roles]}::text[] and t.candidate_users = '{}'
  and ${comuni === 'all' ? sql`true` : sql`coalesce(t.body, t.comune) = any(${[...comuni]}::text[])`})`;

const ofHead = ({ comuni }: Viewer): Condition => sql<SqlBool>`('STRUCTURE_HEAD' = any(t.roles)
  and ${comuni === 'all' ? sql`true` : sql`coalesce(t.body, t.comune) = any(${[...comuni]}::text[])`})`;

/** Whoever asks by what a case says sees only what they may read, unmasked and without giving a reason. */
const readers = (viewer: Viewer): Viewer => ({
  ...viewer,
  sees: (acts, facts) =>
    viewer.sees(['ReadCase'], facts) === 'whole' ? viewer.sees(acts, facts) : 'nothing',
});

/** Whoever has a task is shown that it is there, also when no role is left by which the case is seen: else nobody gives it back. */
const holders = (viewer: Viewer): Viewer => ({
  ...viewer,
  sees: (acts, facts) => {
    const sight = viewer.sees(acts, facts);
    return sight === 'nothing' && facts.task?.assignee === viewer.account
      ? viewer.sees(['ReleaseUserTask'], facts)
      : sight;
  },
});

/** One task, open or not; null when there is none, or it may not be known. */
export async function findTask(
  lists: Lists,
  viewer: Viewer,
  id: string,
  today: string,
): Promise<TaskItem | null> {
  for (const state of ['open', 'completed', 'terminated'] as const) {
    const { items } = await listTasks(lists, viewer, { id, state, limit: 1 }, today);
    if (items[0]) return items[0];
  }
  return null;
}

function conditionsOf(
  { whose, state = 'open', dueBy, role, assignee, id, facts = [] }: TasksFilter,
  viewer: Viewer,
  today: string,
): Condition[] {
  // The Segretario stands as the head where the registers name nobody else: by row.
  const roles = [...viewer.roles, ...(viewer.roles.includes('SEGRETARIO') ? ['STRUCTURE_HEAD'] : [])];
  const accounts = [viewer.account, ...viewer.standsFor];
  const of = [sql<SqlBool>`t.state = ${sql.lit(state)}`];
  const did = (column: string) => anyOf(sql.ref(column), accounts);
  if (whose === 'mine' && state === 'open') of.push(did('t.assignee'));
  if (whose === 'mine' && state !== 'open')
    of.push(sql<SqlBool>`(${did('t.completed_by')} or ${did('t.completed_for')})`);
  if (whose === 'later') of.push(sql<SqlBool>`(p.until > ${today} and t.due_sort > ${today})`);
  if (state === 'open' && (whose === 'mine' || whose === 'group')) {
    // As an array, which is looked up once: the planner believes a condition on the joined row to leave out nearly all.
    of.push(sql<SqlBool>`(t.due_sort <= ${today} or t.id <> all(array(
      select task_id from desk.put_off where account = ${viewer.account} and until > ${today})))`);
  }
  if (dueBy !== undefined) of.push(sql<SqlBool>`t.due_sort <= ${dueBy}`);
  if (whose === 'group') {
    of.push(sql<SqlBool>`t.assignee is null`);
    of.push(sql<SqlBool>`(t.roles && ${roles}::text[] or t.candidate_users && ${accounts}::text[])`);
  }
  if (role !== undefined) of.push(sql<SqlBool>`${role} = any(t.roles)`);
  if (assignee !== undefined) of.push(sql<SqlBool>`t.assignee = ${assignee}`);
  if (facts.length > 0) {
    // Tasks that are over do not follow what is said later: the case does.
    const known = sql.ref(state === 'open' ? 't.facts' : 'c.facts');
    of.push(sql<SqlBool>`(${known} <> '{}' and ${known} @> ${[...facts]}::text[])`);
  }
  if (id !== undefined) of.push(sql<SqlBool>`t.id = ${id}`);
  return of;
}

function item(row: Row, sight: Sight, { names }: Lists, today: string): Omit<TaskItem, 'seesCase' | 'heads'> {
  const masked = sight === 'masked';
  const processName = names.process(row.case_definition) ?? row.process;
  const partName = names.process(row.definition);
  const isOff = row.put_off_until !== null && row.put_off_until > today && row.due_sort > today;
  return {
    id: row.id,
    ...nameCase(row, names),
    processName,
    // What was done under an earlier version of the same process is no part of it.
    partName: partName === processName ? null : partName,
    definition: row.definition,
    element: row.element,
    iteration: row.iteration,
    about: (masked ? null : row.about) ?? (row.body === null ? null : (names.body(row.body) ?? row.body)),
    name: names.element(row.definition, row.element) ?? row.element,
    role: row.role,
    assignee: masked ? null : row.assignee,
    candidateUsers: masked ? [] : row.candidate_users,
    formId: row.form_id,
    state: row.state,
    createdAt: row.created_at,
    endedAt: row.ended_at,
    dueSince: row.due_since,
    dueOn: row.due_on,
    legalDueOn: row.legal_due_on,
    dueNature: row.due_nature,
    putOffUntil: isOff ? row.put_off_until : null,
    revision: row.revision,
  };
}
