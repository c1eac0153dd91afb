import { code } from '@iter/event-store/following';
import type { Table } from '@iter/event-store/following';

/** Who was called, by the task that called them: reopened, it has called nobody. */
export interface Call {
  readonly task: string;
  readonly called: string;
}

/** What was done about needs: a competition, an interpello, or the use of a ranking. */
export interface NeedUseRow {
  readonly id: string;
  readonly process: string;
  readonly since: string;
  readonly need_refs: readonly string[];
  readonly ranking_ref: string | null;
  readonly contract_type: string | null;
  /** It is under way: another procedure on the same need would be one too many. */
  readonly open: boolean;
  /** The Comune has withdrawn the need meanwhile. */
  readonly withdrawn: boolean;
  /** Who was called from the ranking, in order. */
  readonly called: readonly Call[];
}

export const needUses: Table<NeedUseRow> = {
  name: 'need_uses',
  columns: {
    id: code,
    process: code,
    since: code,
    need_refs: 'jsonb',
    ranking_ref: code,
    contract_type: code,
    open: 'boolean',
    withdrawn: 'boolean',
    called: 'jsonb',
  },
  indexes: ['using gin (need_refs)', '(ranking_ref) where ranking_ref is not null'],
  counted: ['need_refs'],
  live: 'false',
};
