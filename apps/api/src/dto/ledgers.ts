import { cellKinds, ledgerNames } from '@iter/read-models';
import { Choice, Day, Many, One, Text } from './fields.ts';
import { PageQuery } from './page.ts';
import { LabelDto, OfCase } from './views.ts';

export class LedgerQuery extends PageQuery {
  @Text('c_borgo', { optional: true, max: 30 })
  comune?: string;

  @Text('0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39', { optional: true, description: 'Lines of this case alone.' })
  caseId?: string;

  @Choice(['current', 'all'], {
    optional: true,
    description: 'Only the lines that still count, as the register’s head says (by default), or all.',
  })
  state?: 'current' | 'all';

  @Day('2026-01-01', { optional: true, description: 'First day, of the day that the head names.' })
  from?: string;

  @Day('2026-12-31', { optional: true, description: 'Last day, included.' })
  to?: string;
}

export class LedgerColumnDto {
  @Text('heldAt')
  id!: string;

  @One(() => LabelDto)
  label!: LabelDto;

  @Choice(cellKinds, { description: '`name`: in Italian, as the process calls it.' })
  kind!: string;

  @Choice(['sum', 'mean'], { nullable: true, description: 'What is reckoned of its numbers.' })
  reckoned!: string | null;
}

/** A register of the services: what it is called, and what its lines say. */
export class LedgerDto {
  @Choice(ledgerNames)
  name!: string;

  @One(() => LabelDto)
  title!: LabelDto;

  @One(() => LabelDto, { description: 'What it has and what it leaves out.' })
  about!: LabelDto;

  @One(() => LabelDto, { nullable: true, description: 'Which lines still count; null: all do.' })
  current!: LabelDto | null;

  @One(() => LabelDto, { description: 'Which day of a line lies in the period that is asked for.' })
  day!: LabelDto;

  @Many(() => LedgerColumnDto, { max: 20 })
  columns!: LedgerColumnDto[];
}

export class LedgerCellDto {
  @Text('2026-04-15T08:00:00.000Z', {
    nullable: true,
    min: 0,
    max: 2_000,
    description: 'Of its column’s kind; null: there is none, or it may not be told.',
  })
  value!: string | null;

  @One(() => LabelDto, { nullable: true, description: 'The same in words, of a code.' })
  words!: LabelDto | null;
}

export class LedgerLineDto extends OfCase {
  @Text('0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39')
  id!: string;

  @Many(() => LedgerCellDto, { max: 20, description: 'In the order of the columns.' })
  cells!: LedgerCellDto[];
}
