import { checkLineKinds, deadlineStatuses } from '@iter/engine';
import { termNatures } from '@iter/legal-calendar';
import { Choice, Flag, Many, One, Text } from './fields.ts';
import { LabelDto } from './views.ts';

// What is said of values before they are handed in.

const caseId = '0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39';

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

/** Something that must be true before a task is completed. */
class CheckLineDto {
  @Choice(checkLineKinds, {
    description:
      'A rule of the process; a term that completing it decides; a wait that must be over; an act drafted for it; a receipt.',
  })
  kind!: string;

  @Text('no-convention', { description: 'Of the rule, term, act or element.' })
  code!: string;

  @Flag(true, { nullable: true, description: 'Null: it cannot be told from what is there.' })
  holds!: boolean | null;

  @One(() => LabelDto, { nullable: true, description: 'What is true when it holds; null: nobody wrote it.' })
  label!: LabelDto | null;

  @Text('art. 55-bis c. 4 D.Lgs. 165/2001', { nullable: true, max: 500 })
  norm!: string | null;

  @Text('Per questo Comune nessuna convenzione è in vigore.', {
    nullable: true,
    max: 20_000,
    description: 'Why it does not hold, or what the rule guards against.',
  })
  message!: string | null;

  @Choice(['it'], { optional: true, description: 'Of the message, where it is not the one of the answer.' })
  language?: 'it';

  @Text(`${caseId}.3f9ac01b77d2-1`, { nullable: true, description: 'The deadline, or the drafted document.' })
  id!: string | null;

  @Text('2026-04-07', {
    nullable: true,
    description:
      'Day or instant: until when it is in time, or from when lawful; of a letter, when it was sent.',
  })
  at!: string | null;
}

export class CheckListDto {
  @Many(() => CheckLineDto)
  items!: CheckLineDto[];

  @Many(() => ValueErrorDto, { description: 'What completing it with these values would be refused for.' })
  errors!: ValueErrorDto[];
}
