import { services } from '@iter/registers';
import { Choice, Day, Flag, Fraction, Many, Moment, One, Text, Texts, Whole } from './fields.ts';
import { PageQuery } from './page.ts';
import { LabelDto } from './views.ts';

const version = /^\d{1,4}\.\d{1,4}\.\d{1,6}(-[0-9A-Za-z.-]{1,40})?$/;
const contentHash = /^sha256:[0-9a-f]{64}$/;
const anyHash = 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

export class LibraryQuery extends PageQuery {
  @Text('richiesta', { optional: true, max: 100, description: 'Part of what it is called or says.' })
  text?: string;

  @Choice(services, { optional: true })
  service?: string;
}

export class NamedBodyDto {
  @Text('p_demo')
  ipa!: string;

  @Text('Provincia Demo')
  name!: string;
}

const hidden = 'Null: fewer than five, or hidden so that such a figure cannot be told by subtraction.';

export class ProcessFiguresDto {
  @Whole(300, { nullable: true, description: `Cases started in the last 365 days. ${hidden}` })
  started!: number | null;

  @Whole(280, { nullable: true, description: `Of them those that have ended. ${hidden}` })
  ended!: number | null;

  @Fraction(9.5, { nullable: true, description: `Days from start to end, the median. ${hidden}` })
  medianDays!: number | null;

  @Fraction(0.97, { nullable: true, max: 1, description: `Terms met of those decided. ${hidden}` })
  shareInTime!: number | null;
}

export class PackageItemDto {
  @Text('upi_demo.desk-request', { description: 'Origin and process.' })
  key!: string;

  @Text('desk-request')
  process!: string;

  @Text('Richiesta allo sportello')
  name!: string;

  @Text('onboarding', { nullable: true })
  service!: string | null;

  @One(() => LabelDto)
  summary!: LabelDto;

  @One(() => NamedBodyDto)
  origin!: NamedBodyDto;

  @Text('EUPL-1.2', { description: 'SPDX identifier.' })
  licence!: string;

  @Text('1.1.0', { description: 'The last that can be adopted; else the last.' })
  version!: string;

  @Flag(false, { description: 'No version can be adopted any more.' })
  withdrawn!: boolean;

  @Moment('2026-03-06T09:00:00.000Z')
  publishedAt!: string;

  @Whole(2)
  versions!: number;

  @Whole(3, { description: 'Bodies that use it.' })
  users!: number;

  @One(() => ProcessFiguresDto, { nullable: true, description: 'Null: no case was started here.' })
  figures!: ProcessFiguresDto | null;
}

export class BasedOnDto {
  @Text('upi_demo.desk-request')
  key!: string;

  @Text('1.0.0')
  version!: string;

  @One(() => NamedBodyDto)
  origin!: NamedBodyDto;

  @Text(anyHash)
  contentHash!: string;

  @Flag(true, { description: 'Whether the library has it.' })
  known!: boolean;

  @Texts(['1.1.0'], {
    description: 'Versions of the original that came after it and may be adopted, the latest first.',
  })
  later!: readonly string[];
}

export class WithdrawalDto {
  @Moment('2026-03-06T09:00:00.000Z')
  at!: string;

  @Text('Sostituita dalla 1.1.0.')
  reason!: string;
}

export class PackageVersionDto {
  @Text('1.1.0')
  version!: string;

  @Moment('2026-03-06T09:00:00.000Z')
  publishedAt!: string;

  @One(() => NamedBodyDto, { description: 'For which body it was published.' })
  publishedBy!: NamedBodyDto;

  @Texts(['Provincia Demo'])
  authors!: readonly string[];

  @Texts(['desk-request'])
  processes!: readonly string[];

  @Text(anyHash)
  contentHash!: string;

  @Whole(40_000)
  sizeBytes!: number;

  @Text('9f86 d081 884c 7d65 9a2f eaa0 c55a d015', { nullable: true, description: 'Null: nobody signed it.' })
  fingerprint!: string | null;

  @One(() => BasedOnDto, { nullable: true })
  basedOn!: BasedOnDto | null;

  @One(() => WithdrawalDto, { nullable: true })
  withdrawn!: WithdrawalDto | null;
}

export class PackageUserDto {
  @One(() => NamedBodyDto)
  body!: NamedBodyDto;

  @Text('1.0.0')
  version!: string;

  @Day('2026-03-01')
  since!: string;

  @Text(anyHash, { nullable: true, description: 'Hash of what it made of it; null: as published.' })
  adapted!: string | null;
}

export class DerivedDto {
  @Text('p_demo.desk-request')
  key!: string;

  @Text('1.0.0')
  version!: string;

  @One(() => NamedBodyDto)
  origin!: NamedBodyDto;

  @Text('1.0.0', { description: 'Version of this package that it adapts.' })
  from!: string;
}

export class PackageDto extends PackageItemDto {
  @Many(() => PackageVersionDto, { description: 'The latest first.' })
  all!: PackageVersionDto[];

  @Many(() => PackageUserDto, { description: 'By body.' })
  usedBy!: PackageUserDto[];

  @Many(() => DerivedDto, { description: 'What other packages made of it.' })
  derived!: DerivedDto[];
}

