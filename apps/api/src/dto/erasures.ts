import { erasureGrounds } from '@iter/registers/erasures';
import { Choice, Day, Flag, Many, Moment, One, Text } from './fields.ts';
import { ActorDto, CaseDto, ProtocolDto } from './views.ts';

const grounds = `Why: ${erasureGrounds.join(', ')} (kept as long as it must be, asked by the person, never lawful).`;

export class EraseCaseDto {
  @Choice(erasureGrounds, { description: grounds })
  ground!: (typeof erasureGrounds)[number];

  @Text('c_borgo', { max: 40, description: 'IPA code of the body in whose register the decision stands.' })
  protocolBody!: string;

  @Text('Generale', { max: 60 })
  protocolRegister!: string;

  @Text('1234/2026', { max: 60 })
  protocolNo!: string;

  @Day('2026-11-20')
  protocolDate!: string;

  @Text('Scarto autorizzato dalla Soprintendenza archivistica', {
    max: 2_000,
    description: 'Sealed in the log; shown to who reads the register of erasures.',
  })
  reason!: string;
}

/** What a case says of its own erasure, to whoever may see the case. */
export class ErasureNoteDto {
  @Choice(erasureGrounds, { description: grounds })
  ground!: string;

  @One(() => ProtocolDto, { description: 'Where the decision stands.' })
  instruction!: ProtocolDto;

  @Moment('2026-11-27T09:00:00.000Z', { description: 'From then on nobody reads what it said.' })
  orderedAt!: string;

  @Moment('2026-11-27T09:00:01.000Z', {
    nullable: true,
    description: 'When keys and documents were destroyed; null: not yet.',
  })
  carriedOutAt!: string | null;
}

/** That what a case says must not be erased, in whose name and since when. */
export class HoldDto {
  @Text('c_borgo', { description: 'IPA code of the body that forbids it; it alone allows it again.' })
  body!: string;

  @Moment('2026-11-27T09:00:00.000Z')
  at!: string;

  @Text('Lo chiede il Tribunale di Borgo, R.G. 12/2026', {
    nullable: true,
    min: 0,
    description: 'Null: shown to who may read the register of erasures.',
  })
  reason!: string | null;

  @Flag(true, { description: 'Whether the caller acts for that body.' })
  own!: boolean;
}

export class HoldCaseDto {
  @Flag(true, { description: 'Whether erasing is forbidden from now on.' })
  held!: boolean;

  @Text('Lo chiede il Tribunale di Borgo, R.G. 12/2026', { max: 2_000, description: 'Sealed in the log.' })
  reason!: string;
}

export class OneCaseDto extends CaseDto {
  @Choice(['open', 'with-reason', 'closed'], {
    description:
      'Whether what it says is open to the reader: at once, once they say why, or not at all; then they see where it stands and what is due.',
  })
  content!: 'open' | 'with-reason' | 'closed';

  @One(() => ErasureNoteDto, { nullable: true, description: 'Null: what it says was not erased.' })
  erasure!: ErasureNoteDto | null;

  @Many(() => HoldDto, { description: 'Nobody: what it says may be erased once it has ended.' })
  holds!: HoldDto[];
}

/** A case that must be kept as it is. */
export class HeldCaseDto {
  @Text('0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39')
  caseId!: string;

  @Text('c_borgo')
  comune!: string;

  @Text('Comune di Borgo Sereno')
  comuneName!: string;

  @Text('Procedimento disciplinare ordinario', {
    nullable: true,
    description: 'Null: it was not noted then.',
  })
  processName!: string | null;

  @Text('c_borgo', { description: 'IPA code of the body that forbids it; it alone allows it again.' })
  body!: string;

  @Moment('2026-11-27T09:00:00.000Z')
  at!: string;

  @Text('Lo chiede il Tribunale di Borgo, R.G. 12/2026', { min: 0 })
  reason!: string;

  @One(() => ActorDto)
  actor!: ActorDto;
}

export class ErasureDto extends ErasureNoteDto {
  @Text('0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39')
  caseId!: string;

  @Text('c_borgo')
  comune!: string;

  @Text('Comune di Borgo Sereno')
  comuneName!: string;

  @Text('disciplinary-ordinary')
  process!: string;

  @Text('Procedimento disciplinare ordinario')
  processName!: string;

  @Text('Scarto autorizzato dalla Soprintendenza archivistica', { min: 0 })
  reason!: string;

  @One(() => ActorDto)
  actor!: ActorDto;
}
