import type { EvaluatedDecision } from '@iter/dmn';
import type { Setting, Term, TermDates, TermNature, TermRule } from '@iter/legal-calendar';
import type { Json } from '@iter/process-model';
import type { Channel, LadderStep, StepKind } from './env.ts';
import type { EscalationOutcome } from './escalation-state.ts';
import type { Appended } from './grown-lists.ts';

export type Variables = Readonly<Record<string, Json>>;
/** Element instances, timers, deadlines … of a case are named by keys, unique in the case. */
export type Key = string;
/** RFC 3339 instant in UTC, milliseconds. */
export type Instant = string;

/** An instance of an element: who it is and in which flow scope (null: the case itself). */
export interface ElementRef {
  readonly key: Key;
  readonly element: string;
  readonly scope: Key | null;
  /** Which instance of a repeated activity it is, from 1; its scope is then the activity as a whole. */
  readonly iteration?: number;
  /** The compensation that it is part of. */
  readonly compensation?: Key;
  /** Definition that the element is of; absent: the case's own. */
  readonly definition?: string;
}

/** An instance of a repeated activity has ended: what it gives to the activity's output collection. */
export interface Given {
  readonly item?: Json;
}

/** The whole of a repeated activity begins. */
export interface LoopStarted {
  readonly kind: 'standard' | 'sequential' | 'parallel';
  /** How many instances there will be; null: a condition decides. */
  readonly total: number | null;
  /** The collection, and the variable that holds an item of it inside an instance. */
  readonly items?: readonly Json[];
  readonly item?: string;
}

/** A token on its way, kept between two commands. */
export interface PendingStep {
  readonly kind: 'arrival' | 'iterate' | 'compensate';
  readonly element: string;
  readonly scope: Key | null;
  readonly payload?: Variables;
  readonly deferred?: true;
  /** It did not come along a flow, and stands for all tokens that its element needs. */
  readonly free?: true;
  readonly iteration?: number;
  readonly compensation?: Key;
}

/** A token that waits for others at a join. */
export interface WaitingToken {
  readonly element: string;
  readonly flow: string;
}

/** A completed activity that can be undone. */
export interface Compensable {
  readonly key: Key;
  readonly element: string;
  /** The activity that undoes it; null: what completed inside it is undone. */
  readonly handler: string | null;
  /** What was completed inside it, oldest first. */
  readonly inside: readonly Compensable[];
  /** Local variables at its end; an instance of a repeated activity knows which one it was. */
  readonly variables: Variables;
  /** Called definition, when it is a call activity. */
  readonly called: string | null;
}

/** Something to be undone, with the scope that it lay in: an activity, or what had completed of one that was cancelled. */
export type Undoable = Compensable & { readonly scope: Key | null };

/** One order of a person's modification of a running case. */
export type Instruction =
  | { readonly kind: 'start'; readonly element: string; readonly scope: Key | null }
  | { readonly kind: 'take'; readonly flow: string; readonly scope: Key | null }
  /** A token that waits at a join is taken away. */
  | { readonly kind: 'drop'; readonly element: string; readonly flow: string; readonly scope: Key | null }
  | { readonly kind: 'cancel'; readonly key: Key }
  | { readonly kind: 'move'; readonly key: Key; readonly element: string }
  | { readonly kind: 'set'; readonly scope: Key | null; readonly variables: Variables };

/** When a step of a ladder is told, as authored. */
export type StepTime = Pick<LadderStep, 'from' | 'days' | 'workingDays' | 'hours' | 'at'>;

/** A step of a ladder with its instant, as frozen in the deadline. */
export interface PlannedStep {
  readonly id: string;
  readonly at: Instant;
  /** What the instant follows from, for when the dates move; absent in deadlines opened before it was kept. */
  readonly when?: StepTime;
  /** Role codes, or `IN_CHARGE`. */
  readonly to: readonly string[];
  readonly does: StepKind;
  readonly by?: readonly Channel[];
  readonly incident?: string;
  /** It was told, and its instant had passed when the dates moved: it is not told again. */
  readonly isOver?: true;
  /** Repeated at this distance until acknowledged or quieted; null: once. */
  readonly repeatHours: number | null;
  readonly label: { readonly it: string; readonly en: string };
}

export interface PlannedLadder {
  readonly name: string;
  readonly steps: readonly PlannedStep[];
}

