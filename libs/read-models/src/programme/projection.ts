import type { Json } from '@iter/event-store';
import type { Variables } from '@iter/engine';
import { caseOf } from '@iter/event-store/following';
import { brokenOff, entriesIn, numberIn, recordOfCases, textIn, textsIn } from '../case-record.ts';
import { editions, paths } from './table.ts';
import type { EditionRow, EditionStage, PathRow, PathStage } from './table.ts';

const tasks: Readonly<Record<string, EditionStage>> = {
  t_callTutors: 'CALLING_TUTORS',
  t_focusGroup: 'FOCUS_GROUPS',
  t_callParticipants: 'CALL',
  t_match: 'MATCHING',
  t_materials: 'RESTITUTION',
};

/** One row per edition (`accompaniment-edition`). */
export const editionsProjection = recordOfCases<EditionRow>({
  table: editions,
  processes: ['accompaniment-edition'],
  begin: ({ stream, data }) => ({
    id: caseOf(stream),
    body: data.comune,
    ...{ theme: null, year: null },
    stage: 'CALLING_TUTORS',
    ...{ focus_tutors: [], path_tutors: [], participants: [] },
  }),
  variables: ['theme', 'editionYear', 'focusGroups', 'pairs', 'participants'],
  told: (row, set) => ({ ...row, ...editionColumns(set) }),
  happened: {
    UserTaskCreated: ({ data }) => toStage(tasks[data.element]),
    UserTaskCompleted: ({ data }) => (data.element === 't_match' ? toStage('PATHS') : null),
    CaseCompleted: ({ data }) =>
      toStage(data.endElement === 'end_noParticipants' ? 'NO_PARTICIPANTS' : 'CLOSED'),
    ...brokenOff((row) => ({ ...row, stage: 'STOPPED' })),
  },
});

function editionColumns(set: Variables): Partial<EditionRow> {
  return {
    ...('theme' in set && { theme: textIn(set['theme']) }),
    ...('editionYear' in set && { year: numberIn(set['editionYear']) }),
    ...('focusGroups' in set && { focus_tutors: unique(textsIn(held(set['focusGroups']), 'tutor')) }),
    ...('pairs' in set && { path_tutors: unique(textsIn(set['pairs'], 'tutor')) }),
    ...('participants' in set && { participants: unique(textsIn(set['participants'], 'province')) }),
  };
}

/** The groups that met; those whose Province withdrew are not among them. */
const held = (groups: Json | undefined): readonly Variables[] =>
  entriesIn(groups, (it) => (it['focusOutcome'] === 'HELD' ? it : null));

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)].sort();

const toStage = (stage: EditionStage | undefined) =>
  stage === undefined ? null : (row: EditionRow): EditionRow => ({ ...row, stage });

/** What the end events of a path say. */
const outcomes: Readonly<Record<string, PathStage>> = {
  delivered: 'DELIVERED',
  followedOnly: 'FOLLOWED_ONLY',
  withdrawn: 'WITHDRAWN',
};

/** One row per path of a Province (`accompaniment-project-work`). */
export const pathsProjection = recordOfCases<PathRow>({
  table: paths,
  processes: ['accompaniment-project-work'],
  begin: ({ stream, data }) => ({
    id: caseOf(stream),
    province: data.comune,
    ...{ edition: null, tutor: null },
    stage: 'RUNNING',
  }),
  variables: ['editionRef', 'tutor', 'caseOutcome'],
  told: (row, set) => ({
    ...row,
    ...('editionRef' in set && { edition: textIn(set['editionRef']) }),
    ...('tutor' in set && { tutor: textIn(set['tutor']) }),
    ...('caseOutcome' in set && { stage: outcomes[textIn(set['caseOutcome']) ?? ''] ?? row.stage }),
  }),
  happened: brokenOff((row) => ({ ...row, stage: 'STOPPED' })),
});
