import { deadlineStatuses } from '@iter/engine';
import { coverageKinds } from '@iter/event-store/checkpoints';
import { termNatures } from '@iter/legal-calendar';
import { deadlineQuestions } from '@iter/read-models';
import type { DeadlineQuestion } from '@iter/read-models';
import { Choice, Day, Flag, Many, Moment, One, Text, Texts, Whole, Wholes } from './fields.ts';
import { PageQuery } from './page.ts';
import { ReadQuery } from './requests.ts';
import { BaseFactDto, HistoryEventDto, LabelDto, WhichTaskDto } from './views.ts';

// A case's history, to be stepped through.

const caseId = '0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39';
const aHash = '9f2b6d1c0a4e8f7b3c5d9f2b6d1c0a4e8f7b3c5d9f2b6d1c0a4e8f7b3c5d0000';
const aKey = '3f9ac01b77d2-4';
/** What is shown of a kind; the case says how many there are. */
const most = { max: 500 };
const since = { nullable: true, description: 'Revision of the event with which it began.' } as const;

export class ReplayQuery extends ReadQuery {
  @Whole(12, {
    optional: true,
    inQuery: true,
    description: 'The stretch with this revision; absent: the first.',
  })
  revision?: number;

  @Moment('2026-04-01T00:00:00+02:00', {
    optional: true,
    description: 'The stretch with the last event that the log had at this instant.',
  })
  at?: string;
}

export class FindingsQuery extends PageQuery {
  @Choice(deadlineQuestions, {
    description:
      'Terms missed; met (or delivered) after the safe date; met after they were held missed; moved; without proof of their base.',
  })
  question!: DeadlineQuestion;

  @Whole(2026, { min: 1990, max: 2200, inQuery: true, description: 'In which the terms are due by law.' })
  year!: number;

  @Text('DL_CONTESTATION', {
    optional: true,
    max: 100,
    pattern: /^[A-Za-z_][A-Za-z0-9_.-]*$/,
    description: 'Only what processes declare under this id.',
  })
  deadline?: string;

  @Text('disciplinary.contestation', {
    optional: true,
    max: 100,
    description: 'Only this term of the catalogue.',
  })
  term?: string;
}

abstract class Placed {
  @Text(aHash, { max: 64, description: 'Definition that the element is of.' })
  definition!: string;

  @Text('t_signContestation')
  element!: string;
}

export class VisitDto extends Placed {
  @Whole(1, { description: 'Tokens that stand there.' })
  active!: number;

  @Whole(2, { description: 'How often it was completed.' })
  completed!: number;

  @Whole(0, { description: 'How often something interrupted it.' })
  interrupted!: number;

  @Moment('2026-03-20T11:00:00.000Z')
  at!: string;

  @Text('upd', { description: 'Who acted there last.' })
  by!: string;
}

export class TakenFlowDto {
  @Text(aHash, { max: 64 })
  definition!: string;

  @Text('flow_review_sign')
  flow!: string;

  @Whole(2, { min: 1, description: 'How often it was taken.' })
  count!: number;
}

abstract class Keyed {
  @Text(aKey)
  key!: string;
}

export class StandingCaseDto extends Keyed {
  @Text('active')
  status!: string;

  @Text('disciplinary-ordinary')
  process!: string;

  @Whole(1, { description: 'Version that the case followed then.' })
  version!: number;

  @Text(aHash, { max: 64 })
  definition!: string;

  @Whole(1)
  openTasks!: number;

  @Whole(0)
  openIncidents!: number;
}

export class StandingTaskDto extends WhichTaskDto {
  @Text(aKey)
  key!: string;

  @Text(aHash, { max: 64 })
  definition!: string;

  @Text('t_signContestation')
  element!: string;

  @Whole(2, { min: 1, nullable: true, description: 'Which instance of a repeated activity it is.' })
  iteration!: number | null;

  @Text('UPD', { nullable: true })
  role!: string | null;

  @Text('upd', { nullable: true })
  assignee!: string | null;

  @Moment('2026-03-20T11:00:00.000Z', { nullable: true })
  dueAt!: string | null;

  @Whole(17, since)
  since!: number | null;
}

export class StandingVariableDto extends Keyed {
  @Text('employeeRef')
  name!: string;

  @Text('t_hearing', { nullable: true, description: 'The element in which it lies; null: the case.' })
  element!: string | null;

  @Text(aHash, { max: 64 })
  definition!: string;

  @Whole(2, { min: 1, nullable: true })
  iteration!: number | null;

  @Text('M-0042', { min: 0, max: 2_000, description: 'Text as it is, all else as JSON.' })
  text!: string;

