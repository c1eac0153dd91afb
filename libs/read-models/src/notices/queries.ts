import { sql } from 'kysely';
import type { SqlBool } from 'kysely';
import { beyond, caseConditions } from '../querying/conditions.ts';
import type { CaseFilter } from '../querying/conditions.ts';
import { listPage, ofCase } from '../querying/list.ts';
import type { Lists, OfCase, Paging } from '../querying/list.ts';
import type { Viewer } from '../querying/viewer.ts';
import type { ListPage, NoticeItem } from '../views.ts';
import type { NoticeRow } from './table.ts';

export interface NoticesFilter extends CaseFilter {
  readonly unreadOnly?: boolean | undefined;
}

type Row = NoticeRow & OfCase & { readonly read_at: string | null };

/** The notices for the roles of whoever asks, the latest first. */
export async function listNotices(
  lists: Lists,
  viewer: Viewer,
  filter: NoticesFilter & Paging = {},
): Promise<ListPage<NoticeItem>> {
  if (viewer.roles.length === 0) return { items: [], nextCursor: null };
  const conditions = [
    // Whom it calls, it tells of its case.
    ...caseConditions('n', { ...viewer, throughout: 'all' }, filter, lists),
    sql<SqlBool>`(n.addressees && ${[...viewer.roles]}::text[] or n.people && ${[viewer.account, ...viewer.standsFor]}::text[])`,
    ...(filter.unreadOnly ? [sql<SqlBool>`r.read_at is null`] : []),
  ];
  return listPage(lists, viewer, filter, {
    fetch: (key, limit) =>
      lists.views
        .selectFrom('notices as n')
        .innerJoin('cases as c', 'c.id', 'n.case_id')
        .leftJoin('desk.notice_reads as r', (join) =>
          join.onRef('r.notice_id', '=', 'n.id').on('r.account', '=', viewer.account),
        )
        .selectAll('n')
        .select([...ofCase, 'r.read_at'])
        .where((eb) => eb.and([...conditions, ...(key ? [beyond(['n.told_at', 'n.id'], key, 'desc')] : [])]))
        .orderBy('n.told_at', 'desc')
        .orderBy('n.id', 'desc')
        .limit(limit)
        .execute() as Promise<Row[]>,
    keyOf: (row) => [row.told_at, row.id],
    shape: ['', ''],
    // Who is called by a notice may know of the case as far as the notice tells.
    acts: ['AcknowledgeEscalation', 'SeeCase'],
    factsOf: (row) => ({ addressees: row.addressees, called: row.people }),
    toItem: (row) => ({
      id: row.id,
      caseId: row.case_id,
      caseCode: row.case_code,
      comune: row.comune,
      to: row.addressees,
      label: row.label,
      deadline: row.deadline,
      legalDueDate: row.legal_due_date,
      at: row.told_at,
      readAt: row.read_at,
    }),
  });
}

/** Marks notices as read by an account; marks that are there stay. At most 1,000 at once. */
export async function markNoticesRead(
  { views }: Pick<Lists, 'views'>,
  account: string,
  ids: readonly string[],
  at: string,
): Promise<void> {
  if (ids.length === 0) return;
  await views
    .insertInto('desk.notice_reads')
    .values(ids.slice(0, 1_000).map((notice_id) => ({ account, notice_id, read_at: at })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
