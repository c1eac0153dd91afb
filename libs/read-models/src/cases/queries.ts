import { confidential } from '@iter/access';
import { sql } from 'kysely';
import type { SqlBool } from 'kysely';
import { beyond, caseConditions } from '../querying/conditions.ts';
import type { CaseFilter, Condition } from '../querying/conditions.ts';
import { listPage, ofCase } from '../querying/list.ts';
import type { Lists, OfCase, Paging } from '../querying/list.ts';
import type { Sight, Viewer } from '../querying/viewer.ts';
import type { CaseSummary, ListPage } from '../views.ts';
import { nextDeadline } from './next-deadline.ts';
import { endOf } from './outcome.ts';
import type { CaseRow } from './table.ts';

export interface CasesFilter extends CaseFilter {
  /** `active` and `suspended` by default; `all` for the ended ones as well. */
  readonly state?: CaseSummary['state'] | 'open' | 'all' | undefined;
  /** Only cases where this deadline (`DL_…`) runs. */
  readonly deadline?: string | undefined;
}

type Row = CaseRow & OfCase;

/** Cases, the latest first. */
export function listCases(
  lists: Lists,
  viewer: Viewer,
  filter: CasesFilter & Paging = {},
): Promise<ListPage<CaseSummary>> {
  const conditions = [
    ...caseConditions('c', viewer, filter, lists),
    ...ofState(filter.state ?? 'open'),
    ...(filter.deadline === undefined
      ? []
      : [sql<SqlBool>`c.deadlines @> ${JSON.stringify([{ id: filter.deadline }])}::jsonb`]),
  ];
  return listPage(lists, viewer, filter, {
    fetch: (key, limit) =>
      selectCases(lists)
        .where((eb) =>
          eb.and([...conditions, ...(key ? [beyond(['c.started_at', 'c.id'], key, 'desc')] : [])]),
        )
        .orderBy('c.started_at', 'desc')
        .orderBy('c.id', 'desc')
        .limit(limit)
        .execute() as Promise<Row[]>,
    keyOf: (row) => [row.started_at, row.id],
    shape: ['', ''],
    acts: ['SeeCase'],
    toItem: (row, sight) => ({
      ...summary(row, sight, lists),
      outcome: sight === 'whole' && mayKnowOutcome(row, viewer) ? outcomeIn(row, lists) : null,
    }),
  });
}

function ofState(state: NonNullable<CasesFilter['state']>): Condition[] {
  if (state === 'all') return [];
  if (state === 'open') return [sql<SqlBool>`c.state in ('active', 'suspended')`];
  return [sql<SqlBool>`c.state = ${state}`];
}

/** One case as lists show it; null when there is none, or it may not be known. */
export async function findCase(lists: Lists, viewer: Viewer, caseId: string): Promise<CaseSummary | null> {
  const { items } = await listCases(lists, viewer, { caseId, state: 'all', limit: 1 });
  return items[0] ?? null;
}

const selectCases = ({ views }: Lists) =>
  views
    .selectFrom('cases as c')
    .selectAll('c')
    .select(['c.id as case_id', ...ofCase]);

/** To see that a case exists is not to know what was decided: that is for its body and for who asked. */
const mayKnowOutcome = ({ process, comune, started_by, started_for }: Row, viewer: Viewer): boolean =>
  !confidential(process) &&
  (viewer.comuni === 'all' ||
    viewer.comuni.includes(comune) ||
    [started_by, started_for].includes(viewer.account));

/** The name of the end event that bears the outcome. */
const outcomeIn = ({ state, definition, outcome }: Row, { names }: Lists): string | null =>
  state === 'completed' && outcome !== null ? names.element(definition, endOf(outcome)) : null;

function summary(row: Row, sight: Sight, { names }: Lists): Omit<CaseSummary, 'outcome'> {
  const next = nextDeadline(row.deadlines);
  return {
    id: row.id,
    process: row.process,
    processName: names.process(row.definition) ?? row.process,
    version: row.version,
    definition: row.definition,
    comune: row.comune,
    comuneName: names.body(row.comune) ?? row.comune,
    code: row.code,
    businessKey: sight === 'masked' ? null : row.business_key,
    state: row.state,
    startedAt: row.started_at,
    startedBy: sight === 'masked' ? '' : row.started_by,
    endedAt: row.ended_at,
    revision: row.revision,
    openTasks: row.open_tasks,
    openIncidents: row.open_incidents,
    openEscalations: row.open_escalations,
    nextDeadline: next && {
      id: `${row.id}.${next.key}`,
      label: next.label,
      nature: next.nature,
      openedAt: next.openedAt,
      safeActionDate: next.safeActionDate,
      legalDueDate: next.legalDueDate,
    },
  };
}
