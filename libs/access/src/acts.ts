import type { Role } from './types.ts';

/** How a role must stand to what it acts on. */
export type Relation =
  /** Holds the role for the body that has this office in the case (`seats.ts`). */
  | 'office'
  /** The same, and took part in this case: started it or completed a task of it. */
  | 'took-part'
  /** The same, and took part in this case or the body shares cases of its service among its people. */
  | 'shared'
  /** The same, and started this case. */
  | 'reported'
  /** Holds it for the body concerned, or for the Province that serves that body. */
  | 'body'
  /** Holds it for the body concerned, and for no other. */
  | 'own-body'
  /** Acts on its own account. */
  | 'self'
  /** Has the task, whatever role is left to it. */
  | 'holder'
  /** Acts on an account that is not its own, and gains nothing by it. */
  | 'others'
  /** The same, on what is held for its own body, by those who do not watch over it. */
  | 'colleagues'
  /** Holds it for any body. */
  | 'anywhere';

/** One way in which an act is allowed. */
export interface Way {
  /**
   * Roles; `lane`: those of the task's lane; `called`: those that the escalation calls, and the people that it is for;
   * `anyone`: who is signed in.
   */
  readonly roles: readonly Role[] | 'lane' | 'called' | 'anyone';
  readonly relation: Relation;
  /** Only with a reason, which is recorded. */
  readonly reason?: true;
  /** The answer must mask names and free text. */
  readonly pseudonymised?: true;
  /** Only in cases that are not confidential (see `confidential`). */
  readonly open?: true;
  /** Not on what the law is about: incidents of legal deadlines belong to people who decide. */
  readonly notLegal?: true;
  /** Only of what the body itself says: what third parties send is registered by whoever works on the case. */
  readonly notOthers?: true;
}

/** Everything that can be asked of the house: commands of a case, readings, registers, operations. */
export type Act =
  | 'StartCase' | 'CancelCase' | 'SuspendCase' | 'ResumeCase' | 'ModifyCase' | 'MigrateCase' | 'RectifyCase' | 'EraseCase' | 'HoldCase'
  | 'ClaimUserTask' | 'ReleaseUserTask' | 'AssignUserTask' | 'CompleteUserTask' | 'ReopenUserTask'
  | 'ActivateJobs' | 'CompleteJob' | 'FailJob' | 'ThrowJobError' | 'CorrelateMessage' | 'BroadcastSignal'
  | 'StartAdHocActivity' | 'ContinueCase' | 'LinkCase' | 'TriggerTimer' | 'TriggerDeadline' | 'SetVariables' | 'ResolveIncident'
  | 'SuspendDeadline' | 'ResumeDeadline' | 'ExtendDeadline' | 'InterruptDeadline'
  | 'RebaseDeadline' | 'RectifyDeadline' | 'ProveDeadline' | 'ReissueLadder'
  | 'AcknowledgeEscalation' | 'TakeOverEscalation' | 'HandOnEscalation' | 'ResolveEscalation'
  | 'AttachDocument' | 'DraftAct' | 'FailDraft' | 'RegisterIncoming' | 'HandIn' | 'AddComment'
  | 'RecordDelivery' | 'RecordDeliveryReceipt' | 'ReadCertifiedMail' | 'SettleCertifiedMail'
  | 'SeeCase' | 'ReadCase' | 'ReadTask' | 'ReadDocument' | 'ReadIncidents'
  | 'DeployDefinition' | 'ReadDefinition' | 'ReadTerms' | 'RegisterBody' | 'RecordConvention' | 'RecordStaff' | 'ReadStaff' | 'RecordBoards' | 'ReadBoards' | 'RecordMailbox' | 'ShareCases' | 'SetLocalCalendar' | 'ShiftLegalTerms' | 'ReadBodies'
  | 'CreateAccount' | 'GrantRoles' | 'DisableAccount' | 'ResetPassword' | 'ChangePassword' | 'ListAccounts'
  | 'SetPreferences' | 'ManageFeeds'
  | 'ArrangeSubstitution' | 'EndSubstitution'
  | 'ReadHearingDiary' | 'ReadInspectorateRegister' | 'ReadSelectionRegisters'
  | 'ReadAuditEvents' | 'ReadErasures' | 'ReadAccesses' | 'ReadCheckpoints' | 'ReadStatistics'
  | 'ChooseSelection' | 'ChooseExaminers' | 'ReadCourses' | 'ReadTraining' | 'ReadLedger' | 'ReadDaySheet' | 'ReadOwnEditions' | 'ReadCertificate' | 'HandOutSurvey' | 'ReadProgramme'
  | 'ReadLibrary' | 'PublishInLibrary' | 'WithdrawFromLibrary' | 'AdoptFromLibrary'
  | 'ManageWebhooks' | 'TendWebhooks'
  | 'ReadOperations' | 'RetryJob' | 'RebuildView' | 'MoveClock'; // prettier-ignore

