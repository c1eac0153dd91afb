import { Choice, Flag, Fraction, Many, Mapped, Moment, One, Text, Whole } from './fields.ts';
import { PageQuery } from './page.ts';
import { FailedJobDto, ReasonDto } from './requests.ts';

// What the system operator asks and is told: never the content of a case.

const caseId = '0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39';
const aKey = 'eyJhdCI6Ii4uLiJ9';
const aMoment = '2026-03-06T09:00:00.000Z';

export class WorkDto {
  @Text('bell', { description: 'Kind of work.' })
  kind!: string;

  @Whole(3, { description: 'To be done now, also what failed and rests.' })
  due!: number;

  @Whole(120, { description: 'Not before a later instant.' })
  later!: number;

  @Whole(0, { description: 'Of what is due: tried in vain.' })
  failing!: number;

  @Moment(aMoment, {
    nullable: true,
    description: 'Since when the oldest of what is due could have been done.',
  })
  oldestDueAt!: string | null;

  @Whole(250, { description: 'Milliseconds since then; 0: nothing waits.' })
  latenessMs!: number;

  @Fraction(12.4, { description: 'Done a minute, over the last five.' })
  perMinute!: number;

  @Whole(620)
  doneInHour!: number;

  @Whole(0, { description: 'Tries in vain.' })
  failedInHour!: number;
}

export class SeenWorkerDto {
  @Text('mailer-1')
  name!: string;

  @Moment(aMoment)
  lastSeenAt!: string;
}

export class JobTypeDto {
  @Text('certified-mail')
  type!: string;

  @Flag(true, { description: 'Done inside the house; else by workers that ask for jobs.' })
  own!: boolean;

  @Whole(2)
  open!: number;

  @Whole(0, { description: 'No attempt left: people are asked by an incident.' })
  stuck!: number;

  @Moment(aMoment, { nullable: true })
  oldestAt!: string | null;

  @Many(() => SeenWorkerDto, { max: 20, description: 'Who asked for jobs of this type within five minutes.' })
  workers!: SeenWorkerDto[];
}

class FailedFilterDto extends PageQuery {
  @Text('bell', { optional: true })
  kind?: string;

  @Text('timer', { optional: true, description: 'What it is: a timer, a job type, a message.' })
  name?: string;

  @Text(caseId, { optional: true })
  caseId?: string;
}

export class FailedJobsQuery extends FailedFilterDto {
  @Text('Error: timeout', { optional: true, max: 2_000 })
  error?: string;
}

export class RetryJobsDto {
  @Text('bell', { optional: true })
  kind?: string;

  @Text('timer', { optional: true })
  name?: string;

  @Text(caseId, { optional: true })
  caseId?: string;

  @Text('Error: timeout', { optional: true, max: 2_000 })
  error?: string;
}

export class RetriedDto {
  @Whole(12, { description: 'How many are tried again.' })
  count!: number;
}

export class ParkedDto {
  @Text(caseId)
  caseId!: string;

  @Text('5a4d0b6f-8c7e-5c3b-9a1f-2e7d6c5b4a39', { description: 'Where it stopped.' })
  eventId!: string;

  @Text('DeadlineOpened')
  eventType!: string;

  @Whole(17)
  revision!: number;

  @Text('TypeError: …', { max: 2_000 })
  error!: string;

  @Moment(aMoment)
  parkedAt!: string;
}

export class ResumedDto {
  @Flag(true)
  resumed!: boolean;

  @Text('TypeError: …', { nullable: true, max: 2_000, description: 'Why it stays set aside.' })
  error!: string | null;
}

export class CheckDto {
  @Text('database')
  name!: string;

  @Choice(['ok', 'warning', 'error'])
  state!: string;

  @Text('PostgreSQL 18.4', { nullable: true, min: 0, max: 2_000 })
  value!: string | null;
}

export class FindQuery {
  @Text('PD-2032-001', { min: 2, description: 'Code or id of a case, id of a job, a task or an event.' })
  text!: string;
}

export class CaseStandingDto {
  @Text(caseId)
  id!: string;

  @Text('PD-2032-001')
  code!: string;

  @Text('disciplinary-ordinary')
  process!: string;

  @Whole(2, { min: 1 })
  version!: number;

  @Text('c_borgo', { max: 30 })
  comune!: string;

  @Text('Comune di Borgo Sereno')
  comuneName!: string;

  @Choice(['active', 'suspended', 'completed', 'terminated', 'failed'])
  state!: string;

  @Moment(aMoment)
  startedAt!: string;

  @Moment(aMoment, { nullable: true })
  endedAt!: string | null;

  @Whole(41)
  revision!: number;

  @Whole(1)
  openTasks!: number;

  @Whole(0)
  openIncidents!: number;
}

export class PendingWorkDto {
  @Text(`${caseId}.3f9ac01b77d2-7`)
  id!: string;

