import { Choice, Flag, Many, One, Text, Whole } from './fields.ts';

export class BoardQuery {
  @Whole(2026, { optional: true, min: 2000, max: 2199, inQuery: true, description: 'Of the editions.' })
  year?: number;
}

/** Each counted from facts of its own: none is made from another. */
export class ProgrammeFiguresDto {
  @Whole(4, { description: 'Provinces whose focus group was held.' })
  focusTutors!: number;

  @Whole(3, { description: 'Provinces that are tutor of a path.' })
  pathTutors!: number;

  @Whole(12, { description: 'Provinces that joined.' })
  participants!: number;

  @Whole(9, { description: 'Project works delivered.' })
  projectWorks!: number;
}

const stages = [
  ...['CALLING_TUTORS', 'FOCUS_GROUPS', 'CALL', 'MATCHING', 'PATHS', 'RESTITUTION', 'CLOSED'],
  ...['NO_PARTICIPANTS', 'STOPPED'],
];

export class ProgrammeEditionDto {
  @Text('0190b2c4-7e1c-7cc3-9a51-6d1f0c9d2b10')
  id!: string;

  @Whole(2026, { nullable: true })
  year!: number | null;

  @Choice(stages)
  stage!: string;
}

export class ThemeBoardDto extends ProgrammeFiguresDto {
  @Text('TRAINING')
  theme!: string;

  @Many(() => ProgrammeEditionDto)
  editions!: ProgrammeEditionDto[];

  @Whole(2)
  pathsRunning!: number;

  @Whole(1, { description: 'Joined without a project work, to the end.' })
  followedOnly!: number;

  @Whole(0)
  withdrawn!: number;
}

export class ProvinceDto {
  @Text('p_demo')
  ipa!: string;

  @Text('Provincia Demo')
  name!: string;
}

export class ProgrammeBoardDto {
  @Many(() => ThemeBoardDto)
  themes!: ThemeBoardDto[];

  @One(() => ProgrammeFiguresDto, {
    description: 'A Province that takes part in several themes counts once; its project works count each.',
  })
  total!: ProgrammeFiguresDto;

  @Many(() => ProvinceDto, { description: 'Provinces that are something in it.' })
  provinces!: ProvinceDto[];
}

export class ProvinceRoleDto {
  @Text('TRAINING', { nullable: true })
  theme!: string | null;

  @Whole(2026, { nullable: true })
  year!: number | null;

  @Text('0190b2c4-7e1c-7cc3-9a51-6d1f0c9d2b10', { description: 'Case of the edition.' })
  edition!: string;

  @Flag(true)
  focusTutor!: boolean;

  @Flag(false)
  pathTutor!: boolean;

  @Flag(true)
  participant!: boolean;

  @Choice(['RUNNING', 'DELIVERED', 'FOLLOWED_ONLY', 'WITHDRAWN', 'STOPPED'], {
    nullable: true,
    description: 'Of its own path; null: it has none.',
  })
  path!: string | null;

  @One(() => ProvinceDto, { nullable: true, description: 'Its tutor.' })
  tutor!: ProvinceDto | null;

  @Many(() => ProvinceDto, { description: 'Whose tutor it is.' })
  follows!: ProvinceDto[];
}

export class ProvinceCardDto {
  @One(() => ProvinceDto)
  province!: ProvinceDto;

  @Many(() => ProvinceRoleDto)
  roles!: ProvinceRoleDto[];
}
