import type { Instant } from '@iter/engine';
import { code } from '@iter/event-store/following';
import type { Table } from '@iter/event-store/following';
import type { NoticeItem } from '../views.ts';

/** Among addressees: who holds the open tasks of the case. */
export const inCharge = 'IN_CHARGE';

export interface NoticeRow {
  readonly id: string;
  readonly case_id: string;
  readonly comune: string;
  readonly process: string;
  readonly addressees: readonly string[];
  /** Accounts: those who were in charge when it was told, where it calls them. */
  readonly people: readonly string[];
  readonly label: NoticeItem['label'];
  readonly deadline: string | null;
  readonly legal_due_date: string | null;
  readonly told_at: Instant;
}

export const notices: Table<NoticeRow> = {
  name: 'notices',
  columns: {
    id: code,
    case_id: code,
    comune: code,
    process: code,
    addressees: 'text[]',
    people: 'text[]',
    label: 'jsonb',
    deadline: code,
    legal_due_date: code,
    told_at: code,
  },
  indexes: ['(told_at desc, id desc)', '(comune, told_at desc, id desc)', '(case_id, told_at, id)'],
  live: 'false',
};
