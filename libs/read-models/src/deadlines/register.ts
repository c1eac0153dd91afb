import { deadlineStatuses } from '@iter/engine';
import { sql } from 'kysely';
import type { SqlBool } from 'kysely';
import { anyOf, beyond, caseConditions } from '../querying/conditions.ts';
import { listPage, nameCase, ofCase } from '../querying/list.ts';
import type { Lists, OfCase, Paging } from '../querying/list.ts';
import type { Viewer } from '../querying/viewer.ts';
import type { ListPage, RegisteredTerm } from '../views.ts';
import { ofState } from './queries.ts';
import type { DeadlinesFilter } from './queries.ts';
import type { DeadlineRow } from './table.ts';

export interface TermRegisterFilter extends Pick<DeadlinesFilter, 'comuni' | 'state' | 'nature'> {
  /** Days `YYYY-MM-DD`, both included. */
  readonly from: string;
  readonly to: string;
  /** Which of its dates lies between them: the last day by law, or the last one on which it is safe to act. */
  readonly by: 'legal' | 'safe';
  readonly processes?: readonly string[] | undefined;
}

const columns = [
  'd.id',
  'd.comune',
  'd.process',
  'd.label',
  'd.norm',
  'd.nature',
  'd.state',
  'd.opened_at',
] as const;
const dates = [
  'd.base',
  'd.bases',
  'd.legal_due_date',
  'd.safe_action_date',
  'd.earliest_action_date',
  'd.decided_on',
] as const;

type Row = OfCase &
  Pick<
    DeadlineRow,
    'id' | 'label' | 'norm' | 'nature' | 'state' | 'opened_at' | 'base' | 'bases' | 'decided_on'
  > &
  Pick<DeadlineRow, 'legal_due_date' | 'safe_action_date' | 'earliest_action_date'> & {
    readonly kept_late: boolean;
  };

/** The terms of a period, the earliest first, without their histories: what a calendar and a printed register show. */
export function termRegister(
  lists: Lists,
  viewer: Viewer,
  filter: TermRegisterFilter & Paging,
): Promise<ListPage<RegisteredTerm>> {
  const { from, to, by, state = 'all', nature, processes, comuni } = filter;
  const column = by === 'legal' ? 'd.legal_due_date' : 'd.safe_action_date';
  const conditions = [
    ...caseConditions('d', viewer, { comuni }, lists),
    // Named one by one, the states and the safe date have an index together.
    ...ofState(by === 'safe' && state === 'all' ? deadlineStatuses : state),
    ...(nature === undefined ? [] : [anyOf(sql.ref('d.nature'), nature)]),
    ...(processes === undefined ? [] : [anyOf(sql.ref('d.process'), processes)]),
    // Terms in hours are instants of that day: they sort after the day itself.
    sql<SqlBool>`${sql.ref(column)} >= ${from} and ${sql.ref(column)} < ${`${to}~`}`,
  ];
  return listPage(lists, viewer, filter, {
    fetch: (key, limit) =>
      lists.views
        .selectFrom('deadlines as d')
        .innerJoin('cases as c', 'c.id', 'd.case_id')
        .select(['d.case_id', ...columns, ...dates, ...ofCase])
        .select(sql<boolean>`d.state = 'met' and d.changes @> '[{"what": "DeadlineMissed"}]'`.as('kept_late'))
        .where((eb) => eb.and([...conditions, ...(key ? [beyond([column, 'd.id'], key, 'asc')] : [])]))
        .orderBy(column)
        .orderBy('d.id')
        .limit(limit)
        .execute() as Promise<Row[]>,
    keyOf: (row) => [by === 'legal' ? row.legal_due_date : row.safe_action_date, row.id],
    shape: ['', ''],
    acts: ['SeeCase'],
    toItem: (row) => ({
      id: row.id,
      ...nameCase(row, lists.names),
      ...{ label: row.label, norm: row.norm, nature: row.nature, state: row.state },
      keptLate: row.kept_late,
      openedAt: row.opened_at,
      base: row.base,
      proofs: row.bases.flatMap(({ date, proof }) => (date !== null && proof !== null ? [proof] : [])),
      legalDueDate: row.legal_due_date,
      safeActionDate: row.safe_action_date,
      earliestActionDate: row.earliest_action_date,
      decidedOn: row.decided_on,
    }),
  });
}
