import { Anything, Choice, Day, Flag, Fraction, Many, Moment, One, Text, Texts, Whole } from './fields.ts';

export class YearQuery {
  @Whole(2026, { min: 2000, max: 2199, inQuery: true })
  year!: number;
}

export class DashboardQuery extends YearQuery {
  @Text('c_borgo', { max: 30 })
  comune!: string;
}

export class LedgerQuery extends YearQuery {
  @Text('c_borgo', {
    optional: true,
    max: 30,
    description:
      'Whose reference it is: another employer may have the same. Of an account, one’s own, it may be left out.',
  })
  employer?: string;
}

export class DaySheetQuery {
  @Day('2026-11-04', { description: 'In Italy.' })
  on!: string;
}

export class CourseSessionDto {
  @Text('L1')
  sessionRef!: string;

  @Text('2026-11-04T09:00:00+01:00', { min: 0 })
  startsAt!: string;

  @Text('2026-11-04T13:00:00+01:00', { min: 0 })
  endsAt!: string;

  @Text('Sala consiliare', { nullable: true })
  place!: string | null;
}

/** An edition that one may enrol in; no persons. */
export class CourseDto {
  @Text('0190b2c4-7e1c-7cc3-9a51-6d1f0c9d2b10')
  caseId!: string;

  @Text('p_demo', { description: 'Whose course it is.' })
  comune!: string;

  @Texts(['c_borgo'], { max: 30, description: 'Bodies of the reader that may enrol their people.' })
  enrols!: string[];

  @Text('FOR-2026-001', { min: 0 })
  courseRef!: string;

  @Text('Contratti pubblici', { min: 0 })
  title!: string;

  @Text('PUBLIC_CONTRACTS', { nullable: true })
  subject!: string | null;

  @Text('ROOM', { nullable: true, description: 'ROOM, LIVE, ASYNC or MIXED.' })
  mode!: string | null;

  @Fraction(9, { nullable: true })
  hours!: number | null;

  @Text('2026-11-04', { nullable: true, description: 'Day or instant.' })
  firstSessionOn!: string | null;

  @Text('2026-11-11', { nullable: true, description: 'Day or instant.' })
  lastSessionOn!: string | null;

  @Many(() => CourseSessionDto)
  sessions!: CourseSessionDto[];

  @Whole(30, { nullable: true })
  maxSeats!: number | null;

  @Whole(12)
  freeSeats!: number;

  @Whole(0, { description: 'On the waiting list.' })
  waiting!: number;
}

export class OwnPeopleQuery {
  @Text('c_borgo', { max: 30 })
  comune!: string;
}

export class OwnPersonDto {
  @Text('B-0101', { min: 0 })
  employeeRef!: string;

  @Text('dipendente', { nullable: true })
  account!: string | null;

  @Whole(3, { nullable: true, description: 'From 1; null: they have a seat.' })
  waitingPlace!: number | null;
}

/** What may be handed in now, by the form of its process. */
export class HandInFormDto {
  @Text('enrolled')
  message!: string;

  @Text('Iscrizioni al corso')
  label!: string;

  @Text('own_enrolled')
  formId!: string;

  @Anything({ type: 'default', components: [] }, { description: 'form-js schema.' })
  form!: object;

  @Text('9f2c…', { description: 'Hash of the definition that the form is of.' })
  definition!: string;
}

/** An edition as a body sees it that enrols its people: nothing of anybody else's. */
export class OwnEnrolmentsDto {
  @Text('FOR-2026-001', { min: 0 })
  courseRef!: string;

  @Text('Contratti pubblici', { min: 0 })
  title!: string;

  @Whole(30)
  maxSeats!: number;

  @Whole(12)
  freeSeats!: number;

  @Whole(0, { description: 'All who wait, of whichever body.' })
  waiting!: number;

  @Whole(5, { nullable: true, description: 'Null: no limit.' })
  seatsPerComune!: number | null;

  @Text('2026-10-30', {
    nullable: true,
    description: 'Last day on which people are taken; null: it is not published.',
  })
  closesOn!: string | null;

  @Many(() => OwnPersonDto)
  people!: OwnPersonDto[];

  @Many(() => HandInFormDto)
  handIns!: HandInFormDto[];
}

export class SubjectHoursDto {
  @Text('PUBLIC_CONTRACTS')
  subject!: string;

  @Whole(7)
  persons!: number;

  @Fraction(63)
  hours!: number;
}

