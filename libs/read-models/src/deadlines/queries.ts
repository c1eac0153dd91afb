import { sql } from 'kysely';
import type { RawBuilder, SqlBool } from 'kysely';
import { anyOf, beyond, caseConditions } from '../querying/conditions.ts';
import type { CaseFilter, Condition } from '../querying/conditions.ts';
import { listPage, nameCase, ofCase } from '../querying/list.ts';
import type { Lists, OfCase, Paging } from '../querying/list.ts';
import type { Sight, Viewer } from '../querying/viewer.ts';
import type { DeadlineItem, ListPage } from '../views.ts';
import { isKeptLate } from './history.ts';
import type { DeadlineRow } from './table.ts';
import { runningDeadline } from './table.ts';

export interface DeadlinesFilter extends CaseFilter {
  /** By default those that run: open, suspended, or over with reminders that still ring. `all`: every one. */
  readonly state?: readonly DeadlineItem['state'][] | 'running' | 'all' | undefined;
  readonly nature?: readonly DeadlineItem['nature'][] | undefined;
  /** Legal due date from this day on, `YYYY-MM-DD`. */
  readonly dueFrom?: string | undefined;
  /** Up to and including this day. */
  readonly dueTo?: string | undefined;
  readonly id?: string | undefined;
  /** Id of the declaration in the process (`DL_…`). */
  readonly deadline?: string | undefined;
  /** Key of the catalogue. */
  readonly term?: string | undefined;
  readonly question?: DeadlineQuestion | undefined;
}

/** What auditors ask of terms across cases. */
export const deadlineQuestions = ['missed', 'after-safe-date', 'kept-late', 'moved', 'unproven'] as const;
export type DeadlineQuestion = (typeof deadlineQuestions)[number];

/** Of a day and an instant, which for terms in hours has an offset, the days in Rome are compared. */
function isAfter(fact: RawBuilder<unknown>, limit: RawBuilder<unknown>): Condition {
  const dayOf = (it: RawBuilder<unknown>) =>
    sql`case when length(${it}) > 10 then ((${it})::timestamptz at time zone 'Europe/Rome')::date::text else ${it} end`;
  return sql<SqlBool>`case when length(${fact}) > 10 and length(${limit}) > 10
    then (${fact})::timestamptz > (${limit})::timestamptz else ${dayOf(fact)} > ${dayOf(limit)} end`;
}

/** In which changes of a term's history, or in which of its facts, the answer lies. */
const answers: Readonly<Record<DeadlineQuestion, Condition>> = {
  missed: sql`d.state = 'missed'`,
  // The fact that decides and the one that quiets: the act, and its delivery. Of waiting terms later is better.
  'after-safe-date': sql`exists (
    select from jsonb_array_elements(d.changes) as change
    where change ->> 'what' in ('DeadlineMet', 'DeadlineRectified') and ${isAfter(sql`change ->> 'on'`, sql`d.safe_action_date`)}
  ) and d.earliest_action_date is null`,
  'kept-late': sql`d.state = 'met' and d.changes @> '[{"what": "DeadlineMissed"}]'`,
  moved: sql`exists (
    select from jsonb_array_elements(d.changes) as change
    where change ->> 'what' in ('DeadlineSuspended', 'DeadlineExtended', 'DeadlineInterrupted', 'DeadlineRebased', 'DeadlineRectified', 'DeadlineReopened')
  )`,
  unproven: sql`exists (
    select from jsonb_array_elements(d.bases) as fact where fact ->> 'date' is not null and fact ->> 'proof' is null
  )`,
};

type Row = DeadlineRow & OfCase;

/** The deadline board: the earliest safe date first. */
export function listDeadlines(
  lists: Lists,
  viewer: Viewer,
  filter: DeadlinesFilter & Paging = {},
): Promise<ListPage<DeadlineItem>> {
  const conditions = [...caseConditions('d', viewer, filter, lists), ...conditionsOf(filter)];
  return listPage(lists, viewer, filter, {
    fetch: (key, limit) =>
      lists.views
        .selectFrom('deadlines as d')
        .innerJoin('cases as c', 'c.id', 'd.case_id')
        .selectAll('d')
        .select([...ofCase])
        .where((eb) =>
          eb.and([...conditions, ...(key ? [beyond(['d.safe_action_date', 'd.id'], key, 'asc')] : [])]),
        )
        .orderBy('d.safe_action_date')
        .orderBy('d.id')
        .limit(limit)
        .execute() as Promise<Row[]>,
    keyOf: (row) => [row.safe_action_date, row.id],
    shape: ['', ''],
    acts: ['SeeCase'],
    toItem: (row, sight) => item(row, sight, lists),
  });
}

/** One deadline; null when there is none, or it may not be known. */
export async function findDeadline(lists: Lists, viewer: Viewer, id: string): Promise<DeadlineItem | null> {
  const { items } = await listDeadlines(lists, viewer, { id, state: 'all', limit: 1 });
  return items[0] ?? null;
}

/** Conditions on a deadline (alias `d`) by its state. */
export function ofState(state: NonNullable<DeadlinesFilter['state']>): Condition[] {
  if (state === 'all') return [];
  return [
    state === 'running' ? sql<SqlBool>`${sql.raw(runningDeadline('d.'))}` : anyOf(sql.ref('d.state'), state),
  ];
}

function conditionsOf(filter: DeadlinesFilter): Condition[] {
  const { state = 'running', nature, dueFrom, dueTo, id, deadline, term, question } = filter;
  const of = ofState(state);
  if (nature !== undefined) of.push(anyOf(sql.ref('d.nature'), nature));
  if (dueFrom !== undefined) of.push(sql<SqlBool>`d.legal_due_date >= ${dueFrom}`);
  // Terms in hours are instants of that day: they sort after the day itself.
  if (dueTo !== undefined) of.push(sql<SqlBool>`d.legal_due_date < ${`${dueTo}~`}`);
  if (id !== undefined) of.push(sql<SqlBool>`d.id = ${id}`);
  if (deadline !== undefined) of.push(sql<SqlBool>`d.deadline = ${deadline}`);
  if (term !== undefined) of.push(sql<SqlBool>`d.term = ${term}`);
  if (question !== undefined) of.push(answers[question]);
  return of;
}

function item(row: Row, sight: Sight, { names }: Lists): DeadlineItem {
  const masked = sight === 'masked';
  return {
    id: row.id,
    ...nameCase(row, names),
    deadline: row.deadline,
    instance: masked ? null : row.instance,
    about: masked || row.instance === null ? null : (names.body(row.instance) ?? row.instance),
    term: row.term,
    label: row.label,
    norm: row.norm,
    mark: row.mark,
    nature: row.nature,
    binds: row.binds,
    state: row.state,
    ringing: row.state === 'met' && row.bell_at !== null,
    base: row.base,
    bases: row.bases,
    nominalDate: row.nominal_date,
    legalDueDate: row.legal_due_date,
    safeActionDate: row.safe_action_date,
    earliestActionDate: row.earliest_action_date,
    explanation: row.explanation,
    ladder: row.ladder,
    openedAt: row.opened_at,
    endedAt: row.ended_at,
    endReason: row.end_reason,
    changes: masked ? row.changes.map((it) => ({ ...it, by: '', reason: null, proof: null })) : row.changes,
    termFrom: row.term_from,
    calendar: row.calendar,
    alternatives: row.alternatives,
    decidedOn: row.decided_on,
    keptLate: isKeptLate(row),
    suspendedOn: row.suspended_on,
  };
}
