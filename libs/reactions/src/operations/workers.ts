import type { Pool } from 'pg';

/** A worker that asks for jobs of a type. */
export interface WorkerSeen {
  readonly name: string;
  readonly lastSeenAt: string;
}

/** How the jobs of one type are doing, and who does them. */
export interface JobTypeFigures {
  readonly type: string;
  readonly open: number;
  /** No retries left: people are asked by an incident. */
  readonly stuck: number;
  readonly oldestAt: string | null;
  /** Workers outside that asked within the last minutes. */
  readonly workers: readonly WorkerSeen[];
}

/** Who has not asked for so long is not there any more. */
const seenWithin = "interval '5 minutes'";
const mostWorkers = 20;

/** Types of which jobs are open or somebody asks for jobs. */
export async function jobTypeFigures(pool: Pool): Promise<readonly JobTypeFigures[]> {
  const { rows } = await pool.query<JobTypeFigures>(
    `with jobs as (
       select type, count(*) filter (where retries > 0)::int as open, count(*) filter (where retries = 0)::int as stuck,
         min(created_at) as "oldestAt"
       from reactions.jobs group by type),
     seen as (
       select type, (array_agg(json_build_object('name', name, 'lastSeenAt', to_char(seen_at at time zone 'UTC',
           'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by seen_at desc))[1:${mostWorkers}] as workers
       from effects.workers where seen_at > now() - ${seenWithin} group by type)
     select type, coalesce(open, 0) as open, coalesce(stuck, 0) as stuck, "oldestAt", coalesce(workers, '{}') as workers
     from jobs full join seen using (type) order by type`,
  );
  return rows;
}

/** A worker that polls many times a second is noted once in so many milliseconds. */
const noteEveryMs = 10_000;
const mostNoted = 10_000;

/** Notes who asks for jobs. What is noted is for the operations page alone, so that a failure here keeps nobody from working. */
export function createWorkerNotes(pool: Pool): (type: string, name: string) => Promise<void> {
  const noted = new Map<string, number>();
  return async (type, name) => {
    const key = JSON.stringify([type, name]);
    const now = performance.now();
    if (now - (noted.get(key) ?? -noteEveryMs) < noteEveryMs) return;
    if (noted.size >= mostNoted) noted.clear();
    noted.set(key, now);
    await pool
      .query(
        `insert into effects.workers (type, name, seen_at) values ($1, $2, now())
         on conflict (type, name) do update set seen_at = excluded.seen_at`,
        [type, name],
      )
      .catch(() => noted.delete(key));
  };
}

/** Forgets minutes and workers of more than a day ago. */
export async function forgetFigures(pool: Pool): Promise<void> {
  await pool.query("delete from effects.minutes where minute < now() - interval '1 day'");
  await pool.query("delete from effects.workers where seen_at < now() - interval '1 day'");
}
