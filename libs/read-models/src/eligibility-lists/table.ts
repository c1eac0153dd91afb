import { code } from '@iter/event-store/following';
import type { Table } from '@iter/event-store/following';

/** Its members are the open deadlines `DL_LIST_MEMBERSHIP` of the case. */
export interface EligibilityListRow {
  readonly id: string;
  /** IPA code of the body that keeps it. */
  readonly comune: string;
  /** IPA codes of those that have joined the agreement. */
  readonly bodies: readonly string[];
  readonly profiles: readonly string[];
  readonly closed: boolean;
}

export const eligibilityLists: Table<EligibilityListRow> = {
  name: 'eligibility_lists',
  columns: { id: code, comune: code, bodies: 'jsonb', profiles: 'jsonb', closed: 'boolean' },
  indexes: [],
  live: 'false',
};
