import { code } from '@iter/event-store/following';
import type { Table } from '@iter/event-store/following';

/** Something published in a selection, by the task that recorded it: reopened, it has published nothing. */
export interface Publication {
  readonly task: string;
  readonly element: string;
  /** The variable that holds its day. */
  readonly told: string;
  readonly on: string;
  /** Its code on the portal, its address or whatever else was written of where it is. */
  readonly where: string | null;
}

export interface PublicationsRow {
  /** Of the case. */
  readonly id: string;
  /** In the order in which they were recorded. */
  readonly published: readonly Publication[];
}

export const publications: Table<PublicationsRow> = {
  name: 'publications',
  columns: { id: code, published: 'jsonb' },
  indexes: [],
  live: 'false',
};
