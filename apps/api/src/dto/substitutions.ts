import { roles } from '@iter/access';
import { Choice, Day, Flag, Many, Text, Texts } from './fields.ts';
import { PageQuery } from './page.ts';

const scope = {
  optional: true,
  nullable: true,
  max: 40,
  maxLength: 64,
} as const;

export class ArrangeSubstitutionDto {
  @Text('upd', { max: 64, description: 'Account that will be absent.' })
  absent!: string;

  @Text('responsabile', { max: 64, description: 'Account that stands in.' })
  substitute!: string;

  @Day('2026-08-03', { description: 'First day, in Rome.' })
  from!: string;

  @Day('2026-08-14', { description: 'Last day, included.' })
  to!: string;

  @Texts(['UPD'], { ...scope, description: 'Only for these roles; absent or null: for all.' })
  roles?: string[] | null;

  @Texts(['p_demo'], { ...scope, description: 'Only for these bodies; absent or null: for all.' })
  bodies?: string[] | null;

  @Text('Congedo ordinario', { max: 500, description: 'Sealed in the log.' })
  reason!: string;
}

export class EndSubstitutionDto {
  @Text('Rientro anticipato', { max: 500 })
  reason!: string;
}

export class SubstitutionDto {
  @Text('upd.1')
  id!: string;

  @Text('upd')
  absent!: string;

  @Text('Ugo Presidente UPD')
  absentName!: string;

  @Text('responsabile')
  substitute!: string;

  @Text('Rita Responsabile')
  substituteName!: string;

  @Day('2026-08-03')
  from!: string;

  @Day('2026-08-14')
  to!: string;

  @Texts([...roles].slice(2, 3), { nullable: true, max: 40, description: 'Null: all.' })
  roles!: string[] | null;

  @Texts(['p_demo'], { nullable: true, max: 40, description: 'Null: all.' })
  bodies!: string[] | null;

  @Text('Congedo ordinario', { nullable: true, max: 500, description: 'Null: not for whoever asks.' })
  reason!: string | null;

  @Choice(['planned', 'current', 'over', 'ended'], { description: '`ended` before its last day.' })
  state!: string;

  @Flag(true, { description: 'Whether whoever asks may end it.' })
  mayEnd!: boolean;
}

export class SubstitutionsQuery extends PageQuery {
  @Choice(['ahead', 'all'], { optional: true, description: '`ahead` (planned and current) by default.' })
  state?: string;
}

export class OfficeDto {
  @Text('UPD')
  role!: string;

  @Text('p_demo')
  body!: string;

  @Text('Provincia di Monteverde')
  bodyName!: string;
}

/** Somebody to whom a task can be given. */
export class ReceiverDto {
  @Text('commissione')
  account!: string;

  @Text('Carla Commissione')
  displayName!: string;
}

export class ColleagueDto {
  @Text('upd')
  account!: string;

  @Text('Ugo Presidente UPD')
  displayName!: string;

  @Many(() => OfficeDto)
  offices!: OfficeDto[];

  @Flag(false, { description: 'Has left: is called by name where they did something, and is given nothing.' })
  disabled!: boolean;
}
