import type { Pool } from 'pg';
import type { Effect } from '../effects/tries.ts';
import type { ReceiverAt } from '../webhooks/deliveries.ts';
import { keptSince, restsOf } from '../webhooks/tables.ts';

/** Work that failed and waits to be tried again, or a letter or message outside that nobody took. */
export interface FailedEffect extends Effect {
  readonly tries: number;
  readonly error: string;
  readonly failedAt: string;
  readonly nextAt: string;
}

/** Which of it; what is absent narrows nothing. */
export interface FailedFilter {
  readonly id?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly caseId?: string;
  readonly error?: string;
}

/** A letter that was refused, or a message that was tried long enough, has no try left: it stands in its own table only. */
const failed = `(select id, kind, case_id, name, tries, error, failed_at, next_at
    from effects.tries where error is not null
  union all
  select 'mail:' || bundle, 'mail', min(case_id), 'mail', 1, max(coalesce(code, '')), max(done_at), max(done_at)
    from effects.mails where state = 'refused' group by bundle
  union all
  select 'webhook:' || id, 'webhook', case_id, kind, tries, coalesce(code, ''), done_at, done_at
    from effects.webhook_deliveries where state = 'parked')`;

const columns = ['id', 'kind', 'name', 'case_id', 'error'] as const;
const matches = columns
  .map((column, n) => `($${n + 1}::text is null or ${column} = $${n + 1})`)
  .join(' and ');
const valuesOf = ({ id, kind, name, caseId, error }: FailedFilter): (string | null)[] =>
  [id, kind, name, caseId, error].map((value) => value ?? null);

/** The latest first. @param after the last one of the page before */
export async function failedWork(
  pool: Pool,
  filter: FailedFilter = {},
  limit = 200,
  after: Pick<FailedEffect, 'failedAt' | 'id'> | null = null,
): Promise<readonly FailedEffect[]> {
  const { rows } = await pool.query<FailedEffect>(
    `select id, kind, case_id as "caseId", name, tries, error, failed_at as "failedAt", next_at as "nextAt"
     from ${failed} f
     where ${matches} and ($6::text is null or (failed_at, id) < ($6, $7))
     order by failed_at desc, id desc limit $8`,
    [...valuesOf(filter), after?.failedAt ?? null, after?.id ?? null, limit],
  );
  return rows;
}

/**
 * Ends the pauses of those that failed, and opens refused letters and parked messages again that are young enough. What is
 * being tried at this moment stays with its worker; what a pause would hold stays given up, and so does what a receiver wants
 * to be left alone by: pressing does nothing for it.
 * @param webhooks as they are now; of those that are paused tests leave all the same
 * @returns how many there were
 */
export async function retryFailed(
  pool: Pool,
  filter: FailedFilter,
  now: string,
  webhooks: readonly ReceiverAt[] = [],
): Promise<number> {
  const paused = webhooks.filter(({ state }) => state === 'paused').map(({ id }) => id);
  const resting = [...(await restsOf(pool, webhooks, now)).keys()];
  const { rows } = await pool.query<{ count: number }>(
    `with wanted as (
       select id from ${failed} f
       where ${matches} and not (kind = 'webhook' and split_part(substr(id, 9), '.', 1) = any($8)
         and (name <> 'test' or split_part(substr(id, 9), '.', 1) = any($9)))),
     rested as (
       update effects.tries set next_at = '', error = null, failed_at = null
       where id in (select id from wanted) and error is not null and worker is null returning id),
     opened as (
       update effects.mails set state = 'waiting', due_at = $6, code = null, done_at = null
       where state = 'refused' and 'mail:' || bundle in (select id from wanted) returning 'mail:' || bundle as id),
     unparked as (
       update effects.webhook_deliveries set state = 'waiting', tries = 0, done_at = null
       where state = 'parked' and told_at >= $7 and 'webhook:' || id in (select id from wanted)
       returning 'webhook:' || id as id),
     forgotten as (
       delete from effects.tries where id in (select id from opened union all select id from unparked))
     select count(*) from (
       select id from rested union select id from opened union select id from unparked) done`,
    [...valuesOf(filter), now, keptSince(now), [...paused, ...resting], resting],
  );
  return rows[0]!.count;
}
