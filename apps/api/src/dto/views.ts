import { termNatures } from '@iter/legal-calendar';
import { aheadKinds } from '../case-file/ahead.ts';
import { subjects } from '../case-file/timeline.ts';
import type { Subject } from '../case-file/timeline.ts';
import { AlternativeReadingDto, DeadlineChangeDto } from './deadlines.ts';
import { deadlineStatuses, escalationOutcomes } from '@iter/engine';
import { Anything, Choice, Day, Flag, Many, Moment, One, Text, Texts, Whole } from './fields.ts';

// What the views answer: the shapes of `libs/read-models`, documented. The example is one case all through.

const caseId = '0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39';
const aHash = '9f2b6d1c0a4e8f7b3c5d9f2b6d1c0a4e8f7b3c5d9f2b6d1c0a4e8f7b3c5d0000';

export class LabelDto {
  @Text('Contestazione dell’addebito')
  it!: string;

  @Text('Charge')
  en!: string;
}

/** What lists of things of a case say about the case. */
export abstract class OfCase {
  @Text(caseId)
  caseId!: string;

  @Text('PD-2026-014', { description: 'Anonymous code, shown instead of names.' })
  caseCode!: string;

  @Text('c_borgo', { description: 'IPA code of the body whose case it is.' })
  comune!: string;

  @Text('Comune di Borgo Sereno')
  comuneName!: string;

  @Text('disciplinary-ordinary')
  process!: string;
}

export class NextDeadlineDto {
  @Text(`${caseId}.3f9ac01b77d2-4`)
  id!: string;

  @One(() => LabelDto)
  label!: LabelDto;

  @Choice(termNatures)
  nature!: string;

  @Moment('2026-03-06T09:15:00.000Z', { description: 'When it began to run.' })
  openedAt!: string;

  @Day('2026-04-03')
  safeActionDate!: string;

  @Day('2026-04-07')
  legalDueDate!: string;
}

export class CaseDto {
  @Text(caseId)
  id!: string;

  @Text('disciplinary-ordinary')
  process!: string;

  @Text('Procedimento disciplinare ordinario')
  processName!: string;

  @Whole(1, { min: 1 })
  version!: number;

  @Text('9f2b6d1c0a4e8f7b3c5d', { max: 64, description: 'Hash of the definition that the case keeps.' })
  definition!: string;

  @Text('c_borgo')
  comune!: string;

  @Text('Comune di Borgo Sereno')
  comuneName!: string;

  @Text('PD-2026-014')
  code!: string;

  @Text('2026/014', { nullable: true })
  businessKey!: string | null;

  @Choice(['active', 'suspended', 'completed', 'terminated', 'failed'])
  state!: string;

  @Moment('2026-03-06T08:00:00.000Z')
  startedAt!: string;

  @Text('struttura', { min: 0, description: 'Empty for who may not know it.' })
  startedBy!: string;

  @Moment('2026-06-30T10:00:00.000Z', { nullable: true })
  endedAt!: string | null;

  @Text('Adesione non accolta', {
    nullable: true,
    description:
      'How it ended, in the process’s words; null: it has not, nothing says it, or it is not for me.',
  })
  outcome!: string | null;

  @Whole(17, { min: -1, description: 'Revision of the stream up to which this is; also the ETag.' })
  revision!: number;

  @Whole(1)
  openTasks!: number;

  @Whole(0)
  openIncidents!: number;

  @Whole(0)
  openEscalations!: number;

  @One(() => NextDeadlineDto, { nullable: true, description: 'The open deadline that comes first.' })
  nextDeadline!: NextDeadlineDto | null;
}

export class TaskDto extends OfCase {
  @Text(`${caseId}.3f9ac01b77d2-1`, { description: 'The case is in it: `<caseId>.<key>`.' })
  id!: string;

  @Text('Procedimento disciplinare ordinario', { description: 'Of the case’s process.' })
  processName!: string;

  @Text('Nucleo del procedimento disciplinare', {
    nullable: true,
    description: 'Of the called process that the task is of; null: it is of the case’s own.',
  })
  partName!: string | null;

