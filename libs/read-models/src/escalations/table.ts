import type { Instant } from '@iter/engine';
import { code } from '@iter/event-store/following';
import type { Table } from '@iter/event-store/following';
import type { EscalationItem } from '../views.ts';

export interface EscalationRow {
  readonly id: string;
  readonly case_id: string;
  readonly comune: string;
  readonly process: string;
  readonly kind: EscalationItem['kind'];
  readonly deadline: string | null;
  /** Public id of the deadline. */
  readonly deadline_key: string | null;
  readonly step: string;
  readonly label: EscalationItem['label'];
  readonly nature: EscalationItem['nature'];
  readonly legal_due_date: string | null;
  readonly addressees: readonly string[];
  readonly state: EscalationItem['state'];
  readonly owner: string | null;
  readonly owned_at: Instant | null;
  /** Whom it was handed on to, and who has not taken it over yet. */
  readonly handed_account: string | null;
  readonly handed_role: string | null;
  /** What was said when it was handed on or taken over last; for whoever has it now. */
  readonly note: string | null;
  /** When it called last from nothing: raised, or again because its deadline runs again. */
  readonly raised_at: Instant;
  /** When somebody answered for the first time since. */
  readonly acknowledged_at: Instant | null;
  readonly resolved_at: Instant | null;
  readonly outcome_code: EscalationItem['outcomeCode'];
  /** In words; why the case ended, when that closed it. */
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
    kind: code,
    deadline: code,
    deadline_key: code,
    step: 'text',
    label: 'jsonb',
    nature: code,
    legal_due_date: code,
    addressees: 'text[]',
    state: code,
    owner: code,
    owned_at: code,
    handed_account: code,
    handed_role: code,
    note: 'text',
    raised_at: code,
    acknowledged_at: code,
    resolved_at: code,
    outcome_code: code,
    outcome: 'text',
    urgency: 'integer',
    due_sort: code,
  },
  indexes: [
    "(urgency, due_sort, id) where state <> 'resolved'",
    "(comune, urgency, due_sort, id) where state <> 'resolved'",
    '(state, urgency, due_sort, id)',
    '(case_id, raised_at, id)',
    '(raised_at)',
    "(coalesce(owner, handed_account), urgency, due_sort, id) where state <> 'resolved'",
  ],
  live: "state <> 'resolved'",
};
