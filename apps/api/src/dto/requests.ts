import { roles } from '@iter/access';
import { deadlineStatuses } from '@iter/engine';
import { termNatures } from '@iter/legal-calendar';
import { passwordRules } from '@iter/access/accounts';
import {
  Choice,
  Day,
  DayOrMoment,
  Flag,
  Fraction,
  Many,
  Moment,
  NotBefore,
  One,
  Text,
  Texts,
  Variables,
  Whole,
} from './fields.ts';
import { PageQuery } from './page.ts';
import { timelineTopics } from '../case-file/timeline.ts';
import type { TimelineTopic } from '../case-file/timeline.ts';

// What commands and queries are asked with. Unknown members are refused.

const anInstant = '2026-03-06T09:00:00+01:00';
const aReason = 'Istanza dell’interessato, prot. 1301/2026';

export class SignInDto {
  @Text('operatore', { max: 64 })
  username!: string;

  @Text('una-parola-lunga', { max: 200 })
  password!: string;
}

export class ChangePasswordDto {
  @Text('una-parola-lunga', { max: 200 })
  current!: string;

  @Text('una parola più lunga', { min: passwordRules.minLength, max: passwordRules.maxLength })
  next!: string;
}

/** Acts of which only the date in the world may be said. */
export class ActDto {
  @Moment(anInstant, { optional: true, description: 'When it happened in the world; absent: now.' })
  occurredAt?: string;
}

export class ReasonDto extends ActDto {
  @Text(aReason, { max: 2_000, description: 'Recorded with the act.' })
  reason!: string;
}

export class StartCaseDto extends ActDto {
  @Text('disciplinary-ordinary', { description: 'Key of the process.' })
  process!: string;

  @Whole(1, { min: 1, max: 1_000_000, optional: true, description: 'Absent: the latest.' })
  version?: number;

  @Text('c_borgo', { max: 30, description: 'IPA code of the body whose case it is.' })
  comune!: string;

  @Text('2026/014', { optional: true, nullable: true })
  businessKey?: string | null;

  @Text('reportToUpd', {
    optional: true,
    description: 'Message that is registered and begins it; absent: people begin it of their own accord.',
  })
  message?: string;

  @Variables(
    { employeeRef: 'M-0042', factsKnownAt: '2026-03-05', staffCategory: 'EMPLOYEE' },
    { optional: true },
  )
  variables?: object;
}

export class CompleteTaskDto extends ActDto {
  @Variables({ reviewOutcome: 'PROCEED' }, { optional: true })
  variables?: object;
}

export class AssignTaskDto extends ActDto {
  @Text('operatore', { max: 64, description: 'Account that is to do it.' })
  to!: string;
}

export class CommentRequestDto {
  @Text('Sentito il Segretario: la delega è in archivio.', { max: 10_000 })
  text!: string;
}

export class MessageRequestDto extends ActDto {
  @Text('deferralRequest')
  name!: string;

  @Text('0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39', {
    optional: true,
    description: 'The case that awaits it; absent: it starts a case of the process that begins with it.',
  })
  caseId?: string;

  @Text('c_borgo', { optional: true, max: 30, description: 'Body whose case a started one is.' })
  comune?: string;

  @Text('C-1', { optional: true, nullable: true })
  correlationKey?: string | null;

  @Text('P30D', {
    optional: true,
    max: 40,
    description: 'ISO 8601 duration for which it waits when nobody awaits it; `PT0S`: not at all.',
  })
  timeToLive?: string;

  @Variables({ deferralDays: 15 }, { optional: true })
  variables?: object;
}

export class SignalRequestDto extends ReasonDto {
  @Text('portalOutage')
  name!: string;

  @Variables({ until: '2026-03-07' }, { optional: true })
  variables?: object;
}

/** Fields of the form that registers what arrived from outside; the files come beside them. */
export class IncomingDto extends ActDto {
  @Text('deferralRequest', { description: 'One of the messages that the case awaits.' })
  message!: string;

