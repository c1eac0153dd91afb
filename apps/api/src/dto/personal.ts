import { dueUnits, filterPages } from '@iter/read-models';
import type { FilterPage } from '@iter/read-models';
import { Anything, Choice, Day, Moment, Text, Whole } from './fields.ts';

/** What stands behind the question mark of a page's address: names and values, encoded. */
const queryPattern = /^[A-Za-z0-9_.~*+%&=-]*$/;

export class SavedFilterDto {
  @Choice(filterPages, { description: 'The page of the desk whose list it narrows.' })
  page!: FilterPage;

  @Text('Scadono in settimana a Borgo', { max: 60 })
  name!: string;

  @Text('basket=all&comune=c_borgo', { min: 0, max: 500, pattern: queryPattern })
  query!: string;
}

export class SaveFilterDto extends SavedFilterDto {
  @Text('basket=all&comune=c_borgo', {
    ...{ min: 0, max: 500, pattern: queryPattern, nullable: true },
    description: 'The part of the page’s address behind the question mark; null: forget the filter.',
  })
  declare query: string;
}

export class DueColoursDto {
  @Choice(dueUnits, { description: 'Percent are of the term’s whole length.' })
  unit!: (typeof dueUnits)[number];

  @Whole(3, { max: 2_160, description: 'With so much left, or less, it is very close; less than `near`.' })
  soon!: number;

  @Whole(10, { max: 2_160, description: 'With so much left, or less, it is close.' })
  near!: number;
}

export class PutOffDto {
  @Day('2026-03-20', {
    nullable: true,
    description: 'The day on which it comes back, within a year; sooner when it is due sooner. Null: now.',
  })
  until!: string | null;
}

const aForm = 'start.desk-request';
/** Forms are named by what they begin or do: a process, with the message that begins it, or a task. */
export const formPattern = /^(?:start|task)\.[A-Za-z0-9_.:-]{1,190}$/;

/** A form that I began and have not sent. */
export class FormDraftDto {
  @Text(aForm, { max: 200, description: '`start.<process>`, `start.<process>.<message>` or `task.<id>`.' })
  form!: string;

  @Moment('2026-03-06T09:00:00+01:00', {
    nullable: true,
    description: 'When what is kept was typed; null: nothing is kept.',
  })
  keptAt!: string | null;
}

export class FormDraftTextDto extends FormDraftDto {
  @Anything({ request: 'Permessi per studio' }, { nullable: true, description: 'What was typed, by field.' })
  values!: object | null;
}

export class KeptFormDraftDto extends FormDraftDto {
  @Anything(
    { request: 'Permessi per studio' },
    {
      nullable: true,
      description:
        'The other text that is kept in the place of what was sent, by field; null: what was sent is.',
    },
  )
  values!: object | null;
}

export class KeepFormDraftDto {
  @Text('personale.borgo', {
    ...{ max: 100, optional: true },
    description: 'Who typed it: refused when somebody else is signed in meanwhile.',
  })
  account?: string;

  @Anything(
    { request: 'Permessi per studio' },
    { nullable: true, description: 'What was typed so far, by field; null: forget it.' },
  )
  values!: object | null;

  @Moment('2026-03-06T09:00:00+01:00', {
    optional: true,
    description: 'When it was typed: what is kept and was typed later stays. Absent, or still to come: now.',
  })
  at?: string;

  @Moment('2026-03-06T08:00:00.000Z', {
    ...{ optional: true, nullable: true },
    description:
      '`keptAt` of the text that this one goes on from; null: of none. Another text that is kept stays then, whenever it was typed.',
  })
  basedOn?: string | null;
}
