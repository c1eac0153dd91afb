import { caseOf } from '@iter/event-store/following';
import type { Json } from '@iter/event-store';
import { brokenOff, numberIn, recordIn, recordOfCases, textIn } from '../case-record.ts';
import { trainingEvaluations } from './tables.ts';
import type { TrainingEvaluationRow } from './tables.ts';

/** One row per `training-evaluation`. */
export const trainingEvaluationsProjection = recordOfCases<TrainingEvaluationRow>({
  table: trainingEvaluations,
  processes: ['training-evaluation'],
  begin: ({ stream, data }) => ({
    ...{ id: caseOf(stream), comune: data.comune, course_ref: '', participants: 0 },
    ...{ level3: null, improved: null, measured: null, state: 'open' },
  }),
  variables: ['courseRef', 'participantsOfEmployer', 'level3', 'evaluationReport', 'caseOutcome'],
  told: (row, set) => ({
    ...row,
    ...('courseRef' in set && { course_ref: textIn(set['courseRef']) ?? '' }),
    ...('participantsOfEmployer' in set && { participants: numberIn(set['participantsOfEmployer']) ?? 0 }),
    ...('level3' in set && { level3: numberIn(recordIn(set['level3'])?.['average']) }),
    ...('evaluationReport' in set && {
      improved: numberIn(recordIn(set['evaluationReport'])?.['improved']),
      measured: numberIn(recordIn(set['evaluationReport'])?.['measured']),
    }),
    ...('caseOutcome' in set && { state: stateOf(set['caseOutcome']) }),
  }),
  happened: brokenOff((row) => ({ ...row, state: 'brokenOff' })),
});

const stateOf = (outcome: Json | undefined): TrainingEvaluationRow['state'] =>
  (['evaluated', 'partlyEvaluated', 'notEvaluated'] as const).find((it) => it === outcome) ?? 'open';