  @Text('1301/2026', { max: 60 })
  protocolNo!: string;

  @Text('p_demo', { max: 40, optional: true, description: 'IPA code of the body that keeps the register.' })
  protocolBody?: string;

  @Text('Generale', { max: 60, optional: true, description: 'With body and date: the whole reference.' })
  protocolRegister?: string;

  @Day('2026-04-10', { optional: true })
  protocolDate?: string;

  @Day('2026-04-10')
  receivedOn!: string;

  @Text('Dipendente M-0042', { max: 300 })
  sender!: string;

  @Text('Consegnata a mano', { min: 0, max: 2_000, optional: true })
  note?: string;

  @Variables({ deferralDays: 15 }, { optional: true })
  variables?: object;
}

/** What is filled in so far of what arrived. */
export class CheckIncomingDto extends ActDto {
  @Text('deferralRequest', { description: 'One of the messages that the case awaits.' })
  message!: string;

  @Text('1301/2026', { max: 60, optional: true })
  protocolNo?: string;

  @Day('2026-04-10', { optional: true })
  receivedOn?: string;

  @Text('Dipendente M-0042', { max: 300, optional: true })
  sender?: string;

  @Variables({ deferralDays: 15 }, { optional: true })
  variables?: object;
}

/** For one's own body, to a case of the Province that serves it. */
export class HandInDto extends ActDto {
  @Text('c_borgo', { max: 30, description: 'In whose name.' })
  body!: string;

  @Text('enrolled', { description: 'One of the messages that the case awaits of bodies.' })
  message!: string;

  @Variables({ people: [{ employeeRef: 'B-0101', account: null }] }, { optional: true })
  variables?: object;
}

export class UploadDto {
  @Text('1234/2026', { max: 60, optional: true })
  protocolNo?: string;

  @Text('p_demo', { max: 40, optional: true, description: 'IPA code of the body that keeps the register.' })
  protocolBody?: string;

  @Text('Generale', { max: 60, optional: true, description: 'With body and date: the whole reference.' })
  protocolRegister?: string;

  @Day('2026-04-10', { optional: true })
  protocolDate?: string;

  @Text('0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39.3f9ac01b77d2-1', {
    optional: true,
    description: 'The open task for which it is filed.',
  })
  task?: string;

  @Text('0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39.12ab34cd56ef-0', {
    optional: true,
    description: 'The newest version of a document, whose place it takes.',
  })
  replaces?: string;
}

export class ActivateJobsDto {
  @Text('send-mail')
  type!: string;

  @Whole(10, { min: 1, max: 100, optional: true, description: 'At most so many; 10 by default.' })
  limit?: number;

  @Whole(60_000, {
    min: 1_000,
    max: 3_600_000,
    optional: true,
    description: 'Milliseconds for which nobody else gets them.',
  })
  lockMs?: number;

  @Text('worker-1', { max: 64, optional: true })
  worker?: string;
}

export class CompleteJobDto extends ActDto {
  @Variables({ messageId: '<abc@mail>' }, { optional: true })
  variables?: object;
}

export class FailJobDto {
  @Whole(2, { max: 1_000, description: 'Attempts that are left; 0 raises an incident.' })
  retries!: number;

  @Text('mail server unreachable', { max: 2_000 })
  message!: string;

  @Whole(60_000, {
    max: 31_536_000_000,
    optional: true,
    description: 'Milliseconds before it may be tried again.',
  })
  retryInMs?: number;
}

export class JobErrorDto {
  @Text('notDelivered')
  code!: string;

  @Text('mailbox does not exist', { max: 2_000, optional: true })
  message?: string;

  @Variables({ bouncedAt: '2026-03-06' }, { optional: true })
  variables?: object;
}

export class OnDayDto extends ReasonDto {
  @Day('2026-04-10')
  on!: string;
}

export class ExtendDto extends ReasonDto {
  @Whole(15, { min: 1, max: 3_660 })
  days!: number;
}

