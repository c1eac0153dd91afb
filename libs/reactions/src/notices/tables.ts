import type { JsonObject } from '@iter/event-store';
import type { Pool } from 'pg';
import type { Effect } from '../effects/tries.ts';
import type { Person } from './recipients.ts';
import type { Told } from './told.ts';

/**
 * What is told and not yet addressed, and every letter to every person: sent, waiting or given up. Not made from the log
 * again when views are: nobody is to be told twice.
 */
export const noticesMigrations = [
  {
    name: 'effects-notices-1',
    sql: `
      create schema if not exists effects;
      create table effects.notices_since (one boolean primary key default true check (one), since text not null);
      create table effects.notices (
        id text collate "C" primary key,
        case_id text collate "C" not null,
        told_at text collate "C" not null,
        told jsonb not null
      );
      create index on effects.notices (told_at, id);
      create table effects.mails (
        id text collate "C" primary key,
        bundle text collate "C" not null,
        account text collate "C" not null,
        case_id text collate "C" not null,
        told_at text collate "C" not null,
        told jsonb not null,
        peremptory boolean not null,
        due_at text collate "C" not null,
        state text not null,
        code text,
        done_at text collate "C"
      );
      create index on effects.mails (due_at, bundle) where state = 'waiting';
      create index on effects.mails (bundle);
      create index on effects.mails (state, done_at) where state <> 'waiting';`,
  },
] as const;

/**
 * - `sent`: a server answers for it; `refused`: none will take it, or it could not be given over for days;
 * - `unreachable`: the person has no address; `moot`: settled before it was sent.
 */
export type MailState = 'waiting' | 'sent' | 'refused' | 'unreachable' | 'moot';

/** One thing told to one person. */
export interface MailRow {
  /** `<event>.<account>` */
  readonly id: string;
  /** What goes in one letter. */
  readonly bundle: string;
  readonly account: string;
  readonly case_id: string;
  readonly told_at: string;
  readonly told: Told;
  readonly peremptory: boolean;
  readonly due_at: string;
  readonly state: MailState;
}

export interface PendingNotice extends Effect {
  readonly kind: 'notice';
  readonly told: Told;
}

export interface PendingLetter extends Effect {
  readonly kind: 'mail';
  readonly bundle: string;
  readonly account: string;
}

const dayMs = 86_400_000;
const ago = (now: string, days: number): string => new Date(Date.parse(now) - days * dayMs).toISOString();

/** From when on people are told: a day before mail was first set up. Older events of the log are history. */
export async function toldSince(pool: Pool, now: string): Promise<string> {
  await pool.query('insert into effects.notices_since (since) values ($1) on conflict do nothing', [
    ago(now, 1),
  ]);
  const { rows } = await pool.query<{ since: string }>('select since from effects.notices_since');
  return rows[0]!.since;
}

/** Notes what is to be told; what is noted already stays. */
export async function noteTold(pool: Pool, told: readonly Told[]): Promise<void> {
  if (told.length === 0) return;
  await pool.query(
    `insert into effects.notices (id, case_id, told_at, told)
     select x.told->>'id', x.told->>'caseId', x.told->>'toldAt', x.told
     from jsonb_array_elements($1::jsonb) as x(told) on conflict (id) do nothing`,
    [JSON.stringify(told)],
  );
}

/** The oldest first; few at a time, so that each is done within its lease. */
export async function pendingNotices(pool: Pool, now: string): Promise<readonly PendingNotice[]> {
  const { rows } = await pool.query<PendingNotice>(
    `select 'notice:' || n.id as id, 'notice' as kind, n.case_id as "caseId", 'notice' as name, n.told
     from effects.notices n left join effects.tries t on t.id = 'notice:' || n.id
     where t.id is null or t.next_at <= $1 order by n.told_at, n.id limit 64`,
    [now],
  );
  return rows;
}

/** Addressed: its letters are there and it is not, in one statement. Letters that are there already stay as they are. */
export async function address(
  pool: Pool,
  told: Told,
  rows: readonly Omit<MailRow, 'case_id' | 'told_at' | 'told'>[],
  now: string,
): Promise<void> {
  await pool.query(
    `with made as (
       insert into effects.mails (id, bundle, account, case_id, told_at, told, peremptory, due_at, state, done_at)
       select x.id, x.bundle, x.account, $3, $4, $5, x.peremptory, x.due_at, x.state,
         case when x.state = 'waiting' then null else $6 end
       from jsonb_to_recordset($1::jsonb)
         as x(id text, bundle text, account text, peremptory boolean, due_at text, state text)
       on conflict (id) do nothing)
     delete from effects.notices where id = $2`,
    [
      JSON.stringify(rows),
      told.id,
      told.caseId,
      told.toldAt,
      JSON.stringify(told satisfies Told as unknown as JsonObject),
      now,
    ],
  );
}