export interface BaseFact {
  readonly name: string;
  /** Date, or instant with offset for hour terms; null: not known yet. */
  readonly date: string | null;
  /** Protocol number or document; null: the date is shown as unproven. */
  readonly proof: string | null;
}

/** The computed part of a deadline: replaced as a whole by every operation that moves it. */
export interface DeadlinePlan extends TermDates {
  /** The day the count starts from. */
  readonly base: string;
  /** From this instant on it has expired: 00:00 in Rome of the day after `legalDueDate`. */
  readonly expiresAt: Instant;
  readonly ladder: PlannedLadder;
  /** What an act set in place of the norm's length; absent: nothing. */
  readonly setting?: Setting;
  /** Version of the calendar by which it was computed. */
  readonly calendar?: string;
  /** What the dates would be from the other known bases: another reading of the law. */
  readonly alternatives?: readonly AlternativeReading[];
}

/** The dates of a deadline if another of its bases counted. */
export interface AlternativeReading {
  readonly base: string;
  readonly date: string;
  readonly nominalDate: string;
  readonly legalDueDate: string;
}

/** What a deadline keeps of the catalogue: law that changes later, or a corrected entry, does not touch it. */
export interface FrozenTerm {
  readonly rule: TermRule;
  readonly prudentBase: Term['prudentBase'];
  /** Which version of the term it was. */
  readonly validFrom: string;
}

export interface DeadlineFacts {
  readonly key: Key;
  /** `DL_…` of the model. */
  readonly id: string;
  /** Value of the declaration's `key`, as text; null: one instance only. */
  readonly instance: string | null;
  /** When its bell rings next, after this event; null: never. All that a table of bells needs. */
  readonly bell?: Instant | null;
}

/** Where a stuck element stopped: before it did anything, or on its way out. */
export type IncidentStage = 'entering' | 'leaving' | 'waiting';

/** Acting on an escalation stops the repetitions of its deadline's reminder, or lets them go on: hence the bell. */
export interface EscalationFacts {
  readonly key: Key;
  readonly deadline?: Key | null;
  readonly bell?: Instant | null;
  /** Its deadline calls by a later step now, whose reminders are left as they are. */
  readonly past?: true;
}

/** Nobody answers any more: reminders go on. */
export interface Unanswered extends EscalationFacts {
  /** How far the repetitions of the step told last have come by now; absent: it is not repeated. */
  readonly round?: number;
}

/**
 * Everything that can happen in a case, in few words. A task's or job's creation, and a decision, say that their element
 * was activated, and a completion that the element was completed; elements in which nothing can wait leave
 * one `ElementCompleted`. Fields not named in `clearFields` are sealed.
 */
