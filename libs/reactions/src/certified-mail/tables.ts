import type { Pool } from 'pg';
import type { Variables } from '@iter/engine';
import type { Effect } from '../effects/tries.ts';
import type { Place } from './ports.ts';

/**
 * Letters whose answer is not known, how far the mailbox was read, and what came out of it. Not made from the log; the
 * mailbox itself can be read again. What was filed or settled stays as a small row without its content: a mailbox that is
 * read from its beginning brings it again.
 */
export const certifiedMailMigrations = [
  {
    name: 'effects-certified-mail-1',
    sql: `
      create schema if not exists effects;
      create table effects.certified_letters (
        message_id text collate "C" primary key,
        tried_at text collate "C" not null,
        is_accepted boolean not null default false
      );
      create table effects.certified_mailboxes (address text primary key, validity text not null, uid bigint not null);
      create table effects.certified_mails (
        id text collate "C" primary key,
        nr bigint generated always as identity,
        came_at text collate "C" not null,
        kind text not null,
        about text collate "C",
        at text,
        case_id text collate "C",
        state text not null,
        why text,
        gives jsonb,
        look_at text collate "C",
        key_id uuid,
        heading bytea,
        source bytea,
        settled_by text,
        settled_at text collate "C"
      );
      create index on effects.certified_mails (nr) where state = 'pending';
      create index on effects.certified_mails (look_at, id) where state = 'waiting';
      create index on effects.certified_mails (came_at desc, id) where state = 'unmatched';
      create index on effects.certified_mails (about);
      alter table effects.certified_mails alter column source set storage external;`,
  },
] as const;

/**
 * - `pending`: not looked at yet; `filed`: in its case; `waiting`: in its case, which does not await it now;
 * - `unmatched`: for people to look at; `settled`: they did.
 */
export type MailState = 'pending' | 'filed' | 'waiting' | 'unmatched' | 'settled';

export interface ArrivedMail {
  /** SHA-256 of the mail: one that is read again is the same. */
  readonly id: string;
  readonly cameAt: string;
  readonly kind: string;
  readonly about: string | null;
  readonly at: string | null;
  readonly sealed: { readonly keyId: string; readonly heading: Buffer; readonly source: Buffer } | null;
}

/** @returns the last try to give a letter over, and whether the mailbox shows that it went; null: there was none */
export async function lastTry(
  pool: Pool,
  messageId: string,
): Promise<{ readonly triedAt: string; readonly isAccepted: boolean; readonly isAnswered: boolean } | null> {
  const { rows } = await pool.query<{ triedAt: string; isAccepted: boolean; isAnswered: boolean }>(
    `select tried_at as "triedAt", is_accepted as "isAccepted",
       exists (select from effects.certified_mails m where m.about = l.message_id) as "isAnswered"
     from effects.certified_letters l where message_id = $1`,
    [messageId],
  );
  return rows[0] ?? null;
}

/** Written before the letter leaves: whoever comes after a crash knows that it may have left. */
export async function noteTry(pool: Pool, messageId: string, triedAt: string): Promise<void> {
  await pool.query(
    `insert into effects.certified_letters (message_id, tried_at) values ($1, $2)
     on conflict (message_id) do update set tried_at = excluded.tried_at`,
    [messageId, triedAt],
  );
}

export async function noteAccepted(pool: Pool, messageId: string): Promise<void> {
  await pool.query('update effects.certified_letters set is_accepted = true where message_id = $1', [
    messageId,
  ]);
}

/** The letter certainly did not leave. */
export async function forgetTry(pool: Pool, messageId: string): Promise<void> {
  await pool.query('delete from effects.certified_letters where message_id = $1', [messageId]);
}

export async function placeIn(pool: Pool, address: string): Promise<Place | null> {
  const { rows } = await pool.query<{ validity: string; uid: string }>(
    'select validity, uid from effects.certified_mailboxes where address = $1',
    [address],
  );
  return rows[0] ? { validity: rows[0].validity, uid: Number(rows[0].uid) } : null;
}

