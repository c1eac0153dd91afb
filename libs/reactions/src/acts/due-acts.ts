import type { Pool } from 'pg';
import type { Effected } from '../effects/drain.ts';
import type { Effect } from '../effects/tries.ts';
import type { Answered } from '../service-tasks/built-in.ts';

/** An act to be drafted now. */
export interface DueAct extends Effect {
  readonly kind: 'act';
  readonly task: string;
  readonly element: string;
  readonly template: string;
  readonly out: string;
  readonly revision: number;
}

/** Drafts an act and files it in its case. Throwing is a fault: tried again later. */
export type DraftAct = (act: DueAct) => Promise<Answered>;

/** A lease must outlive what is taken under it, and a draft takes some tenths of a second. */
const mostAtOnce = 20;

/** Acts that nobody drafts and that do not rest, the longest waiting first. */
export async function dueActs(pool: Pool, now: string, limit: number): Promise<readonly DueAct[]> {
  const { rows } = await pool.query<DueAct>(
    `select a.attempt as id, 'act' as kind, a.case_id as "caseId", a.template as name, a.task, a.element, a.template,
       a.out, a.revision
     from reactions.acts a left join effects.tries t on t.id = a.attempt
     where a.incident is null and (t.id is null or t.next_at <= $1)
     order by a.created_at, a.id limit $2`,
    [now, Math.min(limit, mostAtOnce)],
  );
  return rows;
}

/** A case that has ended takes no draft but those that its flow asked for: the row of another is gone, or soon. */
export async function draftDue(act: DueAct, draft: DraftAct): Promise<Effected> {
  const answered = await draft(act);
  return answered.outcome === 'done' || answered.code === 'case-not-active'
    ? 'done'
    : { again: answered.code };
}