  @Text(aHash, { max: 64, description: 'Definition that the task is of: inside a call, the called one.' })
  definition!: string;

  @Text('t_signContestation')
  element!: string;

  @Whole(2, {
    min: 1,
    nullable: true,
    description: 'Which instance of a repeated activity it is; null: it is not repeated.',
  })
  iteration!: number | null;

  @Text('Comune di Valle', {
    nullable: true,
    description:
      'What tells it from others of the case that look alike: words of its process, else the body whose office does it.',
  })
  about!: string | null;

  @Text('Firmare la contestazione')
  name!: string;

  @Text('UPD', { nullable: true })
  role!: string | null;

  @Text('upd', { nullable: true })
  assignee!: string | null;

  @Texts([])
  candidateUsers!: string[];

  @Texts(['struttura'], {
    nullable: true,
    description:
      'Of a task of the head of the person whom the case is about: accounts that the register of offices names today, empty: none, so that every head of the body may. Null: no such task.',
  })
  heads!: string[] | null;

  @Text('sign-contestation', { nullable: true })
  formId!: string | null;

  @Choice(['open', 'completed', 'terminated'])
  state!: string;

  @Moment('2026-03-10T09:30:00.000Z')
  createdAt!: string;

  @Moment('2026-03-12T10:15:00.000Z', {
    nullable: true,
    description: 'When it was done, or ended otherwise; null: it is open.',
  })
  endedAt!: string | null;

  @Day('2026-04-03', {
    nullable: true,
    description: 'Earliest of its own due date and the safe dates of the open deadlines of the case.',
  })
  dueOn!: string | null;

  @Moment('2026-03-06T09:30:00.000Z', {
    nullable: true,
    description: 'When the term began from which that day comes.',
  })
  dueSince!: string | null;

  @Day('2026-04-07', { nullable: true })
  legalDueOn!: string | null;

  @Choice(termNatures, { nullable: true })
  dueNature!: string | null;

  @Flag(true, { description: 'Whether I may know of the case beyond this task.' })
  seesCase!: boolean;

  @Day('2026-03-20', { nullable: true, description: 'To which day I put it off.' })
  putOffUntil!: string | null;

  @Whole(17, { min: -1 })
  revision!: number;
}

export class TaskDetailDto extends TaskDto {
  @Anything(
    { type: 'default', components: [] },
    { nullable: true, description: 'form-js schema; null: nothing to fill in.' },
  )
  form!: object | null;

  @Anything(
    { charges: 'Assenza ingiustificata.' },
    { description: 'Values that the form shows, by variable.' },
  )
  variables!: object;

  @Text('Il ruolo non consente questa operazione.', {
    nullable: true,
    description: 'Why it is for others to complete it; null: I may.',
  })
  whyNotMine!: string | null;

  @Flag(true, {
    description:
      'Whether the rest of the file is open to me, with the reason given if it wants one; else only what lies with the task.',
  })
  readsCase!: boolean;
}

export class BaseFactDto {
  @Text('reportReceived')
  name!: string;

  @Text('2026-03-06', {
    nullable: true,
    description: 'Date; instant with offset for hour terms; null: not known yet.',
  })
  date!: string | null;

  @Text('1234/2026', { nullable: true, description: 'Null: shown as unproven.' })
  proof!: string | null;
}

export class LadderStepDto {
  @Text('warn-7')
  id!: string;

  @Moment('2026-03-27T07:00:00.000Z')
  at!: string;

  @Texts(['DESK_OPERATOR'])
  to!: string[];

  @Choice(['notice', 'escalation', 'task', 'incident'])
  does!: string;

  @Whole(24, { nullable: true, description: 'Repeated at this distance, in hours; null: once.' })
  repeatHours!: number | null;

  @One(() => LabelDto)
  label!: LabelDto;

  @Moment('2026-03-27T07:00:00.000Z', { nullable: true })
  reachedAt!: string | null;
}

export class LadderDto {
  @Text('peremptory')
  name!: string;

  @Many(() => LadderStepDto)
  steps!: LadderStepDto[];
}

