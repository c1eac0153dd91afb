import { Choice, Day, Flag, Many, Moment, One, Text, Whole } from './fields.ts';

// What is local in the calendar of a body: the shapes of `libs/registers`, documented.

const yearlyDay = /^(\d{2}-\d{2}|easter[+-]\d{1,2})$/;
const aReason = 'Delibera di Giunta 12/2026';

export class CalendarQuery {
  @Whole(2026, {
    optional: true,
    min: 1990,
    max: 2199,
    inQuery: true,
    description: 'Whose days off are listed; this year by default.',
  })
  year?: number;
}

export class PatronSaintDto {
  @Text('06-24', { max: 10, pattern: yearlyDay, description: '`MM-DD`, or counted from Easter: `easter+1`.' })
  day!: string;

  @Text('San Giovanni Battista')
  name!: string;

  @Day('2020-01-01', { nullable: true, description: 'Null: since ever.' })
  validFrom!: string | null;

  @Day('2027-12-31', { nullable: true, description: 'Null: no end in sight.' })
  validTo!: string | null;
}

export class ClosureDto {
  @Day('2026-12-24')
  from!: string;

  @Day('2026-12-31', { description: 'The last day, included.' })
  to!: string;

  @Text('Chiusura natalizia')
  reason!: string;
}

export class SetLocalCalendarDto {
  @Many(() => PatronSaintDto, { max: 20 })
  patronSaints!: PatronSaintDto[];

  @Many(() => ClosureDto, { max: 400 })
  closures!: ClosureDto[];

  @Flag(false, { description: 'Whether the patron saint’s day moves legal terms as well: the law says no.' })
  patronSaintShiftsLegalTerm!: boolean;

  @Text(aReason, { max: 2_000, description: 'Recorded with the act.' })
  reason!: string;
}

export class RecordedClosureDto extends ClosureDto {
  @Text('responsabile', {
    nullable: true,
    description: 'Account; null: for those who may change the calendar.',
  })
  by!: string | null;

  @Text('DESK_SUPERVISOR')
  role!: string;

  @Moment('2026-03-06T09:00:00.000Z')
  at!: string;
}

export class CalendarDifferenceDto {
  @Choice(['saint-added', 'saint-removed', 'closure-added', 'closure-removed', 'shift-on', 'shift-off'])
  what!: string;

  @One(() => PatronSaintDto, { nullable: true })
  saint!: PatronSaintDto | null;

  @One(() => ClosureDto, { nullable: true })
  closure!: ClosureDto | null;
}

export class CalendarChangeDto {
  @Whole(2, { min: 1, description: 'The version that it made.' })
  version!: number;

  @Moment('2026-03-06T09:00:00.000Z')
  at!: string;

  @Text('responsabile', {
    nullable: true,
    description: 'Account; null: for those who may change the calendar.',
  })
  by!: string | null;

  @Text('DESK_SUPERVISOR')
  role!: string;

  @Text(aReason, { nullable: true, max: 2_000 })
  reason!: string | null;

  @Many(() => CalendarDifferenceDto)
  changes!: CalendarDifferenceDto[];
}

export class DayOffDto {
  @Day('2026-06-24')
  date!: string;

  @Choice(['holiday', 'patron', 'closure'], {
    description: 'A holiday at law moves legal terms; the others only the working days of the desk.',
  })
  kind!: string;

  @Text('San Giovanni Battista', { max: 500 })
  name!: string;

  @Text('c_borgo', { nullable: true, description: 'Whose day it is; null: everybody’s.' })
  body!: string | null;
}

export class CalendarSeatDto {
  @Text('p_demo')
  ipa!: string;

  @Text('Provincia di Monteverde')
  name!: string;
}

export class LocalCalendarDto {
  @Text('c_borgo')
  ipa!: string;

  @Text('Comune di Borgo Sereno')
  name!: string;

  @One(() => CalendarSeatDto, { nullable: true, description: 'The Province, whose days off count as well.' })
  seat!: CalendarSeatDto | null;

  @Whole(2, { description: 'How often it was set; also the ETag.' })
  version!: number;

  @Text('it-2026-01-01+c_borgo.2', { description: 'As deadlines name what they were computed with.' })
  calendar!: string;

  @Many(() => PatronSaintDto)
  patronSaints!: PatronSaintDto[];

  @Many(() => RecordedClosureDto)
  closures!: RecordedClosureDto[];

  @Flag(false)
  patronSaintShiftsLegalTerm!: boolean;

  @Flag(true, { description: 'Whether the caller may change it.' })
  editable!: boolean;

  @Many(() => CalendarChangeDto, { description: 'The latest first, at most a hundred.' })
  changes!: CalendarChangeDto[];

  @Whole(2026)
  year!: number;

  @Many(() => DayOffDto, {
    description:
      'Days of the year on which no work is done; of weekends only the Saturdays that are holidays at law.',
  })
  daysOff!: DayOffDto[];
}
