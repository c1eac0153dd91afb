import { code } from '@iter/event-store/following';
import type { Table } from '@iter/event-store/following';

export interface HireRow {
  readonly id: string;
  readonly need_ref: string | null;
  readonly list_ref: string | null;
  readonly ranking_ref: string | null;
  /** A reference, never a name. */
  readonly candidate_ref: string | null;
  readonly contract_type: string | null;
  /** The day on which service began. */
  readonly started_on: string | null;
  /** The post is taken until it is given back: not hired, resigned, probation not passed. */
  readonly returned: boolean;
}

export const hires: Table<HireRow> = {
  name: 'hires',
  columns: {
    id: code,
    need_ref: code,
    list_ref: code,
    ranking_ref: code,
    candidate_ref: code,
    contract_type: code,
    started_on: code,
    returned: 'boolean',
  },
  indexes: [
    '(need_ref)',
    '(list_ref) where list_ref is not null',
    '(ranking_ref) where ranking_ref is not null',
  ],
  live: 'false',
};
