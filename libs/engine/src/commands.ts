import type { Aftermath } from './aftermath.ts';
import type { EscalationOutcome } from './escalation-state.ts';
import type {
  DeliveryReceipt,
  Instant,
  Instruction,
  Key,
  ProtocolReference,
  Signature,
  Variables,
} from './events.ts';

/**
 * What can be asked of a case. The actor, the command id and the time come beside it (see `Env`).
 * `key` names an element instance, timer, deadline … of this case.
 */
export type CaseCommand =
  | {
      type: 'StartCase';
      process: string;
      version: number;
      definition: string;
      comune: string;
      businessKey: string | null;
      variables: Variables;
      /** None start when absent; else the event, task or branch of a gateway that begins the case. */
      startElement?: string;
      /** The case that caused it. */
      startedBy?: { readonly case: string; readonly element: string };
    }
  | { type: 'CancelCase'; reason: string }
  | { type: 'SuspendCase'; reason: string }
  | { type: 'ResumeCase'; reason: string }
  | { type: 'ModifyCase'; instructions: readonly Instruction[]; reason: string }
  /** To another definition, deployed; ids that stay the same need not be mapped. */
  | {
      type: 'MigrateCase';
      definition: string;
      version: number;
      elements: Readonly<Record<string, string>>;
      flows: Readonly<Record<string, string>>;
      reason: string;
    }
  /** Notes that the case has started another, by one of its elements; also when it has ended since. */
  | { type: 'LinkCase'; case: string; element: string }
  /** Goes on with what was too much for one command. */
  | { type: 'ContinueCase' }
  /** Begins an activity of an ad-hoc sub-process, once more if it was done before. */
  | { type: 'StartAdHocActivity'; key: Key; element: string }
  | { type: 'ClaimUserTask'; key: Key }
  | { type: 'ReleaseUserTask'; key: Key }
  | { type: 'AssignUserTask'; key: Key; to: string }
  | { type: 'CompleteUserTask'; key: Key; variables: Variables }
  /** @see Aftermath — told from the history by whoever gives the command. */
  | { type: 'ReopenUserTask'; key: Key; reason: string; aftermath: Aftermath }
  | { type: 'CompleteJob'; key: Key; variables: Variables }
  | { type: 'FailJob'; key: Key; retries: number; message: string; retryInMs?: number }
  | { type: 'ThrowJobError'; key: Key; code: string; message: string; variables: Variables }
  | {
      type: 'CorrelateMessage';
      name: string;
      correlationKey: string | null;
      messageId: string;
      variables: Variables;
      /** The very subscription that it is for; absent: the one that waits longest for such a message. */
      subscription?: Key;
    }
  /** A signal that was thrown elsewhere; everybody who awaits it gets it. */
  | { type: 'ReceiveSignal'; name: string; signalId: string; variables: Variables }
  /** Rung by a bell: a timer, or everything due of a deadline. Early, late and double bells change nothing. */
  | { type: 'TriggerTimer'; timer: Key }
  | { type: 'TriggerDeadline'; deadline: Key }
  | { type: 'SetVariables'; variables: Variables; reason: string }
  /**
   * Corrects what was entered: `former` is what was, `scopes` from where it was entered and `tasks` by which, as the history
   * tells it.
   */
  | {
      type: 'RectifyCase';
      variables: Variables;
      former: Variables;
      scopes: Readonly<Record<string, Key | null>>;
      tasks?: readonly Key[];
      reason: string;
    }
  | { type: 'ResolveIncident'; key: Key; resolution: string }
  | { type: 'SuspendDeadline'; deadline: Key; on: string; reason: string }
  | { type: 'ResumeDeadline'; deadline: Key; on: string; reason: string }
  | { type: 'ExtendDeadline'; deadline: Key; days: number; reason: string }
  | { type: 'InterruptDeadline'; deadline: Key; base: string; reason: string }
  | { type: 'RebaseDeadline'; deadline: Key; baseName: string; date: string; reason: string }
  | { type: 'RectifyDeadline'; deadline: Key; on: string; reason: string }
  | { type: 'ProveDeadline'; deadline: Key; baseName: string; proof: string }
  /** The ladder as it is now takes the place of the one that the deadline was opened with. */
  | { type: 'ReissueLadder'; deadline: Key; reason: string }
  | { type: 'AcknowledgeEscalation'; key: Key; note: string }
  /** Claims what is nobody's; what is somebody's it takes from them, with a note. */
  | { type: 'TakeOverEscalation'; key: Key; note: string }
  /** To an account or to a role; with neither, back to those whom it called. */
  | { type: 'HandOnEscalation'; key: Key; account: string | null; role: string | null; note: string }
  /** `outcome`: in words, which some codes ask for; without a code it is `OTHER`. */
  | { type: 'ResolveEscalation'; key: Key; code?: EscalationOutcome; outcome: string }
  | {
      type: 'AttachDocument';
      name: string;
      mediaType: string;
      sizeBytes: number;
      sha256: string;
      protocolNo: string | null;
      /** The whole reference of which that is the number. */
      protocol?: ProtocolReference;
      task: Key | null;
      /** The newest version of a document, whose place it takes. */
      replaces?: Key;
      signature?: Signature;
    }
  /** Files what was drafted when a task opened; the files lie elsewhere under their hashes. */
  | {
      type: 'DraftAct';
      task: Key;
      element: string;
      /** In which the task lies or lay. */
      scope: Key | null;
      /** Same act, same place in the flow: what is drafted again is its next version. */
      series: string;
      template: string;
      templateVersion: number;
      templateHash: string;
      name: string;
      revision: number;
      out: string;
      blanks: number;
      /** To read, and to edit; absent where nobody reads files. */
      files?: { readonly document: DraftedFile; readonly editable: DraftedFile };
    }
  /** An act could not be drafted: people are told, and resolving the incident tries again. */
  | { type: 'FailDraft'; task: Key; element: string; out: string; message: string }
  /** Registers what arrived from outside as the message that the case awaits. */
  | {
      type: 'RegisterIncoming';
      message: string;
      protocolNo: string;
      protocol?: ProtocolReference;
      receivedOn: string;
      sender: string;
      documents: readonly Key[];
      note: string;
      variables: Variables;
    }
  /** Notes that the letter of an open job was given to a provider; noted again it changes nothing. */
  | {
      type: 'RecordDelivery';
      job: Key;
      messageId: string;
      to: readonly string[];
      documents: readonly Key[];
      submittedAt: Instant;
    }
  /**
   * Files a receipt of a letter, and gives what it decides to whoever waits for it beside the job that sent the letter;
   * a receipt that is known changes nothing.
   */
  | {
      type: 'RecordDeliveryReceipt';
      messageId: string;
      receipt: DeliveryReceipt;
      file: DraftedFile & { readonly signature?: Signature };
      gives: { readonly message: string; readonly variables: Variables } | null;
    }
  | { type: 'AddComment'; text: string };

export interface DraftedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

export type CaseCommandType = CaseCommand['type'];

/** Who acts: an account, in which role, for which body, and in whose place when it is a substitute. */
export interface Actor {
  readonly account: string;
  readonly role: string;
  readonly body: string;
  readonly onBehalfOf?: string;
}

/** Around a command: who asks, and when it happened in the world. */
export interface CommandContext {
  readonly actor: Actor;
  /** What is recorded as legally relevant; absent: now. */
  readonly occurredAt?: Instant;
}
