import type { Principal, Role } from '@iter/access';
import type { AccessLogWriter } from '@iter/access/access-log';
import type { Accounts, SignIn } from '@iter/access/accounts';
import type { MailChannel } from '@iter/channels';
import type { ProtocolSystem } from '@iter/channels/protocol';
import type { Surveys } from '@iter/channels/surveys';
import type { CaseCommands, CaseEraser, CaseReader, Messages, Signals } from '@iter/commands';
import type { Documents } from '@iter/documents';
import type { EventLog, Position } from '@iter/event-store';
import type { Rebuilding } from '@iter/event-store/following';
import type { Sealer } from '@iter/event-store/ledger';
import type { Clock } from '@iter/platform/clock';
import type { Logger } from '@iter/platform/logging';
import type { Label } from '@iter/platform/words';
import type { LegalCalendar } from '@iter/legal-calendar';
import type { ProcessCatalog } from '@iter/process-catalog';
import type { TermCatalogue } from '@iter/process-catalog/catalogue';
import type { Inspection } from '@iter/process-catalog/packages';
import type {
  CaseStanding,
  CaseSummary,
  OpenCourse,
  CertificateChain,
  ChangeFeed,
  ComuneDashboard,
  DaySheetSession,
  DoublePresence,
  DeadlineItem,
  DeadlineQuestion,
  EscalationFiguresReport,
  EscalationItem,
  HoursLedger,
  IncidentFigures,
  IncidentItem,
  LedgerFilter,
  LedgerLine,
  LedgerName,
  LevelIndicators,
  ListPage,
  Material,
  NoticeItem,
  OwnEdition,
  OpenIncident,
  Period,
  ParkedCase,
  ProcessFigures,
  ProgrammeBoard,
  ProvinceCard,
  RegisteredAct,
  RegisteredTerm,
  Draft,
  DraftText,
  DraftToKeep,
  DueColours,
  SavedFilter,
  StatisticsReport,
  TaskItem,
  VersionFigures,
  Viewer,
} from '@iter/read-models';
import type { Arrivals, Deliveries, WorkOfCase } from '@iter/reactions';
import type { Bodies as Registers } from '@iter/registers';
import type { BoardRegister } from '@iter/registers/boards';
import type { Library, PublicContents } from '@iter/registers/library';
import type { OfficeRegister } from '@iter/registers/offices';
import type { StaffRegister } from '@iter/registers/staff';
import type { Erasures } from '@iter/registers/erasures';
import type { Webhooks } from '@iter/registers/webhooks';

/** How much of a list, and from where on. */
export interface PageRequest {
  readonly limit: number;
  readonly cursor: string | null;
}

export type Filter<Names extends string> = Readonly<Partial<Record<Names, string>>>;

/** Views of training. Who may ask is decided before: they are told of which bodies, or which account. */
export interface TrainingViews {
  catalogue(): Promise<readonly OpenCourse[]>;
  dashboard(comune: string, year: number): Promise<ComuneDashboard | null>;
  /** @param body whose courses: at most a hundred, the earliest first */
  doublePresences(body: string, year: number): Promise<readonly DoublePresence[]>;
  /** @param bodies whose paths count: IPA codes of employers */
  /** Of a person whose reference is that of an employer, or of an account at all of them. */
  ledger(
    bodies: readonly string[],
    person: { readonly employeeRef: string; readonly employer?: string | undefined },
    year: number,
  ): Promise<HoursLedger | null>;
  /** @param day in Rome */
  daySheet(account: string, day: string): Promise<readonly DaySheetSession[]>;
  /** At most a hundred, the latest first. */
  ownEditions(account: string): Promise<readonly OwnEdition[]>;
  /** Null: there is no such edition, or it is not closed. */
  indicators(caseId: string): Promise<LevelIndicators | null>;
  chain(certificateNo: string): Promise<CertificateChain | null>;
}

/** Views of the accompaniment programme: numbers, and Provinces, never persons. */
export interface ProgrammeViews {
  board(year?: number): Promise<ProgrammeBoard>;
  province(ipa: string): Promise<ProvinceCard>;
}

