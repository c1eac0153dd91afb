import { Choice, Flag, Many, Mapped, Text, Texts, Variables, Variants, Whole } from './fields.ts';
import { ActDto, ReasonDto } from './requests.ts';

// What moves a running case by hand: modification, migration, activities of ad-hoc sub-processes.

const caseId = '0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39';
const aKey = '3f9ac01b77d2-1';
const aHash = '9f2b6d1c0a4e8f7b3c5d9f2b6d1c0a4e8f7b3c5d9f2b6d1c0a4e8f7b3c5d0000';
const inScope = 'Key of the open scope, as the state of the case tells it; absent: the case itself.';

/** One order of a modification; the others say what they need beside `kind`. */
export class InstructionDto {
  @Choice(['start', 'take', 'drop', 'cancel', 'move', 'set'])
  kind!: string;
}

export class StartInstructionDto extends InstructionDto {
  @Text('t_review', { description: 'Element at which a token begins.' })
  element!: string;

  @Text(aKey, { optional: true, nullable: true, description: inScope })
  scope?: string | null;
}

export class TakeInstructionDto extends InstructionDto {
  @Text('flow_review_sign', { description: 'Sequence flow along which a token comes.' })
  flow!: string;

  @Text(aKey, { optional: true, nullable: true, description: inScope })
  scope?: string | null;
}

export class DropInstructionDto extends InstructionDto {
  @Text('join_1', { description: 'Where the token waits for others.' })
  element!: string;

  @Text('flow_review_join', { description: 'Sequence flow that it came along.' })
  flow!: string;

  @Text(aKey, { optional: true, nullable: true, description: inScope })
  scope?: string | null;
}

export class CancelInstructionDto extends InstructionDto {
  @Text(aKey, { description: 'Key of the live element that ends without completing.' })
  key!: string;
}

export class MoveInstructionDto extends InstructionDto {
  @Text(aKey, { description: 'Key of the live element that ends without completing.' })
  key!: string;

  @Text('t_review', { description: 'Element of the same scope at which the token goes on.' })
  element!: string;
}

export class SetInstructionDto extends InstructionDto {
  @Variables({ reviewOutcome: 'PROCEED' })
  variables!: object;

  @Text(aKey, { optional: true, nullable: true, description: inScope })
  scope?: string | null;
}

export const instructions = {
  start: StartInstructionDto,
  take: TakeInstructionDto,
  drop: DropInstructionDto,
  cancel: CancelInstructionDto,
  move: MoveInstructionDto,
  set: SetInstructionDto,
};

/** The right values of what was entered wrongly. */
export class RectifyCaseDto extends ReasonDto {
  @Variables({ receivedOn: '2026-04-09' })
  variables!: object;

  @Variables(
    { receivedOn: '2026-04-10' },
    { optional: true, description: 'What they are taken to be now: another value is refused.' },
  )
  former?: object;
}

export class ModifyDto extends ReasonDto {
  @Variants(() => InstructionDto, 'kind', instructions, { description: 'All of them are done, or none.' })
  instructions!: InstructionDto[];
}

export class MigrateDto extends ReasonDto {
  @Whole(2, {
    min: 1,
    max: 1_000_000,
    optional: true,
    description: 'Version of the case’s own process; without it and `definition` the latest.',
  })
  version?: number;

  @Text(aHash, { max: 64, optional: true, description: 'Hash of a definition of the same process, instead.' })
  definition?: string;

  @Mapped(
    { t_review: 't_examine' },
    { optional: true, description: 'Elements that have another id there, by the id that they have now.' },
  )
  elements?: Record<string, string>;

  @Mapped({}, { optional: true, description: 'Sequence flows that have another id there.' })
  flows?: Record<string, string>;

  @Flag(true, { optional: true, description: 'Only say what would happen: nothing changes.' })
  dryRun?: boolean;
}

export class MigrationProblemDto {
  @Text('element-unmapped')
  code!: string;

  @Text('t_review')
  element!: string;

  @Text('t_review lives and has no place in disciplinary-ordinary.', { max: 2_000 })
  message!: string;

  @Choice(['it'], { optional: true, description: 'Of the message, where it is not the one of the answer.' })
  language?: 'it';
}

export class MovedElementDto {
  @Text('t_review')
  from!: string;

  @Text('t_examine')
  to!: string;
}

export class DroppedWaitDto {
  @Text(aKey)
  key!: string;

  @Text('evt_reminder')
  element!: string;
}

export class AddedWaitDto {
  @Text('evt_reminder')
  element!: string;

  @Text(aKey, { nullable: true, description: 'Key of what it waits for; null: the case.' })
  host!: string | null;
}

/** What a migration would do; it is possible when there are no problems. */
export class MigrationForecastDto {
  @Text(caseId)
  caseId!: string;

  @Whole(2, { min: 1 })
  version!: number;

  @Text(aHash, { max: 64 })
  definition!: string;

  @Flag(true)
  possible!: boolean;

  @Many(() => MigrationProblemDto, { max: 100_000 })
  problems!: MigrationProblemDto[];

  @Many(() => MovedElementDto, { max: 100_000, description: 'Live elements that go on.' })
  moved!: MovedElementDto[];

  @Many(() => DroppedWaitDto, { max: 100_000, description: 'Events that nobody awaits any more.' })
  dropped!: DroppedWaitDto[];

  @Many(() => AddedWaitDto, { max: 100_000, description: 'Events that begin to be awaited.' })
  added!: AddedWaitDto[];
}

export class StartAdHocDto extends ActDto {
  @Text('manca l’addetto', { max: 2_000, optional: true, description: 'Asked of the supervisor; recorded.' })
  reason?: string;

  @Text('t_hearWitness', { description: 'One of the activities that may begin.' })
  element!: string;
}

export class AdHocActivityDto {
  @Text('t_hearWitness')
  element!: string;

  @Text('Sentire un testimone')
  name!: string;
}

export class AdHocDto {
  @Text(aKey, { description: 'Of the open ad-hoc sub-process.' })
  key!: string;

  @Text('adhoc_inquiry')
  element!: string;

  @Text('Istruttoria')
  name!: string;

  @Many(() => AdHocActivityDto, { description: 'What may begin now.' })
  activities!: AdHocActivityDto[];

  @Texts(['t_hearWitness'], { max: 100_000, description: 'What has begun in it, in its order.' })
  begun!: string[];
}
