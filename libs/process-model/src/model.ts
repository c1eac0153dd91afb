import type { Expression } from '@iter/feel';

export type { Expression, Json } from '@iter/feel';

/** Where an element stands in its file, both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Problem {
  readonly severity: 'error' | 'warning';
  readonly file?: string;
  readonly line: number;
  readonly column: number;
  /** Element id, or `''` when the problem is the file's. */
  readonly element: string;
  /** Stable, kebab-case. */
  readonly rule: string;
  /** A sentence that says what would be right; for people see `wordsOf`. */
  readonly message: string;
  /** Of the message; absent: English. */
  readonly language?: 'it';
}

export type FlowNodeType =
  | 'bpmn:StartEvent'
  | 'bpmn:EndEvent'
  | 'bpmn:IntermediateCatchEvent'
  | 'bpmn:IntermediateThrowEvent'
  | 'bpmn:BoundaryEvent'
  | 'bpmn:Task'
  | 'bpmn:UserTask'
  | 'bpmn:ManualTask'
  | 'bpmn:ServiceTask'
  | 'bpmn:SendTask'
  | 'bpmn:ReceiveTask'
  | 'bpmn:ScriptTask'
  | 'bpmn:BusinessRuleTask'
  | 'bpmn:CallActivity'
  | 'bpmn:SubProcess'
  | 'bpmn:Transaction'
  | 'bpmn:AdHocSubProcess'
  | 'bpmn:ExclusiveGateway'
  | 'bpmn:ParallelGateway'
  | 'bpmn:InclusiveGateway'
  | 'bpmn:ComplexGateway'
  | 'bpmn:EventBasedGateway';

/** One event definition. Source: BPMN 2.0.2 §10.5.5 */
export type SingleEventDefinition =
  | { readonly kind: 'message'; readonly name: Expression; readonly correlationKey: Expression | null }
  | { readonly kind: 'timer'; readonly timer: 'date' | 'duration' | 'cycle'; readonly value: Expression }
  | { readonly kind: 'signal'; readonly name: Expression }
  /** `code` null on a catch event: every error. A throw event's may be computed. */
  | { readonly kind: 'error'; readonly code: Expression | null }
  /** `code` null on a catch event: every escalation. */
  | { readonly kind: 'escalation'; readonly code: Expression | null }
  | { readonly kind: 'conditional'; readonly condition: Expression }
  /** Throw events: the activity to compensate (null: all of the scope). Catch events have neither. */
  | { readonly kind: 'compensation'; readonly activity: string | null; readonly waitForCompletion: boolean }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'terminate' }
  | { readonly kind: 'link'; readonly name: string };

export type EventDefinition =
  | { readonly kind: 'none' }
  | SingleEventDefinition
  /** Catch: one of them (parallel: each of them) must happen. Throw: each of them is thrown, in this order. */
  | { readonly kind: 'multiple'; readonly parallel: boolean; readonly of: readonly SingleEventDefinition[] };

export interface IoMapping {
  readonly source: Expression;
  /** Dotted path of the variable written. */
  readonly target: string;
}

/** Work done outside the engine: tasks and throw events with a `zeebe:taskDefinition`. */
export interface JobSpec {
  readonly type: Expression;
  readonly retries: Expression;
  readonly headers: Readonly<Record<string, string>>;
}

export interface UserTaskSpec {
  readonly formId: string | null;
  readonly assignee: Expression | null;
  readonly candidateGroups: Expression | null;
  readonly candidateUsers: Expression | null;
  readonly dueDate: Expression | null;
  readonly followUpDate: Expression | null;
  readonly priority: Expression | null;
}

/** How an activity repeats. Source: BPMN 2.0.2 §10.3.8 and §13.3.6, §13.3.7 */
export type LoopSpec =
  | {
      readonly kind: 'standard';
      readonly testBefore: boolean;
      /** Goes on while it holds; null: until `maximum`. Reads `loopCounter`, the iterations done so far. */
      readonly condition: Expression | null;
      readonly maximum: Expression | null;
    }
  | {
      readonly kind: 'multi';
      readonly sequential: boolean;
      /** How many; null: one for each item of `collection`. */
      readonly cardinality: Expression | null;
      readonly collection: Expression | null;
      /** Variable that holds the item inside an instance. */
      readonly item: string | null;
      /** Variable that receives what the instances give, in the order of their items. */
      readonly outputCollection: string | null;
      readonly outputElement: Expression | null;
      /** Judged whenever an instance completes; when it holds, the others are ended. */
      readonly completionCondition: Expression | null;
      readonly behavior: MultiInstanceBehavior;
    };

