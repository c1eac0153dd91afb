import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { Effect } from '../effects/tries.ts';
import type { Receiver } from './ports.ts';
import type { ToldOutside, WebhookKind } from './told.ts';

/**
 * Every message to every receiver: waiting, taken, given up. Not made from the log again when views are: nobody is to be told
 * anew. Which receivers have agreed to be sent messages.
 */
export const webhooksMigrations = [
  {
    name: 'effects-webhooks-1',
    sql: `
      create schema if not exists effects;
      create table effects.webhook_deliveries (
        id text collate "C" primary key,
        webhook text collate "C" not null,
        event_id text collate "C" not null,
        kind text collate "C" not null,
        case_id text collate "C" not null,
        told_at text collate "C" not null,
        told jsonb not null,
        -- As it is signed, byte for byte; null: not sent yet.
        body text,
        state text not null,
        tries integer not null default 0,
        code text,
        status integer,
        duration_ms integer,
        tried_at text collate "C",
        done_at text collate "C"
      );
      create index on effects.webhook_deliveries (webhook, told_at, id) where state in ('waiting', 'held');
      create index on effects.webhook_deliveries (webhook, told_at desc, id desc);
      create table effects.webhook_consents (
        webhook text collate "C" primary key,
        url_hash text not null,
        given_at text collate "C" not null
      );`,
  },
  {
    name: 'effects-webhooks-2',
    // Until when an address asks to be left alone.
    sql: `
      create table effects.webhook_rests (
        webhook text collate "C" primary key,
        url_hash text not null,
        until text collate "C" not null
      );
      create index on effects.webhook_deliveries (done_at);
      create index on effects.webhook_deliveries (webhook, done_at) where state = 'parked';`,
  },
  {
    name: 'effects-webhooks-3',
    // How a webhook is doing is asked every few seconds, among all that it was sent in a month.
    sql: `create index on effects.webhook_deliveries (webhook, done_at) where state = 'taken';`,
  },
] as const;

/**
 * - `held`: its webhook is paused; `taken`: the receiver has it; `parked`: tried for days in vain, for people to try again;
 * - `dropped`: its webhook has ended or is no longer told of such things, its case can no longer be read, or it is too old.
 */
export type DeliveryState = 'waiting' | 'held' | 'taken' | 'parked' | 'dropped';

/** Told to try how a receiver does; it is about no case. */
export type DeliveryKind = WebhookKind | 'test';

export interface PendingDelivery extends Effect {
  readonly kind: 'webhook';
  /** `<webhook>.<event>` */
  readonly delivery: string;
  readonly eventId: string;
  readonly toldAt: string;
  readonly told: Told;
  /** Key of the process of its case; null: not known yet, or it is about none. */
  readonly process: string | null;
  readonly body: string | null;
  /** Answers so far. */
  readonly answers: number;
}

/** As it is kept: without what the row says by itself. */
export type Told = Pick<ToldOutside, 'outcome' | 'term' | 'dueOn'> & {
  readonly kind: DeliveryKind;
  /** Key of the process; absent of what was noted before it was asked. */
  readonly process?: string | null;
};

const dayMs = 86_400_000;
const ago = (now: string, days: number): string => new Date(Date.parse(now) - days * dayMs).toISOString();

/** So long messages are kept and may be sent again; older events are told to nobody. */
export const keptDays = 30;
export const keptSince = (now: string): string => ago(now, keptDays);
/** So long receivers remember ids: tries that have begun in time end by then. */
const knownDays = 40;

/** Notes what is to be told to whom; what is noted already stays. */
export async function noteDeliveries(
  pool: Pool,
  rows: readonly {
    readonly webhook: string;
    readonly eventId: string;
    readonly caseId: string;
    readonly toldAt: string;
    readonly told: Told;
  }[],
): Promise<void> {
  if (rows.length === 0) return;
  await pool.query(
    `insert into effects.webhook_deliveries (id, webhook, event_id, kind, case_id, told_at, told, state)
     select x.webhook || '.' || x."eventId", x.webhook, x."eventId", x.told->>'kind', x."caseId", x."toldAt", x.told,
       'waiting'
     from jsonb_to_recordset($1::jsonb)
       as x(webhook text, "eventId" text, "caseId" text, "toldAt" text, told jsonb)
     on conflict (id) do nothing`,
    [JSON.stringify(rows)],
  );
}

