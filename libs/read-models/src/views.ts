import type { TermNature } from '@iter/legal-calendar';
import type { AlternativeReading, BaseFact, EscalationOutcome, Instant, PlannedStep } from '@iter/engine';

/** Days left until a date as the desk shows them; negative: past. Working out the words is the desk's. */
export type Days = number;

export interface CaseSummary {
  readonly id: string;
  readonly process: string;
  readonly processName: string;
  readonly version: number;
  readonly definition: string;
  readonly comune: string;
  readonly comuneName: string;
  /** Anonymous code shown instead of names. */
  readonly code: string;
  readonly businessKey: string | null;
  readonly state: 'active' | 'suspended' | 'completed' | 'terminated' | 'failed';
  readonly startedAt: Instant;
  readonly startedBy: string;
  readonly endedAt: Instant | null;
  /** How it ended, in the process’s words; null: it has not, nothing says it, or it is not for who asks. */
  readonly outcome: string | null;
  /** Revision of the stream up to which this row is. */
  readonly revision: number;
  readonly openTasks: number;
  readonly openIncidents: number;
  readonly openEscalations: number;
  /** The open deadline that comes first. */
  readonly nextDeadline: {
    readonly id: string;
    readonly label: { readonly it: string; readonly en: string };
    readonly nature: TermNature;
    /** When it began to run. */
    readonly openedAt: Instant;
    readonly safeActionDate: string;
    readonly legalDueDate: string;
  } | null;
}

export interface TaskItem {
  /** `<caseId>.<key>`: the case is in the id, so that acting on a task needs no lookup. */
  readonly id: string;
  readonly caseId: string;
  readonly caseCode: string;
  readonly comune: string;
  readonly comuneName: string;
  readonly process: string;
  /** Of the case's process, by which people know it also inside a part that it calls. */
  readonly processName: string;
  /** Of the called process that the task is of; null: it is of the case's own. */
  readonly partName: string | null;
  /** Hash of the definition that the task is of: the diagram and form are looked up there. */
  readonly definition: string;
  readonly element: string;
  /** Which instance of a repeated activity it is, from 1; null: it is not repeated. */
  readonly iteration: number | null;
  /** What tells it from others of the case that look alike: its own words, else the body whose office does it. */
  readonly about: string | null;
  readonly name: string;
  readonly role: string | null;
  readonly assignee: string | null;
  readonly candidateUsers: readonly string[];
  /** Of a task of the head of the person concerned: whom the registers name today; null: it is none, or not to be known. */
  readonly heads: readonly string[] | null;
  readonly formId: string | null;
  readonly state: 'open' | 'completed' | 'terminated';
  readonly createdAt: Instant;
  /** When it was done, or ended otherwise; null: it is open. */
  readonly endedAt: Instant | null;
  /** Earliest of the task's own due date and the safe dates of the case's open deadlines. */
  readonly dueOn: string | null;
  /** When the term began that ends on that day; null: there is no such day. */
  readonly dueSince: Instant | null;
  readonly legalDueOn: string | null;
  readonly dueNature: TermNature | null;
  /** Whether whoever asks may know of the case beyond this task. */
  readonly seesCase: boolean;
  /** The day to which whoever asks has put it off; null: they have not. */
  readonly putOffUntil: string | null;
  readonly revision: number;
}

export interface DeadlineItem {
  readonly id: string;
  readonly caseId: string;
  readonly caseCode: string;
  readonly comune: string;
  readonly comuneName: string;
  readonly process: string;
  /** `DL_…` */
  readonly deadline: string;
  readonly instance: string | null;
  /** Which one, in words: the name of a body, else as `instance`. */
  readonly about: string | null;
  readonly term: string;
  readonly label: { readonly it: string; readonly en: string };
  readonly norm: string;
  readonly mark: string;
  readonly nature: TermNature;
  readonly binds: string;
  readonly state: 'open' | 'met' | 'missed' | 'suspended' | 'replaced' | 'closed';
  /** Met, but the fact that quiets the reminders is still missing. */
  readonly ringing: boolean;
  readonly base: string;
  readonly bases: readonly BaseFact[];
  readonly nominalDate: string;
  readonly legalDueDate: string;
  readonly safeActionDate: string;
  readonly earliestActionDate: string | null;
  readonly explanation: readonly string[];
  readonly ladder: {
    readonly name: string;
    readonly steps: readonly (PlannedStep & { readonly reachedAt: Instant | null })[];
  };
  readonly openedAt: Instant;
  readonly endedAt: Instant | null;
  readonly endReason: string | null;
  /** Every operation on it, oldest first. */
  readonly changes: readonly DeadlineChange[];
  /** Which version of the term it was opened with, by its first day; null: it was opened before that was kept. */
  readonly termFrom: string | null;
  /** Version of the calendar by which its dates were computed; null as above. */
  readonly calendar: string | null;
  /** What the dates would be from the other known bases. */
  readonly alternatives: readonly AlternativeReading[];
  /** Day or instant of the fact that decided it. */
  readonly decidedOn: string | null;
  /** Shown as missed until the fact that had kept it in time was recorded. */
  readonly keptLate: boolean;
  readonly suspendedOn: string | null;
}

