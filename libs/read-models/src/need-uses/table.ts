import { code } from '@iter/event-store/following';
import type { Table } from '@iter/event-store/following';

/** Who was offered a post, by the task in which it was: reopened, it has offered nothing. */
export interface Call {
  readonly task: string;
  readonly called: string;
  readonly accepted: boolean;
}

/** What was done about needs: a competition, an interpello, or the use of a ranking. */
export interface NeedUseRow {
  readonly id: string;
  readonly process: string;
  readonly since: string;
  readonly need_refs: readonly string[];
  readonly ranking_ref: string | null;
  /** The list of eligible persons that is asked. */
  readonly list_ref: string | null;
  /** Who on it was asked. */
  readonly asked: readonly string[];
  readonly contract_type: string | null;
  /** It is under way: another procedure on the same need would be one too many. */
  readonly open: boolean;
  /** The Comune has withdrawn the need meanwhile. */
  readonly withdrawn: boolean;
  /** Who was offered a post from the ranking or the list, in order. */
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
    list_ref: code,
    asked: 'jsonb',
    contract_type: code,
    open: 'boolean',
    withdrawn: 'boolean',
    called: 'jsonb',
  },
  indexes: [
    'using gin (need_refs)',
    '(ranking_ref) where ranking_ref is not null',
    '(list_ref) where list_ref is not null',
  ],
  counted: ['need_refs'],
  live: 'false',
};