export class RectifyDto extends ReasonDto {
  @DayOrMoment('2026-04-10', { description: 'When the fact that meets it happened; instant for hour terms.' })
  on!: string;
}

export class InterruptDto extends ReasonDto {
  @DayOrMoment('2026-04-10', {
    description: 'The term starts anew in full from this day; instant for hour terms.',
  })
  base!: string;
}

export class RebaseDto extends ReasonDto {
  @Text('reportReceived', { description: 'Name of the base.' })
  baseName!: string;

  @DayOrMoment('2026-03-05', { description: 'Day; instant for hour terms.' })
  date!: string;
}

export class ProveDto extends ActDto {
  @Text('reportReceived', { description: 'Name of the base.' })
  baseName!: string;

  @Text('1234/2026', { description: 'Protocol number or receipt.' })
  proof!: string;
}

export class NoteDto {
  @Text('Chiamato il Comune', { min: 0, max: 2_000, optional: true })
  note?: string;
}

export class IncidentResolutionDto {
  @Text('Corretto il valore, si riprova', { max: 2_000 })
  resolution!: string;
}

export class SourceFileDto {
  @Text('disciplinary-ordinary.bpmn', { max: 200 })
  name!: string;

  @Text('<definitions/>', { max: 5_000_000 })
  text!: string;
}

export class DeployDto {
  @Many(() => SourceFileDto, { max: 100, description: 'BPMN files and the form-js forms that they name.' })
  files!: SourceFileDto[];
}

export class MoveClockDto {
  @Text('P7D', {
    optional: true,
    pattern: /^P(?=\d|T\d)(\d+W)?(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?$/,
    description: 'How far: weeks, days, hours, minutes, seconds of ISO 8601.',
  })
  advance?: string;

  @Moment('2026-04-01T08:00:00+02:00', { optional: true, description: 'Until when, instead.' })
  to?: string;
}

// Queries

const textHelp =
  'Words, each in the code or business key, the Comune’s name or the name of the process, there whatever its ending.';

export class CasesQuery extends PageQuery {
  @Text('disciplinary-ordinary', { optional: true })
  process?: string;

  @Choice(['open', 'active', 'suspended', 'completed', 'terminated', 'failed', 'all'], {
    optional: true,
    description: '`open` (active and suspended) by default.',
  })
  state?: string;

  @Text('c_borgo', { optional: true, max: 30 })
  comune?: string;

  @Text('PD-2026', { optional: true, max: 100, description: textHelp })
  text?: string;

  @Text('DL_CONTESTATION', { optional: true, description: 'Cases with this deadline open.' })
  deadline?: string;

  @Choice(['true'], { optional: true, description: 'Only those that I started or have a part in.' })
  involved?: string;
}

/** At most as many as a process has facts. */
const factsPattern = /^[A-Za-z_]\w{0,59}:\w{1,60}(?:,[A-Za-z_]\w{0,59}:\w{1,60}){0,11}$/;

export class ReceiversQuery {
  @Text('0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39.3f9ac01b77d2-7', {
    max: 12_000,
    description: 'Ids of open tasks, with commas between them.',
  })
  tasks!: string;
}

export class TasksQuery extends PageQuery {
  @Choice(['mine', 'group', 'later', 'all'], {
    optional: true,
    description:
      'Mine: claimed by me, or done by me; group: nobody’s yet; later: put off by me, so in neither of these; all by default.',
  })
  assigned?: 'mine' | 'group' | 'later' | 'all';

  @Choice(['open', 'completed', 'terminated'], { optional: true, description: '`open` by default.' })
  state?: 'open' | 'completed' | 'terminated';

  @Text('0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39', { optional: true })
  caseId?: string;

  @Text('c_borgo', { optional: true, max: 30 })
  comune?: string;

  @Text('disciplinary-ordinary', { optional: true })
  process?: string;

  @Text('borgo disciplinari', { optional: true, max: 100, description: textHelp })
  text?: string;

