import { code } from '@iter/event-store/following';
import type { Table } from '@iter/event-store/following';

/** Hours that a person's path was credited with. */
export interface CreditEntry {
  readonly source: 'COURSE' | 'SYLLABUS' | 'EXTERNAL';
  /** Number of the certificate, of the import or of the declaration: the same one counts once. */
  readonly ref: string;
  readonly hours: number;
  readonly subject: string | null;
  readonly courseRef: string | null;
  /** YYYY-MM-DD */
  readonly on: string;
}

/** One row per path: a person in a year, at one employer. */
export interface TrainingPathRow {
  readonly id: string;
  readonly comune: string;
  readonly employee_ref: string;
  readonly year: number;
  readonly expected_hours: number;
  readonly credited_hours: number;
  /** Declared and not yet checked. */
  readonly pending_hours: number;
  /** Of courses to come that the person was convened to. */
  readonly planned_hours: number;
  readonly credits: readonly CreditEntry[];
  readonly state: 'open' | 'reached' | 'notReached' | 'left' | 'brokenOff';
}

export const trainingPaths: Table<TrainingPathRow> = {
  name: 'training_paths',
  columns: {
    id: code,
    comune: code,
    employee_ref: code,
    year: 'integer',
    expected_hours: 'double precision',
    credited_hours: 'double precision',
    pending_hours: 'double precision',
    planned_hours: 'double precision',
    credits: 'jsonb',
    state: code,
  },
  indexes: ['(comune, year, id)', '(employee_ref, year, id)'],
  live: "state = 'open'",
};

export interface SessionEntry {
  readonly sessionRef: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly place: string | null;
}

export interface PersonEntry {
  readonly employeeRef: string;
  readonly employer: string;
}

/** Whom an edition convened. */
export interface ParticipantEntry extends PersonEntry {
  /** By which the employer's own reference is known when its person signs in; null: none, or it is the reference. */
  readonly account: string | null;
}

export interface OutcomeEntry extends PersonEntry {
  readonly minutes: number;
  readonly pct: number;
  readonly passed: boolean | null;
  readonly outcome: 'CERTIFICATE' | 'ATTENDANCE_ONLY' | 'ABSENT';
}

export interface CertificateEntry extends PersonEntry {
  readonly certificateNo: string;
  readonly hours: number;
}

/** What people said of a course, as its case has it: never fewer than five. */
export interface Level1Entry {
  readonly invited: number;
  readonly answers: number | null;
  readonly isShown: boolean;
  readonly means: readonly {
    readonly question: string;
    readonly answers: number | null;
    readonly mean: number | null;
  }[];
}

/** One row per edition of a course. */
export interface TrainingEditionRow {
  readonly id: string;
  readonly comune: string;
  readonly course_ref: string;
  readonly title: string;
  readonly subject: string | null;
  readonly mode: string | null;
  readonly hours: number | null;
  readonly trainer: string | null;
  readonly sessions: readonly SessionEntry[];
  readonly first_session_on: string | null;
  readonly last_session_on: string | null;
  readonly threshold_pct: number | null;
  readonly max_seats: number | null;
  readonly enrolled: number;
  readonly waiting: number;
  /** Who was convened. */
  readonly participants: readonly ParticipantEntry[];
  readonly level1: Level1Entry | null;
  /** Null: no test, or not over. */
  readonly level2: readonly { readonly passed: boolean }[] | null;
  readonly outcomes: readonly OutcomeEntry[];
  readonly certificates: readonly CertificateEntry[];
  readonly issued_on: string | null;
  /** `convened`: enrolment is over, the course is to come or under way. */
  readonly state: 'announced' | 'enrolling' | 'convened' | 'closed' | 'merged' | 'cancelled' | 'brokenOff';
}

export const trainingEditions: Table<TrainingEditionRow> = {
  name: 'training_editions',
  columns: {
    id: code,
    comune: code,
    course_ref: code,
    title: 'text',
    subject: code,
    mode: code,
    hours: 'double precision',
    trainer: code,
    sessions: 'jsonb',
    first_session_on: code,
    last_session_on: code,
    threshold_pct: 'double precision',
    max_seats: 'integer',
    enrolled: 'integer',
    waiting: 'integer',
    participants: 'jsonb',
    level1: 'jsonb',
    level2: 'jsonb',
    outcomes: 'jsonb',
    certificates: 'jsonb',
    issued_on: code,
    state: code,
  },
  indexes: [
    '(course_ref, id)',
    '(state, first_session_on, id)',
    '(trainer, id)',
    'using gin (certificates)',
    'using gin (participants)',
  ],
  counted: ['certificates', 'participants'],
  live: "state in ('announced', 'enrolling', 'convened')",
};

/** One row per person and session: the chain from a certificate back to where its minutes come from. */
export interface TrainingPresenceRow {
  readonly id: string;
  readonly case_id: string;
  readonly comune: string;
  readonly session_ref: string;
  readonly employee_ref: string;
  /** Whose reference it is: the same at another employer is of somebody else. */
  readonly employer: string;
  readonly mode: string | null;
  readonly starts_at: string;
  readonly ends_at: string;
  readonly minutes: number;
  /** Signature sheet, platform, file: as whoever filed it says. */
  readonly source: string | null;
  readonly filed_on: string | null;
  readonly filed_by: string;
  /** Revision of the case's stream at which it was filed. */
  readonly revision: number;
}

export const trainingPresences: Table<TrainingPresenceRow> = {
  name: 'training_presences',
  columns: {
    id: code,
    case_id: code,
    comune: code,
    session_ref: code,
    employee_ref: code,
    employer: code,
    mode: code,
    starts_at: 'timestamptz',
    ends_at: 'timestamptz',
    minutes: 'integer',
    source: 'text',
    filed_on: code,
    filed_by: code,
    revision: 'integer',
  },
  indexes: ['(case_id, employee_ref, starts_at)', '(employee_ref, starts_at)'],
  live: 'false',
};

/** One row per evaluation: of an edition, at one employer. */
export interface TrainingEvaluationRow {
  readonly id: string;
  readonly comune: string;
  readonly course_ref: string;
  readonly participants: number;
  /** Mean of the five questions; null: not yet, or not evaluated. */
  readonly level3: number | null;
  readonly improved: number | null;
  readonly measured: number | null;
  readonly state: 'open' | 'evaluated' | 'partlyEvaluated' | 'notEvaluated' | 'brokenOff';
}

export const trainingEvaluations: Table<TrainingEvaluationRow> = {
  name: 'training_evaluations',
  columns: {
    id: code,
    comune: code,
    course_ref: code,
    participants: 'integer',
    level3: 'double precision',
    improved: 'integer',
    measured: 'integer',
    state: code,
  },
  indexes: ['(course_ref, comune, id)'],
  live: "state = 'open'",
};
