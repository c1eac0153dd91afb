import { caseOf } from '@iter/event-store/following';
import { caseVariables } from '../case-event.ts';
import { recordOfCases, textIn } from '../case-record.ts';
import { needUses } from './table.ts';
import type { NeedUseRow } from './table.ts';

/** One row per interpello and per use of a ranking. */
export const needUsesProjection = recordOfCases<NeedUseRow>({
  table: needUses,
  processes: ['selection-interpello', 'selection-ranking-use'],
  begin: ({ stream }) => ({
    id: caseOf(stream),
    need_ref: null,
    ranking_ref: null,
    withdrawn: false,
    called: [],
  }),
  variables: ['needRef', 'rankingRef'],
  told: (row, set) => ({
    ...row,
    ...('needRef' in set && { need_ref: textIn(set['needRef']) }),
    ...('rankingRef' in set && { ranking_ref: textIn(set['rankingRef']) }),
  }),
  happened(event) {
    if (event.type === 'CaseCompleted' && event.data.endElement === 'end_withdrawn')
      return (row) => ({ ...row, withdrawn: true });
    if (event.type !== 'UserTaskCompleted' || event.data.element !== 't_drawNext') return null;
    const called = textIn(caseVariables(event)['candidateRef']);
    return called === null ? null : (row) => ({ ...row, called: [...row.called, called] });
  },
});