/** What is thrown when an instance of a multi-instance activity completes. Source: BPMN 2.0.2 table 10.29 */
export type MultiInstanceBehavior =
  | { readonly kind: 'all' }
  /** An event for each instance. */
  | { readonly kind: 'none'; readonly event: SingleEventDefinition }
  /** An event for the first instance only. */
  | { readonly kind: 'one'; readonly event: SingleEventDefinition }
  | {
      readonly kind: 'complex';
      readonly definitions: readonly {
        readonly condition: Expression;
        readonly event: SingleEventDefinition;
      }[];
    };

/** Which deployed version of what is called: the latest, the one deployed together, or the tagged one. */
export interface Binding {
  readonly kind: 'latest' | 'deployment' | 'version-tag';
  readonly versionTag: string | null;
}

/** What a call activity calls: a process or a global task. */
export interface CallSpec {
  readonly process: Expression;
  readonly binding: Binding;
  /** Whether the called scope begins with a copy of every variable seen from the caller, beside its inputs. */
  readonly propagateAllParentVariables: boolean;
  /** Whether, without output mappings, every variable of the called scope goes back. */
  readonly propagateAllChildVariables: boolean;
}

/** What a business rule task decides. */
export interface DecisionSpec {
  readonly decision: Expression;
  readonly binding: Binding;
  readonly resultVariable: string;
}

/** Source: BPMN 2.0.2 §10.3.5 and §13.3.5 */
export interface AdHocSpec {
  readonly sequential: boolean;
  /** Judged whenever an activity in it completes. */
  readonly completionCondition: Expression | null;
  readonly cancelRemainingInstances: boolean;
  /** Gives the ids of the activities to begin with; null: every one that no flow leads to. */
  readonly activeElements: Expression | null;
  readonly outputCollection: string | null;
  readonly outputElement: Expression | null;
}

/** `iter:refuse`: where `when` holds, or cannot be told, the command is refused. */
export interface Refusal {
  /** Name of the rule, kebab-case. */
  readonly code: string;
  readonly when: Expression;
  /** Why, and what would be right; gives a text. */
  readonly message: Expression;
  /** What is true while the rule is kept, for whoever looks before acting; absent: the message has to say it. */
  readonly label?: string;
  /** The norm that it comes from. */
  readonly norm?: string;
}

/** Registers that a process may read. */
export const lookupRegisters = [
  'needs',
  'convention',
  'body',
  'staff',
  'employee',
  'eligibility-list',
  'ranking',
  'edition',
  'training-path',
  'training-year',
  'case',
] as const;

export type LookupRegister = (typeof lookupRegisters)[number];

/**
 * Registers of which an entry is chosen in a form; of `examiners`, who may sit on a board and signs in; of `proceedings`,
 * the disciplinary procedures that are over, of `open-proceedings` those under way; of `participants` and `trainers`, who
 * takes part in courses and who holds them by an account.
 */
export const choiceRegisters = [
  'needs',
  'eligibility-list',
  'ranking',
  'body',
  'employee',
  'examiners',
  'participants',
  'trainers',
  'proceedings',
  'open-proceedings',
] as const;

export type ChoiceRegister = (typeof choiceRegisters)[number];

/** `iter:lookup`: the entry becomes the variable `as`, null when there is none. */
export interface Lookup {
  readonly register: LookupRegister;
  readonly key: Expression;
  readonly as: string;
}

/** `iter:deadline`: see `contracts.md`. */
export interface DeadlineDecl {
  readonly id: string;
  readonly term: string;
  readonly opens: 'completion' | 'activation';
  readonly when: Expression | null;
  readonly key: Expression | null;
  /** So many of the term's units, or the end: set by an act, where the catalogue lets it; never both. */
  readonly amount: Expression | null;
  readonly until: Expression | null;
  readonly scope: 'case' | 'local';
  readonly ladder: string | null;
  readonly bases: readonly {
    readonly name: string;
    readonly value: Expression;
    readonly proof: Expression | null;
  }[];
  readonly met: readonly {
    /** Element whose completion meets it, also as `called-process/element`. */
    readonly by: string;
    readonly date: Expression | null;
    readonly use: 'decides' | 'quiets' | 'both';
  }[];
  /** The element that bears it. */
  readonly element: string;
}

