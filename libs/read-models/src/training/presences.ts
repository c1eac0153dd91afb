import { caseOf } from '@iter/event-store/following';
import type { CaseProjection } from '../case-event.ts';
import { entriesIn, numberIn, textIn } from '../case-record.ts';
import { withRef } from './read-entries.ts';
import { trainingEditions, trainingPresences } from './tables.ts';

/**
 * One row per person and session, made when the register of the session is filed: with where the minutes come from, who
 * filed them and at which revision of the case.
 */
export const trainingPresencesProjection: CaseProjection = {
  table: trainingPresences as never,
  types: ['UserTaskCompleted'],
  opens: ['UserTaskCompleted'],
  touches: (event) =>
    event.type === 'UserTaskCompleted' && event.data.element === 't_recordAttendance' ? [] : null,
  apply(event, rows) {
    if (event.type !== 'UserTaskCompleted') return;
    const id = caseOf(event.stream);
    const edition = rows.get(trainingEditions, id);
    const { outputs } = event.data;
    const session = edition?.sessions.find(({ sessionRef }) => sessionRef === outputs?.['filedSession']);
    if (!edition || !outputs || !session || outputs['held'] !== true) return;
    const employers = new Map(edition.participants.map((it) => [it.employeeRef, it.employer]));
    const minutes = entriesIn(outputs['minutes'], (it) =>
      withRef(it, 'employeeRef', (employeeRef) => ({
        employeeRef,
        // Registers filed before employers stood in them know each reference once.
        employer: textIn(it['employer']) ?? employers.get(employeeRef) ?? '',
        minutes: numberIn(it['minutes']) ?? 0,
      })),
    );
    for (const person of minutes) {
      rows.put(trainingPresences, {
        id: `${id}.${session.sessionRef}.${person.employer}.${person.employeeRef}`,
        case_id: id,
        comune: edition.comune,
        session_ref: session.sessionRef,
        employee_ref: person.employeeRef,
        employer: person.employer,
        mode: edition.mode,
        starts_at: session.startsAt,
        ends_at: session.endsAt,
        minutes: person.minutes,
        source: textIn(outputs['importSource']),
        filed_on: textIn(outputs['attendanceFiledAt']),
        filed_by: event.actor.account,
        revision: event.revision,
      });
    }
  },
};
