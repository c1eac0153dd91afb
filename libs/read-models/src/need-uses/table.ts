import { code } from '@iter/event-store/following';
import type { Table } from '@iter/event-store/following';

/** What was done about a need: an interpello, or the use of a ranking. */
export interface NeedUseRow {
  readonly id: string;
  readonly need_ref: string | null;
  readonly ranking_ref: string | null;
  /** The Comune has withdrawn the need meanwhile. */
  readonly withdrawn: boolean;
  /** Who was called from the ranking, in order. */
  readonly called: readonly string[];
}

export const needUses: Table<NeedUseRow> = {
  name: 'need_uses',
  columns: { id: code, need_ref: code, ranking_ref: code, withdrawn: 'boolean', called: 'jsonb' },
  indexes: ['(need_ref)', '(ranking_ref) where ranking_ref is not null'],
  live: 'false',
};
