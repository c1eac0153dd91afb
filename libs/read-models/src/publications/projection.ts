import type { Variables } from '@iter/engine';
import { caseOf } from '@iter/event-store/following';
import { variablesOf } from '../case-event.ts';
import { recordOfCases, textIn } from '../case-record.ts';
import { publications } from './table.ts';
import type { Publication, PublicationsRow } from './table.ts';

/** What each day of publication is called in the processes, and where its reference stands. */
const whereOf: Readonly<Record<string, readonly string[]>> = {
  mobilityPublishedAt: ['mobilityRef'],
  publishedAt: ['publicationRef', 'siteUrl'],
  extensionPublishedAt: [],
  plannedEndPublishedAt: [],
  diaryPublishedAt: ['diaryRef'],
  listPublishedAt: [],
  rankingPublishedAt: ['rankingUrl'],
};
const days = Object.keys(whereOf);
const dayIn = (set: Variables, told: string): string | null => textIn(set[told])?.slice(0, 10) ?? null;

/** One row per selection, with what was published in it. */
export const publicationsProjection = recordOfCases<PublicationsRow>({
  table: publications,
  processes: [
    'selection-needs-and-mobility',
    'selection-competition',
    'selection-single-list',
    'selection-interpello',
  ],
  inside: true,
  begin: ({ stream }) => ({ id: caseOf(stream), published: [] }),
  variables: days,
  // A day that is rectified afterwards; what a called process hands back says the same once more.
  told: (row, set) => ({
    ...row,
    published: days.reduce((list, told) => corrected(list, told, dayIn(set, told)), row.published),
  }),
  happened: {
    UserTaskCompleted(event) {
      const { key: task, element } = event.data;
      const set = variablesOf(event);
      const made = days.flatMap((told): Publication[] => {
        const on = dayIn(set, told);
        const where = whereOf[told]!.flatMap((name) => textIn(set[name]) ?? []).join(' · ') || null;
        return on === null ? [] : [{ task, element, told, on, where }];
      });
      return made.length === 0 ? null : (row) => ({ ...row, published: [...row.published, ...made] });
    },
    UserTaskReopened: ({ data: { key } }) => {
      return (row) =>
        row.published.some(({ task }) => task === key)
          ? { ...row, published: row.published.filter(({ task }) => task !== key) }
          : row;
    },
  },
});

/** The latest publication of its kind, on another day. */
function corrected(
  published: readonly Publication[],
  told: string,
  on: string | null,
): readonly Publication[] {
  const last = published.findLast((it) => it.told === told);
  if (on === null || !last || last.on === on) return published;
  return published.map((it) => (it === last ? { ...it, on } : it));
}
