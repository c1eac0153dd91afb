import { deadlineStatuses } from '@iter/engine';
import { termNatures } from '@iter/legal-calendar';
import { Choice, Flag, Many, One, Text } from './fields.ts';
import { LabelDto } from './views.ts';

// What is said of values before they are handed in.

class ValueErrorDto {
  @Text('/variables/hearingAt', { description: 'JSON pointer into the request.' })
  pointer!: string;

  @Text('too-early')
  code!: string;

  @Text('«Data dell’audizione» non può essere prima del 27 aprile 2026.', { max: 20_000 })
  message!: string;

  @Choice(['it'], { optional: true, description: 'Of the message, where it is not the one of the answer.' })
  language?: 'it';
}

class TermEffectDto {
  @Text('DL_CONTESTATION', { description: 'Id of the declaration in the process.' })
  deadline!: string;

  @One(() => LabelDto)
  label!: LabelDto;

  @Choice(termNatures)
  nature!: string;

  @Flag(true, { description: 'It would begin to run.' })
  isNew!: boolean;

  @Choice(deadlineStatuses, { description: 'As it would be afterwards.' })
  state!: string;

  @Text('2026-04-07')
  legalDueDate!: string;

  @Text('2026-04-03')
  safeActionDate!: string;

  @Text('2026-04-05', { nullable: true, description: 'Waiting terms only: nothing before it.' })
  earliestActionDate!: string | null;
}

/** What is wrong with values, before they are handed in. */
export class ValuesVerdictDto {
  @Flag(false, { description: 'They would be taken as things stand.' })
  valid!: boolean;

  @Many(() => ValueErrorDto)
  errors!: ValueErrorDto[];

  @Many(() => TermEffectDto, { description: 'Terms by law that it would open, meet or move.' })
  terms!: TermEffectDto[];
}
