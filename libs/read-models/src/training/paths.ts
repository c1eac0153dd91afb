import { caseOf } from '@iter/event-store/following';
import type { Json } from '@iter/event-store';
import { brokenOff, entriesIn, numberIn, recordOfCases, textIn } from '../case-record.ts';
import { sumOf, withRef } from './read-entries.ts';
import { trainingPaths } from './tables.ts';
import type { CreditEntry, TrainingPathRow } from './tables.ts';

/** One row per `training-path`: the hours of a person in a year. */
export const trainingPathsProjection = recordOfCases<TrainingPathRow>({
  table: trainingPaths,
  processes: ['training-path'],
  begin: ({ stream, data }) => ({
    ...{ id: caseOf(stream), comune: data.comune, employee_ref: '', year: 0 },
    ...{ expected_hours: 0, credited_hours: 0, pending_hours: 0, planned_hours: 0 },
    ...{ credits: [], state: 'open' },
  }),
  variables: [
    ...['year', 'employeeRef', 'expectedHours', 'creditedHours'],
    ...['credits', 'pending', 'planned', 'caseOutcome'],
  ],
  told: (row, set) => ({
    ...row,
    ...('year' in set && { year: numberIn(set['year']) ?? row.year }),
    ...('employeeRef' in set && { employee_ref: textIn(set['employeeRef']) ?? '' }),
    ...('expectedHours' in set && { expected_hours: numberIn(set['expectedHours']) ?? 0 }),
    ...('creditedHours' in set && { credited_hours: numberIn(set['creditedHours']) ?? 0 }),
    ...('credits' in set && { credits: creditsIn(set['credits']) }),
    ...('pending' in set && { pending_hours: sumOf(set['pending'], 'hours') }),
    ...('planned' in set && { planned_hours: sumOf(set['planned'], 'hours') }),
    ...('caseOutcome' in set && { state: stateOf(set['caseOutcome']) }),
  }),
  happened: brokenOff((row) => ({ ...row, state: 'brokenOff' })),
});

const stateOf = (outcome: Json | undefined): TrainingPathRow['state'] =>
  outcome === 'reached' || outcome === 'notReached' || outcome === 'left' ? outcome : 'open';

const sources = ['COURSE', 'SYLLABUS', 'EXTERNAL'] as const;

const creditsIn = (value: Json | undefined): readonly CreditEntry[] =>
  entriesIn(value, (it) =>
    withRef(it, 'ref', (ref): CreditEntry | null => {
      const source = sources.find((name) => name === it['source']);
      return source
        ? {
            ...{ source, ref, hours: numberIn(it['hours']) ?? 0, subject: textIn(it['subject']) },
            ...{ courseRef: textIn(it['courseRef']), on: textIn(it['on']) ?? '' },
          }
        : null;
    }),
  );