export class DeadlineDto extends OfCase {
  @Text(`${caseId}.3f9ac01b77d2-4`)
  id!: string;

  @Text('DL_CONTESTATION', { description: 'Id of the declaration in the process.' })
  deadline!: string;

  @Text('c_borgo', {
    nullable: true,
    description: 'Which one, when there is one per body, person or session.',
  })
  instance!: string | null;

  @Text('Comune di Borgo Sereno', {
    nullable: true,
    description: 'Which one, in words: the name of a body, else as `instance`.',
  })
  about!: string | null;

  @Text('disciplinary.contestation')
  term!: string;

  @One(() => LabelDto)
  label!: LabelDto;

  @Text('D.Lgs. 165/2001 art. 55-bis c. 4', { max: 500 })
  norm!: string;

  @Text('verified', { max: 200 })
  mark!: string;

  @Choice(termNatures)
  nature!: string;

  @Text('administration')
  binds!: string;

  @Choice(deadlineStatuses)
  state!: string;

  @Flag(false, { description: 'Met, but the fact that quiets the reminders is still missing.' })
  ringing!: boolean;

  @Text('2026-03-06', { description: 'The day the count starts from.' })
  base!: string;

  @Many(() => BaseFactDto)
  bases!: BaseFactDto[];

  @Text('2026-04-05', { description: 'Day; instant with offset for hour terms.' })
  nominalDate!: string;

  @Text('2026-04-07')
  legalDueDate!: string;

  @Text('2026-04-03')
  safeActionDate!: string;

  @Text('2026-04-05', { nullable: true, description: 'Waiting terms only: nothing before it.' })
  earliestActionDate!: string | null;

  @Texts(['30 giorni da 2026-03-06: 2026-04-05', 'domenica di Pasqua: martedì 2026-04-07'])
  explanation!: string[];

  @One(() => LadderDto)
  ladder!: LadderDto;

  @Moment('2026-03-06T08:30:00.000Z')
  openedAt!: string;

  @Moment('2026-03-20T11:00:00.000Z', { nullable: true })
  endedAt!: string | null;

  @Text('t_signContestation', { nullable: true, max: 2000 })
  endReason!: string | null;

  @Many(() => DeadlineChangeDto)
  changes!: DeadlineChangeDto[];

  @Day('2017-06-22', {
    nullable: true,
    description: 'First day of the version of the term that it keeps; null: opened before that was kept.',
  })
  termFrom!: string | null;

  @Text('it-2026-01-01+c_borgo.1', {
    nullable: true,
    description: 'Version of the calendar that its dates were computed with.',
  })
  calendar!: string | null;

  @Many(() => AlternativeReadingDto, { description: 'Other readings: from the other known bases.' })
  alternatives!: AlternativeReadingDto[];

  @Text('2026-04-02', { nullable: true, description: 'Day or instant of the fact that decided it.' })
  decidedOn!: string | null;

  @Flag(false, { description: 'Shown as missed until the fact that had kept it was recorded.' })
  keptLate!: boolean;

  @Day('2026-03-20', { nullable: true })
  suspendedOn!: string | null;
}

export class HandedToDto {
  @Text('upd', { nullable: true })
  account!: string | null;

  @Text('UPD', { nullable: true })
  role!: string | null;
}

export class EscalationDto extends OfCase {
  @Text(`${caseId}.8c0d11e2aa90-0`)
  id!: string;

  @Choice(['escalation', 'task'], {
    description: '`task`: something is to be done, such as a telephone call.',
  })
  kind!: string;

  @Text('DL_CONTESTATION', { nullable: true })
  deadline!: string | null;

  @One(() => LabelDto)
  label!: LabelDto;

  @Choice(termNatures, { nullable: true })
  nature!: string | null;

  @Text('2026-04-07', { nullable: true })
  legalDueDate!: string | null;

  @Choice(deadlineStatuses, {
    nullable: true,
    description: 'Of its deadline as it is now; null: it is of none.',
  })
  deadlineState!: string | null;

