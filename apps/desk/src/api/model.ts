import type { components, paths } from './schema.d.ts';

// The shapes that the pages speak of, under the names they use for them; all of them are the contract's.
type Schemas = components['schemas'];

export type Session = Schemas['SessionDto'];
export type CaseSummary = Schemas['CaseDto'];
/** A case by itself, with what became of its content. */
export type OneCase = Schemas['OneCaseDto'];
export type Erasure = Schemas['ErasureDto'];
export type TaskItem = Schemas['TaskDto'];
export type TaskDetail = Schemas['TaskDetailDto'];
export type DeadlineItem = Schemas['DeadlineDto'];
export type EscalationItem = Schemas['EscalationDto'];
export type EscalationReport = Schemas['EscalationReportDto'];
/** Figures of a service in a period. */
export type StatisticsReport = Schemas['StatisticsDto'];
export type SubstitutionItem = Schemas['SubstitutionDto'];
export type Colleague = Schemas['ColleagueDto'];
export type IncidentItem = Schemas['IncidentDto'];
export type AwaitedMessage = Schemas['AwaitedMessageDto'];
/** Something that must be true before a task is completed. */
export type CheckLine = Schemas['CheckLineDto'];
/** Something other than people that a case waits for. */
export type Ahead = Schemas['AheadDto'];
/** What a command would do to a term by law. */
export type TermEffect = Schemas['ValuesVerdictDto']['terms'][number];
export type OpenAdHoc = Schemas['AdHocDto'];
export type CaseStanding = Schemas['CaseStateDto'];
/** One order of a modification. */
export type Instruction = Schemas['ModifyDto']['instructions'][number];
export type MigrationForecast = Schemas['MigrationForecastDto'];
export type Preferences = Schemas['PreferencesDto'];
export type Feed = Schemas['FeedDto'];
/** With its address, which is told once. */
export type CreatedFeed = Schemas['CreatedFeedDto'];
/** A version of a term of the catalogue. */
export type Term = Schemas['TermDto'];
export type RegisteredTerm = Schemas['RegisteredTermDto'];
export type RegisteredAct = Schemas['RegisteredActDto'];
/** A register over cases: its head, and a line of it. */
export type Ledger = Schemas['LedgerDto'];
export type LedgerLine = Schemas['LedgerLineDto'];
export type ComputedTerm = Schemas['ComputedTermDto'];
export type TermAsked = Schemas['ComputeTermDto'];
export type LocalCalendar = Schemas['LocalCalendarDto'];
export type WantedCalendar = Schemas['SetLocalCalendarDto'];
export type DeadlineForecast = Schemas['DeadlineForecastDto'];
export type DeadlineProspect = Schemas['DeadlineProspectDto'];
export type DeadlinePreview = Schemas['DeadlinePreviewDto'];
/** A stored fact of a case. */
export type HistoryEvent = Schemas['CaseEventDto'];
export type AuditEvent = Schemas['StreamEventDto'];
export type SignedCheckpoint = Schemas['SignedCheckpointDto'];
/** A fact in the line of time of its case. */
export type TimelineFact = Schemas['TimelineFactDto'];
export type TimelineTopic = NonNullable<QueryOf<'/api/v1/cases/{id}/timeline'>['about']>;

/** What a list may be narrowed by. */
export type QueryOf<P extends keyof paths> = paths[P] extends { get: { parameters: { query?: infer Q } } }
  ? NonNullable<Q>
  : never;

export interface Page<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}