export type CaseEvent =
  // Case
  | {
      type: 'CaseStarted';
      data: {
        process: string;
        version: number;
        /** Hash of the definition: the case keeps it until migrated. */
        definition: string;
        /** IPA code of the Comune (or other body) whose case it is. */
        comune: string;
        businessKey: string | null;
        startElement: string;
        variables: Variables;
        /** Names of the definition's facts (`iter:fact`), for views; absent: it has none, or is from before there were any. */
        facts?: readonly string[];
      };
    }
  | { type: 'CaseCompleted'; data: { endElement: string | null } }
  | { type: 'CaseFailed'; data: { code: string; element: string } }
  | { type: 'CaseTerminated'; data: { reason: string; element: string | null } }
  | { type: 'CaseSuspended'; data: { reason: string } }
  | { type: 'CaseResumed'; data: { reason: string } }
  /** A person moved the case by hand; what the instructions set off follows. */
  | { type: 'CaseModified'; data: { reason: string; instructions: readonly Instruction[] } }
  /** A person corrected what had been entered; `VariablesSet` says where, and the terms that follow from it come after. */
  | { type: 'CaseRectified'; data: { reason: string; variables: Variables; former: Variables } }
  /**
   * From here on the case follows another definition; elements and flows that changed their names are mapped. `tasks`:
   * open ones that have another role or form there.
   */
  | {
      type: 'CaseMigrated';
      data: {
        from: string;
        definition: string;
        version: number;
        process: string;
        reason: string;
        elements: Readonly<Record<string, string>>;
        flows: Readonly<Record<string, string>>;
        tasks?: Readonly<Record<Key, { readonly role: string | null; readonly formId: string | null }>>;
        /** As of `CaseStarted`. */
        facts?: readonly string[];
      };
    }
  /** Another case belongs to this one: it started it, or was started by it. */
  | { type: 'CaseLinked'; data: { case: string; relation: 'started' | 'started-by'; element: string } }
  /** More is to be done than fits one append: these tokens go on with the next command. */
  | {
      type: 'ContinuationDue';
      data: { steps: readonly PendingStep[]; counts: Readonly<Record<string, number>> };
    }
  | { type: 'ContinuationTaken'; data: Record<string, never> }
  // Flow
  /**
   * `interrupts`: this event sub-process (or cancel end event) interrupted its scope, and with it what waited at joins
   * there. `cancels`: the transaction that the event cancels, where other scopes lie between.
   * `inherits`: its variables begin as a copy of all that are seen from it, before `variables`.
   * `called`: definition of what it calls. `adHoc`: what begins in it is remembered. `undoes`: what completed inside
   * it before and is to be compensated now.
   */
  | {
      type: 'ElementActivated';
      data: ElementRef & {
        variables?: Variables;
        interrupts?: true;
        cancels?: Key;
        inherits?: true;
        called?: string;
        loop?: LoopStarted;
        adHoc?: true;
        undoes?: readonly Compensable[];
      };
    }
  /**
   * Of an element that was not activated before: it was activated and completed in one. Tokens that waited at it are
   * used up, one of each flow, unless `joined`: then they were before.
   */
  | { type: 'ElementCompleted'; data: ElementRef & Given & { joined?: true } }
  | { type: 'ElementTerminated'; data: ElementRef }
  /** `joins`: the element at which the token waits for others. */
  | { type: 'SequenceFlowTaken'; data: { flow: string; scope: Key | null; joins?: string } }
  /** Tokens that waited are used up, by flow; `phase`: a complex gateway has started, or is reset. */
  | {
      type: 'TokensJoined';
      data: {
        element: string;
        scope: Key | null;
        tokens: Readonly<Record<string, number>>;
        phase?: 'started' | 'reset';
      };
    }
  /**
   * Exactly in this scope (null: the case). `appended`: what was added at the end of lists that have only grown.
   * `reason`: only when a person set them outside the flow.
   */
  | {
      type: 'VariablesSet';
      data: { scope: Key | null; variables: Variables; appended?: Appended; reason?: string };
    }
  // Work
  | {
      type: 'UserTaskCreated';
      data: ElementRef & {
        role: string | null;
        assignee: string | null;
        candidateGroups: readonly string[];
        candidateUsers: readonly string[];
        formId: string | null;
        dueAt: Instant | null;
        followUpAt: Instant | null;
        priority: number;
        /** Acts to be drafted now that it is open; absent: none. */
        acts?: readonly { template: string; out: string }[];
        /** IPA code of the body whose office does it; absent: that of the case. */
        body?: string;
        /** What tells it from others of the case that look alike; absent: nothing does. It may name a person. */
        about?: string;
        variables?: Variables;
      };
    }
  | { type: 'UserTaskClaimed'; data: { key: Key; by: string } }
  | { type: 'UserTaskReleased'; data: { key: Key } }
  | { type: 'UserTaskAssigned'; data: { key: Key; to: string } }
  /**
   * `variables` is what was handed in; it goes to the nearest scope, from the task outwards, that has a
   * variable of the name, else to the case. With output mappings `outputs` goes there instead.
   */
  | { type: 'UserTaskCompleted'; data: ElementRef & Given & { variables: Variables; outputs?: Variables } }
  /** The completed task `key` is to be done again; the new one is created by what follows, once its consequences have ended. */
  | { type: 'UserTaskReopened'; data: ElementRef & { reason: string; tokens: readonly WaitingToken[] } }
  | {
      type: 'JobCreated';
      data: ElementRef & {
        jobType: string;
        retries: number;
        headers: Readonly<Record<string, string>>;
        variables?: Variables;
      };
    }
  /** As `UserTaskCompleted`. */
  | { type: 'JobCompleted'; data: ElementRef & Given & { variables: Variables; outputs?: Variables } }
  | { type: 'JobFailed'; data: { key: Key; retries: number; message: string; retryAt: Instant | null } }
  /** Its incident was resolved: the job may be tried again so many times. */
  | { type: 'JobRetried'; data: { key: Key; retries: number } }
  | { type: 'JobErrorThrown'; data: { key: Key; code: string; message: string; variables: Variables } }
  // Waiting. `host` is the element instance (or event-based gateway, or scope) that waits.
  | {
      type: 'TimerArmed';
      data: {
        key: Key;
        element: string;
        host: Key | null;
        /** Which of the event's definitions, when it has several. */
        index?: number;
        /** It lies inside the host: the start of an event sub-process of that scope. */
        inside?: true;
        dueAt: Instant;
        /** Cycles: how often still after this firing (null: without end) and the ISO 8601 interval. */
        cycle: { remaining: number | null; interval: string } | null;
      };
    }
  /** `partial`: others of a parallel multiple event are awaited still. */
  | { type: 'TimerFired'; data: { key: Key; element: string; partial?: true } }
  | { type: 'TimerDisarmed'; data: { key: Key } }
  | {
      type: 'MessageSubscribed';
      data: {
        key: Key;
        element: string;
        host: Key | null;
        index?: number;
        inside?: true;
        name: string;
        correlationKey: string | null;
      };
    }
  | { type: 'MessageUnsubscribed'; data: { key: Key } }
  /** Uses up the subscription. `variables` is the record; `VariablesSet` says where they went. */
  | {
      type: 'MessageCorrelated';
      data: {
        key: Key;
        element: string;
        name: string;
        messageId: string;
        variables: Variables;
        partial?: true;
      };
    }
  | {
      type: 'MessageThrown';
      data: {
        element: string;
        definition?: string;
        name: string;
        correlationKey: string | null;
        variables: Variables;
        /** IPA code of the body to which it goes; absent: the case's own. */
        to?: string;
        /** What of the file is handed over with it; absent: nothing. */
        documents?: readonly Key[];
      };
    }
  | {
      type: 'SignalSubscribed';
      data: { key: Key; element: string; host: Key | null; index?: number; inside?: true; name: string };
    }
  | { type: 'SignalUnsubscribed'; data: { key: Key } }
  | {
      type: 'SignalThrown';
      data: { element: string; definition?: string; name: string; variables: Variables };
    }
  /** Uses up the subscription. `signalId` names the throw. */
  | {
      type: 'SignalReceived';
      data: {
        key: Key;
        element: string;
        name: string;
        signalId: string;
        variables: Variables;
        partial?: true;
      };
    }
  | {
      type: 'ConditionSubscribed';
      data: { key: Key; element: string; host: Key | null; index?: number; inside?: true };
    }
  | { type: 'ConditionUnsubscribed'; data: { key: Key } }
  /** The condition has become true. `goesOn`: it is awaited further, until it has been false and is true again. */
  | { type: 'ConditionTriggered'; data: { key: Key; element: string; partial?: true; goesOn?: true } }
  /** The condition is false again, so that it can become true once more. */
  | { type: 'ConditionLapsed'; data: { key: Key } }
  | {
      type: 'ErrorThrown';
      data: {
        element: string;
        definition?: string;
        code: string;
        message: string;
        caughtBy: string | null;
      };
    }
  | {
      type: 'EscalationThrown';
      data: { element: string; definition?: string; code: string; caughtBy: string | null };
    }
  /** A completed activity can be undone by `handler`. `variables`: its local ones, when nothing waited in it. */
  | {
      type: 'CompensationSubscribed';
      data: {
        key: Key;
        element: string;
        scope: Key | null;
        handler: string;
        iteration?: number;
        variables?: Variables;
      };
    }
  /**
   * These are being undone, in this order; `host` waits until they are, when it is not null. `portions`: those of them
   * that were still active; what had completed inside is undone.
   */
  | {
      type: 'CompensationTriggered';
      data: {
        key: Key;
        element: string;
        scope: Key | null;
        host: Key | null;
        activity: string | null;
        compensables: readonly Key[];
        portions?: readonly Undoable[];
      };
    }
  /**
   * A business rule task has begun and decided. `evaluated`: every decision it needed, with inputs, rules that matched
   * and outputs, in their order.
   */
  | {
      type: 'DecisionEvaluated';
      data: ElementRef & {
        decision: string;
        version: number;
        hash: string;
        evaluated: readonly EvaluatedDecision[];
        output: Json;
        variables?: Variables;
      };
    }
  // Law
  | {
      type: 'DeadlineOpened';
      data: DeadlineFacts & {
        element: string;
        scope: Key | null;
        term: string;
        label: { it: string; en: string };
        norm: string;
        mark: string;
        nature: TermNature;
        binds: string;
        bases: readonly BaseFact[];
        plan: DeadlinePlan;
        /** Definition of the element; absent: the case's own. */
        definition?: string;
        openedAt?: Instant;
        /** Absent in deadlines opened before it was kept: they ask the catalogue. */
        frozen?: FrozenTerm;
        /** What a miss raises, frozen from the term in force on the base date. */
        onMissed?: { incident: string | null; label: { it: string; en: string } };
      };
    }
  /**
   * `use`: whether this fact decides (kept or missed), quiets the reminders, or both. On a missed deadline
   * the late fact only quiets. `by`: an element, or `expiry` for a wait that is over.
   */
  | {
      type: 'DeadlineMet';
      data: DeadlineFacts & { by: string; on: string; use: 'decides' | 'quiets' | 'both' };
    }
  | { type: 'DeadlineMissed'; data: DeadlineFacts & { legalDueDate: string } }
  | { type: 'DeadlineSuspended'; data: DeadlineFacts & { on: string; reason: string } }
  | { type: 'DeadlineResumed'; data: DeadlineFacts & { on: string; reason: string; plan: DeadlinePlan } }
  | { type: 'DeadlineExtended'; data: DeadlineFacts & { days: number; reason: string; plan: DeadlinePlan } }
  /** `frozen`: given when another version of the term applies from the new base. */
  | {
      type: 'DeadlineInterrupted';
      data: DeadlineFacts & { reason: string; plan: DeadlinePlan; frozen?: FrozenTerm };
    }
  | { type: 'DeadlineReplaced'; data: DeadlineFacts & { reason: string } }
  | { type: 'DeadlineReopened'; data: DeadlineFacts & { reason: string } }
  | {
      type: 'DeadlineRebased';
      data: DeadlineFacts & {
        reason: string;
        bases: readonly BaseFact[];
        plan: DeadlinePlan;
        frozen?: FrozenTerm;
      };
    }
  /** It follows the ladder as it is now in place of the one that it was opened with. */
  | { type: 'DeadlineLadderReissued'; data: DeadlineFacts & { reason: string; ladder: PlannedLadder } }
  /** The fact that meets it was recorded late or wrongly: its state follows from `on`. */
  | {
      type: 'DeadlineRectified';
      data: DeadlineFacts & { on: string; reason: string; state: 'met' | 'missed' };
    }
  | { type: 'DeadlineProven'; data: DeadlineFacts & { base: string; proof: string } }
  | { type: 'DeadlineClosed'; data: DeadlineFacts & { reason: string } }
  | {
      type: 'LadderStepReached';
      data: DeadlineFacts & {
        step: string;
        /** 1 for the first time; repetitions count on. */
        round: number;
        to: readonly string[];
        does: StepKind;
        /** Absent: at the desk and by mail. */
        by?: readonly Channel[];
        /** It was due together with a later one, which is told in its place and to its addressees as well. */
        passed?: true;
        label: { it: string; en: string };
      };
    }
  /** `kind`: absent, people are called; `task`: something is to be done, such as a telephone call. */
  | {
      type: 'EscalationRaised';
      data: {
        key: Key;
        kind?: 'escalation' | 'task';
        deadline: Key | null;
        deadlineId: string | null;
        step: string;
        to: readonly string[];
        nature: TermNature | null;
        legalDueDate: string | null;
        label: { it: string; en: string };
      };
    }
  | { type: 'EscalationAcknowledged'; data: EscalationFacts & { note: string } }
  | { type: 'EscalationTakenOver'; data: EscalationFacts & { by: string; note: string } }
  /** To an account or to a role; with neither, back to those whom it called. It waits for an answer again. */
  | {
      type: 'EscalationHandedOn';
      data: Unanswered & { account: string | null; role: string | null; note: string };
    }
  /** What had been resolved calls again: its deadline runs again. */
  | { type: 'EscalationReopened'; data: Unanswered }
  /** `code`: as people chose it; absent when the case ended, and of what was resolved before there were codes. */
  | { type: 'EscalationResolved'; data: EscalationFacts & { code?: EscalationOutcome; outcome: string } }
  // Trouble
  | {
      type: 'IncidentRaised';
      data: {
        key: Key;
        /** The element instance that is stuck; null: the case or a deadline. */
        host: Key | null;
        element: string | null;
        code: string;
        message: string;
        deadline: Key | null;
        /**
         * Present when the flow stopped: resolving tries again from there. A host that is not a live element
         * instance lives exactly as long as the incident, in `scope`, holding `variables`.
         */
        stage?: IncidentStage;
        scope?: Key | null;
        /** What came with the trigger, or was handed in and is not mapped yet. */
        variables?: Variables;
        iteration?: number;
        compensation?: Key;
        definition?: string;
        /** The act that could not be drafted, for which task; resolving tries again. */
        draft?: { task: Key; out: string };
      };
    }
  | { type: 'IncidentResolved'; data: { key: Key; resolution: string } }
  // File
  /**
   * Acts are to be drafted from the case as it stands now, for an element that has begun or is done. Those of a user
   * task that opens stand in `UserTaskCreated`.
   */
  | {
      type: 'ActsAsked';
      data: ElementRef & {
        acts: readonly { template: string; out: string }[];
        /** Its path in the flow, with the instances of what is repeated: `sub_each#2/t_send`. */
        place: string;
        /** What it knew or was given that its scope does not show. */
        variables: Variables;
      };
    }
  | {
      type: 'DocumentAttached';
      data: {
        key: Key;
        name: string;
        mediaType: string;
        sizeBytes: number;
        sha256: string;
        protocolNo: string | null;
        /** The whole reference of which that is the number. */
        protocol?: ProtocolReference;
        task: Key | null;
        /** The version that it takes the place of. */
        replaces?: Key;
        /** The document of which it is another form, in the same version: what can be edited. */
        formOf?: Key;
        /** It was drafted: as what act of which place in the flow, from the case as it stood at which revision. */
        draft?: { series: string; revision: number };
        /** What was found of the signatures in it, when it was filed; absent: it has none. */
        signature?: Signature;
      };
    }
  /** The house drafted an act from its template; the files are documents of the case. */
  | {
      type: 'ActDrafted';
      data: {
        key: Key;
        task: Key;
        element: string;
        template: string;
        templateVersion: number;
        templateHash: string;
        /** What the act is called; of the template, nothing of the case. */
        name: string;
        /** Drafted from the case as it stood then. */
        revision: number;
        /** To read, and to edit; null where nobody reads files. */
        document: Key | null;
        editable: Key | null;
        out: string;
        /** Holes that were left to be filled in by hand. */
        blanks: number;
      };
    }
  | {
      type: 'IncomingRegistered';
      data: {
        key: Key;
        message: string;
        protocolNo: string;
        protocol?: ProtocolReference;
        receivedOn: string;
        sender: string;
        documents: readonly Key[];
        note: string;
      };
    }
  /** A letter was given to a provider; what becomes of it is told by receipts, which name its `messageId`. */
  | {
      type: 'DeliverySent';
      data: {
        key: Key;
        channel: 'CERTIFIED_MAIL';
        messageId: string;
        /** The job that sent it; what waits for its receipts lies in the same scope. */
        job: Key;
        element: string;
        scope: Key | null;
        to: readonly string[];
        documents: readonly Key[];
        submittedAt: Instant;
      };
    }
  | { type: 'DeliveryReceiptRecorded'; data: { key: Key; delivery: Key; document: Key } & DeliveryReceipt }
  | { type: 'CommentAdded'; data: { key: Key; text: string } };

