import { code } from '@iter/event-store/following';
import type { Table } from '@iter/event-store/following';

/** A contribution to the community of practice, as it was handed in last. */
export interface ContributionRow {
  readonly id: string;
  readonly body: string;
  /** `QUESTION`, `DOCUMENT`, `MODEL` */
  readonly kind: string | null;
  readonly theme: string | null;
  readonly title: string | null;
  readonly text: string | null;
  /** What its author says is attached: name, version, licence. */
  readonly attached: string | null;
  /** Instant; null: nobody but the editors may read it now. */
  readonly published_at: string | null;
}

export const contributions: Table<ContributionRow> = {
  name: 'contributions',
  columns: {
    id: code,
    body: code,
    kind: code,
    theme: code,
    title: 'text',
    text: 'text',
    attached: 'text',
    published_at: code,
  },
  indexes: ['(published_at desc, id desc) where published_at is not null'],
  live: 'false',
};
