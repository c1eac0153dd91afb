import type { Variables } from '@iter/engine';
import { caseOf } from '@iter/event-store/following';
import type { Json } from '@iter/event-store';
import type { SeenOf } from '../case-event.ts';
import { brokenOff, entriesIn, numberIn, recordIn, recordOfCases, textIn } from '../case-record.ts';
import { lengthOf, withRef } from './read-entries.ts';
import { trainingEditions } from './tables.ts';
import type {
  CertificateEntry,
  Level1Entry,
  OutcomeEntry,
  ParticipantEntry,
  PersonEntry,
  SessionEntry,
  TrainingEditionRow,
} from './tables.ts';

/** One row per `training-course`. */
export const trainingEditionsProjection = recordOfCases<TrainingEditionRow>({
  table: trainingEditions,
  processes: ['training-course'],
  begin: ({ stream, data }) => ({
    ...{ id: caseOf(stream), comune: data.comune, course_ref: '', title: '', subject: null, mode: null },
    ...{ hours: null, trainer: null, sessions: [], first_session_on: null, last_session_on: null },
    ...{ threshold_pct: null, max_seats: null, enrolled: 0, waiting: 0, participants: [], level1: null },
    ...{ level2: null, outcomes: [], certificates: [], issued_on: null, state: 'announced' },
  }),
  variables: [
    ...['courseRef', 'title', 'compulsorySubject', 'plannedMode', 'plannedHours', 'mode', 'hours', 'trainer'],
    ...['sessions', 'firstSessionAt', 'lastSessionAt', 'attendanceThresholdPct', 'maxSeats', 'enrolled'],
    ...['waiting', 'participants', 'level1Summary', 'level2', 'outcomes', 'certificates', 'issuedAt'],
    'caseOutcome',
  ],
  told: (row, set) => ({ ...row, ...announced(set), ...published(set), ...held(set) }),
  happened: { UserTaskCompleted: moved, ...brokenOff((row) => ({ ...row, state: 'brokenOff' })) },
});

const announced = (set: Variables): Partial<TrainingEditionRow> => ({
  ...('courseRef' in set && { course_ref: textIn(set['courseRef']) ?? '' }),
  ...('title' in set && { title: textIn(set['title']) ?? '' }),
  ...('compulsorySubject' in set && { subject: textIn(set['compulsorySubject']) }),
  ...('plannedMode' in set && { mode: textIn(set['plannedMode']) }),
  ...('plannedHours' in set && { hours: numberIn(set['plannedHours']) }),
});

/** Once its sessions are known people may enrol; published again, it takes enrolments again. */
const published = (set: Variables): Partial<TrainingEditionRow> => ({
  ...('mode' in set && { mode: textIn(set['mode']) }),
  ...('hours' in set && { hours: numberIn(set['hours']) }),
  ...('trainer' in set && { trainer: textIn(set['trainer']) }),
  ...('sessions' in set && { sessions: entriesIn(set['sessions'], sessionIn), state: 'enrolling' as const }),
  ...('firstSessionAt' in set && { first_session_on: textIn(set['firstSessionAt']) }),
  ...('lastSessionAt' in set && { last_session_on: textIn(set['lastSessionAt']) }),
  ...('attendanceThresholdPct' in set && { threshold_pct: numberIn(set['attendanceThresholdPct']) }),
  ...('maxSeats' in set && { max_seats: numberIn(set['maxSeats']) }),
  ...('enrolled' in set && { enrolled: lengthOf(set['enrolled']) }),
  ...('waiting' in set && { waiting: lengthOf(set['waiting']) }),
});

const held = (set: Variables): Partial<TrainingEditionRow> => ({
  ...('participants' in set && {
    participants: entriesIn(set['participants'], participantIn),
    state: 'convened' as const,
  }),
  ...('level1Summary' in set && { level1: level1In(set['level1Summary']) }),
  ...('level2' in set && { level2: level2In(set['level2']) }),
  ...('outcomes' in set && { outcomes: entriesIn(set['outcomes'], outcomeIn) }),
  ...('certificates' in set && { certificates: entriesIn(set['certificates'], certificateIn) }),
  ...('issuedAt' in set && { issued_on: textIn(set['issuedAt']) }),
  ...('caseOutcome' in set && { state: endOf(set['caseOutcome']) }),
});

const endOf = (outcome: Json | undefined): TrainingEditionRow['state'] =>
  outcome === 'merged' || outcome === 'cancelled' ? outcome : 'closed';

/** A session that was not held has got another date: it stays with its instance, so it comes with the task. */
function moved(event: SeenOf<'UserTaskCompleted'>): ((row: TrainingEditionRow) => TrainingEditionRow) | null {
  // Its row must be at hand when the presences are made of it.
  if (event.data.element === 't_recordAttendance') return (row) => row;
  if (event.data.element !== 't_rescheduleSession') return null;
  const session = recordIn(event.data.outputs?.['session']);
  const entry = session && sessionIn(session);
  if (!entry) return null;
  return (row) => ({
    ...row,
    sessions: row.sessions.map((it) => (it.sessionRef === entry.sessionRef ? entry : it)),
  });
}

const sessionIn = (it: Variables): SessionEntry | null =>
  withRef(it, 'sessionRef', (sessionRef) => ({
    ...{ sessionRef, startsAt: textIn(it['startsAt']) ?? '', endsAt: textIn(it['endsAt']) ?? '' },
    place: textIn(it['place']),
  }));

const personIn = (it: Variables): PersonEntry | null =>
  withRef(it, 'employeeRef', (employeeRef) => ({ employeeRef, employer: textIn(it['employer']) ?? '' }));

const participantIn = (it: Variables): ParticipantEntry | null => {
  const person = personIn(it);
  return person && { ...person, account: textIn(it['account']) };
};

const outcomeIn = (it: Variables): OutcomeEntry | null => {
  const person = personIn(it);
  const outcome = (['CERTIFICATE', 'ATTENDANCE_ONLY', 'ABSENT'] as const).find((o) => o === it['outcome']);
  if (!person || !outcome) return null;
  const passed = typeof it['passed'] === 'boolean' ? it['passed'] : null;
  return { ...person, outcome, passed, minutes: numberIn(it['minutes']) ?? 0, pct: numberIn(it['pct']) ?? 0 };
};

const certificateIn = (it: Variables): CertificateEntry | null => {
  const person = personIn(it);
  return (
    person &&
    withRef(it, 'certificateNo', (certificateNo) => ({
      ...person,
      certificateNo,
      hours: numberIn(it['hours']) ?? 0,
    }))
  );
};

function level1In(value: Json | undefined): Level1Entry | null {
  const it = recordIn(value);
  if (!it) return null;
  return {
    ...{ invited: numberIn(it['invited']) ?? 0, answers: numberIn(it['answers']) },
    isShown: it['isShown'] === true,
    means: entriesIn(it['means'], (mean) =>
      withRef(mean, 'question', (question) => ({
        ...{ question, answers: numberIn(mean['answers']), mean: numberIn(mean['mean']) },
      })),
    ),
  };
}

const level2In = (value: Json | undefined): TrainingEditionRow['level2'] =>
  lengthOf(value) === 0 ? null : entriesIn(value, (it) => ({ passed: it['passed'] === true }));
