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
  /** Its id in the table: with `dueAt` its place in the order of ringing. */
  readonly place: string;
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

const unclaimed = 'not exists (select from effects.tries t where t.id = b.ringing and t.next_at > $1)';
const inOrder = 'order by due_at, id limit $4';

/**
 * Bells due now that nobody is ringing and that do not rest, the earliest first.
 * @param after only those behind this one: what was rung a moment ago need not be passed over again, page by page
 */
export async function dueBells(
  pool: Pool,
  now: string,
  limit: number,
  after: Pick<Bell, 'dueAt' | 'place'> | null = null,
): Promise<readonly Bell[]> {
  const { rows } = await pool.query<Bell>({
    name: 'due_bells',
    text: `select b.ringing as id, 'bell' as kind, b.case_id as "caseId", b.what as name, b.what as of, b.key,
        b.due_at as "dueAt", b.id as place
      from (
        (select id, ringing, case_id, what, key, due_at from reactions.bells b
          where ${ringable} and due_at <= $1 and (due_at, id) > ($2, $3) and ${unclaimed} ${inOrder})
        union all
        (select id, ringing, process, 'start', id, due_at
          from (select *, id || '@' || due_at as ringing from effects.start_timers) b
          where due_at <= $1 and (due_at, id) > ($2, $3) and ${unclaimed} ${inOrder})
      ) b ${inOrder}`,
    values: [now, after?.dueAt ?? '', after?.place ?? '', limit],
  });
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

/** A second in which bells ring. */
export interface Second {
  /** The first of its bells. */
  readonly at: string;
  readonly bells: number;
}

/** The seconds in which bells are to come. */
export async function comingSeconds(pool: Pool, after: string, until: string): Promise<readonly Second[]> {
  const { rows } = await pool.query<Second>(
    `select min(due_at) as at, count(*) as bells from ${bells} b
     where due_at > $1 and due_at <= $2 group by left(due_at, 19)`,
    [after, until],
  );
  return rows;
}

/** The same for some cases, with those that are due already. */
export async function secondsOf(
  pool: Pool,
  caseIds: readonly string[],
  until: string,
): Promise<readonly Second[]> {
  const { rows } = await pool.query<Second>(
    `select min(due_at) as at, count(*) as bells from reactions.bells
     where case_id = any($1) and ${ringable} and due_at <= $2 group by left(due_at, 19)`,
    [caseIds, until],
  );
  return rows;
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