  @Day('2026-04-03', { optional: true, description: 'Due then or before.' })
  dueBy?: string;

  @Text('urgency:URGENT,service:TRAINING', {
    ...{ optional: true, max: 400, pattern: factsPattern },
    description:
      'What the case says, as `name:value`, separated by commas; all must hold. Names and values are those of the process’s facts, so it goes with `process`; only of cases whose content one may read.',
  })
  facts?: string;
}

export class DeadlinesQuery extends PageQuery {
  @Choice(['running', ...deadlineStatuses, 'all'], {
    optional: true,
    description: '`running` by default: open, suspended, or met with reminders that still ring.',
  })
  state?: string;

  @Choice(termNatures, { optional: true })
  nature?: string;

  @Text('c_borgo', { optional: true, max: 30 })
  comune?: string;

  @Text('disciplinary-ordinary', { optional: true })
  process?: string;
}

export class IncidentsQuery extends PageQuery {
  @Choice(['open', 'resolved', 'all'], { optional: true, description: '`open` by default.' })
  state?: string;

  @Text('c_borgo', { optional: true, max: 30 })
  comune?: string;
}

export class NoticesQuery extends PageQuery {
  @Choice(['true', 'false'], { optional: true, description: 'Only those not read yet.' })
  unread?: string;
}

/** Roles that read a case only with a reason say it here. */
export class ReadQuery {
  @Text('controllo dei termini', {
    optional: true,
    max: 500,
    description: 'Why the content is read; recorded.',
  })
  reason?: string;
}

export class DocumentsQuery extends ReadQuery {
  @Text('0b6f8c7e-….3f9ac01b77d2-1', {
    optional: true,
    max: 100,
    description:
      'Only what lies with this open task: whoever may complete it reads that, also where the file is closed to them.',
  })
  task?: string;
}

export class ExportQuery extends ReadQuery {
  @Choice(['bundle', 'jsonl', 'csv', 'pdf'])
  format!: 'bundle' | 'jsonl' | 'csv' | 'pdf';
}

export class HistoryQuery extends PageQuery {
  @Text('controllo dei termini', {
    optional: true,
    max: 500,
    description: 'Why the content is read; recorded.',
  })
  reason?: string;

  @Whole(12, {
    ...{ optional: true, inQuery: true },
    description: 'Only what happened after this revision: for whoever has the rest.',
  })
  after?: number;
}

export class TimelineQuery extends HistoryQuery {
  @Choice(timelineTopics, { optional: true, description: 'Only what is about this.' })
  about?: TimelineTopic;

  @Text('3f9ac01b77d2-1', {
    ...{ optional: true, max: 100 },
    description: 'Only what names this instance of an element, as a task does.',
  })
  key?: string;

  @Choice(['true'], { optional: true, description: 'With what only the machine cares about.' })
  all?: string;
}

export class StateQuery extends ReadQuery {
  @Moment('2026-04-01T00:00:00+02:00', { optional: true, description: 'As it stood then.' })
  at?: string;

  @Whole(12, { optional: true, inQuery: true, description: 'As it stood after this revision.' })
  revision?: number;
}

/** No text of somebody's: what is asked of the log is recorded as it is asked. */
const oneWord = /^[A-Za-z][A-Za-z0-9_]*$/;

export class AuditEventsQuery extends PageQuery {
  @Text('DeadlineMissed', { optional: true, max: 64, pattern: oneWord, description: 'Type of the events.' })
  type?: string;

  @Choice(roles, { optional: true, description: 'The role in which somebody acted.' })
  role?: string;

  @Text('c_borgo', { optional: true, max: 64, description: 'Body whose facts they are.' })
  body?: string;

  @Text('disciplinary-ordinary', { optional: true, max: 200, description: 'Process of the cases.' })
  process?: string;

  @Day('2026-03-01', { optional: true, description: 'First day, in Rome, on which they were recorded.' })
  from?: string;