/**
 * Holds what is for those that are paused, lets go what is for those that are not any more, drops what is for those that have
 * ended, also what was given up: nobody is to try it again. Drops what was not tried while it was young enough, and what
 * receivers may have forgotten. A test is never held; what is for a webhook of which this process does not know yet stays as it is.
 */
export async function align(
  pool: Pool,
  of: Readonly<Record<'active' | 'paused' | 'ended', readonly string[]>>,
  now: string,
): Promise<void> {
  await pool.query(
    `update effects.webhook_deliveries d set state = x.state,
       done_at = case when x.state = 'dropped' then $4 else d.done_at end
     from (
       select id, case when webhook = any($3) or (state <> 'parked' and (told_at < $6 or (told_at < $5 and tries = 0)))
             then 'dropped'
           when webhook = any($1) then 'waiting'
           when webhook = any($2) then case when kind = 'test' then 'waiting' else 'held' end end as state
       from effects.webhook_deliveries
       where state in ('waiting', 'held') or (state = 'parked' and webhook = any($3))) x
     where d.id = x.id and d.state <> x.state and d.state in ('waiting', 'held', 'parked')`,
    [of.active, of.paused, of.ended, now, keptSince(now), ago(now, knownDays)],
  );
}

/** Whether the address that a webhook has now, as `$2` tells (`UrlHashes`), wants to be left alone at `$1`. */
const rests = `exists (select from effects.webhook_rests r
    where r.webhook = d.webhook and r.until > $1 and r.url_hash = $2::jsonb->>r.webhook)`;

const due = `effects.webhook_deliveries d left join effects.tries t on t.id = 'webhook:' || d.id
  where d.state = 'waiting' and (t.id is null or t.next_at <= $1) and not ${rests}`;

/** An address as tables keep it, which may hold a token of the receiver's. */
export const hashOf = (url: string): string => createHash('sha256').update(url).digest('hex');

/** Hashes of the addresses of webhooks, by their ids. */
export type UrlHashes = Readonly<Record<string, string>>;

export const urlHashes = (webhooks: readonly Pick<Receiver, 'id' | 'url'>[]): UrlHashes =>
  Object.fromEntries(webhooks.map(({ id, url }) => [id, hashOf(url)]));

/** Webhooks for which something is to be sent now; in no order, so that none is always the last. */
export async function webhooksDue(pool: Pool, now: string, hashes: UrlHashes): Promise<readonly string[]> {
  const { rows } = await pool.query<{ webhook: string }>(
    `select d.webhook from ${due} group by d.webhook order by random()`,
    [now, JSON.stringify(hashes)],
  );
  return rows.map(({ webhook }) => webhook);
}

/** Messages for one receiver, the oldest first; as many as are sent side by side. @param tests only those, while it is paused */
export async function pendingDeliveries(
  pool: Pool,
  {
    webhook,
    urlHash,
    tests,
  }: { readonly webhook: string; readonly urlHash: string; readonly tests: boolean },
  now: string,
  limit: number,
): Promise<readonly PendingDelivery[]> {
  const { rows } = await pool.query<PendingDelivery>(
    `select 'webhook:' || d.id as id, 'webhook' as kind, d.case_id as "caseId", d.kind as name, d.id as delivery,
       d.event_id as "eventId", d.told_at as "toldAt", d.told, d.body, d.tries as answers,
       coalesce(d.told->>'process', d.body::jsonb->'data'->>'process') as process
     from ${due} and d.webhook = $3 and (not $4 or d.kind = 'test') order by d.told_at, d.id limit $5`,
    [now, JSON.stringify({ [webhook]: urlHash }), webhook, tests, limit],
  );
  return rows;
}

/** Keeps the text before it is sent for the first time, so that it is the same whenever it is sent. @returns what is kept */
export async function keepBody(pool: Pool, delivery: string, body: string): Promise<string> {
  const { rows } = await pool.query<{ body: string }>(
    'update effects.webhook_deliveries set body = coalesce(body, $2) where id = $1 returning body',
    [delivery, body],
  );
  return rows[0]!.body;
}

