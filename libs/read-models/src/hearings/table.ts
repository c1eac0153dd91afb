import type { Instant } from '@iter/engine';
import { code } from '@iter/event-store/following';
import type { Table } from '@iter/event-store/following';

/** The hearing of a disciplinary procedure as it is fixed now; whether it was summoned at all, its term of notice says. */
export interface HearingRow {
  /** Of the case. */
  readonly id: string;
  readonly held_at: Instant | null;
  /** The day in Rome. */
  readonly day: string | null;
  /** Where, or by which link: as it was written. */
  readonly place: string | null;
  /** HELD, ABSENT or NOT_HELD_REQUEST; null: not yet. */
  readonly outcome: string | null;
  readonly deferrals: number;
  /** The case is under way. */
  readonly open: boolean;
}

export const hearings: Table<HearingRow> = {
  name: 'hearings',
  columns: {
    id: code,
    held_at: code,
    day: code,
    place: 'text',
    outcome: code,
    deferrals: 'integer',
    open: 'boolean',
  },
  indexes: ['(held_at, id)', '(held_at, id) where open'],
  live: 'false',
};
