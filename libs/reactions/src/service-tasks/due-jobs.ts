import type { Pool } from 'pg';
import type { Effect } from '../effects/tries.ts';

/** A job that somebody may do now. */
export interface Job extends Effect {
  readonly kind: 'job';
  /** `<caseId>.<key>` */
  readonly job: string;
  readonly key: string;
  readonly type: string;
  readonly element: string;
  readonly retries: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Jobs of some types that nobody holds and that do not rest, the longest waiting first. */
export async function dueJobs(
  pool: Pool,
  types: readonly string[],
  now: string,
  limit: number,
): Promise<readonly Job[]> {
  const { rows } = await pool.query<Job>(
    `select j.attempt as id, 'job' as kind, j.case_id as "caseId", j.type as name, j.id as job, j.key, j.type,
       j.element, j.retries, j.headers
     from reactions.jobs j left join effects.tries t on t.id = j.attempt
     where j.type = any($1) and j.retries > 0 and not j.suspended and j.available_at <= $2
       and (t.id is null or t.next_at <= $2)
     order by j.available_at, j.id limit $3`,
    [types, now, limit],
  );
  return rows;
}