/** What came of a try. */
export interface Tried {
  readonly code: string | null;
  readonly status: number | null;
  readonly durationMs: number;
}

/** Notes a try. @param state `waiting`: it is tried again */
export async function noteTry(
  pool: Pool,
  delivery: string,
  state: Exclude<DeliveryState, 'held'>,
  { code, status, durationMs }: Tried,
  now: string,
): Promise<void> {
  await pool.query(
    `update effects.webhook_deliveries set state = $2, tries = tries + 1, code = $3, status = $4, duration_ms = $5,
       tried_at = $6, done_at = case when $2 = 'waiting' then null else $6 end
     where id = $1 and state in ('waiting', 'held')`,
    [delivery, state, code, status, durationMs, now],
  );
}

/** Nothing is to be sent any more. */
export async function dropDelivery(pool: Pool, delivery: string, now: string): Promise<void> {
  await pool.query(
    `update effects.webhook_deliveries set state = 'dropped', done_at = $2 where id = $1 and state in ('waiting', 'held')`,
    [delivery, now],
  );
}

/** Whether a receiver has agreed, under the address that it has now. */
export async function hasConsent(pool: Pool, webhook: string, urlHash: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    'select from effects.webhook_consents where webhook = $1 and url_hash = $2',
    [webhook, urlHash],
  );
  return rowCount === 1;
}

export async function noteConsent(pool: Pool, webhook: string, urlHash: string, now: string): Promise<void> {
  await pool.query(
    `insert into effects.webhook_consents (webhook, url_hash, given_at) values ($1, $2, $3)
     on conflict (webhook) do update set url_hash = excluded.url_hash, given_at = excluded.given_at`,
    [webhook, urlHash, now],
  );
}

/** A receiver that is busy gets nothing until then; what it asked for before and is longer holds. */
export async function noteRest(pool: Pool, webhook: string, urlHash: string, until: string): Promise<void> {
  await pool.query(
    `insert into effects.webhook_rests as r (webhook, url_hash, until) values ($1, $2, $3)
     on conflict (webhook) do update set url_hash = excluded.url_hash,
       until = case when r.url_hash = excluded.url_hash then greatest(r.until, excluded.until) else excluded.until end`,
    [webhook, urlHash, until],
  );
}

/** A shorter rest is not worth a word: what is asked for leaves right after it. */
const wordsFromMs = 10_000;

/** Until when addresses ask to be left alone, by webhook. */
export async function restsOf(
  pool: Pool,
  webhooks: readonly Pick<Receiver, 'id' | 'url'>[],
  now: string,
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await pool.query<{ webhook: string; until: string }>(
    `select webhook, until from effects.webhook_rests
     join unnest($1::text[], $2::text[]) as w(webhook, url_hash) using (webhook, url_hash) where until > $3`,
    [
      webhooks.map(({ id }) => id),
      webhooks.map(({ url }) => hashOf(url)),
      new Date(Date.parse(now) + wordsFromMs).toISOString(),
    ],
  );
  return new Map(rows.map(({ webhook, until }) => [webhook, until]));
}

/** What is to be sent stays until something has come of it; what was given up, as long as it may be sent again. */
export async function forgetDeliveries(pool: Pool, now: string): Promise<void> {
  await pool.query(
    `delete from effects.webhook_deliveries
     where (state in ('taken', 'dropped') and done_at < $1) or (state in ('held', 'parked') and told_at < $1)`,
    [keptSince(now)],
  );
  await pool.query('delete from effects.webhook_rests where until < $1', [now]);
}

/**
 * How many are due at `$1`, how many come later, and the oldest of what is due. Nobody is late for a receiver that wants to be
 * left alone under the address that it has now (`$2`: `UrlHashes` as JSON).
 */
export const pendingFigures = `select 'webhook' as kind, count(*) filter (where is_due) as due,
    count(*) filter (where not is_due) as later, min(told_at) filter (where is_due) as oldest
  from (
    select d.told_at, coalesce(t.next_at, '') <= $1 and not ${rests} as is_due
    from effects.webhook_deliveries d left join effects.tries t on t.id = 'webhook:' || d.id
    where d.state = 'waiting') w`;

export const pendingDeliveryIds = `select 'webhook:' || id as id from effects.webhook_deliveries where state = 'waiting'`;
