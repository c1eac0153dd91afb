import type { Views } from '../database.ts';
import type { TrainingEditionRow } from './tables.ts';

/** An edition that one may enrol in. No persons: anybody signed in may see it. */
export interface CatalogueEntry {
  readonly caseId: string;
  readonly courseRef: string;
  readonly title: string;
  readonly subject: string | null;
  readonly mode: string | null;
  readonly hours: number | null;
  readonly firstSessionOn: string | null;
  readonly lastSessionOn: string | null;
  readonly sessions: TrainingEditionRow['sessions'];
  readonly maxSeats: number | null;
  readonly freeSeats: number;
  readonly waiting: number;
}

/** The same, and whose course it is. */
export interface OpenCourse extends CatalogueEntry {
  readonly comune: string;
}

/**
 * Editions open to enrolment, the next first. Full ones are there: one may still wait. Those whose enrolment has closed are
 * not, though nobody is convened yet.
 */
export async function trainingCatalogue(views: Views): Promise<readonly OpenCourse[]> {
  const rows = await views
    .selectFrom('training_editions')
    .selectAll()
    .where('state', '=', 'enrolling')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('deadlines')
          .select('deadlines.id')
          .whereRef('deadlines.case_id', '=', 'training_editions.id')
          .where('deadlines.deadline', '=', 'DL_ENROL')
          .where('deadlines.state', '=', 'open'),
      ),
    )
    .orderBy('first_session_on')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...entryOf(row), comune: row.comune }));
}

export const entryOf = (row: TrainingEditionRow): CatalogueEntry => ({
  ...{ caseId: row.id, courseRef: row.course_ref, title: row.title, subject: row.subject, mode: row.mode },
  ...{ hours: row.hours, firstSessionOn: row.first_session_on, lastSessionOn: row.last_session_on },
  ...{ sessions: row.sessions, maxSeats: row.max_seats, waiting: row.waiting },
  freeSeats: Math.max(0, (row.max_seats ?? 0) - row.enrolled),
});