/** A line of the register of terms: what was due when, and what became of it. */
export interface RegisteredTerm {
  readonly id: string;
  readonly caseId: string;
  readonly caseCode: string;
  readonly comune: string;
  readonly comuneName: string;
  readonly process: string;
  readonly label: DeadlineItem['label'];
  readonly norm: string;
  readonly nature: TermNature;
  readonly state: DeadlineItem['state'];
  readonly keptLate: boolean;
  readonly openedAt: Instant;
  readonly base: string;
  /** Of the known facts that it may run from. */
  readonly proofs: readonly string[];
  readonly legalDueDate: string;
  readonly safeActionDate: string;
  /** Of a wait: the first day on which one may act. */
  readonly earliestActionDate: string | null;
  readonly decidedOn: string | null;
}

/** A line of the register of acts: what was filed, by its hash and number, and never under its name. */
export interface RegisteredAct {
  readonly id: string;
  readonly caseId: string;
  readonly caseCode: string;
  readonly comune: string;
  readonly comuneName: string;
  readonly process: string;
  readonly at: Instant;
  /** Name of the template that it was drafted from; null: it was brought. */
  readonly act: string | null;
  /** Name of the task in which it was filed; null: in none. */
  readonly task: string | null;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly protocolNo: string | null;
  /** It takes the place of an earlier version. */
  readonly isNewVersion: boolean;
}

/** A deadline at one moment of its history. */
export interface DeadlineMoment {
  readonly state: DeadlineItem['state'];
  readonly base: string;
  readonly nominalDate: string;
  readonly legalDueDate: string;
  readonly safeActionDate: string;
}

/** One operation on a deadline. */
export interface DeadlineChange {
  readonly at: Instant;
  readonly what: string;
  readonly by: string;
  readonly role: string;
  readonly reason: string | null;
  /** The legal date after it. */
  readonly legalDueDate: string;
  /** Day or instant of what happened, where it has one of its own. */
  readonly on: string | null;
  /** Days that an extension adds. */
  readonly days: number | null;
  /** Name of the base that it is about, and the proof recorded for it. */
  readonly base: string | null;
  readonly proof: string | null;
  /** Null: it did not exist yet. */
  readonly before: DeadlineMoment | null;
  readonly after: DeadlineMoment;
}

export interface EscalationItem {
  readonly id: string;
  readonly caseId: string;
  readonly caseCode: string;
  readonly comune: string;
  readonly comuneName: string;
  readonly process: string;
  /** `task`: something is to be done, such as a telephone call. */
  readonly kind: 'escalation' | 'task';
  readonly deadline: string | null;
  readonly label: { readonly it: string; readonly en: string };
  readonly nature: TermNature | null;
  readonly legalDueDate: string | null;
  /** Of its deadline as it is now; null: it is of none. */
  readonly deadlineState: DeadlineItem['state'] | null;
  /** When its deadline tells people next, as things stand. */
  readonly nextReminderAt: Instant | null;
  readonly to: readonly string[];
  readonly state: 'raised' | 'acknowledged' | 'taken-over' | 'resolved';
  readonly owner: string | null;
  readonly ownedAt: Instant | null;
  /** Whom it was handed on to, until somebody takes it over. */
  readonly handedTo: { readonly account: string | null; readonly role: string | null } | null;
  /** What was said when it was handed on or taken over last. */
  readonly note: string | null;
  readonly raisedAt: Instant;
  readonly acknowledgedAt: Instant | null;
  readonly resolvedAt: Instant | null;
  /** Null: it is open, or was closed with the case. */
  readonly outcomeCode: EscalationOutcome | null;
  readonly outcome: string | null;
}

/** How quickly escalations were answered; times in seconds, null where nothing was to be measured. */
export interface EscalationFigures {
  /** Raised in the period. */
  readonly raised: number;
  readonly acknowledged: number;
  /** Of them those that were answered only after the legal date, or never though it is past. */
  readonly acknowledgedLate: number;
  readonly resolved: number;
  /** Not resolved now, whenever they were raised. */
  readonly openNow: number;
  readonly toAcknowledge: Spread;
  readonly toResolve: Spread;
}

export interface Spread {
  readonly p50: number | null;
  readonly p90: number | null;
  readonly max: number | null;
}

export interface EscalationFiguresReport {
  readonly total: EscalationFigures;
  /** By Comune, then by what would be lost, the most first. */
  readonly items: readonly (EscalationFigures & {
    readonly comune: string;
    readonly comuneName: string;
    readonly nature: TermNature | null;
  })[];
}

export interface IncidentItem {
  readonly id: string;
  readonly caseId: string;
  readonly caseCode: string;
  readonly comune: string;
  readonly comuneName: string;
  readonly process: string;
  /** Hash of the definition that the element is of. */
  readonly definition: string;
  readonly element: string | null;
  /** Name of the element; its id when it has none. */
  readonly name: string | null;
  readonly code: string;
  readonly message: string;
  readonly state: 'open' | 'resolved';
  readonly raisedAt: Instant;
  readonly resolvedAt: Instant | null;
  readonly resolution: string | null;
}

export interface NoticeItem {
  readonly id: string;
  readonly caseId: string;
  readonly caseCode: string;
  readonly comune: string;
  readonly to: readonly string[];
  readonly label: { readonly it: string; readonly en: string };
  readonly deadline: string | null;
  readonly legalDueDate: string | null;
  readonly at: Instant;
  readonly readAt: Instant | null;
}

export interface ListPage<T> {
  readonly items: readonly T[];
  /** Opaque; null: no more. */
  readonly nextCursor: string | null;
}

export interface DocumentItem {
  readonly id: string;
  readonly caseId: string;
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** Hex; the bytes lie in the document store under it. */
  readonly sha256: string;
  readonly protocolNo: string | null;
  /** The user task it was attached in. */
  readonly task: string | null;
  readonly at: Instant;
  readonly by: string;
}