/** `iter:deadlineChange`. */
export interface DeadlineChange {
  readonly ref: string;
  readonly kind:
    'meet' | 'suspend' | 'resume' | 'extend' | 'interrupt' | 'replace' | 'rebase' | 'reopen' | 'close';
  readonly on: 'completion' | 'activation';
  readonly when: Expression | null;
  readonly by: Expression | null;
  readonly key: Expression | null;
  readonly reason: string | null;
}

/** `iter:act`: a document that is drafted from its template. */
export interface ActUse {
  readonly template: string;
  /** Variable that takes its reference. */
  readonly out: string;
  /** When the element begins, or when it is done: then what was handed in stands in it. */
  readonly on: 'activation' | 'completion';
  /** Only where this holds; null: always. */
  readonly when: Expression | null;
}

export interface FlowNode {
  readonly id: string;
  readonly type: FlowNodeType;
  /** Label of the drawing; the id when it has none. */
  readonly name: string;
  /** The sub-process it lies in; null: the process itself. */
  readonly scope: string | null;
  /** Sequence flow ids, in model order. */
  readonly incoming: readonly string[];
  readonly outgoing: readonly string[];
  readonly defaultFlow: string | null;
  /** Code of the lane's `iter:role`; null when the lane has none. */
  readonly role: string | null;
  readonly event: EventDefinition;
  /** Boundary events attached to it, in model order. */
  readonly boundary: readonly string[];
  /** Boundary events only: the activity. */
  readonly attachedTo: string | null;
  /** Boundary events and starts of event sub-processes: `cancelActivity` or `isInterrupting`. */
  readonly interrupting: boolean;
  /** Activities: how they repeat; null: once. */
  readonly loop: LoopSpec | null;
  /** Tokens needed to begin, and tokens given to each outgoing flow at the end. */
  readonly startQuantity: number;
  readonly completionQuantity: number;
  /** Activities reached by compensation only, never by flows. */
  readonly isForCompensation: boolean;
  /** Activities: the one that undoes them, linked by their compensation boundary event; null: none. */
  readonly compensatedBy: string | null;
  /** Receive tasks and event-based gateways that start a case. */
  readonly instantiate: boolean;
  /** Event-based gateways: whether all their events must happen (only where they start a case). */
  readonly parallelEvents: boolean;
  /** Complex gateways; reads `activationCount`. */
  readonly activationCondition: Expression | null;
  readonly call: CallSpec | null;
  readonly decision: DecisionSpec | null;
  readonly adHoc: AdHocSpec | null;
  /** Variables that live in it, not around it: its properties, its inputs, the data objects inside it. */
  readonly locals: readonly string[];
  /** Inputs without which it cannot begin. */
  readonly required: readonly string[];
  readonly userTask: UserTaskSpec | null;
  readonly job: JobSpec | null;
  readonly script: { readonly expression: Expression; readonly resultVariable: string | null } | null;
  /** Send task or message throw without a job: publishes this message. Receive task: awaits it. */
  readonly message: { readonly name: Expression; readonly correlationKey: Expression | null } | null;
  readonly inputs: readonly IoMapping[];
  readonly outputs: readonly IoMapping[];
  /** Sub-processes only: an event sub-process. */
  readonly triggeredByEvent: boolean;
  readonly deadlines: readonly DeadlineDecl[];
  readonly deadlineChanges: readonly DeadlineChange[];
  /** Acts that are drafted for it: `iter:act`. */
  readonly acts: readonly ActUse[];
  /** Rules that its start or completion must not break: `iter:refuse`. */
  readonly refusals: readonly Refusal[];
  /** Registers read before its start or completion is decided: `iter:lookup`. */
  readonly lookups: readonly Lookup[];
  /** Body whose office does this task; null: that of the case. `iter:office`. */
  readonly office: Expression | null;
  /** A few words that tell this task from others of the case that look alike; null: nothing does. `iter:about`. */
  readonly about: Expression | null;
  /** Variables whose documents whoever has this task may read: `iter:reads`. */
  readonly reads: readonly string[];
  /** Body to which the message that it throws goes; null: the case's own. `iter:receiver`. */
  readonly receiver: Expression | null;
  /** Whether the documents of the case are handed over with that message. `iter:receiver documents`. */
  readonly handsOver: boolean;
  /** Messages the desk may register here: `iter:incoming`. */
  readonly incomingMessages: readonly IncomingMessage[];
  readonly place: Place;
}

