import { code } from '@iter/event-store/following';
import type { Table } from '@iter/event-store/following';
import { awaitingProjection } from '../awaiting.ts';

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

export const signalSubscriptionsProjection = awaitingProjection({
  table: signalSubscriptions,
  begins: 'SignalSubscribed',
  ends: ['SignalUnsubscribed', 'SignalReceived'],
  opens: [],
  row: ({ position, data: { name } }) => ({ name, position }),
});
