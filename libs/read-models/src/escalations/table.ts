import type { Instant } from '@iter/engine';
import { code } from '@iter/event-store/following';
import type { Table } from '@iter/event-store/following';
import type { EscalationItem } from '../views.ts';

export interface EscalationRow {
  readonly id: string;
  readonly case_id: string;
  readonly comune: string;
  readonly process: string;
  readonly deadline: string | null;
  readonly step: string;
  readonly label: EscalationItem['label'];
  readonly nature: EscalationItem['nature'];
  readonly legal_due_date: string | null;
  readonly addressees: readonly string[];
  readonly state: EscalationItem['state'];
  readonly owner: string | null;
  readonly raised_at: Instant;
  readonly acknowledged_at: Instant | null;
  readonly resolved_at: Instant | null;
  readonly outcome: string | null;
  /** How much would be lost, 0 the most: see `urgencyOf`. */
  readonly urgency: number;
  /** `legal_due_date`, and far in the future without one. */
  readonly due_sort: string;
}

export const escalations: Table<EscalationRow> = {
  name: 'escalations',
  columns: {
    id: code,
    case_id: code,
    comune: code,
    process: code,
    deadline: code,
    step: 'text',
    label: 'jsonb',
    nature: code,
    legal_due_date: code,
    addressees: 'text[]',
    state: code,
    owner: code,
    raised_at: code,
    acknowledged_at: code,
    resolved_at: code,
    outcome: 'text',
    urgency: 'integer',
    due_sort: code,
  },
  indexes: [
    "(urgency, due_sort, id) where state <> 'resolved'",
    "(comune, urgency, due_sort, id) where state <> 'resolved'",
    '(state, urgency, due_sort, id)',
    '(case_id, raised_at, id)',
  ],
  live: "state <> 'resolved'",
};
