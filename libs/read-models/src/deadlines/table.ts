import type { Instant } from '@iter/engine';
import { code } from '@iter/event-store/following';
import type { Table } from '@iter/event-store/following';
import type { DeadlineItem } from '../views.ts';

export interface DeadlineRow {
  readonly id: string;
  readonly case_id: string;
  readonly comune: string;
  readonly process: string;
  readonly deadline: string;
  readonly instance: string | null;
  readonly element: string;
  readonly term: string;
  readonly label: DeadlineItem['label'];
  readonly norm: string;
  readonly mark: string;
  readonly nature: DeadlineItem['nature'];
  readonly binds: string;
  readonly state: DeadlineItem['state'];
  /** The fact that silences the reminders is recorded. */
  readonly quieted: boolean;
  /** When its bell rings next; null: never. */
  readonly bell_at: Instant | null;
  readonly base: string;
  readonly bases: DeadlineItem['bases'];
  readonly nominal_date: string;
  readonly legal_due_date: string;
  readonly safe_action_date: string;
  readonly earliest_action_date: string | null;
  readonly explanation: DeadlineItem['explanation'];
  /** First day of the version of the term; version of the calendar. Null: opened before they were kept. */
  readonly term_from: string | null;
  readonly calendar: string | null;
  readonly alternatives: DeadlineItem['alternatives'];
  readonly decided_on: string | null;
  readonly suspended_on: string | null;
  readonly ladder: DeadlineItem['ladder'];
  readonly opened_at: Instant;
  readonly ended_at: Instant | null;
  readonly end_reason: string | null;
  readonly changes: DeadlineItem['changes'];
}

/** Open, suspended, or over with reminders that still ring: what the deadline board shows. */
export const runningDeadline = (of = ''): string =>
  `(${of}state in ('open', 'suspended') or ${of}bell_at is not null)`;

export const deadlines: Table<DeadlineRow> = {
  name: 'deadlines',
  columns: {
    id: code,
    case_id: code,
    comune: code,
    process: code,
    deadline: code,
    instance: 'text',
    element: code,
    term: code,
    label: 'jsonb',
    norm: 'text',
    mark: 'text',
    nature: code,
    binds: code,
    state: code,
    quieted: 'boolean',
    bell_at: code,
    base: 'text',
    bases: 'jsonb',
    nominal_date: code,
    legal_due_date: code,
    safe_action_date: code,
    earliest_action_date: code,
    explanation: 'jsonb',
    term_from: code,
    calendar: code,
    alternatives: 'jsonb',
    decided_on: code,
    suspended_on: code,
    ladder: 'jsonb',
    opened_at: code,
    ended_at: code,
    end_reason: 'text',
    changes: 'jsonb',
  },
  indexes: [
    `(safe_action_date, id) where ${runningDeadline()}`,
    `(comune, safe_action_date, id) where ${runningDeadline()}`,
    '(state, safe_action_date, id)',
    '(legal_due_date, id)',
    '(case_id, opened_at, id)',
    "(nominal_date, id) where deadline = 'DL_LIST_MEMBERSHIP'",
  ],
  counted: ['changes'],
  live: "state in ('open', 'suspended')",
};