  @Text(caseId)
  caseId!: string;

  @Text('job')
  kind!: string;

  @Text('certified-mail')
  name!: string;

  @Choice(['due', 'later', 'failing', 'stuck'])
  state!: string;

  @Moment(aMoment)
  dueAt!: string;

  @Whole(2)
  tries!: number;

  @Text('Error: timeout', { nullable: true, max: 2_000 })
  error!: string | null;
}

export class FoundEventDto {
  @Text('5a4d0b6f-8c7e-5c3b-9a1f-2e7d6c5b4a39')
  id!: string;

  @Text('DeadlineOpened')
  type!: string;

  @Text(`case-${caseId}`)
  stream!: string;

  @Whole(17)
  revision!: number;

  @Text('3f9ac01b-1742')
  position!: string;

  @Moment(aMoment)
  recordedAt!: string;
}

export class FoundDto {
  @Many(() => CaseStandingDto, { max: 20 })
  cases!: CaseStandingDto[];

  @Many(() => PendingWorkDto, { max: 200, description: 'What is pending for these cases.' })
  work!: PendingWorkDto[];

  @Many(() => FailedJobDto, { max: 200 })
  failed!: FailedJobDto[];

  @One(() => FoundEventDto, { nullable: true })
  event!: FoundEventDto | null;

  @Moment(aMoment, {
    nullable: true,
    description: 'An event was looked for back to this instant; null: none was looked for, or it was found.',
  })
  searchedBackTo!: string | null;
}

export class VersionDto {
  @Whole(2, { min: 1 })
  version!: number;

  @Text('9f2b6d1c0a4e8f7b3c5d9f2b6d1c0a4e8f7b3c5d9f2b6d1c0a4e8f7b3c5d0000', { max: 64 })
  hash!: string;

  @Moment(aMoment)
  deployedAt!: string;

  @Whole(12, { description: 'Cases that follow it, the suspended ones among them.' })
  running!: number;

  @Whole(1)
  suspended!: number;

  @Whole(40)
  ended!: number;

  @Whole(0)
  openIncidents!: number;
}

export class DeployedProcessDto {
  @Text('disciplinary-ordinary')
  key!: string;

  @Text('Procedimento disciplinare ordinario')
  name!: string;

  @Many(() => VersionDto, { max: 1_000, description: 'The latest first.' })
  versions!: VersionDto[];
}

export class MigrateAllDto extends ReasonDto {
  @Text('disciplinary-ordinary')
  process!: string;

  @Whole(1, { min: 1, max: 1_000_000, description: 'Cases that follow this version.' })
  from!: number;

  @Whole(2, { min: 1, max: 1_000_000, description: 'Version that they are to follow.' })
  to!: number;

  @Mapped({ t_review: 't_examine' }, { optional: true, description: 'As for one case.' })
  elements?: Record<string, string>;

  @Mapped({}, { optional: true })
  flows?: Record<string, string>;

  @Flag(true, { optional: true, description: 'Only say what would happen: nothing changes.' })
  dryRun?: boolean;

  @Whole(25, { min: 1, max: 100, optional: true, description: 'Cases of this call; 25 by default.' })
  limit?: number;

  @Text(aKey, { optional: true, max: 500, description: '`nextCursor` of the call before.' })
  cursor?: string;
}

export class RetryIncidentsDto {
  @Text('expression-failed', { optional: true })
  code?: string;

  @Text('disciplinary-ordinary', { optional: true })
  process?: string;

  @Text('Corretto il servizio esterno', { max: 2_000 })
  resolution!: string;

  @Whole(25, { min: 1, max: 100, optional: true, description: 'Incidents of this call; 25 by default.' })
  limit?: number;

  @Text(aKey, { optional: true, max: 500, description: '`nextCursor` of the call before.' })
  cursor?: string;
}

/** Why something was refused, or would be. */
export class BatchProblemDto {
  @Text('element-unmapped', { description: 'Of what a migration would do, or of a problem.' })
  code!: string;

  @Text('t_review', { nullable: true, description: 'Of the process; null: it is about no element.' })
  element!: string | null;

  @Text('Il caso non può seguire quella definizione')
  title!: string;
}

export class BatchItemDto {
  @Text(caseId, { description: 'Of the case or the incident.' })
  id!: string;

  @Text('PD-2032-001')
  caseCode!: string;

  @Choice(['done', 'possible', 'refused'])
  outcome!: string;

  @Many(() => BatchProblemDto, { description: 'Why not.' })
  problems!: BatchProblemDto[];
}

/** One stretch of a batch: whoever asks goes on with the cursor until it is null. */
export class BatchDto {
  @Many(() => BatchItemDto, { max: 100 })
  items!: BatchItemDto[];

  @Text(aKey, { nullable: true, max: 500 })
  nextCursor!: string | null;
}