  @Moment('2026-04-01T08:00:00.000Z', {
    nullable: true,
    description: 'When its deadline tells people next, as things stand.',
  })
  nextReminderAt!: string | null;

  @Texts(['DESK_SUPERVISOR'], { description: 'Roles, or `IN_CHARGE`: who holds the open tasks of the case.' })
  to!: string[];

  @Choice(['raised', 'acknowledged', 'taken-over', 'resolved'])
  state!: string;

  @Text('responsabile', { nullable: true })
  owner!: string | null;

  @Moment('2026-04-01T07:10:00.000Z', { nullable: true, description: 'Since when it has an owner.' })
  ownedAt!: string | null;

  @One(() => HandedToDto, {
    nullable: true,
    description: 'Whom it was handed on to, until somebody takes it over.',
  })
  handedTo!: HandedToDto | null;

  @Text('Sono in udienza fino alle 12', {
    nullable: true,
    max: 2_000,
    description: 'What was said when it was handed on or taken over last.',
  })
  note!: string | null;

  @Moment('2026-04-01T06:00:00.000Z')
  raisedAt!: string;

  @Moment('2026-04-01T07:10:00.000Z', { nullable: true })
  acknowledgedAt!: string | null;

  @Moment('2026-04-02T09:00:00.000Z', { nullable: true })
  resolvedAt!: string | null;

  @Choice(escalationOutcomes, { nullable: true, description: 'Null: open, or closed with the case.' })
  outcomeCode!: string | null;

  @Text('Contestazione firmata e consegnata', { nullable: true, max: 2000 })
  outcome!: string | null;
}

export class IncidentDto extends OfCase {
  @Text(`${caseId}.aa01bb02cc03-0`)
  id!: string;

  @Text(aHash, { max: 64, description: 'Definition that the element is of: inside a call, the called one.' })
  definition!: string;

  @Text('t_signContestation', { nullable: true })
  element!: string | null;

  @Text('Firmare la contestazione', { nullable: true })
  name!: string | null;

  @Text('decadence-risk')
  code!: string;

  @Text('Il termine perentorio è scaduto: decidere se il potere è decaduto.', { min: 0, max: 2000 })
  message!: string;

  @Choice(['open', 'resolved'])
  state!: string;

  @Moment('2026-04-07T22:00:00.000Z')
  raisedAt!: string;

  @Moment('2026-04-08T08:00:00.000Z', { nullable: true })
  resolvedAt!: string | null;

  @Text('Contestazione adottata in tempo, registrata in ritardo', { nullable: true, max: 2000 })
  resolution!: string | null;
}

export class NoticeDto {
  @Text(`${caseId}.77aa66bb55cc-2`)
  id!: string;

  @Text(caseId)
  caseId!: string;

  @Text('PD-2026-014')
  caseCode!: string;

  @Text('c_borgo')
  comune!: string;

  @Texts(['DESK_OPERATOR'])
  to!: string[];

  @One(() => LabelDto)
  label!: LabelDto;

  @Text('DL_CONTESTATION', { nullable: true })
  deadline!: string | null;

  @Text('2026-04-07', { nullable: true })
  legalDueDate!: string | null;

  @Moment('2026-03-27T07:00:00.000Z')
  at!: string;

  @Moment('2026-03-27T08:15:00.000Z', { nullable: true })
  readAt!: string | null;
}

export class ActorDto {
  @Text('upd', { description: 'For auditors who read under pseudonyms, a pseudonym.' })
  account!: string;

  @Text('UPD')
  role!: string;

  @Text('p_demo')
  body!: string;

  @Text('responsabile', {
    optional: true,
    description: 'The absent account in whose place a substitute acted; a pseudonym where `account` is one.',
  })
  onBehalfOf?: string;
}

export class HistoryEventDto {
  @Text('5f7c2a10-1111-5222-8333-444455556666')
  id!: string;

  @Text('UserTaskCompleted')
  type!: string;

  @Whole(17)
  revision!: number;

  @Moment('2026-03-20T11:00:00.000Z', { description: 'When it happened in the world: terms count from it.' })
  occurredAt!: string;

