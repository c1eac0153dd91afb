import { sql } from 'kysely';
import type { SqlBool } from 'kysely';
import { beyond, caseConditions } from '../querying/conditions.ts';
import type { CaseFilter, Condition } from '../querying/conditions.ts';
import { listPage, nameCase, ofCase } from '../querying/list.ts';
import type { Lists, OfCase, Paging } from '../querying/list.ts';
import type { Sight, Viewer } from '../querying/viewer.ts';
import type { EscalationItem, ListPage } from '../views.ts';
import type { EscalationRow } from './table.ts';

export interface EscalationsFilter extends CaseFilter {
  /** By default those that are not resolved. */
  readonly state?: EscalationItem['state'] | 'open' | 'all' | undefined;
  readonly id?: string | undefined;
}

type Row = EscalationRow & OfCase;
const order = ['e.urgency', 'e.due_sort', 'e.id'] as const;

/** Escalations, the most urgent first: by what would be lost, then by the legal date. */
export function listEscalations(
  lists: Lists,
  viewer: Viewer,
  filter: EscalationsFilter & Paging = {},
): Promise<ListPage<EscalationItem>> {
  const conditions = [...caseConditions('e', viewer, filter, lists.names), ...conditionsOf(filter)];
  return listPage(lists, viewer, filter, {
    fetch: (key, limit) =>
      lists.views
        .selectFrom('escalations as e')
        .innerJoin('cases as c', 'c.id', 'e.case_id')
        .selectAll('e')
        .select([...ofCase])
        .where((eb) => eb.and([...conditions, ...(key ? [beyond(order, key, 'asc')] : [])]))
        .orderBy('e.urgency')
        .orderBy('e.due_sort')
        .orderBy('e.id')
        .limit(limit)
        .execute() as Promise<Row[]>,
    keyOf: (row) => [row.urgency, row.due_sort, row.id],
    shape: [0, '', ''],
    acts: ['SeeCase', 'AcknowledgeEscalation'],
    factsOf: (row) => ({ addressees: row.addressees }),
    toItem: (row, sight) => item(row, sight, lists),
  });
}

/** One escalation; null when there is none, or it may not be known. */
export async function findEscalation(
  lists: Lists,
  viewer: Viewer,
  id: string,
): Promise<EscalationItem | null> {
  const { items } = await listEscalations(lists, viewer, { id, state: 'all', limit: 1 });
  return items[0] ?? null;
}

function conditionsOf({ state = 'open', id }: EscalationsFilter): Condition[] {
  const of: Condition[] = [];
  if (state === 'open') of.push(sql<SqlBool>`e.state <> 'resolved'`);
  else if (state !== 'all') of.push(sql<SqlBool>`e.state = ${state}`);
  if (id !== undefined) of.push(sql<SqlBool>`e.id = ${id}`);
  return of;
}

function item(row: Row, sight: Sight, { names }: Lists): EscalationItem {
  const masked = sight === 'masked';
  return {
    id: row.id,
    ...nameCase(row, names),
    deadline: row.deadline,
    label: row.label,
    nature: row.nature,
    legalDueDate: row.legal_due_date,
    to: row.addressees,
    state: row.state,
    owner: masked ? null : row.owner,
    raisedAt: row.raised_at,
    acknowledgedAt: row.acknowledged_at,
    resolvedAt: row.resolved_at,
    outcome: masked ? null : row.outcome,
  };
}
