import { Flag, Many, One, Text } from './fields.ts';
import { LabelDto } from './views.ts';

// What is chosen from registers in forms.

export class ChoicesQuery {
  @Text('9f2c…', { max: 100, description: 'Hash of the definition that the form is of.' })
  definition!: string;

  @Text('start_interpello', { max: 200 })
  form!: string;

  @Text('needRef', {
    max: 220,
    description: 'Key of the field; of one in the rows of a list, after the list’s: `needs.needRef`.',
  })
  field!: string;

  @Text('c_borgo', { max: 30, description: 'Whose case it is, or would be.' })
  comune!: string;

  @Text('9f0f4c2e-….17', {
    optional: true,
    max: 120,
    description:
      'Id of the task that asks it: what its form sees narrows the offer, for those who may complete it.',
  })
  task?: string;

  @Text('istruttore', { optional: true, max: 120, description: 'Words that narrow what is offered.' })
  text?: string;

  @Text('0b6f8c7e-…', { optional: true, max: 120, description: 'Chosen already: told as well.' })
  chosen?: string;
}

export class RegisterChoiceDto {
  @Text('0b6f8c7e-…', { description: 'What is handed in.' })
  value!: string;

  @One(() => LabelDto)
  label!: LabelDto;
}

export class ChoicesDto {
  @Many(() => RegisterChoiceDto)
  items!: RegisterChoiceDto[];

  @One(() => RegisterChoiceDto, {
    nullable: true,
    description: 'What was chosen already, if it may be seen.',
  })
  chosen!: RegisterChoiceDto | null;

  @Flag(false, { description: 'There are others: more words find them.' })
  hasMore!: boolean;
}
