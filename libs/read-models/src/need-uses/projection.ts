import type { Json } from '@iter/event-store';
import { caseOf } from '@iter/event-store/following';
import { caseVariables } from '../case-event.ts';
import { brokenOff, recordOfCases, textIn, textsIn } from '../case-record.ts';
import { needUses } from './table.ts';
import type { NeedUseRow } from './table.ts';

const over = (row: NeedUseRow): NeedUseRow => ({ ...row, open: false });

/** Tasks in which somebody is offered a post. */
const offers: ReadonlySet<string> = new Set(['t_drawNext', 't_proposeHire']);

/** One row per competition, interpello and use of a ranking. */
export const needUsesProjection = recordOfCases<NeedUseRow>({
  table: needUses,
  processes: ['selection-competition', 'selection-interpello', 'selection-ranking-use'],
  begin: ({ stream, recordedAt, data }) => ({
    id: caseOf(stream),
    process: data.process,
    since: recordedAt,
    need_refs: [],
    ranking_ref: null,
    list_ref: null,
    asked: [],
    contract_type: null,
    open: true,
    withdrawn: false,
    called: [],
  }),
  // The end of an event sub-process is not the end event of its case: what it came to is told by the outcome.
  variables: ['needRef', 'needs', 'rankingRef', 'listRef', 'asked', 'contractType', 'caseOutcome'],
  told: (row, set) => ({
    ...row,
    ...('needRef' in set && { need_refs: refsIn([set['needRef']]) }),
    ...('needs' in set && { need_refs: refsIn(set['needs']) }),
    ...('rankingRef' in set && { ranking_ref: textIn(set['rankingRef']) }),
    ...('listRef' in set && { list_ref: textIn(set['listRef']) }),
    ...('asked' in set && { asked: textsIn(set['asked'], 'candidateRef') }),
    ...('contractType' in set && { contract_type: textIn(set['contractType']) }),
    ...('caseOutcome' in set && { withdrawn: set['caseOutcome'] === 'withdrawn' }),
  }),
  happened: {
    CaseCompleted: () => over,
    ...brokenOff(over),
    // A competition lives on as long as its ranking, but its needs have been seen to by then.
    ElementActivated: ({ data }) => (data.element === 'evt_rankingLife' ? over : null),
    UserTaskCompleted(event) {
      if (!offers.has(event.data.element)) return null;
      const set = caseVariables(event);
      const called = textIn(set['candidateRef']);
      const accepted = set['accepted'] === true;
      const { key: task } = event.data;
      return called === null
        ? null
        : (row) => ({ ...row, called: [...row.called, { task, called, accepted }] });
    },
    UserTaskReopened({ data: { element, key } }) {
      if (!offers.has(element)) return null;
      return (row) => ({ ...row, called: row.called.filter(({ task }) => task !== key) });
    },
  },
});

/** References in a list of them, or of what has one. */
function refsIn(list: Json | undefined): readonly string[] {
  if (!Array.isArray(list)) return [];
  return (list as readonly Json[]).flatMap((it) => {
    const ref = typeof it === 'object' && it !== null && 'needRef' in it ? it.needRef : it;
    return textIn(ref) ?? [];
  });
}
