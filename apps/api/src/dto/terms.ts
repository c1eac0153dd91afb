import { termNatures } from '@iter/legal-calendar';
import { markKinds } from '../terms/marks.ts';
import { Choice, Day, DayOrMoment, Flag, Many, One, Text, Texts, Whole } from './fields.ts';
import { LabelDto } from './views.ts';

// The dated catalogue: the shapes of `processes/terms` and `processes/ladders`, documented.

const units = ['d', 'm', 'y', 'h'];

export class TermsQuery {
  @Text('contestazione', {
    optional: true,
    max: 100,
    description: 'Words of label, key, norm, bases or consequence.',
  })
  text?: string;

  @Text('disciplinary', {
    optional: true,
    max: 40,
    pattern: /^[a-z][a-z0-9-]*$/,
    description: 'First part of the key.',
  })
  service?: string;

  @Choice(termNatures, { optional: true })
  nature?: string;

  @Choice(markKinds, { optional: true, description: 'How sure the figure or a detail of it is.' })
  mark?: string;

  @Day('2026-03-06', { optional: true, description: 'Only the versions in force on this day; absent: all.' })
  on?: string;
}

export class SpanDto {
  @Whole(30, { min: 1 })
  amount!: number;

  @Choice(units)
  unit!: string;
}

/** Counted (`amount`, `unit`), to a day of the calendar, or to an end that an act sets; what does not apply is null. */
export class ReachDto {
  @Whole(30, { min: 1, nullable: true })
  amount!: number | null;

  @Choice(units, { nullable: true })
  unit!: string | null;

  @Whole(12, { min: 1, max: 12, nullable: true, description: 'The first such day from the base on.' })
  month!: number | null;

  @Whole(31, { min: 1, max: 31, nullable: true })
  day!: number | null;

  @Whole(1, { nullable: true, description: 'Or that day of the month that follows the base by so many.' })
  monthsAfter!: number | null;

  @Choice(['day', 'instant'], { nullable: true, description: 'The end is set by an act each time.' })
  until!: string | null;
}

export class TermBoundsDto {
  @One(() => SpanDto, { nullable: true })
  min!: SpanDto | null;

  @One(() => SpanDto, { nullable: true })
  max!: SpanDto | null;
}

export class TermBaseDto {
  @Text('reportReceived')
  name!: string;

  @One(() => LabelDto)
  label!: LabelDto;
}

export class OnMissedDto {
  @Text('decadence-risk', { nullable: true, description: 'Code of the incident; null: none is raised.' })
  incident!: string | null;

  @One(() => LabelDto)
  label!: LabelDto;
}

export class QuestionDto {
  @Text('Q3')
  id!: string;

  @One(() => LabelDto)
  text!: LabelDto;

  @One(() => LabelDto, { description: 'What is assumed until it is answered.' })
  meanwhile!: LabelDto;

  @Flag(false)
  settled!: boolean;
}

export class LadderRungDto {
  @Text('reminder-1')
  id!: string;

  @Choice(['safe', 'legal', 'opening', 'earliest'], { description: 'The date that it is counted from.' })
  from!: string;

  @Whole(-15, { min: -10_000, nullable: true, description: 'Calendar days.' })
  days!: number | null;

  @Whole(-2, { min: -10_000, nullable: true, description: 'Working days of the desk.' })
  workingDays!: number | null;

  @Whole(-12, { min: -10_000, nullable: true })
  hours!: number | null;

  @Text('08:00', { nullable: true, max: 5 })
  at!: string | null;

  @Texts(['DESK_OPERATOR'], {
    description: 'Roles; `IN_CHARGE`: who holds the open user tasks of the case.',
  })
  to!: string[];

  @Choice(['notice', 'escalation', 'task', 'incident'])
  does!: string;

  @Texts(['desk', 'mail'])
  by!: string[];

  @Whole(24, { nullable: true, description: 'Repeated at this distance, in hours; null: once.' })
  repeatHours!: number | null;

  @One(() => LabelDto)
  label!: LabelDto;
}

export class LadderOfTermDto {
  @Text('contestation')
  name!: string;

  @Flag(false, { description: 'That of the nature, since the term names none.' })
  isDefault!: boolean;

  @One(() => LabelDto)
  label!: LabelDto;

  @Many(() => LadderRungDto)
  steps!: LadderRungDto[];
}

/** A version of a term. */
export class TermDto {
  @Text('disciplinary.contestation')
  key!: string;

  @Text('disciplinary')
  service!: string;

  @One(() => LabelDto)
  label!: LabelDto;

  @Choice(termNatures)
  nature!: string;

  @One(() => ReachDto)
  reach!: ReachDto;