  @Moment('2026-03-20T11:00:00.000Z', { description: 'When it entered the log.' })
  recordedAt!: string;

  @One(() => ActorDto)
  actor!: ActorDto;

  @Anything({ element: 't_signContestation' }, { description: 'Fields whose key was destroyed are absent.' })
  data!: object;
}

/** An event of a case, where its element can be looked up. */
export class CaseEventDto extends HistoryEventDto {
  @Text(aHash, { max: 64, description: 'Definition that its element is of: inside a call, the called one.' })
  definition!: string;

  @Flag(false, {
    description: 'Somebody stepped into the flow with it, and with what came of the same command.',
  })
  isIntervention!: boolean;
}

/** What tells a task from others of its case. */
export class WhichTaskDto {
  @Text('Comune di Borgo Sereno', {
    nullable: true,
    max: 200,
    description:
      'What tells it from others of its case that look alike; null: nothing does, or the reader may not know.',
  })
  about!: string | null;

  @Text('c_borgo', {
    nullable: true,
    description: 'Body whose office does it, where it is not that of the case.',
  })
  body!: string | null;
}

export class InstanceDto extends WhichTaskDto {
  @Text('t_signContestation')
  element!: string;

  @Text(aHash, { max: 64, description: 'Definition that the element is of.' })
  definition!: string;

  @Whole(2, { nullable: true, description: 'Which of several instances; null: the only one.' })
  iteration!: number | null;
}

/** A fact as a timeline tells it. */
export class TimelineFactDto extends CaseEventDto {
  @Choice(subjects)
  subject!: Subject;

  @Flag(false, { description: 'Only the machine cares about it.' })
  isMinor!: boolean;

  @One(() => InstanceDto, {
    nullable: true,
    description: 'The activity that it is about, also where it names a key only.',
  })
  instance!: InstanceDto | null;

  @Anything(
    { receivedOn: '2026-03-06' },
    {
      nullable: true,
      description: 'What was entered here and nobody entered again since, as it holds now; null: nothing.',
    },
  )
  rectifiable!: object | null;
}

export class TimelineCountsDto {
  @Whole(40)
  all!: number;

  @Whole(20)
  activities!: number;

  @Whole(8)
  terms!: number;

  @Whole(5)
  documents!: number;

  @Whole(4)
  messages!: number;

  @Whole(3)
  comments!: number;

  @Whole(1)
  interventions!: number;
}

/** A page of what happened, newest first. */
export class TimelineDto {
  @Many(() => TimelineFactDto)
  items!: TimelineFactDto[];

  @One(() => TimelineCountsDto, { description: 'Of each topic, as many as there are to be seen.' })
  counts!: TimelineCountsDto;

  @Whole(60, { description: 'Of this topic, those that only the machine cares about.' })
  minor!: number;

  @Flag(false, {
    description:
      'With `after`: what may be corrected at facts before it is another now; whoever has them asks again.',
  })
  earlierChanged!: boolean;

  @Text('WzE3XQ', { nullable: true, max: 500 })
  nextCursor!: string | null;
}

export class StreamEventDto extends HistoryEventDto {
  @Text(`case-${caseId}`)
  stream!: string;

  @Text('3f9ac01b-1742', { description: 'Opaque.' })
  position!: string;

  @Text('Firmare la contestazione', {
    nullable: true,
    description: 'What the process calls the element or the flow that it is about, in Italian.',
  })
  elementName!: string | null;

  @One(() => LabelDto, { nullable: true, description: 'What the term is called that it is about.' })
  deadlineLabel!: LabelDto | null;
}

export class AccessDto {
  @Text('5f7c2a10-1111-5222-8333-444455556666')
  id!: string;

  @Moment('2026-03-20T11:00:00.000Z')
  at!: string;

  @Text(caseId, { nullable: true, description: 'Null: histories were read across cases.' })
  caseId!: string | null;

  @Text('c_borgo')
  comune!: string;

  @One(() => ActorDto)
  actor!: ActorDto;

  @Text('history', { description: 'What was read.' })
  what!: string;

