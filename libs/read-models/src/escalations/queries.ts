import { startOfNextDay } from '@iter/legal-calendar';
import { sql } from 'kysely';
import type { SqlBool } from 'kysely';
import type { DeadlineRow } from '../deadlines/table.ts';
import { inCharge } from '../notices/table.ts';
import { anyOf, beyond, caseConditions } from '../querying/conditions.ts';
import type { CaseFilter, Condition } from '../querying/conditions.ts';
import { listPage, nameCase, ofCase } from '../querying/list.ts';
import type { Lists, OfCase, Paging } from '../querying/list.ts';
import type { Sight, Viewer } from '../querying/viewer.ts';
import type { EscalationItem, ListPage } from '../views.ts';
import type { EscalationRow } from './table.ts';

export interface EscalationsFilter extends CaseFilter {
  /** By default those that are not resolved. */
  readonly state?: EscalationItem['state'] | 'open' | 'all' | undefined;
  /** `mine` those that I, or whom I stand in for, have taken over or were handed; `free` those that nobody has. */
  readonly whose?: 'mine' | 'free' | 'all' | undefined;
  readonly kind?: EscalationItem['kind'] | undefined;
  readonly nature?: EscalationItem['nature'] | undefined;
  readonly id?: string | undefined;
}

type Row = EscalationRow &
  OfCase & {
    readonly deadline_state: DeadlineRow['state'] | null;
    readonly bell_at: string | null;
  } & Calling;
const order = ['e.urgency', 'e.due_sort', 'e.id'] as const;

/** Escalations, the most urgent first: by what would be lost, then by the legal date. */
export function listEscalations(
  lists: Lists,
  viewer: Viewer,
  filter: EscalationsFilter & Paging = {},
): Promise<ListPage<EscalationItem>> {
  const conditions = [
    ...caseConditions('e', viewer, filter, lists, { called: calls(viewer) }),
    ...conditionsOf(filter, viewer),
  ];
  return listPage(lists, viewer, filter, {
    fetch: (key, limit) =>
      lists.views
        .selectFrom('escalations as e')
        .innerJoin('cases as c', 'c.id', 'e.case_id')
        .leftJoin('deadlines as d', 'd.id', 'e.deadline_key')
        .selectAll('e')
        .select([...ofCase, 'd.state as deadline_state', 'd.bell_at'])
        .select(calledInCharge.as('in_charge'))
        .where((eb) => eb.and([...conditions, ...(key ? [beyond(order, key, 'asc')] : [])]))
        .orderBy('e.urgency')
        .orderBy('e.due_sort')
        .orderBy('e.id')
        .limit(limit)
        .execute() as Promise<Row[]>,
    keyOf: (row) => [row.urgency, row.due_sort, row.id],
    shape: [0, '', ''],
    acts: ['SeeCase', 'AcknowledgeEscalation'],
    factsOf: (row) => escalationFacts(row),
    toItem: (row, sight) => item(row, sight, lists),
  });
}

/** Who is in charge has a task of the case, and is involved in it. */
function calls({ roles, account, standsFor }: Viewer): Condition {
  const people = [account, ...standsFor];
  return sql<SqlBool>`(e.addressees && ${[...roles]}::text[] or ${anyOf(sql.ref('e.handed_role'), roles)}
    or ${anyOf(sql.ref('e.handed_account'), people)} or ${anyOf(sql.ref('e.owner'), people)})`;
}

/** Who holds the open tasks of the case, where the escalation (alias `e`) calls them. */
export const calledInCharge = sql<readonly string[] | null>`case when ${inCharge} = any(e.addressees) then
  (select array_agg(distinct t.assignee) from views.tasks t
   where t.case_id = e.case_id and t.state = 'open' and t.assignee is not null) end`;

type Calling = Pick<EscalationRow, 'addressees' | 'handed_role' | 'handed_account' | 'owner'> & {
  /** As `calledInCharge` has it. */
  readonly in_charge: readonly string[] | null;
};

/** As the write side decides it: see `escalationFacts` of `libs/commands`. */
export function escalationFacts({ addressees, handed_role, handed_account, owner, in_charge }: Calling) {
  const people = [owner, handed_account, ...(in_charge ?? [])];
  return {
    addressees: handed_role === null ? addressees : [...addressees, handed_role],
    called: people.filter((it) => it !== null),
  };
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

function conditionsOf(filter: EscalationsFilter, { account, standsFor }: Viewer): Condition[] {
  const { state = 'open', whose = 'all', kind, nature, id } = filter;
  const of: Condition[] = [];
  if (state === 'open') of.push(sql<SqlBool>`e.state <> 'resolved'`);
  else if (state !== 'all') of.push(sql<SqlBool>`e.state = ${state}`);
  const holder = sql`coalesce(e.owner, e.handed_account)`;
  if (whose === 'mine') of.push(anyOf(holder, [account, ...standsFor]));
  if (whose === 'free') of.push(sql<SqlBool>`${holder} is null`);
  if (kind !== undefined) of.push(sql<SqlBool>`e.kind = ${kind}`);
  if (nature !== undefined) of.push(sql<SqlBool>`e.nature = ${nature}`);
  if (id !== undefined) of.push(sql<SqlBool>`e.id = ${id}`);
  return of;
}

function item(row: Row, sight: Sight, { names }: Lists): EscalationItem {
  const masked = sight === 'masked';
  const { handed_account, handed_role } = row;
  const isHanded = handed_account !== null || handed_role !== null;
  return {
    id: row.id,
    ...nameCase(row, names),
    kind: row.kind,
    deadline: row.deadline,
    label: row.label,
    nature: row.nature,
    legalDueDate: row.legal_due_date,
    deadlineState: row.deadline_state,
    nextReminderAt: nextReminder(row),
    to: row.addressees,
    state: row.state,
    owner: masked ? null : row.owner,
    ownedAt: row.owned_at,
    handedTo: isHanded ? { account: masked ? null : handed_account, role: handed_role } : null,
    note: masked ? null : row.note,
    raisedAt: row.raised_at,
    acknowledgedAt: row.acknowledged_at,
    resolvedAt: row.resolved_at,
    outcomeCode: row.outcome_code,
    outcome: masked ? null : row.outcome,
  };
}

/** The next bell of its deadline, unless that is the expiry, which tells nobody by itself. */
function nextReminder({ state, bell_at, legal_due_date }: Row): string | null {
  if (state === 'resolved' || bell_at === null) return null;
  if (legal_due_date === null) return bell_at;
  const expiresAt =
    legal_due_date.length === 10 ? startOfNextDay(legal_due_date) : new Date(legal_due_date).toISOString();
  return bell_at === expiresAt ? null : bell_at;
}