/** Who relied on what is on the registers: what was relied on is not withdrawn. */
export interface Reliance {
  /** Processes of which a body has cases that began in a period. */
  processesBegun(body: string, period: Period): Promise<readonly string[]>;
  hasActed(account: string, role: Role, period: Period): Promise<boolean>;
  hasPath(body: string, employeeRef: string): Promise<boolean>;
}

/** What a person arranges for the own desk; it changes nothing for others and nothing in a case. */
export interface PersonalViews {
  filters(account: string): Promise<readonly SavedFilter[]>;
  /** @returns false when the account keeps as many as it may */
  saveFilter(account: string, filter: SavedFilter): Promise<boolean>;
  forgetFilter(account: string, filter: Pick<SavedFilter, 'page' | 'name'>): Promise<void>;
  putOff(account: string, task: string, until: string | null): Promise<void>;
  /** Null: nothing chosen. */
  dueColours(account: string): Promise<DueColours | null>;
  setDueColours(account: string, chosen: DueColours): Promise<void>;
  drafts(account: string): Promise<readonly Draft[]>;
  draft(account: string, form: string): Promise<DraftText | null>;
  /** @returns what is kept: the same, or another text than it goes on from; null: the account keeps as many as it may */
  keepDraft(account: string, draft: DraftToKeep): Promise<DraftText | null>;
  forgetDraft(account: string, form: string): Promise<void>;
}

/** What the system operator is told of cases: where they stand. */
export interface OperatorViews {
  versions(): Promise<readonly VersionFigures[]>;
  casesOfVersion(
    of: { readonly process: string; readonly version: number },
    after: string,
    limit: number,
  ): Promise<readonly CaseStanding[]>;
  /** The latest, and not many. */
  find(
    asked: { readonly ids: readonly string[] } | { readonly text: string },
  ): Promise<readonly CaseStanding[]>;
  /** Those of these cases that are of a process; none is left out. */
  ofProcess(process: string, ids: readonly string[]): Promise<readonly string[]>;
  incidents(
    filter: { readonly code?: string; readonly process?: string },
    after: string,
    limit: number,
  ): Promise<readonly OpenIncident[]>;
  openIncidents(): Promise<readonly IncidentFigures[]>;
}

/** Views of the library: what is shared, and numbers of all bodies together. */
export interface LibraryViews {
  materials(filter: Filter<'text' | 'theme' | 'caseId'>, page: PageRequest): Promise<ListPage<Material>>;
  /** By process, of the last 365 days; a process without a case is not among them. */
  figures(processes: readonly string[]): Promise<ReadonlyMap<string, ProcessFigures>>;
}

/** Days in Rome, both included, and the processes of which lines are asked for; absent: of all. */
export interface RegisterOf {
  readonly from: string;
  readonly to: string;
  readonly processes?: readonly string[];
}

/** A part of a list that is whole unless it says otherwise. */
export interface Register<T> {
  readonly items: readonly T[];
  readonly complete: boolean;
}

