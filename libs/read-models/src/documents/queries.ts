import { caseConditions } from '../querying/conditions.ts';
import { listPage, ofCase } from '../querying/list.ts';
import type { Lists, OfCase, Paging } from '../querying/list.ts';
import { beyond } from '../querying/conditions.ts';
import type { Viewer } from '../querying/viewer.ts';
import type { DocumentItem, ListPage } from '../views.ts';
import type { DocumentRow } from './table.ts';

type Row = DocumentRow & OfCase;

/**
 * The documents of a case, oldest first. Whoever reads them must have been let in by the command side, which
 * records the reading: here the table of acts is asked again, with the reason that was given there.
 */
export function listDocuments(
  lists: Lists,
  viewer: Viewer,
  filter: { readonly caseId: string; readonly reason?: string | null } & Paging,
): Promise<ListPage<DocumentItem>> {
  const conditions = caseConditions('f', viewer, { caseId: filter.caseId }, lists);
  return listPage(lists, viewer, filter, {
    fetch: (key, limit) =>
      lists.views
        .selectFrom('documents as f')
        .innerJoin('cases as c', 'c.id', 'f.case_id')
        .selectAll('f')
        .select([...ofCase])
        .where((eb) =>
          eb.and([...conditions, ...(key ? [beyond(['f.attached_at', 'f.id'], key, 'asc')] : [])]),
        )
        .orderBy('f.attached_at')
        .orderBy('f.id')
        .limit(limit)
        .execute() as Promise<Row[]>,
    keyOf: (row) => [row.attached_at, row.id],
    shape: ['', ''],
    acts: ['ReadDocument'],
    factsOf: () => ({ reason: filter.reason ?? null }),
    toItem: (row, sight) => ({
      id: row.id,
      caseId: row.case_id,
      name: sight === 'masked' ? '' : row.name,
      mediaType: row.media_type,
      sizeBytes: row.size_bytes,
      sha256: row.sha256,
      protocolNo: row.protocol_no,
      task: row.task,
      at: row.attached_at,
      by: sight === 'masked' ? '' : row.attached_by,
    }),
  });
}
