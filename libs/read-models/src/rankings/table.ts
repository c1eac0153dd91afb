import { code } from '@iter/event-store/following';
import type { Table } from '@iter/event-store/following';

export interface RankedPerson {
  readonly candidateRef: string;
  readonly winner: boolean;
  /** Has withdrawn: counts as called. */
  readonly gone: boolean;
}

export interface RankingRow {
  readonly id: string;
  /** IPA code of the body whose case it is. */
  readonly comune: string;
  /** IPA codes of the bodies for which the competition was held: it is their own ranking. */
  readonly bodies: readonly string[];
  readonly profile: string | null;
  readonly contract_type: string | null;
  /** So many may be eligible beside the winners; null: no cap. */
  readonly eligible_cap: number | null;
  /** Within the cap, by position. */
  readonly ranked: readonly RankedPerson[];
  /** The winners are not hired by the competition: their needs have lapsed. */
  readonly lapsed: boolean;
  /** Revoked or annulled: nobody may use it. */
  readonly revoked: boolean;
}

export const rankings: Table<RankingRow> = {
  name: 'rankings',
  columns: {
    id: code,
    comune: code,
    bodies: 'jsonb',
    profile: 'text',
    contract_type: code,
    eligible_cap: 'integer',
    ranked: 'jsonb',
    lapsed: 'boolean',
    revoked: 'boolean',
  },
  indexes: [],
  live: 'false',
};
