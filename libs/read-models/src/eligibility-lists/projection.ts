import { caseOf } from '@iter/event-store/following';
import { brokenOff, recordOfCases, textsIn } from '../case-record.ts';
import { eligibilityLists } from './table.ts';
import type { EligibilityListRow } from './table.ts';

const closed = (row: EligibilityListRow): EligibilityListRow => ({ ...row, closed: true });

/** One row per list of eligible persons (`selection-single-list`). */
export const eligibilityListsProjection = recordOfCases<EligibilityListRow>({
  table: eligibilityLists,
  processes: ['selection-single-list'],
  begin: ({ stream, data }) => ({
    id: caseOf(stream),
    comune: data.comune,
    bodies: [],
    profiles: [],
    closed: false,
  }),
  variables: ['bodies', 'profiles'],
  told: (row, set) => ({
    ...row,
    ...('bodies' in set && { bodies: textsIn(set['bodies'], 'ipa') }),
    ...('profiles' in set && { profiles: textsIn(set['profiles'], 'profile') }),
  }),
  happened: { CaseCompleted: () => closed, ...brokenOff(closed) },
});
