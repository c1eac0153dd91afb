import { caseOf } from '@iter/event-store/following';
import { brokenOff, recordOfCases, textIn } from '../case-record.ts';
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

const returned = (row: HireRow): HireRow => ({ ...row, returned: true });

/** One row per hiring of a person (`selection-hiring`): a post taken, or given back. */
export const hiresProjection = recordOfCases<HireRow>({
  table: hires,
  processes: ['selection-hiring'],
  begin: ({ stream }) => ({
    id: caseOf(stream),
    ...{ need_ref: null, list_ref: null, ranking_ref: null, candidate_ref: null, contract_type: null },
    started_on: null,
    returned: false,
  }),
  variables: [...Object.keys(columnOf), 'started', 'startedAt'],
  told: (row, set) => ({
    ...row,
    ...Object.fromEntries(
      Object.entries(columnOf).flatMap(([name, column]) =>
        name in set ? [[column, textIn(set[name])]] : [],
      ),
    ),
    ...('startedAt' in set && {
      started_on: set['started'] === false ? null : (textIn(set['startedAt'])?.slice(0, 10) ?? null),
    }),
  }),
  happened: {
    CaseCompleted: ({ data }) => (returns.has(data.endElement ?? '') ? returned : null),
    ...brokenOff(returned),
  },
});
