import { sql } from 'kysely';
import type { SqlBool } from 'kysely';
import { anyOf, beyond, caseConditions } from '../querying/conditions.ts';
import { listPage, nameCase, ofCase } from '../querying/list.ts';
import type { Lists, OfCase, Paging } from '../querying/list.ts';
import type { Viewer } from '../querying/viewer.ts';
import type { ListPage, RegisteredAct } from '../views.ts';
import type { DocumentRow } from './table.ts';

export interface ActRegisterFilter {
  /** Instants: from the first, up to and without the second. */
  readonly from: string;
  readonly before: string;
  readonly comuni?: readonly string[] | undefined;
  readonly processes?: readonly string[] | undefined;
}

type Row = DocumentRow & OfCase & { readonly element: string | null; readonly definition: string | null };

/**
 * What was filed in a period, oldest first, for a register. That something was filed is no content of the case: what it is
 * called may be, and stays out.
 */
export function actRegister(
  lists: Lists,
  viewer: Viewer,
  filter: ActRegisterFilter & Paging,
): Promise<ListPage<RegisteredAct>> {
  const { from, before, comuni, processes } = filter;
  const { names } = lists;
  const conditions = [
    ...caseConditions('f', viewer, { comuni }, lists),
    ...(processes === undefined ? [] : [anyOf(sql.ref('f.process'), processes)]),
    sql<SqlBool>`f.attached_at >= ${from} and f.attached_at < ${before}`,
    // The same act in the form that can be edited is no second act.
    sql<SqlBool>`not f.is_form`,
  ];
  return listPage(lists, viewer, filter, {
    fetch: (key, limit) =>
      lists.views
        .selectFrom('documents as f')
        .innerJoin('cases as c', 'c.id', 'f.case_id')
        .leftJoin('tasks as t', 't.id', 'f.task')
        .selectAll('f')
        .select(['t.element', 't.definition', ...ofCase])
        .where((eb) =>
          eb.and([...conditions, ...(key ? [beyond(['f.attached_at', 'f.id'], key, 'asc')] : [])]),
        )
        .orderBy('f.attached_at')
        .orderBy('f.id')
        .limit(limit)
        .execute() as Promise<Row[]>,
    keyOf: (row) => [row.attached_at, row.id],
    shape: ['', ''],
    acts: ['SeeCase'],
    toItem: (row) => ({
      id: row.id,
      ...nameCase(row, names),
      at: row.attached_at,
      act: row.act,
      task: row.element && row.definition && names.element(row.definition, row.element),
      mediaType: row.media_type,
      sizeBytes: row.size_bytes,
      sha256: row.sha256,
      protocolNo: row.protocol_no,
      isNewVersion: row.is_new_version,
    }),
  });
}
