import { caseOf } from '@iter/event-store/following';
import { caseVariables } from '../case-event.ts';
import type { CaseSeen } from '../case-event.ts';
import { brokenOff, recordOfCases, textIn } from '../case-record.ts';
import { contributions } from './table.ts';
import type { ContributionRow } from './table.ts';

const hidden = (row: ContributionRow): ContributionRow => ({ ...row, published_at: null });

/** The script writes Italy's time of day; the log knows the instant, which can be compared. */
const published = (event: CaseSeen) =>
  'publishedAt' in caseVariables(event)
    ? (row: ContributionRow): ContributionRow => ({ ...row, published_at: event.recordedAt })
    : null;

/**
 * One row per contribution (`community-contribution`). It is published from the script that says so until its author hands
 * it in anew or the case ends: what nobody has moderated yet is not shown in its place.
 */
export const contributionsProjection = recordOfCases<ContributionRow>({
  table: contributions,
  processes: ['community-contribution'],
  begin: ({ stream, data }) => ({
    id: caseOf(stream),
    body: data.comune,
    ...{ kind: null, theme: null, title: null, text: null, attached: null, published_at: null },
  }),
  variables: ['kind', 'theme', 'title', 'contributionText', 'contributionDoc'],
  told: (row, set) => ({
    ...row,
    ...('kind' in set && { kind: textIn(set['kind']) }),
    ...('theme' in set && { theme: textIn(set['theme']) }),
    ...('title' in set && { title: textIn(set['title']) }),
    ...('contributionText' in set && { text: textIn(set['contributionText']) }),
    ...('contributionDoc' in set && { attached: textIn(set['contributionDoc']) }),
  }),
  happened: {
    UserTaskCreated: ({ data }) => (data.element === 't_submit' ? hidden : null),
    CaseCompleted: () => hidden,
    ...brokenOff(hidden),
    CaseStarted: published,
    VariablesSet: published,
    UserTaskCompleted: published,
    JobCompleted: published,
  },
});