  @Flag(true, { description: 'It is a text; false: JSON of what is none.' })
  isText!: boolean;

  @Flag(false, { description: 'It is longer; `/state` has it whole.' })
  isCut!: boolean;

  @Text('p-3f9ac01b17', {
    nullable: true,
    description:
      'Another one when the value is another one, where the text does not tell it: it is masked or cut. Null: the text does.',
  })
  mark!: string | null;
}

export class StandingDeadlineDto extends Keyed {
  @Text('DL_CONTESTATION')
  id!: string;

  @Text('c_borgo', { nullable: true })
  instance!: string | null;

  @One(() => LabelDto)
  label!: LabelDto;

  @Text('D.Lgs. 165/2001 art. 55-bis c. 4', { min: 0, max: 500 })
  norm!: string;

  @Choice(termNatures)
  nature!: string;

  @Choice(deadlineStatuses)
  status!: string;

  @Many(() => BaseFactDto)
  bases!: BaseFactDto[];

  @Text('2026-04-05', { description: 'Day; instant with offset for hour terms.' })
  nominalDate!: string;

  @Text('2026-04-07')
  legalDueDate!: string;

  @Text('2026-04-03')
  safeActionDate!: string;

  @Text('2026-04-05', { nullable: true })
  earliestActionDate!: string | null;

  @Texts(['30 giorni da 2026-03-06: 2026-04-05'])
  explanation!: string[];

  @Text('2026-04-02', { nullable: true, description: 'Day or instant of the fact that decided it.' })
  decidedOn!: string | null;

  @Day('2026-03-20', { nullable: true })
  suspendedOn!: string | null;

  @Whole(15, { description: 'Days that extensions and suspensions added.' })
  extraDays!: number;

  @Whole(17, since)
  since!: number | null;
}

export class StandingEscalationDto extends Keyed {
  @One(() => LabelDto)
  label!: LabelDto;

  @Choice(['raised', 'acknowledged', 'taken-over'])
  state!: string;

  @Text('responsabile', { nullable: true })
  owner!: string | null;

  @Texts(['DESK_SUPERVISOR'])
  to!: string[];

  @Whole(17, since)
  since!: number | null;
}

export class StandingIncidentDto extends Keyed {
  @Text('t_signContestation', { nullable: true })
  element!: string | null;

  @Text(aHash, { max: 64 })
  definition!: string;

  @Text('decadence-risk')
  code!: string;
}

/** Things of a case by their kind, each with its key; a kind of which nothing is said is absent. */
export class StandingDto {
  @Many(() => StandingCaseDto, { optional: true, max: 1 })
  case?: StandingCaseDto[];

  @Many(() => StandingTaskDto, { optional: true, ...most })
  tasks?: StandingTaskDto[];

  @Many(() => StandingVariableDto, { optional: true, ...most })
  variables?: StandingVariableDto[];

  @Many(() => StandingDeadlineDto, { optional: true, ...most })
  deadlines?: StandingDeadlineDto[];

  @Many(() => StandingEscalationDto, { optional: true, ...most })
  escalations?: StandingEscalationDto[];

  @Many(() => StandingIncidentDto, { optional: true, ...most })
  incidents?: StandingIncidentDto[];
}

/** Keys of things that are gone, by their kind. */
export class GoneDto {
  @Texts([aKey], { optional: true, ...most })
  case?: string[];

  @Texts([aKey], { optional: true, ...most })
  tasks?: string[];

  @Texts(['/employeeRef'], { optional: true, ...most })
  variables?: string[];

  @Texts([aKey], { optional: true, ...most })
  deadlines?: string[];

  @Texts([aKey], { optional: true, ...most })
  escalations?: string[];

  @Texts([aKey], { optional: true, ...most })
  incidents?: string[];
}

export class ChangesDto {
  @One(() => StandingDto, { description: 'New things, and those that changed as they are now.' })
  put!: StandingDto;

  @One(() => GoneDto)
  gone!: GoneDto;
}

export class ActSpanDto {
  @Whole(12)
  first!: number;

  @Whole(17)
  last!: number;
}

export class ReplayStepDto {
  @Whole(17)
  revision!: number;

  @One(() => HistoryEventDto, { description: 'Without fields longer than 8,000 characters.' })
  event!: HistoryEventDto;

  @Text(aHash, { max: 64, description: 'Definition that its element is of: inside a call, the called one.' })
  definition!: string;

  @One(() => ActSpanDto, { description: 'The events that came with the same command.' })
  act!: ActSpanDto;

  @Whole(12, {
    nullable: true,
    description: 'Revision of the event that set it off; null: none of this case.',
  })
  cause!: number | null;