  @Text('3f9ac01b77d2-1', {
    nullable: true,
    description: 'Key of the task or document; past revision or instant; what was asked for across cases.',
  })
  detail!: string | null;

  @Text('controllo dei termini', { nullable: true, max: 2000 })
  reason!: string | null;
}

export class CheckpointDto {
  @Choice(['iter-checkpoint/1'])
  format!: string;

  @Whole(12, { min: 1, description: 'From 1, without gaps.' })
  number!: number;

  @Whole(48210, { min: 1, description: 'Events of the log that it covers together with all before it.' })
  events!: number;

  @Whole(310, { min: 1, description: 'Those of them that none before it covers.' })
  count!: number;

  @Text(aHash, {
    description: 'Tree hash (RFC 9162) of the hashes of its own events, in the order of the log.',
  })
  root!: string;

  @Text(aHash, {
    nullable: true,
    description: 'SHA-256 of the canonical JSON of the one before; null: it is the first.',
  })
  previous!: string | null;

  @Text('5d0c9a1e-48210', { description: 'Where the log had the last of them.' })
  through!: string;

  @Moment('2026-03-20T11:00:00.000Z')
  madeAt!: string;
}

export class SignedCheckpointDto {
  @One(() => CheckpointDto)
  checkpoint!: CheckpointDto;

  @Choice(['Ed25519'], { description: 'Over the canonical JSON (RFC 8785) of the checkpoint.' })
  algorithm!: string;

  @Text('MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=', {
    description: 'SubjectPublicKeyInfo, DER, base64.',
  })
  publicKey!: string;

  @Text('5VZDAMNgrHKQhuLMgG6CioSHfx645dl02HPgZSJJAVVfuIIVkKM7rMYeOXAc+bRr0lv18FlbvlRJUUjDjnQODw==')
  signature!: string;

  @Text('4e1f 09c2 77ab 31d0 8c55 e2f4 0a9b 6d17', { description: 'How people tell keys apart.' })
  fingerprint!: string;
}

export class DraftDto {
  @Text('Contestazione di addebito', { description: 'What the act is called.' })
  name!: string;

  @Whole(1, { min: 1 })
  templateVersion!: number;

  @Whole(17, { description: 'Of the case, as it stood when it was drafted.' })
  revision!: number;

  @Whole(2, { description: 'Holes that are to be filled in by hand.' })
  blanks!: number;
}

export class SignatureDto {
  @Choice(['CAdES', 'PAdES', 'S/MIME'])
  format!: string;

  @Choice(['intact', 'altered', 'unverifiable'], {
    description: 'Whether what was signed is what is there. The certificates are not verified.',
  })
  state!: string;

  @Whole(1)
  count!: number;

  @Text('7f0c3a52-1b1e-4a8e-9f57-3f0a3b6f2d11.signed', {
    ...{ max: 400, nullable: true, optional: true },
    description:
      'Of a signature in a file of its own: the document that is the other of the two files; null: it is not in the case.',
  })
  apart?: string | null;
}

export class ProtocolDto {
  @Text('p_demo', { description: 'IPA code of the body that keeps the register.' })
  body!: string;

  @Text('Generale')
  register!: string;

  @Text('1234/2026')
  number!: string;

  @Day('2026-04-10')
  date!: string;
}

export class DocumentDto {
  @Text(`${caseId}.12ab34cd56ef-0`)
  id!: string;

  @Text('contestazione.pdf')
  name!: string;

  @Text('application/pdf')
  mediaType!: string;

  @Whole(48211)
  sizeBytes!: number;

  @Text('9f2b6d1c0a4e8f7b3c5d9f2b6d1c0a4e8f7b3c5d9f2b6d1c0a4e8f7b3c5d0000', { max: 64 })
  sha256!: string;

  @Text('1234/2026', { nullable: true })
  protocolNo!: string | null;

  @One(() => ProtocolDto, {
    nullable: true,
    description: 'The whole reference; null: a bare number at most.',
  })
  protocol!: ProtocolDto | null;

  @Moment('2026-03-20T11:00:00.000Z')
  at!: string;

  @Text('operatore')
  by!: string;

