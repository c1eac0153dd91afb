import type { PageResult } from '@iter/event-store/following';
import type { ClientBase } from 'pg';

/** So many changes are kept for desks that come back after a lost connection; others load anew. */
const kept = 20_000;

/**
 * Writes what a page changed, in the page's own transaction: in the order of commits, because the projector
 * holds its checkpoint. A page without a position means that everything may have changed.
 */
export async function recordChanges(
  db: ClientBase,
  { changed }: PageResult,
  position: string | null,
): Promise<void> {
  if (position === null) {
    await db.query(`insert into desk.changes (position, views) values ('', '{}')`);
    return;
  }
  if (changed.size === 0) return;
  const entries = [...changed].map(([case_id, views]) => ({ case_id, views: [...views] }));
  const { rows } = await db.query<{ last: number }>(
    `with added as (
       insert into desk.changes (position, case_id, comune, views)
       select $1, x.case_id, c.comune, x.views
       from json_to_recordset($2::json) as x(case_id text, views text[])
       left join views.cases c on c.id = x.case_id
       returning number
     ) select max(number) as last from added`,
    [position, JSON.stringify(entries)],
  );
  const last = rows[0]?.last ?? 0;
  if (last % 1_000 < entries.length)
    await db.query('delete from desk.changes where number <= $1', [last - kept]);
}
