import type { Instant } from '@iter/engine';
import { code } from '@iter/event-store/following';
import type { Table } from '@iter/event-store/following';
import type { NoticeItem } from '../views.ts';

export interface NoticeRow {
  readonly id: string;
  readonly case_id: string;
  readonly comune: string;
  readonly process: string;
  readonly addressees: readonly string[];
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
    label: 'jsonb',
    deadline: code,
    legal_due_date: code,
    told_at: code,
  },
  indexes: ['(told_at desc, id desc)', '(comune, told_at desc, id desc)', '(case_id, told_at, id)'],
  live: 'false',
};
