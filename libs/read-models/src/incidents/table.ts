import type { Instant } from '@iter/engine';
import { code } from '@iter/event-store/following';
import type { Table } from '@iter/event-store/following';
import type { IncidentItem } from '../views.ts';

export interface IncidentRow {
  readonly id: string;
  readonly case_id: string;
  readonly comune: string;
  readonly process: string;
  /** That the element is of: inside a call, the called one. */
  readonly definition: string;
  readonly element: string | null;
  readonly code: string;
  readonly message: string;
  /** About a deadline by law, for people who decide; else about the machine. */
  readonly legal: boolean;
  readonly state: IncidentItem['state'];
  readonly raised_at: Instant;
  readonly resolved_at: Instant | null;
  readonly resolution: string | null;
}

export const incidents: Table<IncidentRow> = {
  name: 'incidents',
  columns: {
    id: code,
    case_id: code,
    comune: code,
    process: code,
    definition: code,
    element: code,
    code: code,
    message: 'text',
    legal: 'boolean',
    state: code,
    raised_at: code,
    resolved_at: code,
    resolution: 'text',
  },
  indexes: [
    "(raised_at desc, id desc) where state = 'open'",
    '(state, raised_at desc, id desc)',
    '(comune, state, raised_at desc, id desc)',
    '(case_id, raised_at, id)',
  ],
  live: "state = 'open'",
};