/** What the views answer, each only what the principal may see. */
export interface Views {
  cases(
    principal: Principal,
    filter: Filter<'process' | 'state' | 'comune' | 'text' | 'deadline' | 'involved'>,
    page: PageRequest,
  ): Promise<ListPage<CaseSummary>>;
  case(principal: Principal, id: string): Promise<CaseSummary | null>;
  /** Who may know that something happened in a case. */
  knowers(id: string): Promise<(viewer: Viewer) => boolean>;
  tasks(
    principal: Principal,
    filter: Filter<'assigned' | 'state' | 'caseId' | 'comune' | 'process' | 'text' | 'dueBy' | 'facts'>,
    page: PageRequest,
  ): Promise<ListPage<TaskItem>>;
  task(principal: Principal, id: string): Promise<TaskItem | null>;
  deadlines(
    principal: Principal,
    filter: Filter<'state' | 'nature' | 'comune' | 'process'>,
    page: PageRequest,
  ): Promise<ListPage<DeadlineItem>>;
  /** Terms due in a year, of all cases that the principal may see, to which a question is answered by yes. */
  findings(
    principal: Principal,
    asked: {
      readonly question: DeadlineQuestion;
      readonly year: number;
      readonly deadline?: string;
      readonly term?: string;
    },
    page: PageRequest,
  ): Promise<ListPage<DeadlineItem>>;
  /** Terms of a period, the earliest first. @param most lines */
  termRegister(
    principal: Principal,
    filter: Filter<'state' | 'nature' | 'comune'> & RegisterOf & { readonly by: 'legal' | 'safe' },
    most: number,
  ): Promise<Register<RegisteredTerm>>;
  /** What was filed in a period, oldest first. @param most lines */
  actRegister(
    principal: Principal,
    filter: Filter<'comune'> & RegisterOf,
    most: number,
  ): Promise<Register<RegisteredAct>>;
  /** Lines of a register of the services, by its own order. */
  ledger(
    principal: Principal,
    name: LedgerName,
    filter: Omit<LedgerFilter, 'comuni'> & { readonly comune?: string },
    page: PageRequest,
  ): Promise<ListPage<LedgerLine>>;
  deadlinesOf(principal: Principal, caseId: string): Promise<readonly DeadlineItem[]>;
  /**
   * Deadlines that run, for a calendar: as many as it holds, the most urgent first.
   * @param body IPA code: its cases, and those of the Comuni that it serves; null: the cases that one takes part in
   * @param until the last day
   */
  feedDeadlines(principal: Principal, body: string | null, until: string): Promise<readonly DeadlineItem[]>;
  escalations(
    principal: Principal,
    filter: Filter<'state' | 'assigned' | 'kind' | 'nature' | 'process' | 'comune'>,
    page: PageRequest,
  ): Promise<ListPage<EscalationItem>>;
  /** @param filter days in Rome, both included */
  escalationFigures(
    principal: Principal,
    filter: Filter<'process' | 'comune'> & { readonly from: string; readonly to: string },
  ): Promise<EscalationFiguresReport>;
  /** Figures of a service's processes, never of persons; days in Rome, both included: when the cases were started. */
  statistics(
    principal: Principal,
    filter: {
      readonly processes: readonly string[];
      /** Those of them whose facts the principal may be told. */
      readonly told: readonly string[];
      readonly from: string;
      readonly to: string;
      readonly comune?: string;
    },
  ): Promise<StatisticsReport>;
  incidents(
    principal: Principal,
    filter: Filter<'state' | 'comune'>,
    page: PageRequest,
  ): Promise<ListPage<IncidentItem>>;
  notices(
    principal: Principal,
    filter: { readonly unread: boolean },
    page: PageRequest,
  ): Promise<ListPage<NoticeItem>>;
  /** @returns false when there is no such notice for this principal */
  markRead(principal: Principal, noticeId: string): Promise<boolean>;
  /** @returns whether the views have reached the position within the time */
  reach(position: Position, timeoutMs: number): Promise<boolean>;
  readonly training: TrainingViews;
  readonly programme: ProgrammeViews;
  readonly library: LibraryViews;
  readonly reliance: Reliance;
  readonly operator: OperatorViews;
  readonly personal: PersonalViews;
}

export interface QueueState {
  readonly name: string;
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
  readonly completed: number;
}

/** Work of one kind: how much is to be done, how late it is, how fast it goes. Times of the engine. */
export interface WorkState {
  readonly kind: string;
  readonly due: number;
  readonly later: number;
  readonly failing: number;
  readonly oldestDueAt: string | null;
  /** How late the oldest is. */
  readonly latenessMs: number;
  readonly perMinute: number;
  readonly doneInHour: number;
  readonly failedInHour: number;
}

/** Jobs of one type, and who does them. */
export interface JobTypeState {
  readonly type: string;
  /** Done inside the house. */
  readonly own: boolean;
  readonly open: number;
  readonly stuck: number;
  readonly oldestAt: string | null;
  readonly workers: readonly { readonly name: string; readonly lastSeenAt: string }[];
}

