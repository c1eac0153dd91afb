import { caseOf } from '@iter/event-store/following';
import { isBrokenOff, recordOfCases, textIn } from '../case-record.ts';
import { hires } from './table.ts';
import type { HireRow } from './table.ts';

const columnOf = {
  needRef: 'need_ref',
  listRef: 'list_ref',
  rankingRef: 'ranking_ref',
  candidateRef: 'candidate_ref',
  contractType: 'contract_type',
} as const;

/** Ends at which the post goes back to its need. */
const returns: ReadonlySet<string> = new Set(['end_notHired', 'end_resigned', 'end_notPassed']);

/** One row per hiring of a person (`selection-hiring`): a post taken, or given back. */
export const hiresProjection = recordOfCases<HireRow>({
  table: hires,
  processes: ['selection-hiring'],
  begin: ({ stream }) => ({
    id: caseOf(stream),
    ...{ need_ref: null, list_ref: null, ranking_ref: null, candidate_ref: null, contract_type: null },
    returned: false,
  }),
  variables: Object.keys(columnOf),
  told: (row, set) => ({
    ...row,
    ...Object.fromEntries(
      Object.entries(columnOf).flatMap(([name, column]) =>
        name in set ? [[column, textIn(set[name])]] : [],
      ),
    ),
  }),
  happened(event) {
    const isReturned =
      isBrokenOff(event) || (event.type === 'CaseCompleted' && returns.has(event.data.endElement ?? ''));
    return isReturned ? (row) => ({ ...row, returned: true }) : null;
  },
});
