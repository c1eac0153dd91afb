import { sql } from 'kysely';
import type { SqlBool } from 'kysely';
import { beyond, caseConditions } from '../querying/conditions.ts';
import type { CaseFilter, Condition } from '../querying/conditions.ts';
import { listPage, nameCase, ofCase } from '../querying/list.ts';
import type { Lists, OfCase, Paging } from '../querying/list.ts';
import type { Sight, Viewer } from '../querying/viewer.ts';
import type { IncidentItem, ListPage } from '../views.ts';
import type { IncidentRow } from './table.ts';

export interface IncidentsFilter extends CaseFilter {
  /** `open` by default. */
  readonly state?: IncidentItem['state'] | 'all' | undefined;
  readonly code?: string | undefined;
  readonly id?: string | undefined;
}

type Row = IncidentRow & OfCase;

/** Incidents, the latest first. Their messages may quote what a case holds: who may not read it gets none. */
export function listIncidents(
  lists: Lists,
  viewer: Viewer,
  filter: IncidentsFilter & Paging = {},
): Promise<ListPage<IncidentItem>> {
  const conditions = [...caseConditions('i', viewer, filter, lists), ...conditionsOf(filter)];
  return listPage(lists, viewer, filter, {
    fetch: (key, limit) =>
      lists.views
        .selectFrom('incidents as i')
        .innerJoin('cases as c', 'c.id', 'i.case_id')
        .selectAll('i')
        .select([...ofCase])
        .where((eb) =>
          eb.and([...conditions, ...(key ? [beyond(['i.raised_at', 'i.id'], key, 'desc')] : [])]),
        )
        .orderBy('i.raised_at', 'desc')
        .orderBy('i.id', 'desc')
        .limit(limit)
        .execute() as Promise<Row[]>,
    keyOf: (row) => [row.raised_at, row.id],
    shape: ['', ''],
    acts: ['ReadIncidents'],
    factsOf: (row) => ({ legal: row.legal }),
    toItem: (row, sight) => item(row, sight, viewer, lists),
  });
}

/** One incident; null when there is none, or it may not be known. */
export async function findIncident(lists: Lists, viewer: Viewer, id: string): Promise<IncidentItem | null> {
  const { items } = await listIncidents(lists, viewer, { id, state: 'all', limit: 1 });
  return items[0] ?? null;
}

function conditionsOf({ state = 'open', code, id }: IncidentsFilter): Condition[] {
  const of: Condition[] = [];
  if (state !== 'all') of.push(sql<SqlBool>`i.state = ${state}`);
  if (code !== undefined) of.push(sql<SqlBool>`i.code = ${code}`);
  if (id !== undefined) of.push(sql<SqlBool>`i.id = ${id}`);
  return of;
}

function item(row: Row, sight: Sight, { roles }: Viewer, { names }: Lists): IncidentItem {
  // The system operator mends the machine and reads no content.
  const masked = sight === 'masked' || (roles.includes('SYSTEM_OPERATOR') && roles.length === 1);
  return {
    id: row.id,
    ...nameCase(row, names),
    definition: row.definition,
    element: row.element,
    name: row.element && (names.element(row.definition, row.element) ?? row.element),
    code: row.code,
    message: masked ? '' : row.message,
    state: row.state,
    raisedAt: row.raised_at,
    resolvedAt: row.resolved_at,
    resolution: masked ? null : row.resolution,
  };
}
