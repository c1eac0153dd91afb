import type { CaseCommand, CaseEvent, Instant, Rejection, RejectionCode, Variables } from '@iter/engine';
import type { Position, SealedEvent } from '@iter/event-store';
import type { Principal } from '@iter/access';

/** An event of a case in clear, with its envelope: what histories, views of a case and answers carry. */
export type RecordedEvent = Omit<SealedEvent, 'data' | 'type'> & CaseEvent;

/** Around every request that changes something. */
export interface Request {
  readonly principal: Principal;
  /** What is asked, as a stable name (`POST /tasks/{id}/complete`): part of the command's identity. */
  readonly route: string;
  /** 1 to 200 visible ASCII characters, chosen by the caller: the same key is the same command. */
  readonly idempotencyKey: string;
  /** Refuse when the case has moved on from this revision (`If-Match`). */
  readonly expectedRevision?: number;
  /** When it happened in the world, legally relevant; absent: now. */
  readonly occurredAt?: Instant;
  /** Why, where the access table asks for a reason. */
  readonly reason?: string;
  readonly correlationId?: string;
  /** Id of the event or message that caused it. */
  readonly causationId?: string | null;
}

type MigrateCase = Extract<CaseCommand, { type: 'MigrateCase' }>;

/** To a version of the case's own process or to a definition by its hash; with neither, to the latest version. */
export type AskedMigration = Omit<MigrateCase, 'definition' | 'version'> &
  Partial<Pick<MigrateCase, 'definition' | 'version'>>;

/** What came of the task, and what had been entered, the handler reads from the history. */
type AskedReopening = Omit<Extract<CaseCommand, { type: 'ReopenUserTask' }>, 'aftermath'>;
type AskedRectification = Omit<
  Extract<CaseCommand, { type: 'RectifyCase' }>,
  'former' | 'scopes' | 'tasks'
> & {
  /** What whoever asks takes for the value that is there, by name. */
  readonly former?: Variables;
};

/** What a body that is served hands in for itself, to a case of the Province that serves it: a message which that awaits. */
export interface HandIn {
  readonly type: 'HandIn';
  readonly body: string;
  readonly message: string;
  readonly variables: Variables;
}

/** What may be asked of a case that exists. */
export type AskedCommand =
  | HandIn
  | Exclude<CaseCommand, { type: 'StartCase' | 'MigrateCase' | 'ReopenUserTask' | 'RectifyCase' }>
  | MigrateCase
  | AskedMigration
  | AskedReopening
  | AskedRectification;

/** A command to a case that exists. */
export interface CaseRequest extends Request {
  readonly caseId: string;
  readonly command: AskedCommand;
}

/** Starts a case: its id derives from the command's id, so that asking twice starts one. */
export interface StartRequest extends Request {
  /** Process key. */
  readonly process: string;
  /** Absent: the latest deployed version. */
  readonly version?: number;
  /** IPA code of the body whose case it is. */
  readonly comune: string;
  readonly businessKey?: string | null;
  readonly variables: Variables;
  /** Start by this message instead of the none start event. */
  readonly message?: string;
  /** The message comes from outside, whoever registers or sends it: the form that the process declares for it is judged. */
  readonly isRegistered?: boolean;
  /** Start at this element (timer starts; several none starts). */
  readonly startElement?: string;
  /** The case that caused it. */
  readonly startedBy?: { readonly case: string; readonly element: string };
}

/** Why a command was refused: the engine's reasons, and those of the handler around it. Closed. */
export type CommandRejectionCode =
  | RejectionCode
  | 'definition-not-found'
  | 'account-not-found'
  | 'account-already-exists'
  | 'body-not-found'
  | 'idempotency-key-invalid'
  | 'case-unreadable'
  | 'case-not-ended'
  | 'case-erased'
  | 'case-held'
  | 'case-not-held'
  | 'case-held-by-another'
  | 'message-waiting'
  | 'member-incompatible'
  | 'deployment-refused';

export interface CommandRejection extends Omit<Rejection, 'code'> {
  readonly code: CommandRejectionCode;
}

export type Outcome =
  | {
      readonly outcome: 'done';
      readonly caseId: string;
      /** Of the append; null when there was nothing to add (a late bell). */
      readonly position: Position | null;
      /** Of the case after the command. */
      readonly revision: number;
      readonly events: readonly RecordedEvent[];
      /** The command was known already: this is the first answer. */
      readonly repeated: boolean;
    }
  | { readonly outcome: 'rejected'; readonly rejection: CommandRejection }
  /** The case is not at the expected revision. */
  | { readonly outcome: 'stale'; readonly revision: number }
  /** The same idempotency key came with another body. */
  | { readonly outcome: 'key-reused' };

/** To whom what somebody has to do can be given. */
export interface Receivers {
  /**
   * Those of some people who could complete an open task: for whoever may give it to them; nothing happens.
   * @param among accounts, each of which is looked at
   */
  whoMayTake(question: ReceiversQuestion & { readonly task: string }): Promise<FoundReceivers>;
  /** Those to whom an escalation could be handed on: for whoever may hand it on; nothing happens. */
  whoMayAnswer(question: ReceiversQuestion & { readonly escalation: string }): Promise<FoundReceivers>;
}

export interface ReceiversQuestion {
  readonly caseId: string;
  readonly principal: Principal;
  readonly among: readonly string[];
}

export type FoundReceivers =
  | { readonly outcome: 'read'; readonly accounts: readonly string[] }
  | { readonly outcome: 'rejected'; readonly rejection: CommandRejection };

/** The write side of cases. */
export interface CaseCommands extends Receivers {
  /** @throws only on faults (the store is away, the case's history does not fold); never on bad requests */
  execute(request: CaseRequest): Promise<Outcome>;
  start(request: StartRequest): Promise<Outcome>;
}
