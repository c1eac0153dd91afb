import type { Pool } from 'pg';

/**
 * What is tried at the moment, and what went wrong before: leases and pauses of effects. Not made from the
 * log, and nothing is lost with it: an effect without a row here is simply due.
 */
export const effectsMigrations = [
  {
    name: 'effects-1',
    sql: `
      create schema if not exists effects;
      create table effects.tries (
        id text collate "C" primary key,
        kind text collate "C" not null,
        case_id text collate "C" not null,
        name text not null,
        tries integer not null,
        next_at text collate "C" not null,
        worker text,
        error text,
        failed_at text collate "C"
      );
      create index on effects.tries (failed_at) where error is not null;`,
  },
  {
    name: 'effects-2',
    // Where the router stands, where subscriptions wait, who is still to get a signal, which starts have bells.
    sql: `
      create table effects.routers (name text primary key, position text);
      create table effects.subscription_streams (id text collate "C" primary key, stream text not null);
      create table effects.signal_deliveries (
        id text collate "C" primary key,
        added bigint generated always as identity,
        signal_id text not null,
        stream text not null,
        revision integer not null,
        name text not null,
        case_id text,
        process text,
        element text,
        comune text
      );
      create index on effects.signal_deliveries (added, id);
      create table effects.start_timers (
        id text collate "C" primary key,
        process text not null,
        version integer not null,
        element text not null,
        comune text not null,
        due_at text collate "C",
        cycle jsonb
      );
      create index on effects.start_timers (due_at) where due_at is not null;`,
  },
  {
    name: 'effects-3',
    // Of starts that need several events: which of them this is.
    sql: `
      alter table effects.signal_deliveries add column event integer;
      alter table effects.start_timers add column event integer;`,
  },
  {
    name: 'effects-4',
    // How much was done, minute by minute, and who asks for jobs: for the operations page.
    sql: `
      create table effects.minutes (
        kind text collate "C" not null,
        minute timestamptz not null,
        done integer not null,
        failed integer not null,
        primary key (minute, kind)
      );
      create table effects.workers (
        type text not null,
        name text not null,
        seen_at timestamptz not null,
        primary key (type, name)
      );`,
  },
  {
    name: 'effects-5',
    // A pause is nobody's: what has a worker is being done.
    sql: 'update effects.tries set worker = null where error is not null;',
  },
] as const;

/** Something to be done, once as far as the world can tell: `id` is its idempotency key. */
export interface Effect {
  readonly id: string;
  readonly kind:
    'bell' | 'job' | 'message' | 'signal' | 'act' | 'notice' | 'mail' | 'receipt' | 'mailbox' | 'webhook';
  readonly caseId: string;
  /** What it is, for people: a timer, a job type, a message name. */
  readonly name: string;
}

/**
 * Takes effects for one worker until the lease is over. Nobody else gets them meanwhile; one whose pause is
 * not over is nobody's.
 * @param now,until the engine's time
 * @returns how often each one taken has been tried, this time included
 */
export async function claim(
  pool: Pool,
  effects: readonly Effect[],
  { now, until, worker }: { readonly now: string; readonly until: string; readonly worker: string },
): Promise<ReadonlyMap<string, number>> {
  if (effects.length === 0) return new Map();
  const { rows } = await pool.query<{ id: string; tries: number }>(
    `insert into effects.tries as t (id, kind, case_id, name, tries, next_at, worker)
     select x.id, x.kind, x."caseId", x.name, 1, $2, $4
     from json_to_recordset($1::json) as x(id text, kind text, "caseId" text, name text)
     on conflict (id) do update set tries = t.tries + 1, next_at = excluded.next_at, worker = excluded.worker
       where t.next_at <= $3
     returning id, tries`,
    [
      JSON.stringify(effects.map(({ id, kind, caseId, name }) => ({ id, kind, caseId, name }))),
      until,
      now,
      worker,
    ],
  );
  return new Map(rows.map(({ id, tries }) => [id, tries]));
}

/** It went well: it rests until then, unless the log says before that nothing is to be done any more. */
export async function settle(pool: Pool, ids: readonly string[], until: string): Promise<void> {
  await pool.query(
    `with settled as (
       update effects.tries set next_at = $2, tries = 0, error = null, failed_at = null where id = any($1)
       returning kind)
     ${counted('settled', 'done')}`,
    [ids, until],
  );
}

/** Adds what a statement did to the figures of this minute, by the clock on the wall. */
const counted = (rows: string, as: 'done' | 'failed'): string =>
  `insert into effects.minutes as m (kind, minute, done, failed)
   select kind, date_trunc('minute', now()), ${as === 'done' ? 'count(*), 0' : '0, count(*)'} from ${rows} group by kind
   on conflict (minute, kind) do update set ${as} = m.${as} + excluded.${as}`;

/** What was taken and not begun is anybody's again. */
export async function giveBack(pool: Pool, ids: readonly string[]): Promise<void> {
  await pool.query('delete from effects.tries where id = any($1) and error is null', [ids]);
}

const firstPauseMs = 1_000;
const longestPauseMs = 3_600_000;

const usualPauseMs = (tries: number): number =>
  Math.min(firstPauseMs * 2 ** Math.min(tries - 1, 20), longestPauseMs);

/** It did not: tried again after a pause, which by default doubles with every try, up to an hour. */
export async function postpone(
  pool: Pool,
  id: string,
  {
    tries,
    error,
    now,
    pauseMs = usualPauseMs(tries),
  }: {
    readonly tries: number;
    readonly error: string;
    readonly now: string;
    readonly pauseMs?: number | undefined;
  },
): Promise<void> {
  const nextAt = new Date(Date.parse(now) + pauseMs).toISOString();
  await pool.query(
    `with postponed as (
       update effects.tries set next_at = $2, worker = null, error = $3, failed_at = $4 where id = $1 returning kind)
     ${counted('postponed', 'failed')}`,
    [id, nextAt, error, now],
  );
}

/** Forgets tries of what is no longer to be done. @param pending SQL of the ids that still are */
export async function sweep(pool: Pool, kind: Effect['kind'], pending: string): Promise<void> {
  await pool.query(
    `delete from effects.tries t where kind = $1 and not exists (select from (${pending}) p where p.id = t.id)`,
    [kind],
  );
}

/** At the start of a worker: what its predecessor of the same name was doing when it died is free again. */
export async function releaseLeases(pool: Pool, worker: string): Promise<void> {
  await pool.query('delete from effects.tries where worker = $1 and error is null', [worker]);
}
