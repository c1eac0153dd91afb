import { filterPages } from '@iter/read-models';
import type { FilterPage } from '@iter/read-models';
import { Choice, Day, Text } from './fields.ts';

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

export class PutOffDto {
  @Day('2026-03-20', {
    nullable: true,
    description: 'The day on which it comes back, within a year; sooner when it is due sooner. Null: now.',
  })
  until!: string | null;
}