  @Text(`${caseId}.3f9ac01b77d2-1`, { nullable: true, description: 'The task for which it was filed.' })
  task!: string | null;

  @Flag(true, {
    description:
      'Whether the reader may put another in its place without a task; for the task for which it was filed, who does that may.',
  })
  replaceable!: boolean;

  @Whole(2, { min: 1, description: 'Of the same document.' })
  version!: number;

  @Text(`${caseId}.0f1e2d3c4b5a-0`, { nullable: true, description: 'The version before it.' })
  replaces!: string | null;

  @Text(`${caseId}.0f1e2d3c4b5b-0`, { nullable: true, description: 'The version that has taken its place.' })
  replacedBy!: string | null;

  @Text(`${caseId}.0f1e2d3c4b5c-0`, {
    nullable: true,
    description: 'The document of which it is another form: what can be edited.',
  })
  formOf!: string | null;

  @One(() => DraftDto, { nullable: true, description: 'The house drafted it; null: people filed it.' })
  draft!: DraftDto | null;

  @One(() => SignatureDto, { nullable: true, description: 'What was found of signatures in it.' })
  signature!: SignatureDto | null;
}

export class CommentDto {
  @Text(`${caseId}.98fe76dc54ba-0`)
  id!: string;

  @Text('Sentito il Segretario: la delega è in archivio.', { max: 10_000 })
  text!: string;

  @Moment('2026-03-20T11:00:00.000Z')
  at!: string;

  @Text('operatore')
  by!: string;
}

export class AwaitedMessageDto {
  @Text('deferralRequest')
  message!: string;

  @Text('Istanza di differimento')
  label!: string;

  @Text('evt_deferralRequest')
  element!: string;

  @Anything(
    { type: 'default', components: [] },
    {
      nullable: true,
      description: 'form-js schema of what it brings beside its cover; null: nothing is asked.',
    },
  )
  form!: object | null;

  @Text('9f2c…', { description: 'Hash of the definition that the form is of.' })
  definition!: string;

  @Flag(true, {
    description:
      'Somebody was asked for it, and the case waits for the answer; otherwise it may come, or not.',
  })
  asked!: boolean;

  @Flag(true, { description: 'Whether the reader may register it.' })
  mayRegister!: boolean;
}

export class AheadDto {
  @Choice(aheadKinds, {
    description:
      'The flow goes on at a date; something happens to what is open then; a document; something of another case; the receipt of a letter.',
  })
  kind!: string;

  @Text('Termine a difesa', { nullable: true, description: 'In the words of the drawing.' })
  name!: string | null;

  @Text('Tenere l’audizione', { nullable: true, description: 'Of a limit: what must be done by then.' })
  of!: string | null;

  @Moment('2026-04-27T00:00:00.000Z', { nullable: true, description: 'Of a letter: when it was sent.' })
  at!: string | null;
}

export class DefinitionStartDto {
  @Text('start_report')
  element!: string;

  @Text('reportToUpd', {
    nullable: true,
    description: 'Message that people register to begin a case so; null: they begin it of their own accord.',
  })
  message!: string | null;

  @Text('Segnalazione di fatti di rilievo disciplinare')
  label!: string;

  @Text('STRUCTURE_HEAD', {
    nullable: true,
    description: 'Whose it is to begin so, beside the desk; null: the desk’s alone.',
  })
  role!: string | null;

  @Texts(['c_borgo'], {
    description:
      'For which bodies the reader may begin it so: of their own and those that they serve, to join also of their territory.',
    max: 1_000,
  })
  bodies!: string[];

  @Anything(
    { type: 'default', components: [] },
    { nullable: true, description: 'form-js schema; null: it asks for nothing.' },
  )
  form!: object | null;
}

export class FactValueDto {
  @Text('URGENT', { max: 60, description: 'A code, or `true` or `false`.' })
  value!: string;

  @One(() => LabelDto, { nullable: true, description: 'Null: yes or no.' })
  label!: LabelDto | null;
}

export class FactDto {
  @Text('urgency', { max: 60, description: 'Name of the variable.' })
  name!: string;

  @One(() => LabelDto)
  label!: LabelDto;

