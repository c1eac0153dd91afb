import type { Instant, Key } from '@iter/engine';
import { code } from '@iter/event-store/following';
import type { Table } from '@iter/event-store/following';
import type { TermNature } from '@iter/legal-calendar';
import type { CaseSummary } from '../views.ts';

/** What lists need of a deadline that still runs. */
export interface RunningDeadline {
  readonly key: Key;
  readonly id: string;
  /** What tells it from others of its id: a body, a person, a session; null: there is one of the case. */
  readonly instance: string | null;
  readonly label: { readonly it: string; readonly en: string };
  readonly nature: TermNature;
  readonly binds: string;
  /** Nothing is to be done by then: its end is waited for. */
  readonly isWait: boolean;
  readonly openedAt: Instant;
  readonly safeActionDate: string;
  readonly legalDueDate: string;
  readonly suspended: boolean;
  /** It has passed: it stays until what was due is done; a peremptory one until it is closed, since people must decide what follows. */
  readonly missed?: boolean;
}

export interface CaseRow {
  readonly id: string;
  readonly process: string;
  readonly version: number;
  readonly definition: string;
  readonly comune: string;
  readonly code: string;
  readonly business_key: string | null;
  /** Code and business key in lower case: what people search in. */
  readonly search: string;
  readonly state: CaseSummary['state'];
  readonly started_at: Instant;
  readonly started_by: string;
  /** The role in which it was started. */
  readonly started_as: string;
  /** The absent account in whose place it was started. */
  readonly started_for: string | null;
  /** When it started in the world: decides which convention counts. */
  readonly began_at: Instant;
  readonly ended_at: Instant | null;
  /** How it ended, as the process says (`caseOutcome`), else the end event's name; null: it has not, or was ended by hand. */
  readonly outcome: string | null;
  readonly revision: number;
  readonly open_tasks: number;
  readonly open_incidents: number;
  readonly open_escalations: number;
  readonly deadlines: readonly RunningDeadline[];
  /** Names of its definition’s facts (`iter:fact`). */
  readonly fact_names: readonly string[];
  /** What is known of them, as `name:value`, sorted. */
  readonly facts: readonly string[];
  /** Whom a confidential case is about: boards say who may not judge them. Null: not said, or of another case. */
  readonly employee_ref: string | null;
}

export const cases: Table<CaseRow> = {
  name: 'cases',
  columns: {
    id: code,
    process: code,
    version: 'integer',
    definition: code,
    comune: code,
    code: 'text',
    business_key: 'text',
    search: 'text',
    state: code,
    started_at: code,
    started_by: code,
    started_as: code,
    started_for: code,
    began_at: code,
    ended_at: code,
    outcome: code,
    revision: 'integer',
    open_tasks: 'integer',
    open_incidents: 'integer',
    open_escalations: 'integer',
    deadlines: 'jsonb',
    fact_names: 'text[]',
    facts: 'text[]',
    employee_ref: 'text',
  },
  indexes: [
    '(started_at desc, id desc)',
    "(started_at desc, id desc) where state in ('active', 'suspended')",
    '(comune, started_at desc, id desc)',
    '(started_by, started_at desc, id desc)',
    '(started_for) where started_for is not null',
    '(process, started_at desc, id desc)',
    '(process, upper(code))',
    '(comune, upper(code))',
    'using gin (search public.gin_trgm_ops)',
    "using gin (facts) where facts <> '{}'",
  ],
  counted: ['deadlines'],
  live: 'false',
};