  @Day('2026-03-31', { optional: true, description: 'Last day, included; not before the first.' })
  @NotBefore('from')
  to?: string;

  @Text('0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39', { optional: true })
  caseId?: string;
}

export class AccessesQuery extends PageQuery {
  @Text('0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39', { optional: true })
  caseId?: string;

  @Text('operatore', {
    ...{ optional: true, max: 64 },
    description: 'Whose readings. Auditors who read under pseudonyms give the pseudonym that `actor` tells.',
  })
  account?: string;
}

// Answers of their own

export class GrantDto {
  @Text('DESK_OPERATOR')
  role!: string;

  @Text('p_demo')
  body!: string;

  @Text('Provincia di Monteverde')
  bodyName!: string;

  @Text('upd', {
    optional: true,
    max: 64,
    description: 'The absent account in whose place it is held today; absent: it is one’s own.',
  })
  onBehalfOf?: string;
}

export class BodyDto {
  @Text('c_borgo')
  code!: string;

  @Text('Comune di Borgo Sereno')
  name!: string;
}

export class SessionDto {
  @Text('operatore')
  account!: string;

  @Text('Olga Operatrice')
  displayName!: string;

  @Many(() => GrantDto)
  grants!: GrantDto[];

  @Texts(['StartCase', 'CompleteUserTask'], {
    description: 'What this account may do at least somewhere; decided case by case.',
  })
  acts!: string[];

  @Many(() => BodyDto, { description: 'Bodies for which it acts, and the Comuni that they serve.' })
  bodies!: BodyDto[];

  @Many(() => BodyDto, {
    description: 'Bodies beside those in whose joining and leaving it works: they lie in its territory.',
  })
  territory!: BodyDto[];
}

export class SignedInDto extends SessionDto {
  @Text('q3mZ0…', { max: 100, description: 'For `Authorization: Bearer`; browsers use the cookie.' })
  token!: string;

  @Moment('2026-03-06T19:00:00.000Z')
  expiresAt!: string;
}

export class CommandAnswerDto {
  @Text('0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39', { description: 'Of what was made or acted on.' })
  id!: string;

  @Text('0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39')
  caseId!: string;

  @Whole(18, { min: -1, description: 'Of the case after it; also the ETag.' })
  revision!: number;
}

export class MessageAnswerDto {
  @Text('0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39', {
    description: 'Of the case that took the message; of the message, when it waits.',
  })
  id!: string;

  @Text('0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39', {
    nullable: true,
    description: 'Null: nobody awaits it yet, or it is on its way to several.',
  })
  caseId!: string | null;

  @Whole(18, { min: -1, nullable: true, description: 'Of that case after it; also the ETag.' })
  revision!: number | null;
}

export class IdDto {
  @Text('0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39.77aa66bb55cc-2')
  id!: string;
}

export class DeployedDto {
  @Text('disciplinary-ordinary')
  key!: string;

  @Whole(1, { min: 1 })
  version!: number;

  @Text('9f2b6d1c0a4e8f7b3c5d9f2b6d1c0a4e8f7b3c5d9f2b6d1c0a4e8f7b3c5d0000', { max: 64 })
  hash!: string;

  @Flag(true, { description: 'False: these very bytes were deployed already.' })
  isNew!: boolean;
}

export class DeploymentDto {
  @Many(() => DeployedDto)
  definitions!: DeployedDto[];

  @Texts(['disciplinary-ordinary.bpmn:12:3 t_x unreachable …'], {
    description: 'Warnings, with file, line, element and rule.',
  })
  warnings!: string[];
}

export class JobDto {
  @Text('0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39.3f9ac01b77d2-7')
  id!: string;

  @Text('0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39')
  caseId!: string;

  @Text('send-mail')
  type!: string;

  @Text('send_toUpd')
  element!: string;

  @Whole(3)
  retries!: number;

  @Variables({ subject: 'Trasmissione' }, { description: 'What the input mapping gives it.' })
  variables!: object;

