import { sql } from 'kysely';
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

/** Not when enrolment has closed, though nobody is convened yet. */
export const isOpenToEnrolment = sql<boolean>`(training_editions.state = 'enrolling' and exists (
  select from views.deadlines
  where case_id = training_editions.id and deadline = 'DL_ENROL' and state = 'open'))`;

/**
 * Editions open to enrolment, the next first. Full ones are there: one may still wait.
 */
export async function trainingCatalogue(views: Views): Promise<readonly OpenCourse[]> {
  const rows = await views
    .selectFrom('training_editions')
    .selectAll()
    .where(isOpenToEnrolment)
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
