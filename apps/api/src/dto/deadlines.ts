import { deadlineStatuses } from '@iter/engine';
import { Choice, Day, DayOrMoment, One, Text, Texts, Whole } from './fields.ts';

// What is asked about the operations on a deadline before they are done.

const operations = [
  'suspend',
  'resume',
  'extend',
  'interrupt',
  'rebase',
  'rectify',
  'prove',
  'reissue-ladder',
];

/** An operation with what it needs: `on` to suspend, resume and rectify, `days` to extend, `date` to interrupt and rebase. */
export class DeadlinePreviewDto {
  @Choice(operations)
  operation!: string;

  @DayOrMoment('2026-04-10', { optional: true })
  on?: string;

  @Whole(15, { optional: true, min: 1, max: 3_660 })
  days?: number;

  @DayOrMoment('2026-03-05', { optional: true })
  date?: string;

  @Text('reportReceived', { optional: true })
  baseName?: string;

  @Text('1234/2026', { optional: true })
  proof?: string;
}

/** A deadline at one moment. */
export class DeadlineMomentDto {
  @Choice(deadlineStatuses)
  state!: string;

  @Text('2026-03-06')
  base!: string;

  @Text('2026-04-05')
  nominalDate!: string;

  @Text('2026-04-07')
  legalDueDate!: string;

  @Text('2026-04-03')
  safeActionDate!: string;
}

export class DeadlineProspectDto extends DeadlineMomentDto {
  @Text('2026-04-08', { nullable: true })
  earliestActionDate!: string | null;

  @Texts(['Decorre da venerdì 6 marzo 2026, che non si conta.'])
  explanation!: string[];

  @Day('2026-03-27', {
    nullable: true,
    description: 'When the next step of the ladder is told; null: none is left.',
  })
  nextStepOn!: string | null;

  @Whole(6, { description: 'Steps of the ladder.' })
  steps!: number;
}

export class RefusalDto {
  @Text('date-in-the-future')
  code!: string;

  @Text('24 December 2026 is after today.', { max: 2_000 })
  message!: string;

  @Choice(['it'], { optional: true, description: 'Of the message, where it is not the one of the answer.' })
  language?: 'it';
}

/** What an operation would do now. */
export class DeadlineForecastDto {
  @One(() => DeadlineProspectDto)
  before!: DeadlineProspectDto;

  @One(() => DeadlineProspectDto, { nullable: true, description: 'Null: it would be refused.' })
  after!: DeadlineProspectDto | null;

  @One(() => RefusalDto, { nullable: true })
  refusal!: RefusalDto | null;
}

/** What the dates would be from another of the known bases. */
export class AlternativeReadingDto {
  @Text('fullKnowledge')
  base!: string;

  @Text('2026-03-09')
  date!: string;

  @Text('2026-04-08')
  nominalDate!: string;

  @Text('2026-04-08')
  legalDueDate!: string;
}

export class DeadlineChangeDto {
  @Text('2026-03-20T11:00:00.000Z')
  at!: string;

  @Text('DeadlineExtended')
  what!: string;

  @Text('upd', { min: 0 })
  by!: string;

  @Text('UPD')
  role!: string;

  @Text('differimento dell’audizione', { nullable: true, min: 0, max: 2000 })
  reason!: string | null;

  @Text('2026-07-18', { description: 'The legal date after it.' })
  legalDueDate!: string;

  @Text('2026-03-20', { nullable: true, description: 'Day or instant of what happened.' })
  on!: string | null;

  @Whole(15, { nullable: true, description: 'Days that an extension adds.' })
  days!: number | null;

  @Text('reportReceived', { nullable: true, description: 'The base that it is about.' })
  base!: string | null;

  @Text('1234/2026', { nullable: true, min: 0, max: 2000 })
  proof!: string | null;

  @One(() => DeadlineMomentDto, { nullable: true, description: 'Null: it did not exist yet.' })
  before!: DeadlineMomentDto | null;

  @One(() => DeadlineMomentDto)
  after!: DeadlineMomentDto;
}
