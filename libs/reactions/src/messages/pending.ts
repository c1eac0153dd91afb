import { startOf } from '@iter/engine/messages';
import type { MessageStart, MessageTraffic } from '@iter/engine/messages';
import type { Pool } from 'pg';
import type { Effected } from '../effects/drain.ts';
import type { Effect } from '../effects/tries.ts';

/** What is to be done about a message: to bring it, to offer it to somebody, or to end it. */
export interface PendingMessage extends Effect {
  readonly kind: 'message';
  readonly does: 'deliver' | 'offer' | 'expire';
  readonly stream: string;
  readonly comune: string;
  readonly messageId: string;
  readonly subscription: string | null;
}

const columns = `'message' as kind, 'message-' || m.case_id as stream, m.case_id as "caseId", m.name, m.comune, m.id as "messageId"`;
/** What many processes begin with has a long list of them: too long for an index. */
const deliveryId = `m.id || '>' || left(m.subscription, 200)`;
const rested = '(t.id is null or t.next_at <= $1)';

/** Messages on their way, the oldest first. */
export async function matchedMessages(
  pool: Pool,
  now: string,
  limit: number,
): Promise<readonly PendingMessage[]> {
  const { rows } = await pool.query<PendingMessage>(
    `select ${columns}, ${deliveryId} as id, 'deliver' as does, m.subscription
     from reactions.messages m left join effects.tries t on t.id = ${deliveryId}
     where m.subscription is not null and ${rested}
     order by m.published_at, m.id limit $2`,
    [now, limit],
  );
  return rows;
}

/** Messages whose time is over and that nobody has taken. */
export async function expiredMessages(
  pool: Pool,
  now: string,
  limit: number,
): Promise<readonly PendingMessage[]> {
  const { rows } = await pool.query<PendingMessage>(
    `select ${columns}, m.id || '>expired' as id, 'expire' as does, null as subscription
     from reactions.messages m left join effects.tries t on t.id = m.id || '>expired'
     where m.subscription is null and m.expires_at <= $1 and ${rested}
     order by m.expires_at limit $2`,
    [now, limit],
  );
  return rows;
}

/**
 * Messages that wait, with who awaits them without subscribing to their stream: the case that they name, and for those
 * without a key the case that has awaited their name longest.
 */
export async function offerableMessages(
  pool: Pool,
  now: string,
  limit: number,
): Promise<readonly PendingMessage[]> {
  const { rows } = await pool.query<PendingMessage>(
    `select p.*, 'offer' as does from (
       select ${columns}, m.id || '>' || s.id as id, s.id as subscription, m.published_at
       from reactions.messages m cross join lateral (
         select s.id from reactions.subscriptions s
         where s.case_id in (select jsonb_array_elements_text(m.named)) and s.name = m.name
         order by s.since, s.id limit 1) s
       where m.subscription is null and m.named <> '[]' and m.expires_at > $1
       union all
       select ${columns}, m.id || '>' || s.id as id, s.id as subscription, m.published_at
       from reactions.messages m cross join lateral (
         select s.id from reactions.subscriptions s
         where s.name = m.name and s.comune = m.comune and s.correlation_key is null
         order by s.since, s.id limit 1) s
       where m.subscription is null and m.keyless and m.named = '[]' and m.expires_at > $1
     ) p left join effects.tries t on t.id = p.id
     where ${rested} order by p.published_at, p.id limit $2`,
    [now, limit],
  );
  return rows;
}

/**
 * Messages that wait and with which processes begin, when no case awaits them: one for all of them together, each of
 * which gets it.
 * @param starts by message name
 */
export async function startingMessages(
  pool: Pool,
  starts: ReadonlyMap<string, readonly MessageStart[]>,
  now: string,
  limit: number,
): Promise<readonly PendingMessage[]> {
  if (starts.size === 0) return [];
  const { rows } = await pool.query<PendingMessage>(
    `select ${columns}, m.id || '>start' as id, 'offer' as does
     from reactions.messages m left join effects.tries t on t.id = m.id || '>start'
     where m.subscription is null and m.name = any($3) and m.named = '[]' and m.expires_at > $1 and ${rested}
       and not exists (select from reactions.subscriptions s where m.keyless
         and s.name = m.name and s.comune = m.comune and s.correlation_key is null)
     order by m.published_at, m.id limit $2`,
    [now, limit, [...starts.keys()]],
  );
  return rows.map((row) => ({ ...row, subscription: startOf(starts.get(row.name) ?? []) }));
}

/** Does what is to be done about one message. */
export async function moveMessage(traffic: MessageTraffic, message: PendingMessage): Promise<Effected> {
  const { does, stream, comune: tenant, messageId, subscription } = message;
  if (does === 'expire') {
    await traffic.tell(stream, tenant, { type: 'ExpireMessage', messageId });
    return 'done';
  }
  if (does === 'offer' && subscription !== null) {
    await traffic.tell(stream, tenant, { type: 'OfferMessage', messageId, subscription });
  }
  const delivered = await traffic.deliver({ stream, tenant, messageId });
  return delivered.outcome === 'refused' ? { again: delivered.code } : 'done';
}

export interface MessageFigures {
  /** Not settled: waiting or on their way. */
  readonly pending: number;
  readonly oldestAt: string | null;
}

export async function messageFigures(pool: Pool): Promise<MessageFigures> {
  const { rows } = await pool.query<MessageFigures>(
    'select count(*) as pending, min(published_at) as "oldestAt" from reactions.messages',
  );
  return rows[0]!;
}

/** Ids of tries that are about messages not settled yet. */
export const pendingMessageIds = `select t.id from effects.tries t
  join reactions.messages m on m.id = split_part(t.id, '>', 1) where t.kind = 'message'`;