/** A message that people may register when something arrives from outside. */
export interface IncomingMessage {
  readonly message: string;
  /** What it is called on the desk. */
  readonly label: string;
  /** The form that asks for what it brings; null: it brings what is given. */
  readonly form: string | null;
  /**
   * The form by which a body that is served hands it in for itself, to a case of its Province; null: none may. The message then
   * brings the body's code as `servedBody` as well.
   */
  readonly servedForm: string | null;
  /** It is the Comune's own, which may hand it in itself; else whoever works on the case registers it. */
  readonly byComune: boolean;
  /** Somebody was asked for it, and the case waits for the answer; else it may come, or not. */
  readonly asked: boolean;
}

export interface SequenceFlow {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly target: string;
  readonly condition: Expression | null;
}

/** What lies directly in a process or a sub-process; made by `scopesOf`. */
export interface ScopeModel {
  /** Sub-process id; null: the process. */
  readonly id: string | null;
  readonly nodes: readonly string[];
  /** Start events of its own (not of its event sub-processes). */
  readonly starts: readonly string[];
  /** Where tokens begin when the scope does: its none start events, else what nothing leads to. */
  readonly begins: readonly string[];
  readonly eventSubProcesses: readonly string[];
}

export interface Lane {
  readonly id: string;
  readonly name: string;
  readonly role: string | null;
}

/** A text for people, Italian and English. */
export interface Label {
  readonly it: string;
  readonly en: string;
}

/**
 * Why something is refused, for people. `en` is null where a process says it: its words are Italian alone. Days and instants
 * stand in it as `2026-03-06`; whoever shows it writes them as people read them (`withDates`).
 */
export interface Said {
  readonly it: string;
  readonly en: string | null;
}

/**
 * `iter:fact`: a variable of a few known values, by which lists of work may be narrowed. What can be told from it stands in
 * addresses, so that nothing personal and no free text may be one.
 */
export interface Fact {
  readonly name: string;
  readonly label: Label;
  /** Codes and what they are called; null: yes or no. */
  readonly values: readonly { readonly code: string; readonly label: Label }[] | null;
}

/**
 * `iter:word`: what people call a value that the process computes or receives, so that no form names it; or a variable, where
 * forms ask for it in different words.
 */
export interface Word {
  /** Null: it is the variable's name. */
  readonly code: string | null;
  /** Variable, or part of one, whose name or value it is; null: whoever's value it is. */
  readonly of: string | null;
  readonly label: Label;
}

/** One executable process: frozen, checked, with nothing in it that the engine would ignore. */
export interface ProcessModel {
  /** `bpmn:process/@id`: the process key. A global task is a process of this one task. */
  readonly key: string;
  readonly name: string;
  /** A global task is called only; nobody starts it. */
  readonly kind: 'process' | 'global-task';
  /** `zeebe:versionTag`; null: none. */
  readonly versionTag: string | null;
  /** SHA-256 of the file, hex: addresses the definition for ever. */
  readonly hash: string;
  readonly nodes: ReadonlyMap<string, FlowNode>;
  readonly flows: ReadonlyMap<string, SequenceFlow>;
  /** By sub-process id; the process itself under `''`. */
  readonly scopes: ReadonlyMap<string, ScopeModel>;
  readonly lanes: readonly Lane[];
  /** Every `iter:deadline` by its id. */
  readonly deadlines: ReadonlyMap<string, DeadlineDecl>;
  /** For each element id, the declarations it meets. */
  readonly metBy: ReadonlyMap<string, readonly { readonly deadline: DeadlineDecl; readonly index: number }[]>;
  readonly personal: readonly { readonly fields: readonly string[]; readonly subject: Expression | null }[];
  /** Every `iter:fact`, in the order of the file. */
  readonly facts: readonly Fact[];
  /** Every `iter:word`, in the order of the file. */
  readonly words: readonly Word[];
  /** Forms written into the file itself (`zeebe:userTaskForm`), as JSON text by their key. */
  readonly embeddedForms: ReadonlyMap<string, string>;
}