/** Letters to be sent now, peremptory ones first; as many as are sent side by side. */
export async function pendingLetters(
  pool: Pool,
  now: string,
  limit: number,
): Promise<readonly PendingLetter[]> {
  const { rows } = await pool.query<PendingLetter>(
    `select 'mail:' || m.bundle as id, 'mail' as kind, min(m.case_id) as "caseId", 'mail' as name, m.bundle,
       m.account
     from effects.mails m left join effects.tries t on t.id = 'mail:' || m.bundle
     where m.state = 'waiting' and m.due_at <= $1 and (t.id is null or t.next_at <= $1)
     group by m.bundle, m.account order by bool_and(not m.peremptory), min(m.due_at), m.bundle limit $2`,
    [now, limit],
  );
  return rows;
}

/** What goes in a letter. */
export async function inBundle(pool: Pool, bundle: string, now: string): Promise<readonly MailRow[]> {
  const { rows } = await pool.query<MailRow>(
    `select id, bundle, account, case_id, told_at, told, peremptory, due_at, state from effects.mails
     where bundle = $1 and state = 'waiting' and due_at <= $2 order by told_at, id`,
    [bundle, now],
  );
  return rows;
}

/** What became of some. @param code why, when it was not sent */
export async function closeMails(
  pool: Pool,
  ids: readonly string[],
  state: Exclude<MailState, 'waiting'>,
  now: string,
  code: string | null = null,
): Promise<void> {
  if (ids.length === 0) return;
  await pool.query(
    `update effects.mails set state = $2, done_at = $3, code = $4 where id = any($1) and state = 'waiting'`,
    [ids, state, now, code],
  );
}

/** Letters that wait go to somebody else: who was to get them is away by now. What that person got already stays. */
export async function handOver(
  pool: Pool,
  ids: readonly string[],
  to: Pick<Person, 'account' | 'delivery'>,
): Promise<void> {
  await pool.query(
    `insert into effects.mails (id, bundle, account, case_id, told_at, told, peremptory, due_at, state)
     select (told->>'id') || '.' || $2,
       case when peremptory then (told->>'id') || '.' || $2 else $2 || '@' || due_at end,
       $2, case_id, told_at, told, peremptory, due_at, 'waiting'
     from effects.mails where id = any($1) and (peremptory or $3)
     on conflict (id) do nothing`,
    [ids, to.account, to.delivery !== 'off'],
  );
}

export interface MailFigures {
  /** To be sent now. */
  readonly waiting: number;
  /** For office hours or the next digest. */
  readonly later: number;
  readonly oldestDueAt: string | null;
  /** Within a day. */
  readonly sent: number;
  readonly refused: number;
  /** Notices to people without an address, within 30 days. */
  readonly unreachable: number;
}

export async function mailFigures(pool: Pool, now: string): Promise<MailFigures> {
  const { rows } = await pool.query<MailFigures>(
    `select waits.*,
       (select count(*) from effects.mails where state = 'sent' and done_at > $2) as sent,
       (select count(*) from effects.mails where state = 'refused') as refused,
       (select count(*) from effects.mails where state = 'unreachable' and done_at > $3) as unreachable
     from (
       select count(*) filter (where due_at <= $1) as waiting, count(*) filter (where due_at > $1) as later,
         min(due_at) filter (where due_at <= $1) as "oldestDueAt"
       from effects.mails where state = 'waiting') waits`,
    [now, ago(now, 1), ago(now, 30)],
  );
  return rows[0]!;
}

/** Longer than any event can come again: what is older is forgotten. */
const keptDays = 90;

export async function forgetMails(pool: Pool, now: string): Promise<void> {
  await pool.query(
    `delete from effects.mails where state in ('sent', 'refused', 'unreachable', 'moot') and done_at < $1`,
    [ago(now, keptDays)],
  );
}

export const pendingNoticeIds = `select 'notice:' || id as id from effects.notices`;
export const pendingLetterIds = `select 'mail:' || bundle as id from effects.mails where state = 'waiting'`;