export interface FailedJob {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly caseId: string | null;
  readonly failedAt: string;
  readonly attempts: number;
  readonly reason: string;
}

export interface LastRebuild {
  readonly beganAt: string;
  /** Null: it goes on. */
  readonly endedAt: string | null;
  readonly hasFailed: boolean;
}

export interface FollowerState {
  readonly name: string;
  readonly position: Position | null;
  readonly behind: number;
  readonly lagMs: number;
  readonly state: 'following' | 'catching-up' | 'rebuilding' | 'stopped';
  readonly error: string | null;
  /** Appends that it takes in a second, as seen within the last minute; null: it was not looked at before. */
  readonly perSecond: number | null;
  /** Sequences that are set aside. */
  readonly parked: number;
  /** How far a rebuild is, 0 to 1; null: none runs. */
  readonly progress: number | null;
  /** What the rebuild does; null: none runs. */
  readonly phase: Rebuilding['phase'] | null;
  /** The last rebuild that this process began; null: none yet. */
  readonly lastRebuild: LastRebuild | null;
  /** What will not pass by itself: it, or its rebuild, is slower than what is written; null: nothing. */
  readonly alarm: 'falling-behind' | 'rebuild-falling-behind' | null;
}

/** One thing about the installation that was looked at. */
export interface Check {
  readonly name: string;
  readonly state: 'ok' | 'warning' | 'error';
  /** As it is set, nothing secret; null: not set. */
  readonly value: string | Label | null;
}

export type FailedJobFilter = Filter<'id' | 'kind' | 'name' | 'caseId' | 'error'>;

/** How the mails to people are doing. */
export interface MailState {
  /** Null: no mail is sent. */
  readonly server: string | null;
  readonly waiting: number;
  readonly later: number;
  readonly oldestDueAt: string | null;
  readonly sent: number;
  readonly refused: number;
  readonly unreachable: number;
}

/** What the system operator sees and mends: never the content of a case. */
export interface Machine {
  queues(): Promise<readonly QueueState[]>;
  work(): Promise<readonly WorkState[]>;
  jobTypes(): Promise<readonly JobTypeState[]>;
  workOf(caseIds: readonly string[]): Promise<readonly WorkOfCase[]>;
  /** The latest first. @param after the last one of the page before */
  failedJobs(
    filter: FailedJobFilter,
    limit: number,
    after: Pick<FailedJob, 'id' | 'failedAt'> | null,
  ): Promise<readonly FailedJob[]>;
  /** @returns how many are tried again */
  retryJobs(filter: FailedJobFilter): Promise<number>;
  /** Null: there is no such follower. */
  parked(follower: string): Promise<readonly ParkedCase[] | null>;
  /** @returns the error when it stays set aside; null: it goes on; undefined: there is no such one */
  resumeParked(follower: string, caseId: string): Promise<string | null | undefined>;
  checks(): Promise<readonly Check[]>;
  followers(): Promise<readonly FollowerState[]>;
  mail(): Promise<MailState>;
  /** Rebuilds a view beside the live one and swaps; resolves when it has begun. @returns false: no such view */
  rebuildView(name: string): Promise<boolean>;
}

/** A job of a case that waits for a worker outside. */
export interface OpenJob {
  readonly id: string;
  readonly caseId: string;
  readonly type: string;
  readonly element: string;
  readonly retries: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly variables: object;
  readonly lockedUntil: string;
}

export interface Jobs {
  /** Open jobs of a type, locked for the caller until they are done, failed or the time is over. */
  activate(request: {
    readonly type: string;
    readonly limit: number;
    readonly lockMs: number;
    readonly worker: string;
  }): Promise<readonly OpenJob[]>;
}

/** The movable clock of a demo. */
export interface MovableClock extends Clock {
  readonly offsetMs: number;
  /** This machine's clock less the database's. */
  readonly skewMs?: number;
  /** How far the database's clock has jumped, as long as that is not believed. */
  readonly doubtMs?: number;
  /** @throws RangeError when it would go back */
  advanceTo(instant: string): Promise<void>;
}

