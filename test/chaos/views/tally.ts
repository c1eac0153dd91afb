import { createHash } from 'node:crypto';
import { caseOf } from '@iter/event-store/following';
import type { ClearEvent, Projection, Table } from '@iter/event-store/following';

/** What has passed of a case, and in which order. */
export interface TallyRow {
  readonly id: string;
  readonly events: number;
  readonly trace: string;
}

export const tally: Table<TallyRow> = {
  name: 'tally',
  columns: { id: 'text collate "C"', events: 'integer', trace: 'text' },
  indexes: [],
  live: 'true',
};

export const nothingPassed = { events: 0, trace: '' };

/** The next trace: every event counts, once and in its place. */
export const traced = (trace: string, revision: number, eventId: string): string =>
  createHash('sha256').update(`${trace}/${revision}/${eventId}`).digest('hex').slice(0, 16);

/**
 * Counts. The house's views mostly replace rows, which hides what is folded twice; here every event that is left out, taken
 * twice or out of order shows.
 */
export const tallyProjection: Projection<ClearEvent> = {
  table: tally as unknown as Table<never>,
  opens: [],
  touches: ({ stream }) => [caseOf(stream)],
  apply({ stream, revision, id: eventId }, rows) {
    const id = caseOf(stream);
    const { events, trace } = rows.get(tally, id) ?? nothingPassed;
    rows.put(tally, { id, events: events + 1, trace: traced(trace, revision, eventId) });
  },
};