  @Flag(false, { description: 'A message or another case set it off.' })
  isFromOutside!: boolean;

  @Wholes([18], { max: 20, description: 'Revisions of the events that it set off.' })
  consequences!: number[];

  @Wholes([9], { max: 20, description: 'Revisions of other events about the same task, term, incident …' })
  related!: number[];

  @Flag(false, { description: 'Somebody stepped into the flow.' })
  isIntervention!: boolean;

  @Text(aHash, {
    max: 64,
    nullable: true,
    description: 'The case left this definition: its visits and flows are told anew, under the next one.',
  })
  left!: string | null;

  @Many(() => VisitDto, {
    max: 10_000,
    description: 'Of the elements at which something happened, as it is now.',
  })
  visits!: VisitDto[];

  @Many(() => TakenFlowDto, { max: 10_000 })
  flows!: TakenFlowDto[];

  @One(() => ChangesDto)
  changes!: ChangesDto;
}

/** What is drawn of a case: visits of elements, and flows that were taken. */
export class WalkDto {
  @Many(() => VisitDto, { max: 10_000 })
  visits!: VisitDto[];

  @Many(() => TakenFlowDto, { max: 10_000 })
  flows!: TakenFlowDto[];
}

export class OpeningDto extends WalkDto {
  @One(() => StandingDto)
  things!: StandingDto;
}

const links = ['gap', 'broken-chain', 'wrong-stream', 'time-goes-back', 'head-differs', 'no-events'] as const;

export class BrokenLinkDto {
  @Whole(12, { description: 'Revision at which the chain no longer fits.' })
  revision!: number;

  @Choice(links, {
    description:
      'An event is missing; the one before it is not what it was; it is of another stream; it would have been recorded before the one before it; the last event is not the one that the log knows as the last.',
  })
  problem!: (typeof links)[number];
}

/** The signed checkpoint that covers a case. */
export class CoveredDto {
  @Whole(1_203, { description: 'Of the last event that is covered.' })
  revision!: number;

  @Whole(12, { min: 1, description: 'Of the checkpoint.' })
  number!: number;

  @Moment('2026-04-02T12:00:00.000Z', { description: 'When it was signed.' })
  madeAt!: string;

  @Text('4e1f 09c2 77ab 31d0 8c55 e2f4 0a9b 6d17', { description: 'Of the key that signed it.' })
  fingerprint!: string;
}

/** What came of following the chain of a case through its whole history. */
export class ChainDto {
  @Text(caseId)
  caseId!: string;

  @Whole(1_204, { description: 'Events that were followed.' })
  events!: number;

  @Moment('2026-03-06T09:00:00.000Z', {
    nullable: true,
    description: 'When the first of them was recorded; null: there is none.',
  })
  firstRecordedAt!: string | null;

  @Moment('2026-04-02T11:00:00.000Z', {
    nullable: true,
    description: 'When the last of them was recorded; null: there is none.',
  })
  lastRecordedAt!: string | null;

  @Text(aHash, {
    max: 64,
    nullable: true,
    description:
      'SHA-256 of the last event, as the manifest of a bundle has it: `headHash`; null: there is none.',
  })
  headHash!: string | null;

  @One(() => BrokenLinkDto, { nullable: true, description: 'The first broken link; null: there is none.' })
  broken!: BrokenLinkDto | null;

  @Choice(coverageKinds, {
    nullable: true,
    description:
      'Whether a signed checkpoint covers it; `differs`: the log is not what was signed; null: the chain is broken, nothing was compared.',
  })
  coverage!: (typeof coverageKinds)[number] | null;

  @One(() => CoveredDto, {
    nullable: true,
    description: 'The signed checkpoint that covers the events up to a revision; null: none does.',
  })
  covered!: CoveredDto | null;
}

/** A stretch of a case's history: what stood before it, and what each event changed. */
export class ReplayDto {
  @Text(caseId)
  caseId!: string;

  @Whole(1_204, { description: 'Events of the whole history.' })
  total!: number;

  @Whole(200, { description: 'Revision of the first event of the stretch.' })
  first!: number;

  @Whole(212, {
    nullable: true,
    description: 'The revision asked for; null: at that instant there was no case.',
  })
  revision!: number | null;

  @Flag(false, { description: 'People are under pseudonyms, and what was written or entered is not told.' })
  isPseudonymised!: boolean;

  @One(() => OpeningDto)
  opening!: OpeningDto;

  @Many(() => ReplayStepDto, { max: 200 })
  steps!: ReplayStepDto[];

  @Wholes([40, 117], { max: 500, description: 'Where people stepped into the flow, in the whole history.' })
  interventions!: number[];
}