const to = (roles: Way['roles'], relation: Relation, more: Omit<Way, 'roles' | 'relation'> = {}): Way => ({
  roles,
  relation,
  ...more,
});

const system = to(['SYSTEM'], 'anywhere');
const operator = to(['SYSTEM_OPERATOR'], 'anywhere');
const supervisor = to(['DESK_SUPERVISOR', 'PROGRAMME_MANAGER'], 'office');
const lane = to('lane', 'office');
/** Who moves a legal term: the office that decides, or the head of the service. */
const decides = [to(['UPD', 'DESK_SUPERVISOR', 'PROGRAMME_MANAGER'], 'office')];
/** Who works on the content of a case. */
const works = to(
  ['DESK_OPERATOR', 'UPD', 'PROGRAMME_MANAGER', 'EXPERT', 'COMMUNITY_EDITOR', 'PROVINCE_PARTICIPANT'],
  'office',
);
/** The Segretario answers for the whole body; its staff office sees what colleagues have begun where the body wants it. */
const ownHr = [to(['SEGRETARIO'], 'office', { open: true }), to(['COMUNE_HR'], 'shared', { open: true })];
const takesPart = to(['COMMISSION', 'TRAINER', 'PARTICIPANT'], 'took-part', { open: true });
const reviews = to(['AUDITOR'], 'office', { pseudonymised: true });
const withReason = to(['DESK_SUPERVISOR', 'PROGRAMME_MANAGER'], 'office', { reason: true });
const content = [works, withReason, ...ownHr, takesPart, reviews, system];
const escalation = [to('called', 'office'), supervisor];
/** Who says that somebody is away: that person, the head of the service for its staff, the operator. */
const absence = [
  to('anyone', 'self'),
  to(['DESK_SUPERVISOR'], 'colleagues'),
  to(['SYSTEM_OPERATOR'], 'others'),
  system,
];
/** Who gives packages to the community: a tutor those of its Province, the programme's people everybody's. */
const publishes = [to(['PROVINCE_TUTOR'], 'body'), to(['COMMUNITY_EDITOR', 'PROGRAMME_MANAGER'], 'anywhere')];
const answersForWebhooks = [operator, to(['SEGRETARIO', 'DESK_SUPERVISOR'], 'body')];
/** Programs outside get the variables that a job sees: they are trusted with all jobs of the installation. */
const jobs = [system, to(['WORKER'], 'anywhere')];

/**
 * The one table of acts: an act is allowed in the first of its ways that the actor fits, and in no other.
 * Separation of duties (`duties.ts`) is checked on top of it.
 *
 * Source: domain/README.md, Roles and Incompatibilities; domain/disciplinary.md §§ 2, 11, 13; contracts.md, HTTP.
 */
