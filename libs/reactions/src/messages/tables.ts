import type { Instant } from '@iter/engine';
import type { MessageEvent } from '@iter/engine/messages';
import type { StoredEvent } from '@iter/event-store';
import { caseOf, code } from '@iter/event-store/following';
import type { Projection, Table } from '@iter/event-store/following';
import { awaitingProjection } from '../awaiting.ts';

/** A message that is not settled: it waits, or is on its way. Its content stays where it is, sealed. */
export interface MessageRow {
  readonly id: string;
  /** What follows `message-` in the name of its stream. */
  readonly case_id: string;
  readonly comune: string;
  readonly name: string;
  readonly keyless: boolean;
  /** Cases that it names as its receiver. */
  readonly named: readonly string[];
  /** To whom it is on its way; null: it waits. */
  readonly subscription: string | null;
  readonly published_at: Instant;
  readonly expires_at: Instant;
}

/** A case that awaits a message. */
export interface SubscriptionRow {
  readonly id: string;
  readonly case_id: string;
  readonly comune: string;
  readonly name: string;
  readonly correlation_key: string | null;
  readonly since: Instant;
}

export const messages: Table<MessageRow> = {
  name: 'messages',
  columns: {
    id: code,
    case_id: code,
    comune: code,
    name: 'text',
    keyless: 'boolean',
    named: 'jsonb',
    subscription: code,
    published_at: code,
    expires_at: code,
  },
  indexes: [
    '(published_at, id) where subscription is not null',
    '(published_at, id) where subscription is null and keyless',
    "(published_at, id) where subscription is null and named <> '[]'",
    '(name, published_at, id) where subscription is null',
    '(expires_at) where subscription is null',
    '(case_id)',
  ],
  live: 'true',
};

export const subscriptions: Table<SubscriptionRow> = {
  name: 'subscriptions',
  columns: {
    id: code,
    case_id: code,
    comune: code,
    name: 'text',
    correlation_key: 'text',
    since: code,
  },
  indexes: ['(name, comune, since, id) where correlation_key is null', '(case_id, name)'],
  live: 'true',
};

/** An event of a `message-…` stream, where the log has it. */
export type MessageSeen = Omit<StoredEvent, 'type' | 'data'> & MessageEvent;

export const messagesProjection: Projection<MessageSeen> = {
  table: messages as never,
  opens: [],
  touches(event) {
    switch (event.type) {
      case 'MessagePublished':
        return [];
      case 'MessageMatched':
      case 'MessageReturned':
      case 'MessageDelivered':
      case 'MessageExpired':
        return [event.data.messageId];
      default:
        return null;
    }
  },
  apply(event, rows) {
    switch (event.type) {
      case 'MessagePublished': {
        const { messageId: id, name, keyless, named, expiresAt } = event.data;
        return rows.put(messages, {
          ...{ id, name, keyless, named },
          case_id: caseOf(event.stream),
          comune: event.tenant,
          subscription: null,
          published_at: event.recordedAt,
          expires_at: expiresAt,
        });
      }
      case 'MessageMatched':
      case 'MessageReturned': {
        const { messageId, subscription } = event.data;
        const row = rows.get(messages, messageId);
        const to = event.type === 'MessageMatched' ? subscription : null;
        return row && rows.put(messages, { ...row, subscription: to });
      }
      case 'MessageDelivered':
      case 'MessageExpired':
        return rows.remove(messages, event.data.messageId);
      default:
    }
  },
};

/** Everybody who awaits a message: where a message without a key, or for a case by its id, finds its receiver. */
export const subscriptionsProjection = awaitingProjection({
  table: subscriptions,
  begins: 'MessageSubscribed',
  ends: ['MessageUnsubscribed', 'MessageCorrelated'],
  opens: ['MessageSubscribed'],
  row({ tenant: comune, recordedAt: since, data: { name, correlationKey } }) {
    // Its case was erased: nothing can be matched with it any more.
    if (correlationKey === undefined) return null;
    return { comune, name, correlation_key: correlationKey, since };
  },
});