export class InspectionProblemDto {
  @Text('personal-data')
  code!: string;

  @Text('processes/desk-request/README.md:12', { min: 0, max: 400 })
  place!: string;

  @Text('Sembra un codice fiscale.', { max: 2_000 })
  message!: string;
}

export class PackageVerdictDto {
  @Choice(['new', 'published', 'taken', 'withdrawn'], {
    nullable: true,
    description:
      'Whether its version is published already, in these bytes or in others; null: it is not whole.',
  })
  state!: string | null;

  @Flag(true, { description: 'It would be published.' })
  fit!: boolean;

  @Text('upi_demo.desk-request', { nullable: true })
  key!: string | null;

  @Text('Richiesta allo sportello', { nullable: true })
  name!: string | null;

  @One(() => LabelDto, { nullable: true })
  summary!: LabelDto | null;

  @One(() => NamedBodyDto, { nullable: true })
  origin!: NamedBodyDto | null;

  @Text('EUPL-1.2', { nullable: true })
  licence!: string | null;

  @One(() => PackageVersionDto, { nullable: true })
  version!: Omit<PackageVersionDto, 'publishedAt' | 'publishedBy' | 'withdrawn'> | null;

  @Many(() => InspectionProblemDto, { max: 200 })
  problems!: InspectionProblemDto[];
}

export class PublishedDto {
  @Text('upi_demo.desk-request')
  key!: string;

  @Text('1.1.0')
  version!: string;
}

export class LibraryAnswerDto {
  @Text('upi_demo.desk-request')
  key!: string;
}

export class OwnPackageDto extends PublishedDto {
  @Text('desk-request')
  process!: string;

  @Text('Richiesta allo sportello')
  name!: string;

  @Flag(false)
  published!: boolean;
}

export class PublishOwnDto {
  @Text('desk-request', { max: 80, description: 'A process that came with the house.' })
  process!: string;
}

export class WithdrawPackageDto {
  @Text('1.0.0', { pattern: version })
  version!: string;

  @Text('Sostituita dalla 1.1.0.', { max: 500 })
  reason!: string;
}

export class AdoptPackageDto {
  @Text('p_demo', { max: 30 })
  body!: string;

  @Text('1.0.0', { pattern: version })
  version!: string;

  @Day('2026-03-01')
  since!: string;

  @Text(anyHash, {
    optional: true,
    pattern: contentHash,
    description: 'Hash of what the body made of it, as `iter package export` says it; absent: as published.',
  })
  adapted?: string;
}

export class StopUsingDto {
  @Text('p_demo', { max: 30 })
  body!: string;
}

export class DiffQuery {
  @Text('1.0.0', { max: 200, description: 'Version of this package, or `key@version` of another.' })
  from!: string;

  @Text('p_demo.desk-request@1.0.0', { max: 200 })
  to!: string;
}

export class PackageChangeDto {
  @Choice(['drawing', 'forms', 'decisions', 'acts', 'terms', 'ladders', 'scenarios', 'texts'])
  section!: string;

  @Text('processes/desk-request/desk-request.bpmn', { max: 300 })
  file!: string;

  @Choice(['added', 'removed', 'changed'])
  kind!: string;

  @Text('Istruire la richiesta', { nullable: true, max: 200, description: 'What people call it.' })
  of!: string | null;

  @Text('name', {
    nullable: true,
    max: 200,
    description: 'What of it has changed; null: it is there anew, or is gone, as a whole.',
  })
  field!: string | null;

  @Text('20', { nullable: true, min: 0, max: 300 })
  before!: string | null;

  @Text('25', { nullable: true, min: 0, max: 300 })
  after!: string | null;

  @Text('@@ -1 +1 @@', { nullable: true, max: 4_000, description: 'Of texts: the lines that differ.' })
  patch!: string | null;
}

export class PackageDiffDto {
  @Whole(12, { description: 'Of all changes; at most 500 are listed.' })
  total!: number;

  @Many(() => PackageChangeDto)
  changes!: PackageChangeDto[];
}

export class MaterialFileDto {
  @Text('0190b2c4-7e1c-7cc3-9a51-6d1f0c9d2b10.aaaaaaaaaaaa-0')
  id!: string;

  @Text('schema.docx')
  name!: string;

  @Text('application/pdf')
  mediaType!: string;

  @Whole(40_000)
  sizeBytes!: number;
}

export class MaterialDto {
  @Text('0190b2c4-7e1c-7cc3-9a51-6d1f0c9d2b10', { description: 'The contribution.' })
  caseId!: string;

  @Choice(['QUESTION', 'DOCUMENT', 'MODEL'])
  kind!: string;

  @Text('Schema di contestazione')
  title!: string;

  @Text('Usato in tre Province.', { min: 0, max: 10_000 })
  text!: string;

  @Text('contestazione 1.2, CC BY 4.0', { nullable: true })
  attached!: string | null;

  @Text('discipline', { nullable: true })
  service!: string | null;

  @One(() => NamedBodyDto)
  body!: NamedBodyDto;

  @Moment('2026-03-06T09:00:00.000Z')
  publishedAt!: string;

  @Many(() => MaterialFileDto)
  files!: MaterialFileDto[];
}
