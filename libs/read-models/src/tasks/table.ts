import type { Instant } from '@iter/engine';
import { code } from '@iter/event-store/following';
import type { Table } from '@iter/event-store/following';
import type { TermNature } from '@iter/legal-calendar';
import type { TaskItem } from '../views.ts';

export interface TaskRow {
  readonly id: string;
  readonly case_id: string;
  readonly comune: string;
  /** Whose office does it, when that is not an office of the case's body. */
  readonly body: string | null;
  readonly process: string;
  /** That the element is of: inside a call, the called one. */
  readonly definition: string;
  readonly element: string;
  /** What tells it from others of the case that look alike: content of the case. */
  readonly about: string | null;
  /** Which instance of a repeated activity it is, from 1; null: it is not repeated. */
  readonly iteration: number | null;
  readonly role: string | null;
  /** Whom it concerns: the lane's role, else the candidate groups that are roles, else the desk. */
  readonly roles: readonly string[];
  readonly assignee: string | null;
  readonly candidate_groups: readonly string[];
  readonly candidate_users: readonly string[];
  readonly form_id: string | null;
  readonly state: TaskItem['state'];
  /** While it is open what is known of the case, as `cases.facts`: the inbox is narrowed by it. */
  readonly facts: readonly string[];
  readonly priority: number;
  readonly created_at: Instant;
  /** The task's own due instant. */
  readonly own_due_at: Instant | null;
  /** When the term from which `due_on` comes began: its own with the task, or the case's. */
  readonly due_since: Instant | null;
  readonly due_on: string | null;
  /** `due_on`, and far in the future without one: what the inbox is sorted by. */
  readonly due_sort: string;
  readonly legal_due_on: string | null;
  readonly due_nature: TermNature | null;
  readonly revision: number;
  readonly ended_at: Instant | null;
  readonly completed_by: string | null;
  /** The role in which it was completed. */
  readonly completed_as: string | null;
  /** The absent account in whose place it was completed. */
  readonly completed_for: string | null;
}

export const tasks: Table<TaskRow> = {
  name: 'tasks',
  columns: {
    id: code,
    case_id: code,
    comune: code,
    body: code,
    process: code,
    definition: code,
    element: code,
    iteration: 'integer',
    role: code,
    roles: 'text[]',
    assignee: code,
    candidate_groups: 'text[]',
    candidate_users: 'text[]',
    form_id: 'text',
    state: code,
    facts: 'text[]',
    priority: 'integer',
    created_at: code,
    own_due_at: code,
    due_on: code,
    due_sort: code,
    legal_due_on: code,
    due_nature: code,
    revision: 'integer',
    ended_at: code,
    completed_by: code,
    completed_as: code,
    completed_for: code,
    due_since: code,
    about: 'text',
  },
  indexes: [
    "(due_sort, id) where state = 'open'",
    "(comune, due_sort, id) where state = 'open'",
    "(body, due_sort, id) where state = 'open' and body is not null",
    "(assignee, due_sort, id) where state = 'open'",
    '(state, ended_at, id)',
    '(case_id, created_at, id)',
    "(completed_by, case_id) where state = 'completed'",
    '(completed_for, case_id) where completed_for is not null',
    '(assignee, case_id) where assignee is not null',
    "using gin (candidate_users) where candidate_users <> '{}'",
    "using gin (facts) where state = 'open' and facts <> '{}'",
  ],
  live: "state = 'open'",
};
