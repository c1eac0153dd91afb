import type { Pool } from 'pg';
import type { Effect } from '../effects/tries.ts';
import type { Effected } from '../effects/drain.ts';
import { ringable } from './bells.ts';
import type { BellRow } from './bells.ts';

/** A bell that is due: asks the case to do what time has brought. */
export interface Bell extends Effect {
  readonly kind: 'bell';
  /** `start`: it begins a case. */
  readonly of: BellRow['what'] | 'start';
  readonly key: string;
  readonly dueAt: string;
}

/** What became of a ringing. */
export type Rung =
  /** Something happened, now or when it was rung before. */
  | { readonly outcome: 'rung' }
  /** Nothing was due: the bell is early, or what it is about has gone and the table does not know yet. */
  | { readonly outcome: 'nothing' }
  | { readonly outcome: 'refused'; readonly code: string };

/** Bells of cases that can ring, and those that begin cases. */
const bells = `(select ringing, case_id, what, key, due_at from reactions.bells where ${ringable}
  union all
  select id || '@' || due_at, process, 'start', id, due_at from effects.start_timers where due_at is not null)`;

/** The ids of all ringings that are to come. */
export const ringings = `select ringing as id from reactions.bells
  union all select id || '@' || due_at from effects.start_timers where due_at is not null`;

/** Asks the case, with `bell.id` as idempotency key. Throwing is a fault. */
export type Ring = (bell: Bell) => Promise<Rung>;

/** Bells due now that nobody is ringing and that do not rest, the earliest first. */
export async function dueBells(pool: Pool, now: string, limit: number): Promise<readonly Bell[]> {
  const { rows } = await pool.query<Bell>(
    `select b.ringing as id, 'bell' as kind, b.case_id as "caseId", b.what as name, b.what as of, b.key,
       b.due_at as "dueAt"
     from ${bells} b left join effects.tries t on t.id = b.ringing
     where b.due_at <= $1 and (t.id is null or t.next_at <= $1)
     order by b.due_at, b.ringing limit $2`,
    [now, limit],
  );
  return rows;
}

export async function ringOne(ring: Ring, bell: Bell): Promise<Effected> {
  const rung = await ring(bell);
  switch (rung.outcome) {
    case 'rung':
      return 'done';
    case 'nothing':
      return { again: 'nothing-due' };
    case 'refused':
      return { again: rung.code };
  }
}

/** The instants of bells to come, one a second at most: the first of each second. */
export async function comingSeconds(pool: Pool, after: string, until: string): Promise<readonly string[]> {
  const { rows } = await pool.query<{ at: string }>(
    `select min(due_at) as at from ${bells} b
     where due_at > $1 and due_at <= $2 group by left(due_at, 19)`,
    [after, until],
  );
  return rows.map(({ at }) => at);
}

/** The same for some cases, with those that are due already. */
export async function secondsOf(
  pool: Pool,
  caseIds: readonly string[],
  until: string,
): Promise<readonly string[]> {
  const { rows } = await pool.query<{ at: string }>(
    `select min(due_at) as at from reactions.bells
     where case_id = any($1) and ${ringable} and due_at <= $2 group by left(due_at, 19)`,
    [caseIds, until],
  );
  return rows.map(({ at }) => at);
}

/** The next bell to come; null when there is none before `until`. */
export async function nextBellAt(pool: Pool, after: string, until: string): Promise<string | null> {
  const { rows } = await pool.query<{ due_at: string }>(
    `select due_at from ${bells} b where due_at > $1 and due_at <= $2
     order by due_at limit 1`,
    [after, until],
  );
  return rows[0]?.due_at ?? null;
}

export interface BellFigures {
  /** Bells that are due, also those that rest after a failure. */
  readonly overdue: number;
  /** When the oldest of them was due. */
  readonly oldestDueAt: string | null;
  readonly armed: number;
}

export async function bellFigures(pool: Pool, now: string): Promise<BellFigures> {
  const { rows } = await pool.query<BellFigures>(
    `select count(*) filter (where due_at <= $1) as overdue, min(due_at) filter (where due_at <= $1) as "oldestDueAt",
       count(*) as armed
     from ${bells} b`,
    [now],
  );
  return rows[0]!;
}