/** What a provider certified of a letter, and where the letter stands by it. */
export interface DeliveryReceipt {
  /** What makes two receipts one. */
  readonly receipt: string;
  readonly kind: string;
  /** The legal moment, as the provider wrote it: RFC 3339 with its offset. */
  readonly at: string;
  /** Whom it is about; null: the whole letter. */
  readonly to: string | null;
  /** `doubtful`: it names a moment or somebody that cannot be; nothing follows from it by itself. */
  readonly news: 'counted' | 'doubtful' | 'unrelated';
  /** Of the letter as a whole, this receipt included. */
  readonly state: 'submitted' | 'accepted' | 'delivered' | 'failed';
}

/** Where a document stands in a register of protocol. */
export interface ProtocolReference {
  /** IPA code of the body that keeps the register. */
  readonly body: string;
  readonly register: string;
  readonly number: string;
  readonly date: string;
}

/** How far the signatures in a file could be followed; the certificates are not verified. */
export interface Signature {
  readonly format: 'CAdES' | 'PAdES' | 'S/MIME';
  /** `intact`: what was signed is what is there. */
  readonly state: 'intact' | 'altered' | 'unverifiable';
  readonly count: number;
  /** The signature stands in a file of its own: the other of the two files in this case; null: it is not there. */
  readonly apart?: Key | null;
}

export type CaseEventType = CaseEvent['type'];
export type EventOf<T extends CaseEventType> = Extract<CaseEvent, { type: T }>;