  @Many(() => FactValueDto)
  values!: FactValueDto[];
}

export class DefinitionDto {
  @Text('disciplinary-ordinary')
  key!: string;

  @Text('Procedimento disciplinare ordinario')
  name!: string;

  @Whole(1, { min: 1 })
  version!: number;

  @Text('9f2b6d1c0a4e8f7b3c5d9f2b6d1c0a4e8f7b3c5d9f2b6d1c0a4e8f7b3c5d0000', { max: 64 })
  hash!: string;

  @Moment('2026-01-02T08:00:00.000Z')
  deployedAt!: string;

  @Anything(
    { type: 'default', components: [] },
    { nullable: true, description: 'form-js schema of the start event; null: it asks for nothing.' },
  )
  startForm!: object | null;

  @Many(() => DefinitionStartDto, { description: 'How people begin cases of it.' })
  starts!: DefinitionStartDto[];

  @Flag(false, { description: 'A part of the processes that call it: nobody begins it by itself.' })
  isPart!: boolean;

  @Many(() => FactDto, {
    description: 'What tasks can be narrowed by; empty for those who read no content of its cases.',
  })
  facts!: FactDto[];
}

export class VariableNameDto {
  @Text('proposedRoute', { max: 100 })
  name!: string;

  @One(() => LabelDto)
  label!: LabelDto;
}

export class ValueWordDto {
  @Text('proposedRoute', {
    max: 100,
    nullable: true,
    description: 'Name of the variable, or of the part of one, whose value it is; null: of any.',
  })
  name!: string | null;

  @Text('ORDINARY', { max: 200 })
  code!: string;

  @One(() => LabelDto)
  label!: LabelDto;
}

export class VocabularyDto {
  @Many(() => VariableNameDto)
  names!: VariableNameDto[];

  @Many(() => ValueWordDto)
  values!: ValueWordDto[];

  @Texts(['reason'], { description: 'Names under which some form takes what people type.' })
  typed!: string[];
}

export class ElementStateDto {
  @Text('3f9ac01b77d2-1')
  key!: string;

  @Text('t_signContestation')
  element!: string;

  @Text('3f9ac01b77d2-0', {
    nullable: true,
    description: 'Key of the scope that it lies in; null: the case.',
  })
  scope!: string | null;

  @Text(aHash, { max: 64, description: 'Definition that the element is of: inside a call, the called one.' })
  definition!: string;

  @Whole(2, { min: 1, nullable: true, description: 'Which instance of a repeated activity it is.' })
  iteration!: number | null;

  @Flag(false, { description: 'It is stuck: an incident says why.' })
  incident!: boolean;
}

export class WaitingTokensDto {
  @Text('join_opinions', { description: 'Where they wait for others.' })
  element!: string;

  @Text('flow_opinion_join', { description: 'Sequence flow that they came along.' })
  flow!: string;

  @Text('3f9ac01b77d2-0', {
    nullable: true,
    description: 'Key of the scope that it lies in; null: the case.',
  })
  scope!: string | null;

  @Whole(1, { min: 1 })
  tokens!: number;
}

/** A case as it stood: what was open in it, and its variables. */
export class CaseStateDto {
  @Text(caseId)
  caseId!: string;

  @Whole(17, { min: -1 })
  revision!: number;

  @Moment('2026-03-20T11:00:00.000Z', { nullable: true, description: 'When that revision was recorded.' })
  recordedAt!: string | null;

  @Text('active')
  status!: string;

  @Text('disciplinary-ordinary')
  process!: string;

  @Whole(1, { min: 1, description: 'Version that the case followed then.' })
  version!: number;

  @Text(aHash, { max: 64 })
  definition!: string;

  @Many(() => ElementStateDto, { max: 100_000, description: 'Where the tokens stand.' })
  tokens!: ElementStateDto[];

  @Many(() => WaitingTokensDto, { max: 100_000, description: 'Tokens that wait where flows come together.' })
  joins!: WaitingTokensDto[];

  @Anything({ employeeRef: 'M-0042' })
  variables!: object;
}