/** Persons by where they stand: there already; with what is planned; only with what is declared; not. */
export class PathStatusDto {
  @Whole(7)
  REACHED!: number;

  @Whole(5)
  ON_TRACK!: number;

  @Whole(1)
  AT_RISK!: number;

  @Whole(2)
  BELOW!: number;
}

export class TrainingForecastDto {
  @Fraction(41.5, { nullable: true })
  averageHours!: number | null;

  @Whole(12)
  reached!: number;

  @One(() => PathStatusDto)
  byStatus!: PathStatusDto;
}

export class AttendedSessionDto {
  @Text('0190b2c4-7e1c-7cc3-9a51-6d1f0c9d2b10')
  caseId!: string;

  @Text('FOR-2026-001', { min: 0 })
  courseRef!: string;

  @Text('Contratti pubblici', { min: 0 })
  title!: string;

  @Text('L1')
  sessionRef!: string;

  @Moment('2026-11-04T09:00:00+01:00')
  startsAt!: string;

  @Moment('2026-11-04T13:00:00+01:00')
  endsAt!: string;
}

/** A person in two sessions at the same time. */
export class DoublePresenceDto {
  @Text('M-0042')
  employeeRef!: string;

  @One(() => AttendedSessionDto)
  first!: AttendedSessionDto;

  @One(() => AttendedSessionDto)
  second!: AttendedSessionDto;
}

export class TrainingDashboardDto {
  @Text('c_borgo')
  comune!: string;

  @Text('Comune di Borgo Sereno')
  comuneName!: string;

  @Whole(2026)
  year!: number;

  @Whole(15, { description: 'Persons with a path who have not left.' })
  staff!: number;

  @Fraction(31.25, { nullable: true })
  averageHours!: number | null;

  @Whole(46, { nullable: true, max: 100, description: 'Per cent of the staff, rounded down.' })
  reachedPct!: number | null;

  @Whole(7)
  reached!: number;

  @Many(() => SubjectHoursDto)
  subjects!: SubjectHoursDto[];

  @One(() => TrainingForecastDto)
  forecast!: TrainingForecastDto;
}

export class LedgerPathDto {
  @Text('0190b2c4-7e1c-7cc3-9a51-6d1f0c9d2b10')
  caseId!: string;

  @Text('c_borgo')
  comune!: string;

  @Text('Comune di Borgo Sereno')
  comuneName!: string;

  @Choice(['open', 'reached', 'notReached', 'left', 'brokenOff'])
  state!: string;

  @Fraction(40)
  expectedHours!: number;

  @Fraction(18)
  creditedHours!: number;

  @Fraction(4)
  pendingHours!: number;

  @Fraction(9)
  plannedHours!: number;
}

export class CreditDto {
  @Choice(['COURSE', 'SYLLABUS', 'EXTERNAL'])
  source!: string;

  @Text('FOR-2026-001/1')
  ref!: string;

  @Fraction(9)
  hours!: number;

  @Text('PUBLIC_CONTRACTS', { nullable: true })
  subject!: string | null;

  @Text('FOR-2026-001', { nullable: true })
  courseRef!: string | null;

  @Text('2026-11-11', { min: 0 })
  on!: string;

  @Texts(['c_borgo'], { description: 'Employers in whose paths it stands; its hours count once.' })
  comuni!: string[];
}

export class HoursLedgerDto {
  @Text('M-0042')
  employeeRef!: string;

  @Whole(2026)
  year!: number;

  @Fraction(18, { description: 'Of all employers that one may read of, each certificate once.' })
  creditedHours!: number;

  @Many(() => LedgerPathDto)
  paths!: LedgerPathDto[];

  @Many(() => CreditDto, { max: 10_000 })
  entries!: CreditDto[];
}

export class OwnEditionDto {
  @Text('0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39')
  caseId!: string;

  @Text('FOR-2026-014')
  courseRef!: string;

  @Text('Contratti pubblici', { max: 500 })
  title!: string;

  @Text('PUBLIC_CONTRACTS', { nullable: true })
  subject!: string | null;

  @Text('ROOM', { nullable: true })
  mode!: string | null;

  @Fraction(12, { nullable: true })
  hours!: number | null;

  @Choice(['announced', 'enrolling', 'convened', 'closed', 'merged', 'cancelled', 'brokenOff'])
  state!: string;

  @Many(() => CourseSessionDto)
  sessions!: CourseSessionDto[];

  @Flag(false)
  isTrainer!: boolean;

  @Whole(18, { nullable: true, description: 'How many were convened; for the trainer alone.' })
  participants!: number | null;

