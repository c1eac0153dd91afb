import { caseOf, code } from '@iter/event-store/following';
import type { Table } from '@iter/event-store/following';
import { publicId } from '../case-event.ts';
import type { CaseProjection } from '../case-event.ts';

/** A case that awaits a signal. */
export interface SignalSubscriptionRow {
  readonly id: string;
  readonly case_id: string;
  readonly name: string;
  /** Where in the log it began to wait: what was thrown before is not for it. */
  readonly position: string;
}

export const signalSubscriptions: Table<SignalSubscriptionRow> = {
  name: 'signal_subscriptions',
  columns: { id: code, case_id: code, name: 'text', position: code },
  indexes: ['(name, id)', '(case_id)'],
  live: 'true',
};

export const signalSubscriptionsProjection: CaseProjection = {
  table: signalSubscriptions as never,
  opens: [],
  touches(event) {
    switch (event.type) {
      case 'SignalSubscribed':
        return [];
      case 'SignalUnsubscribed':
      case 'SignalReceived':
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
      case 'SignalSubscribed': {
        const { key, name } = event.data;
        return rows.put(signalSubscriptions, {
          id: publicId(event, key),
          case_id: caseOf(event.stream),
          name,
          position: event.position,
        });
      }
      case 'SignalUnsubscribed':
      case 'SignalReceived':
        return rows.remove(signalSubscriptions, publicId(event, event.data.key));
      default:
        for (const { id } of rows.of(signalSubscriptions)) rows.remove(signalSubscriptions, id);
    }
  },
};
