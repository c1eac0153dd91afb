import type { Pool } from 'pg';
import { ringable } from '../deadlines/bells.ts';
import type { Effect } from '../effects/tries.ts';
import type { ReceiverAt } from '../webhooks/deliveries.ts';
import { pendingFigures, urlHashes } from '../webhooks/tables.ts';

/** How one kind of work is doing. */
export interface WorkFigures {
  readonly kind: Effect['kind'];
  /** To be done now, also what failed and rests. */
  readonly due: number;
  /** Not before a later instant. */
  readonly later: number;
  /** Of what is due: tried at least once in vain. */
  readonly failing: number;
  /** Since when the oldest of what is due could have been done: how late the work is. */
  readonly oldestDueAt: string | null;
  /** Done a minute, over the last five. */
  readonly perMinute: number;
  readonly doneInHour: number;
  /** Tries in vain. */
  readonly failedInHour: number;
}

/** By kind: what is due, what comes later, and the oldest of what is due. */
const pending = `
  select 'bell' as kind, count(*) filter (where due_at <= $1) as due, count(*) filter (where due_at > $1) as later,
    min(due_at) filter (where due_at <= $1) as oldest
  from (select due_at from reactions.bells where ${ringable}
    union all select due_at from effects.start_timers where due_at is not null) b
  union all
  select 'job', count(*) filter (where available_at <= $1), count(*) filter (where available_at > $1),
    min(available_at) filter (where available_at <= $1)
  from reactions.jobs where retries > 0 and not suspended
  union all
  select 'act', count(*), 0, min(created_at) from reactions.acts where incident is null
  union all
  select 'message', count(*), 0, min(published_at) from reactions.messages where subscription is not null
  union all
  select 'receipt', count(*), 0, min(came_at) from effects.certified_mails where state = 'pending'
  union all
  select 'signal', count(*), 0, null from effects.signal_deliveries
  union all
  select 'notice', count(*), 0, min(told_at) from effects.notices
  union all
  select 'mail', count(*) filter (where due_at <= $1), count(*) filter (where due_at > $1),
    min(due_at) filter (where due_at <= $1)
  from effects.mails where state = 'waiting'
  union all
  ${pendingFigures}`;

/**
 * How all kinds of work are doing.
 * @param now the engine's time; rates are by the clock on the wall
 * @param webhooks as they are now
 */
export async function workFigures(
  pool: Pool,
  now: string,
  webhooks: readonly Pick<ReceiverAt, 'id' | 'url'>[],
): Promise<readonly WorkFigures[]> {
  const { rows } = await pool.query<WorkFigures>(
    `select p.kind, p.due::int, p.later::int, coalesce(f.failing, 0)::int as failing, p.oldest as "oldestDueAt",
       coalesce(m.soon, 0)::float / 5 as "perMinute", coalesce(m.done, 0)::int as "doneInHour",
       coalesce(m.failed, 0)::int as "failedInHour"
     from (${pending}) p
     left join (select kind, count(*) as failing from effects.tries where error is not null group by kind) f using (kind)
     left join (select kind, sum(done) as done, sum(failed) as failed,
         sum(done) filter (where minute >= now() - interval '5 minutes') as soon
       from effects.minutes where minute >= now() - interval '1 hour' group by kind) m using (kind)`,
    [now, JSON.stringify(urlHashes(webhooks))],
  );
  return rows;
}

/** A piece of work of a case that is still to be done, or for which people are waited for. */
export interface WorkOfCase {
  readonly id: string;
  readonly caseId: string;
  readonly kind: Effect['kind'];
  /** What it is: a timer, a job type, the element of an act. */
  readonly name: string;
  readonly state: 'due' | 'later' | 'failing' | 'stuck';
  readonly dueAt: string;
  readonly tries: number;
  readonly error: string | null;
}

const mostOfCase = 200;

/** What is pending for some cases, the most urgent first; nothing of what the cases say. */
export async function workOfCases(
  pool: Pool,
  caseIds: readonly string[],
  now: string,
): Promise<readonly WorkOfCase[]> {
  const { rows } = await pool.query<WorkOfCase>(
    `select w.id, w.case_id as "caseId", w.kind, w.name, w.due_at as "dueAt", coalesce(t.tries, 0) as tries, t.error,
       case when w.stuck then 'stuck' when t.error is not null then 'failing'
         when w.due_at > $2 then 'later' else 'due' end as state
     from (
       select ringing as id, ringing as try, case_id, 'bell' as kind, what as name, due_at, false as stuck
       from reactions.bells where case_id = any($1)
       union all
       select id, attempt, case_id, 'job', type, available_at, retries = 0 from reactions.jobs where case_id = any($1)
       union all
       select id, attempt, case_id, 'act', element, created_at, incident is not null
       from reactions.acts where case_id = any($1)
     ) w left join effects.tries t on t.id = w.try
     order by w.due_at, w.id limit ${mostOfCase}`,
    [caseIds, now],
  );
  return rows;
}