export const acts: Readonly<Record<Act, readonly Way[]>> = {
  // The life of a case
  StartCase: [lane, to(['DESK_OPERATOR'], 'office'), system],
  CancelCase: decides.map((way) => ({ ...way, reason: true })),
  SuspendCase: [withReason],
  ResumeCase: [withReason],
  ModifyCase: [withReason],
  // The operator deploys versions and lets cases follow them: no content is read, and no variable set.
  MigrateCase: [withReason, { ...operator, reason: true }],
  RectifyCase: [withReason],
  // On the documented instruction of whose data it is (art. 28(3)(a) GDPR); the head of the service answers for it.
  EraseCase: [withReason],
  // That it must be kept, also against who would erase it: whose data it is says so as well.
  HoldCase: [withReason, to(['SEGRETARIO'], 'office', { reason: true })],
  // Work
  ClaimUserTask: [lane],
  // Only who has it gives it back (the engine sees to that), also without the role in which it was taken: work must not be
  // stuck. The supervisor assigns it to somebody else.
  ReleaseUserTask: [lane, to('anyone', 'holder')],
  AssignUserTask: [supervisor],
  CompleteUserTask: [lane],
  ReopenUserTask: decides.map((way) => ({ ...way, reason: true })),
  ActivateJobs: jobs,
  CompleteJob: jobs,
  FailJob: jobs,
  ThrowJobError: jobs,
  CorrelateMessage: [works, system],
  // To the cases of all bodies: the head of the service, who says why.
  BroadcastSignal: [to(['DESK_SUPERVISOR'], 'anywhere', { reason: true }), system],
  StartAdHocActivity: [works, withReason],
  ContinueCase: [system],
  LinkCase: [system],
  TriggerTimer: [system],
  TriggerDeadline: [system],
  SetVariables: [withReason],
  ResolveIncident: [...decides, { ...operator, notLegal: true }],
  // Law
  SuspendDeadline: decides,
  ResumeDeadline: decides,
  ExtendDeadline: decides,
  InterruptDeadline: decides,
  RebaseDeadline: decides,
  RectifyDeadline: decides,
  ProveDeadline: [...decides, to(['DESK_OPERATOR'], 'office')],
  ReissueLadder: [supervisor],
  AcknowledgeEscalation: escalation,
  TakeOverEscalation: escalation,
  HandOnEscalation: escalation,
  ResolveEscalation: escalation,
  // File
  // The house itself files what another case handed over.
  AttachDocument: [works, lane, ...ownHr, system],
  DraftAct: [system],
  FailDraft: [system],
  RegisterIncoming: [works, ...ownHr.map((way) => ({ ...way, notOthers: true as const }))],
  // For itself, what a case of the Province that serves it awaits of each body; of that case it sees no more.
  HandIn: [to(['COMUNE_HR', 'SEGRETARIO'], 'own-body')],
  RecordDelivery: [system],
  RecordDeliveryReceipt: [system],
  // What came into the house's mailbox, of whomever it is: the desk sorts it.
  ReadCertifiedMail: [to(['DESK_OPERATOR', 'DESK_SUPERVISOR'], 'anywhere')],
  SettleCertifiedMail: [to(['DESK_OPERATOR', 'DESK_SUPERVISOR'], 'anywhere')],
  AddComment: [works, supervisor, ...ownHr],
  // Reading. `SeeCase`: that it exists, where it stands, what is due; never its content.
  SeeCase: [
    works,
    supervisor,
    to(['SEGRETARIO'], 'office'),
    to(['COMUNE_HR'], 'shared'),
    to(['STRUCTURE_HEAD'], 'reported'),
    takesPart,
    reviews,
    system,
  ],
  ReadCase: content,
  ReadTask: [works, lane, withReason, ...ownHr, reviews, system],
  ReadDocument: content,
  ReadIncidents: [works, supervisor, reviews, operator],
  // Lines of registers over cases: days, codes and outcomes, never a name.
  ReadHearingDiary: [to(['DESK_OPERATOR', 'UPD'], 'office'), system],
  ReadInspectorateRegister: [to(['DESK_OPERATOR', 'UPD', 'DESK_SUPERVISOR'], 'office'), reviews, system],
  ReadSelectionRegisters: [to(['DESK_OPERATOR', 'DESK_SUPERVISOR'], 'office'), ...ownHr, reviews, system],
  // Registers
  DeployDefinition: [operator, system],
  ReadDefinition: [to('anyone', 'anywhere')],
  ReadTerms: [to('anyone', 'anywhere')],
  RegisterBody: [operator, system],
  RecordConvention: [to(['DESK_SUPERVISOR'], 'body'), operator, system],
  // Of its own body, or of the Comuni that it serves.
  RecordStaff: [to(['COMUNE_HR', 'DESK_OPERATOR', 'DESK_SUPERVISOR'], 'body'), system],
  ReadStaff: [to(['COMUNE_HR', 'SEGRETARIO', 'DESK_OPERATOR', 'DESK_SUPERVISOR'], 'body'), system],
  // Why somebody may not judge whom: the head of the service alone.
  RecordBoards: [to(['DESK_SUPERVISOR'], 'body'), system],
  ReadBoards: [to(['DESK_SUPERVISOR'], 'body'), system],
  RecordMailbox: [to(['COMUNE_HR', 'DESK_OPERATOR', 'DESK_SUPERVISOR'], 'body'), operator, system],
  // Whose the data are decides, or the Province that keeps its registers; not who would see more.
  ShareCases: [to(['SEGRETARIO', 'DESK_SUPERVISOR'], 'body'), system],
  SetLocalCalendar: [to(['DESK_SUPERVISOR', 'COMUNE_HR'], 'body'), operator, system],
  // That a patron saint moves terms of law is against the prevailing reading: the head of the service answers for it.
  ShiftLegalTerms: [to(['DESK_SUPERVISOR'], 'body'), system],
  ReadBodies: [to('anyone', 'anywhere')],
  CreateAccount: [operator, system],
  GrantRoles: [to(['SYSTEM_OPERATOR'], 'others'), system],
  DisableAccount: [to(['SYSTEM_OPERATOR'], 'others'), system],
  ResetPassword: [to(['SYSTEM_OPERATOR'], 'others'), system],
  ChangePassword: [to('anyone', 'self')],
  SetPreferences: [to('anyone', 'self')],
  ManageFeeds: [to('anyone', 'self')],
  // Of all bodies, candidates and participants among them; colleagues are told apart (`/people`).
  ListAccounts: [operator],
  ArrangeSubstitution: absence,
  EndSubstitution: absence,
  // Audit
  ReadAuditEvents: [to(['AUDITOR'], 'anywhere', { pseudonymised: true })],
  ReadErasures: [to(['DESK_SUPERVISOR', 'SEGRETARIO'], 'body'), to(['DPO'], 'anywhere')],
  ReadAccesses: [to(['AUDITOR'], 'anywhere', { pseudonymised: true }), to(['DPO'], 'anywhere')],
  ReadCheckpoints: [to(['AUDITOR', 'DPO', 'SYSTEM_OPERATOR'], 'anywhere')],
  ReadStatistics: [
    to(
      ['DESK_OPERATOR', 'DESK_SUPERVISOR', 'COMUNE_HR', 'SEGRETARIO', 'PROGRAMME_MANAGER', 'AUDITOR'],
      'anywhere',
    ),
  ],
  // Training: who may enrol sees the courses; hours are about persons.
  // That a list of eligible persons, or a ranking, is there for its bodies, of which profile and until when: not who is on it.
  ChooseSelection: [to(['COMUNE_HR', 'SEGRETARIO', 'DESK_OPERATOR', 'DESK_SUPERVISOR'], 'body')],
  // Who holds an account to examine: for those who put a board together.
  ChooseExaminers: [to(['DESK_OPERATOR', 'DESK_SUPERVISOR'], 'body')],
  ReadCourses: [to('anyone', 'anywhere')],
  ReadTraining: [to(['COMUNE_HR', 'SEGRETARIO', 'DESK_OPERATOR', 'DESK_SUPERVISOR'], 'body')],
  ReadLedger: [to(['PARTICIPANT'], 'self'), to(['COMUNE_HR', 'DESK_OPERATOR', 'DESK_SUPERVISOR'], 'body')],
  HandOutSurvey: [to(['DESK_OPERATOR', 'DESK_SUPERVISOR'], 'body')],
  ReadDaySheet: [to(['TRAINER'], 'self')],
  ReadOwnEditions: [to(['TRAINER', 'PARTICIPANT'], 'self')],
  ReadCertificate: [
    to(['COMUNE_HR', 'DESK_OPERATOR', 'DESK_SUPERVISOR'], 'body'),
    to(['AUDITOR'], 'body', { pseudonymised: true }),
  ],
  // Numbers of Provinces, never of persons; the head of a service reads them as one of a Province that takes part.
  ReadProgramme: [
    to(
      [
        'PROGRAMME_MANAGER',
        'EXPERT',
        'COMMUNITY_EDITOR',
        'PROVINCE_TUTOR',
        'PROVINCE_PARTICIPANT',
        'AUDITOR',
      ],
      'anywhere',
    ),
    to(['DESK_SUPERVISOR'], 'body'),
  ],
  // The library of the community of practice: whoever works with processes, or may come to.
  ReadLibrary: [
    to(
      [
        ...([
          'DESK_OPERATOR',
          'DESK_SUPERVISOR',
          'UPD',
          'COMUNE_HR',
          'SEGRETARIO',
          'SYSTEM_OPERATOR',
        ] as const),
        ...(['PROGRAMME_MANAGER', 'EXPERT', 'COMMUNITY_EDITOR', 'AUDITOR'] as const),
        ...(['PROVINCE_TUTOR', 'PROVINCE_PARTICIPANT'] as const),
      ],
      'anywhere',
    ),
  ],
  PublishInLibrary: publishes,
  WithdrawFromLibrary: publishes.map((way) => ({ ...way, reason: true })),
  AdoptFromLibrary: [to(['DESK_SUPERVISOR'], 'body')],
  // That facts of its cases are told to a system outside decides whose they are, or the Province that keeps its registers.
  ManageWebhooks: [...answersForWebhooks.map((way) => ({ ...way, reason: true as const })), system],
  // To see how telling them goes, to try it and to send again: nothing else is told to anybody else.
  TendWebhooks: [...answersForWebhooks, system],
  // The machine
  ReadOperations: [operator],
  RetryJob: [operator],
  RebuildView: [operator],
  MoveClock: [operator],
};

/**
 * Processes whose cases are need-to-know: the Comune sees that they run, never what they say.
 * Source: domain/disciplinary.md § 13, domain/README.md, principle 9.
 */
export const confidential = (process: string): boolean =>
  /^(disciplinary|inspectorate-notification|external-report)(-|$)/.test(process);
