import { atRome } from '@iter/legal-calendar';
import { sql } from 'kysely';
import type { Views } from '../database.ts';

export interface AttendedSession {
  readonly caseId: string;
  readonly courseRef: string;
  readonly title: string;
  readonly sessionRef: string;
  readonly startsAt: string;
  readonly endsAt: string;
}

/** A person in two sessions at the same time: one of the two registers is wrong. */
export interface DoublePresence {
  readonly employeeRef: string;
  readonly first: AttendedSession;
  readonly second: AttendedSession;
}

/** More are shown when these are put right. */
const most = 100;

/**
 * Sessions in the room or live that overlap with the same person at both, at least one of them of this body's courses;
 * self-paced ones may overlap. By what begins first, at most a hundred.
 * Source: domain/training.md § 12
 */
export async function doublePresences(
  views: Views,
  { body, year }: { readonly body: string; readonly year: number },
): Promise<readonly DoublePresence[]> {
  const rows = await views
    .selectFrom('training_presences as a')
    .innerJoin('training_presences as b', (join) =>
      join
        .onRef('a.employee_ref', '=', 'b.employee_ref')
        .onRef('a.employer', '=', 'b.employer')
        .onRef('a.id', '<', 'b.id')
        .onRef('a.starts_at', '<', 'b.ends_at')
        .onRef('b.starts_at', '<', 'a.ends_at'),
    )
    .innerJoin('training_editions as one', 'one.id', 'a.case_id')
    .innerJoin('training_editions as other', 'other.id', 'b.case_id')
    .select(['a.employee_ref', 'a.case_id as a_case', 'a.session_ref as a_session'])
    .select(['b.case_id as b_case', 'b.session_ref as b_session'])
    .select([sql<Date>`a.starts_at`.as('a_from'), sql<Date>`a.ends_at`.as('a_to')])
    .select([sql<Date>`b.starts_at`.as('b_from'), sql<Date>`b.ends_at`.as('b_to')])
    .select(['one.course_ref as a_course', 'one.title as a_title'])
    .select(['other.course_ref as b_course', 'other.title as b_title'])
    .where('a.minutes', '>', 0)
    .where('b.minutes', '>', 0)
    .where('a.mode', 'in', ['ROOM', 'LIVE'])
    .where('b.mode', 'in', ['ROOM', 'LIVE'])
    .where('a.starts_at', '>=', atRome(`${year}-01-01`, '00:00'))
    .where('a.starts_at', '<', atRome(`${year + 1}-01-01`, '00:00'))
    .where((eb) => eb.or([eb('a.comune', '=', body), eb('b.comune', '=', body)]))
    .orderBy('a.starts_at')
    .orderBy('a.id')
    .limit(most)
    .execute();
  return rows.map((it) => ({
    employeeRef: it.employee_ref,
    first: {
      ...{ caseId: it.a_case, courseRef: it.a_course, title: it.a_title, sessionRef: it.a_session },
      ...{ startsAt: it.a_from.toISOString(), endsAt: it.a_to.toISOString() },
    },
    second: {
      ...{ caseId: it.b_case, courseRef: it.b_course, title: it.b_title, sessionRef: it.b_session },
      ...{ startsAt: it.b_from.toISOString(), endsAt: it.b_to.toISOString() },
    },
  }));
}