  @One(() => TermBoundsDto, {
    nullable: true,
    description: 'An act may set another length; null: nobody may.',
  })
  bounds!: TermBoundsDto | null;

  @Choice(['forward', 'backward'])
  direction!: string;

  @Flag(false)
  freeDays!: boolean;

  @Flag(true, { description: 'Whether the end moves over a holiday; backward terms always move back.' })
  rollover!: boolean;

  @Choice(['dayAfter', 'lastDay'], {
    nullable: true,
    description: 'Waits only: lawful on the day after, or on the last day.',
  })
  earliest!: string | null;

  @Flag(false, { description: 'The first day counts.' })
  duration!: boolean;

  @Choice(['administration', 'employee', 'candidate', 'other-body', 'both'])
  binds!: string;

  @Choice(['earliest', 'latest'], { description: 'Which of several known bases counts.' })
  prudentBase!: string;

  @Many(() => TermBaseDto)
  bases!: TermBaseDto[];

  @Text('art. 55-bis c. 4 D.Lgs. 165/2001', { max: 500 })
  norm!: string;

  @Day('2017-06-22')
  validFrom!: string;

  @Day('2027-12-31', { nullable: true })
  validTo!: string | null;

  @Flag(true, { description: 'In force today.' })
  inForce!: boolean;

  @Text('verified: art. 55-bis, Giuffrè', { max: 1_000, description: 'As the catalogue has it.' })
  mark!: string;

  @Texts(['verified'], {
    description:
      'What the mark says in its order, the figure first: verified, reviewed, memory, design, prudential.',
  })
  marks!: string[];

  @Many(() => QuestionDto)
  questions!: QuestionDto[];

  @One(() => OnMissedDto)
  onMissed!: OnMissedDto;

  @One(() => LadderOfTermDto, { nullable: true })
  ladder!: LadderOfTermDto | null;
}

/** A stretch of days that do not count. */
export class SuspensionDto {
  @Day('2026-03-20', { description: 'The day from which the count stands still.' })
  from!: string;

  @Day('2026-04-01', { description: 'The day on which it goes on.' })
  to!: string;
}

/** A term of the catalogue (`term`), or a bare one (`amount` and `unit`). */
export class ComputeTermDto {
  @Text('disciplinary.contestation', { optional: true, description: 'Key in the catalogue.' })
  term?: string;

  @Whole(30, {
    optional: true,
    min: 1,
    max: 1_000_000,
    description: 'With `term`: what an act sets in place of its length.',
  })
  amount?: number;

  @Choice(units, { optional: true })
  unit?: 'd' | 'm' | 'y' | 'h';

  @Choice(['forward', 'backward'], { optional: true })
  direction?: 'forward' | 'backward';

  @Flag(false, { optional: true })
  freeDays?: boolean;

  @DayOrMoment('2026-03-06', { description: 'The fact that it runs from; of hours the instant.' })
  from!: string;

  @Text('c_borgo', { optional: true, max: 30, description: 'Whose local calendar counts.' })
  comune?: string;

  @DayOrMoment('2026-12-31', { optional: true, description: 'The end that an act sets.' })
  until?: string;

  @Many(() => SuspensionDto, { optional: true, max: 20 })
  suspensions?: SuspensionDto[];

  @Whole(15, { optional: true, max: 3_650 })
  extensionDays?: number;
}

/** The version of the catalogue that was followed. */
export class ComputedOfDto {
  @Text('disciplinary.contestation')
  key!: string;

  @One(() => LabelDto)
  label!: LabelDto;

  @Text('art. 55-bis c. 4 D.Lgs. 165/2001', { max: 500 })
  norm!: string;

  @Choice(termNatures)
  nature!: string;

  @Text('verified: art. 55-bis, Giuffrè', { max: 1_000 })
  mark!: string;

  @Day('2017-06-22')
  validFrom!: string;
}

export class ComputedTermDto {
  @Text('2026-04-05', { description: 'Day; of hours an instant with offset.' })
  nominalDate!: string;

  @Text('2026-04-07')
  legalDueDate!: string;

  @Text('2026-04-03')
  safeActionDate!: string;

  @Text('2026-04-08', { nullable: true, description: 'Waits only: the first lawful day.' })
  earliestActionDate!: string | null;

  @Texts(['Decorre da venerdì 6 marzo 2026, che non si conta.'], { description: 'Each step of the count.' })
  explanation!: readonly string[];

  @Whole(12, { description: 'By which suspensions and extensions moved the nominal date.' })
  extraDays!: number;

  @Text('it-2026-01-01+c_borgo.2', { description: 'The calendar that was counted by.' })
  calendar!: string;

  @One(() => ComputedOfDto, { nullable: true })
  term!: ComputedOfDto | null;
}