/** Bodies, and what is local in their calendars. */
export type Bodies = Pick<
  Registers,
  | 'nameOf'
  | 'find'
  | 'list'
  | 'exists'
  | 'convention'
  | 'standing'
  | 'calendarHistory'
  | 'sharing'
  | 'lastChange'
  | 'execute'
>;

export interface ApiSettings {
  readonly version: string;
  readonly demo: boolean;
  readonly secureCookies: boolean;
  readonly trustProxy: boolean;
  readonly requestsPerMinute: number;
  /** Where people reach the desk, without a slash at the end. */
  readonly publicUrl: string;
  readonly accessibility: { readonly statementUrl: string | null; readonly feedbackEmail: string | null };
  /** Folder of the built desk; null: only the API is served. */
  readonly deskFolder: string | null;
}

/** Packages as files. */
export interface Packages {
  /** Looks at an archive as whoever adopts it would. */
  inspect(archive: Uint8Array): Promise<Inspection>;
  /** The processes that came with the house, as they describe themselves; `origin` is a body. */
  own(): readonly { readonly process: string; readonly version: string; readonly origin: string }[];
  /** One of them as an archive that the house has signed: the same bytes as long as the process is the same. */
  pack(process: string): Promise<Uint8Array>;
}

/** All that the API needs of the house. */
export interface ApiPorts {
  readonly settings: ApiSettings;
  readonly logger: Logger;
  readonly clock: MovableClock;
  readonly log: EventLog;
  readonly sealer: Sealer;
  /** Where readings across cases are recorded; those of one case are by its reader. */
  readonly accessLog: Pick<AccessLogWriter, 'record' | 'flush'>;
  readonly signIn: SignIn;
  readonly accounts: Accounts;
  readonly cases: CaseCommands & CaseReader & CaseEraser;
  readonly catalog: ProcessCatalog;
  /** The dated catalogue of terms and ladders. */
  readonly catalogue: TermCatalogue;
  /** The working days as they are known now. */
  readonly calendar: () => LegalCalendar;
  readonly bodies: Bodies;
  readonly staff: StaffRegister;
  readonly boards: BoardRegister;
  readonly offices: OfficeRegister;
  readonly library: Library;
  readonly packages: Packages;
  /** Archives that were published. */
  readonly contents: PublicContents;
  readonly documents: Documents;
  readonly surveys: Surveys;
  readonly views: Views;
  readonly changes: ChangeFeed;
  readonly messages: Messages;
  readonly signals: Signals;
  readonly jobs: Jobs;
  readonly machine: Machine;
  /** BullMQ's own queues, for Bull Board to look into. */
  readonly bullQueues: () => readonly object[];
  /** Under it accounts become pseudonyms for the auditor: the same ones at every start. */
  readonly pseudonymKey: Uint8Array;
  /** Null: no mail is sent. */
  readonly mail: MailChannel | null;
  /** Which references of protocol people may give. */
  readonly protocol: ProtocolSystem;
  /** What came into the certified mailbox and waits for people. */
  readonly arrivals: Arrivals;
  /** Under it the secrets of calendar feeds follow from who asks for them. */
  readonly feedKey: Uint8Array;
  /** What of cases was erased, and what must be kept. */
  readonly erasures: Pick<Erasures, 'find' | 'held' | 'holds' | 'list'>;
  /** Who outside is told of what. */
  readonly webhooks: Pick<Webhooks, 'execute' | 'find' | 'history' | 'list'>;
  /** What they were sent. */
  readonly deliveries: Deliveries;
  /** Under it the secrets of webhooks follow from who asks for them. */
  readonly webhookKey: Uint8Array;
  /** What keeps the house from working, in a few words; empty: it is ready. */
  readonly troubles: () => Promise<readonly Label[]>;
}

/** Token under which Nest gives the ports to the controllers. */
export const PORTS = Symbol('ApiPorts');