/**
 * What was read is there and the place has moved, or neither; a mail that is known stays as it is. One by one, since each
 * may weigh tens of megabytes.
 */
export async function noteArrived(
  pool: Pool,
  address: string,
  mails: readonly ArrivedMail[],
  place: Place,
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    for (const { id, cameAt, kind, about, at, sealed } of mails) {
      await client.query(
        `insert into effects.certified_mails (id, came_at, kind, about, at, state, why, key_id, heading, source)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (id) do nothing`,
        [
          ...[id, cameAt, kind, about, at],
          ...(sealed ? ['pending', null] : ['unmatched', 'too-large']),
          ...[sealed?.keyId ?? null, sealed?.heading ?? null, sealed?.source ?? null],
        ],
      );
    }
    await client.query(
      `insert into effects.certified_mailboxes (address, validity, uid) values ($1, $2, $3)
       on conflict (address) do update set validity = excluded.validity, uid = excluded.uid`,
      [address, place.validity, place.uid],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

export interface PendingMail extends Effect {
  readonly kind: 'receipt';
  readonly mail: string;
  readonly about: string | null;
  readonly what: string;
}

const asEffect = `'receipt:' || m.id as id, 'receipt' as kind, coalesce(m.case_id, '') as "caseId", m.kind as name,
  m.id as mail, m.about, m.kind as what`;

/** Not looked at yet, in the order of the mailbox; few at a time, since each may be large. */
export async function pendingMails(pool: Pool, now: string): Promise<readonly PendingMail[]> {
  const { rows } = await pool.query<PendingMail>(
    `select ${asEffect} from effects.certified_mails m left join effects.tries t on t.id = 'receipt:' || m.id
     where m.state = 'pending' and (t.id is null or t.next_at <= $1) order by m.nr limit 20`,
    [now],
  );
  return rows;
}

export interface WaitingMail extends PendingMail {
  readonly gives: { readonly message: string; readonly variables: Variables };
}

export async function waitingMails(pool: Pool, now: string): Promise<readonly WaitingMail[]> {
  const { rows } = await pool.query<WaitingMail>(
    `select ${asEffect}, m.gives from effects.certified_mails m
       left join effects.tries t on t.id = 'receipt:' || m.id
     where m.state = 'waiting' and m.look_at <= $1 and (t.id is null or t.next_at <= $1)
     order by m.look_at, m.id limit 50`,
    [now],
  );
  return rows;
}

export async function sealedSource(
  pool: Pool,
  id: string,
): Promise<{ readonly keyId: string; readonly source: Buffer } | null> {
  const { rows } = await pool.query<{ keyId: string; source: Buffer }>(
    'select key_id as "keyId", source from effects.certified_mails where id = $1 and source is not null',
    [id],
  );
  return rows[0] ?? null;
}

/** What became of a mail. One that lies in its case by now is not kept here as well. */
export async function moveMail(
  pool: Pool,
  id: string,
  to: {
    readonly state: MailState;
    readonly caseId?: string | null;
    readonly why?: string;
    readonly gives?: WaitingMail['gives'];
    readonly lookAt?: string;
    /** It lies in its case: its text is not kept here as well. */
    readonly isInCase?: boolean;
  },
): Promise<void> {
  await pool.query(
    `update effects.certified_mails set state = $2, case_id = coalesce($3, case_id), why = $4,
       gives = coalesce($5, gives), look_at = $6,
       source = case when $7 then null else source end,
       heading = case when $2 = 'unmatched' then heading end
     where id = $1`,
    [
      id,
      to.state,
      to.caseId ?? null,
      to.why ?? null,
      to.gives ? JSON.stringify(to.gives) : null,
      to.lookAt ?? null,
      to.state !== 'unmatched' || to.isInCase === true,
    ],
  );
}

export const certifiedMailIds = `select 'receipt:' || id as id from effects.certified_mails where state in ('pending', 'waiting')`;
