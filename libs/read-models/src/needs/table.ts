import { code } from '@iter/event-store/following';
import type { Table } from '@iter/event-store/following';

/** What the case of a need has come to by itself; posts taken elsewhere are counted when it is asked. */
export type NeedStage =
  | 'OPEN'
  | 'WAITING_34BIS'
  | 'READY_INTERPELLO'
  | 'READY_COMPETITION'
  | 'READY_RANKING'
  | 'COVERED'
  | 'WITHDRAWN';

export interface NeedRow {
  readonly id: string;
  readonly comune: string;
  readonly profile: string | null;
  readonly area: string | null;
  readonly contract_type: string | null;
  readonly contract_months: number | null;
  /** 100: full time. */
  readonly part_time_pct: number | null;
  readonly seat: string | null;
  readonly posts: number;
  readonly channel: string | null;
  /** The Comune lets a notice go out while art. 34-bis still runs. */
  readonly publish_early: boolean;
  readonly stage: NeedStage;
}

export const needs: Table<NeedRow> = {
  name: 'needs',
  columns: {
    id: code,
    comune: code,
    profile: 'text',
    area: code,
    contract_type: code,
    contract_months: 'integer',
    part_time_pct: 'integer',
    seat: 'text',
    posts: 'integer',
    channel: code,
    publish_early: 'boolean',
    stage: code,
  },
  indexes: [],
  live: 'false',
};