  @Choice(['CERTIFICATE', 'ATTENDANCE_ONLY', 'ABSENT'], {
    nullable: true,
    description: 'One’s own; null: it is not over.',
  })
  outcome!: string | null;

  @Text('FOR-2026-014/3', { nullable: true })
  certificateNo!: string | null;
}

export class EnrolledDto {
  @Text('M-0042')
  employeeRef!: string;

  @Text('c_borgo', { min: 0 })
  employer!: string;
}

export class DaySheetDto extends CourseSessionDto {
  @Text('0190b2c4-7e1c-7cc3-9a51-6d1f0c9d2b10')
  caseId!: string;

  @Text('FOR-2026-001', { min: 0 })
  courseRef!: string;

  @Text('Contratti pubblici', { min: 0 })
  title!: string;

  @Text('ROOM', { nullable: true })
  mode!: string | null;

  @Many(() => EnrolledDto)
  participants!: EnrolledDto[];

  @Flag(false, { description: 'Whether the register of attendance is filed.' })
  isFiled!: boolean;
}

const few = 'Null: of fewer than five persons.';

export class QuestionMeanDto {
  @Text('q1')
  question!: string;

  @Whole(12, { nullable: true, description: few })
  answers!: number | null;

  @Fraction(3.8, { nullable: true, description: few })
  mean!: number | null;
}

export class Level1Dto {
  @Whole(20)
  invited!: number;

  @Whole(12, { nullable: true, description: few })
  answers!: number | null;

  @Flag(true)
  isShown!: boolean;

  @Many(() => QuestionMeanDto)
  means!: QuestionMeanDto[];
}

export class Level2Dto {
  @Whole(12, { nullable: true, description: few })
  passed!: number | null;

  @Whole(0, { nullable: true, description: few })
  failed!: number | null;
}

export class Level3Dto {
  @Whole(3)
  employers!: number;

  @Fraction(3.9)
  average!: number;
}

export class Level4Dto {
  @Whole(3)
  employers!: number;

  @Whole(4)
  improved!: number;

  @Whole(6)
  measured!: number;
}

export class LevelIndicatorsDto {
  @Text('FOR-2026-001', { min: 0 })
  courseRef!: string;

  @Text('Contratti pubblici', { min: 0 })
  title!: string;

  @One(() => Level1Dto, { nullable: true, description: 'What participants said of the course.' })
  level1!: Level1Dto | null;

  @One(() => Level2Dto, { nullable: true, description: 'The final test.' })
  level2!: Level2Dto | null;

  @One(() => Level3Dto, { nullable: true, description: 'Use at work, by employers of five or more.' })
  level3!: Level3Dto | null;

  @One(() => Level4Dto, { nullable: true, description: 'Effect on indicators of the service.' })
  level4!: Level4Dto | null;
}

export class ChainSessionDto {
  @Text('L1')
  sessionRef!: string;

  @Moment('2026-11-04T08:00:00.000Z')
  startsAt!: string;

  @Whole(270)
  minutes!: number;

  @Text('firma su carta', { nullable: true, description: 'Where the minutes come from.' })
  source!: string | null;

  @Text('2026-11-04', { nullable: true })
  filedOn!: string | null;

  @Text('docente', { description: 'Account; for the auditor a pseudonym.' })
  filedBy!: string;

  @Whole(31, { description: 'Of the case’s history, where the event itself stands.' })
  revision!: number;
}

export class CertificateChainDto {
  @Text('FOR-2026-001/1')
  certificateNo!: string;

  @Text('0190b2c4-7e1c-7cc3-9a51-6d1f0c9d2b10')
  caseId!: string;

  @Text('p_demo', { description: 'Whose course it was.' })
  comune!: string;

  @Text('FOR-2026-001', { min: 0 })
  courseRef!: string;

  @Text('M-0042', { description: 'For the auditor a pseudonym.' })
  employeeRef!: string;

  @Text('c_borgo', { min: 0 })
  employer!: string;

  @Fraction(9)
  hours!: number;

  @Text('2026-11-24', { nullable: true })
  issuedOn!: string | null;

  @Fraction(75, { nullable: true })
  thresholdPct!: number | null;

  @Whole(540)
  minutes!: number;

  @Fraction(75)
  pct!: number;

  @Flag(true, { nullable: true, description: 'Null: there was no test.' })
  testPassed!: boolean | null;

  @Many(() => ChainSessionDto)
  sessions!: ChainSessionDto[];
}
