import type { Instant } from '@iter/engine';
import { caseOf, code } from '@iter/event-store/following';
import type { Table } from '@iter/event-store/following';
import { publicId } from '../case-event.ts';
import type { CaseProjection } from '../case-event.ts';

/** A message that a case sent: where it lies in the log, and for whom it is. Its content stays there, sealed. */
export interface MessageRow {
  /** Id of the event `MessageThrown`. */
  readonly id: string;
  readonly case_id: string;
  readonly revision: number;
  readonly comune: string;
  readonly name: string;
  readonly correlation_key: string | null;
  readonly thrown_at: Instant;
}

/** What took a message in: a case that awaited it, or one that it started. */
export interface DeliveryRow {
  /** Id of the message. */
  readonly id: string;
  readonly case_id: string;
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
    revision: 'integer',
    comune: code,
    name: 'text',
    correlation_key: 'text',
    thrown_at: code,
  },
  indexes: ['(thrown_at, id)'],
  live: 'false',
};

export const deliveries: Table<DeliveryRow> = {
  name: 'deliveries',
  columns: { id: code, case_id: code },
  indexes: [],
  live: 'false',
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
  indexes: ['(name, correlation_key, since, id)', '(case_id)'],
  live: 'true',
};

export const messagesProjection: CaseProjection = {
  table: messages as never,
  opens: ['MessageThrown'],
  touches: (event) => (event.type === 'MessageThrown' ? [] : null),
  apply(event, rows) {
    if (event.type !== 'MessageThrown') return;
    rows.put(messages, {
      id: event.id,
      case_id: caseOf(event.stream),
      revision: event.revision,
      comune: event.tenant,
      name: event.data.name,
      correlation_key: event.data.correlationKey ?? null,
      thrown_at: event.recordedAt,
    });
  },
};

/** What a message caused says so in its envelope: the delivery is read from the log, never remembered beside it. */
export const deliveriesProjection: CaseProjection = {
  table: deliveries as never,
  opens: [],
  touches: (event) =>
    event.causationId !== null && (event.type === 'MessageCorrelated' || event.type === 'CaseStarted')
      ? []
      : null,
  apply(event, rows) {
    if (event.causationId === null) return;
    rows.put(deliveries, { id: event.causationId, case_id: caseOf(event.stream) });
  },
};

export const subscriptionsProjection: CaseProjection = {
  table: subscriptions as never,
  opens: ['MessageSubscribed'],
  touches(event) {
    switch (event.type) {
      case 'MessageSubscribed':
        return [];
      case 'MessageUnsubscribed':
      case 'MessageCorrelated':
        return [publicId(event, event.data.key)];
      case 'CaseCompleted':
      case 'CaseFailed':
      case 'CaseTerminated':
        return 'live';
      default:
        return null;
    }
  },
  apply(event, rows) {
    switch (event.type) {
      case 'MessageSubscribed': {
        const { key, name, correlationKey } = event.data;
        return rows.put(subscriptions, {
          id: publicId(event, key),
          case_id: caseOf(event.stream),
          comune: event.tenant,
          name,
          correlation_key: correlationKey ?? null,
          since: event.recordedAt,
        });
      }
      case 'MessageUnsubscribed':
      case 'MessageCorrelated':
        return rows.remove(subscriptions, publicId(event, event.data.key));
      default:
        for (const { id } of rows.of(subscriptions)) rows.remove(subscriptions, id);
    }
  },
};
