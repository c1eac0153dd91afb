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
  /** Italian or English sentence that says what would be right. */
  readonly message: string;
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
  | 'bpmn:ExclusiveGateway'
  | 'bpmn:ParallelGateway'
  | 'bpmn:EventBasedGateway'
  | 'bpmn:SubProcess';

export type EventDefinition =
  | { readonly kind: 'none' }
  | { readonly kind: 'message'; readonly name: Expression; readonly correlationKey: Expression | null }
  | { readonly kind: 'timer'; readonly timer: 'date' | 'duration' | 'cycle'; readonly value: Expression }
  /** `code` null on a catch event: every error. */
  | { readonly kind: 'error'; readonly code: string | null }
  | { readonly kind: 'terminate' }
  | { readonly kind: 'link'; readonly name: string };

export interface IoMapping {
  readonly source: Expression;
  /** Dotted path of the variable written. */
  readonly target: string;
}

/** Work done outside the engine: service tasks and send tasks with a `zeebe:taskDefinition`. */
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

/** `iter:deadline`: see `contracts.md`. */
export interface DeadlineDecl {
  readonly id: string;
  readonly term: string;
  readonly opens: 'completion' | 'activation';
  readonly when: Expression | null;
  readonly key: Expression | null;
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
  readonly userTask: UserTaskSpec | null;
  readonly job: JobSpec | null;
  readonly script: { readonly expression: Expression; readonly resultVariable: string | null } | null;
  /** Send task or message throw without a job: publishes this message. Receive task: awaits it. */
  readonly message: { readonly name: Expression; readonly correlationKey: Expression | null } | null;
  readonly inputs: readonly IoMapping[];
  readonly outputs: readonly IoMapping[];
  /** Sub-processes only. */
  readonly triggeredByEvent: boolean;
  readonly deadlines: readonly DeadlineDecl[];
  readonly deadlineChanges: readonly DeadlineChange[];
  readonly acts: readonly { readonly template: string; readonly out: string }[];
  /** Messages the desk may register here: `iter:incoming`. */
  readonly incomingMessages: readonly { readonly message: string; readonly label: string }[];
  readonly place: Place;
}

export interface SequenceFlow {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly target: string;
  readonly condition: Expression | null;
}

/** What lies directly in a process or a sub-process. */
export interface ScopeModel {
  /** Sub-process id; null: the process. */
  readonly id: string | null;
  readonly nodes: readonly string[];
  /** Starts of its own (not of its event sub-processes). */
  readonly starts: readonly string[];
  readonly eventSubProcesses: readonly string[];
}

export interface Lane {
  readonly id: string;
  readonly name: string;
  readonly role: string | null;
}

/** One executable process: frozen, checked, with nothing in it that the engine would ignore. */
export interface ProcessModel {
  /** `bpmn:process/@id`: the process key. */
  readonly key: string;
  readonly name: string;
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
}