  @Variables({ template: 'trasmissione' }, { description: 'Headers of the task definition.' })
  headers!: object;

  @Moment('2026-03-06T09:01:00.000Z', { description: 'Until then nobody else gets it.' })
  lockedUntil!: string;
}

export class QueueDto {
  @Text('bells')
  name!: string;

  @Whole(0)
  waiting!: number;

  @Whole(0)
  active!: number;

  @Whole(3)
  delayed!: number;

  @Whole(0)
  failed!: number;

  @Whole(120)
  completed!: number;
}

export class FailedJobDto {
  @Text('0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39.3f9ac01b77d2-7#12', { max: 500, description: 'To retry it.' })
  id!: string;

  @Text('bell', { description: 'Kind of work.' })
  kind!: string;

  @Text('timer', { description: 'What it is: a timer, a job type, a message.' })
  name!: string;

  @Text('0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39', { nullable: true })
  caseId!: string | null;

  @Moment('2026-03-06T09:01:00.000Z')
  failedAt!: string;

  @Whole(3)
  attempts!: number;

  @Text('timeout', { max: 2_000 })
  reason!: string;
}

export class LastRebuildDto {
  @Moment('2026-04-01T06:00:00.000Z')
  beganAt!: string;

  @Moment('2026-04-01T06:00:41.000Z', { nullable: true, description: 'Null: it goes on.' })
  endedAt!: string | null;

  @Flag(false)
  hasFailed!: boolean;
}

export class FollowerDto {
  @Text('views')
  name!: string;

  @Text('3f9ac01b-1742', { nullable: true })
  position!: string | null;

  @Whole(0, { description: 'Appends that it has still to see.' })
  behind!: number;

  @Whole(0, { description: 'Milliseconds since the oldest of them was recorded; 0: up to date.' })
  lagMs!: number;

  @Choice(['following', 'catching-up', 'rebuilding', 'stopped'])
  state!: string;

  @Text('…', { nullable: true, max: 2_000 })
  error!: string | null;

  @Fraction(850, {
    nullable: true,
    description: 'Appends that it takes in a second; null: not measured yet.',
  })
  perSecond!: number | null;

  @Whole(0, { description: 'Sequences that are set aside.' })
  parked!: number;

  @Fraction(0.42, { nullable: true, max: 1, description: 'How far a rebuild is; null: none runs.' })
  progress!: number | null;

  @Choice(['waiting', 'folding', 'indexing', 'swapping'], {
    nullable: true,
    description:
      'What the rebuild does: it waits for a comparison, reads the log, makes indexes, takes its place; null: none runs.',
  })
  phase!: string | null;

  @One(() => LastRebuildDto, {
    nullable: true,
    description: 'The last rebuild that the answering process began; null: none yet.',
  })
  lastRebuild!: LastRebuildDto | null;

  @Choice(['falling-behind', 'rebuild-falling-behind'], {
    nullable: true,
    description: 'For minutes it, or its rebuild, was slower than what is written; null: it is not.',
  })
  alarm!: string | null;
}

export class ClockDto {
  @Moment('2026-04-01T06:00:00.000Z', { description: 'The engine’s time.' })
  now!: string;

  @Whole(0, { description: 'How far it is ahead of the world, in milliseconds.' })
  offsetMs!: number;
}

export class AccessibilityDto {
  @Text('https://form.agid.gov.it/view/…', { nullable: true, max: 500 })
  statementUrl!: string | null;

  @Text('accessibilita@provincia.example', { nullable: true })
  feedbackEmail!: string | null;
}

export class StatusDto {
  @Choice(['ok', 'degraded'])
  status!: string;

  @Text('0.1.0')
  version!: string;

  @Flag(true)
  demo!: boolean;

  @Moment('2026-03-06T08:00:00.000Z')
  now!: string;

  @One(() => AccessibilityDto)
  accessibility!: AccessibilityDto;
}
