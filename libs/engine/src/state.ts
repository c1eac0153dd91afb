import type { TermNature } from '@iter/legal-calendar';
import type { Json } from '@iter/process-model';
import type {
  BaseFact,
  Compensable,
  DeadlinePlan,
  FrozenTerm,
  EventOf,
  IncidentStage,
  Instant,
  Key,
  Undoable,
  Variables,
} from './events.ts';
import { VersionedMap } from './versioned-map.ts';

/** Tokens that wait for others at an element: by incoming flow, how many. */
export type Tokens = Readonly<Record<string, number>>;

/** What a flow scope (the case, or an instance with something inside) holds beside its elements. */
export interface Scope {
  readonly variables: Variables;
  /** Live element instances directly in it. */
  readonly children: number;
  /** Tokens that wait at joins, and at activities that need several: by element. */
  readonly joins: Readonly<Record<string, Tokens>> | null;
  /** Complex gateways that have started: the flows whose tokens they have had, until they are reset. */
  readonly resets: Readonly<Record<string, readonly string[]>> | null;
  /** Timers and subscriptions that it hosts. */
  readonly waits: readonly Key[];
  /** What completed in it and can be undone, oldest first. */
  readonly compensables: readonly Compensable[];
  /** What came with the first events of parallel multiple events that it hosts: by element. */
  readonly received: Readonly<Record<string, Variables>> | null;
}

/** A repeated activity as a whole; its instances live in it. */
export interface Loop {
  readonly kind: 'standard' | 'sequential' | 'parallel';
  readonly total: number | null;
  readonly items: readonly Json[] | null;
  readonly item: string | null;
  /** Instances begun, completed, and ended before their completion. */
  readonly started: number;
  readonly completed: number;
  readonly terminated: number;
  /** What the instances gave, by their number, in leaves of bounded size. */
  readonly outputs: readonly (readonly Json[])[];
}

/** A live element: something in which the flow waits. Never changed in place. */
export interface ElementInstance extends Scope {
  readonly key: Key;
  readonly element: string;
  readonly scope: Key | null;
  /** Lives only as long as the incident that it hosts. */
  readonly stuck: boolean;
  /** Its number among the instances of a repeated activity; 0: it is none. */
  readonly iteration: number;
  /** The compensation that it is part of. */
  readonly compensation: Key | null;
  /** It is there only for what completed inside it before to be undone. */
  readonly undoes: boolean;
  /** Definition that the element is of. */
  readonly definition: string;
  /** Call activities: the definition that runs inside. Variables around it are not seen from there. */
  readonly called: string | null;
  readonly loop: Loop | null;
  /** Ad-hoc sub-processes: what has begun in it, in its order. */
  readonly begun: readonly string[] | null;
  /** An event sub-process (or cancel end event) that interrupted its scope: no other may do so any more. */
  readonly interrupts: boolean;
}

/** A compensation under way: what is still to be undone, the next one first. */
export interface Compensation {
  readonly key: Key;
  /** Scope in which it was thrown. */
  readonly scope: Key | null;
  /** The throwing event that waits for it. */
  readonly host: Key | null;
  readonly pending: readonly Undoable[];
}

export interface UserTask {
  readonly key: Key;
  readonly element: string;
  readonly assignee: string | null;
}

export interface Job {
  readonly key: Key;
  readonly element: string;
  readonly retries: number;
}

export type Timer = EventOf<'TimerArmed'>['data'];
export type Subscription = EventOf<'MessageSubscribed'>['data'];
export type SignalSubscription = EventOf<'SignalSubscribed'>['data'];
export type Condition = EventOf<'ConditionSubscribed'>['data'] & {
  /** It held when it was judged last: it must become false before it can happen again. */
  readonly holds: boolean;
};
export type Document = EventOf<'DocumentAttached'>['data'];
/** A letter on its way, with the receipts that came of it. */
export type Delivery = EventOf<'DeliverySent'>['data'] & {
  readonly receipts: readonly EventOf<'DeliveryReceiptRecorded'>['data'][];
};

/** An element that has asked for acts: what they are drafted from, also when it is done and its scope gone. */
export interface Asking {
  readonly element: string;
  readonly scope: Key | null;
  readonly definition: string;
  readonly place: string;
  readonly variables: Variables;
}

export interface Incident {
  readonly key: Key;
  readonly host: Key | null;
  readonly element: string | null;
  readonly code: string;
  readonly deadline: Key | null;
  readonly stage: IncidentStage | null;
  /** What came with the trigger, or was handed in and is not mapped yet; null: nothing triggered it. */
  readonly payload: Variables | null;
}

export interface Escalation {
  readonly key: Key;
  readonly deadline: Key | null;
  readonly step: string;
  readonly kind: 'escalation' | 'task';
  readonly state: 'raised' | 'acknowledged' | 'taken-over' | 'resolved';
  readonly owner: string | null;
  /** Whom it was handed on to, until somebody takes it over; null: it is for those whom it called. */
  readonly handedTo: { readonly account: string | null; readonly role: string | null } | null;
}

export const deadlineStatuses = ['open', 'met', 'missed', 'suspended', 'replaced', 'closed'] as const;
export type DeadlineStatus = (typeof deadlineStatuses)[number];

/** A step that was reached: the planned instant, and how often it was told. */
export interface ReachedStep {
  readonly at: Instant;
  readonly round: number;
}

/** A legal deadline with all that its bell depends on. Ended ones stay, for conditions to read. */
export interface Deadline {
  readonly key: Key;
  readonly id: string;
  readonly instance: string | null;
  /** The element whose declaration opened it, and its definition (null: the case's own). */
  readonly element: string;
  readonly definition: string | null;
  readonly scope: Key | null;
  readonly term: string;
  readonly nature: TermNature;
  readonly status: DeadlineStatus;
  readonly bases: readonly BaseFact[];
  readonly plan: DeadlinePlan;
  /** The version of the term; null: it was opened before that was kept. */
  readonly frozen: FrozenTerm | null;
  readonly openedAt: Instant;
  readonly onMissed: { readonly incident: string | null; readonly label: { it: string; en: string } };
  /** Days added by extensions and suspensions since the base. */
  readonly extraDays: number;
  readonly suspendedOn: string | null;
  /** The date of the fact that decided it. */
  readonly decidedOn: string | null;
  /** The fact that silences the reminders is recorded. */
  readonly quieted: boolean;
  readonly reached: Readonly<Record<string, ReachedStep>>;
  /** The step told last: only this one repeats. */
  readonly lastStep: string | null;
  /** Somebody answers for the step told last: it is not repeated. */
  readonly acknowledged: boolean;
}

/** Tokens that go on with the next command. */
export type Continuation = EventOf<'ContinuationDue'>['data'];

export type CaseStatus = 'none' | 'active' | 'completed' | 'failed' | 'terminated';

/**
 * A case, folded from its events. Plain data; treat it as frozen. Maps are shared between states, so that
 * taking the next state costs what changed and not what is there.
 */
export interface CaseState {
  readonly status: CaseStatus;
  readonly suspended: boolean;
  /** Revision of the last event folded; -1 before the first. */
  readonly revision: number;
  readonly process: string;
  readonly version: number;
  readonly definition: string;
  readonly comune: string;
  readonly businessKey: string | null;
  readonly root: Scope;
  readonly elements: ReadonlyMap<Key, ElementInstance>;
  readonly tasks: ReadonlyMap<Key, UserTask>;
  readonly jobs: ReadonlyMap<Key, Job>;
  readonly timers: ReadonlyMap<Key, Timer>;
  readonly subscriptions: ReadonlyMap<Key, Subscription>;
  readonly signals: ReadonlyMap<Key, SignalSubscription>;
  readonly conditions: ReadonlyMap<Key, Condition>;
  readonly compensations: ReadonlyMap<Key, Compensation>;
  readonly deadlines: ReadonlyMap<Key, Deadline>;
  readonly escalations: ReadonlyMap<Key, Escalation>;
  /** Open ones. */
  readonly incidents: ReadonlyMap<Key, Incident>;
  readonly documents: ReadonlyMap<Key, Document>;
  /** By the letter's message id. */
  readonly deliveries: ReadonlyMap<string, Delivery>;
  /** By the instance that asked. */
  readonly asked: ReadonlyMap<Key, Asking>;
  /** Null: everything has been done. */
  readonly continuation: Continuation | null;
  readonly commands: SeenCommands;
}

/** The fields of the state that are maps by key. */
export const mapFields = [
  'elements',
  'tasks',
  'jobs',
  'timers',
  'subscriptions',
  'signals',
  'conditions',
  'compensations',
  'deadlines',
  'escalations',
  'incidents',
  'documents',
  'deliveries',
  'asked',
] as const;
export type MapField = (typeof mapFields)[number];

/** Ids of the commands whose events the case holds, with their request hashes; in leaves of bounded size. */
export type SeenCommands = readonly VersionedMap<string>[];

export const emptyScope: Scope = {
  variables: {},
  children: 0,
  joins: null,
  resets: null,
  waits: [],
  compensables: [],
  received: null,
};

export const emptyState: CaseState = {
  status: 'none',
  suspended: false,
  revision: -1,
  process: '',
  version: 0,
  definition: '',
  comune: '',
  businessKey: null,
  root: emptyScope,
  elements: new VersionedMap(),
  tasks: new VersionedMap(),
  jobs: new VersionedMap(),
  timers: new VersionedMap(),
  subscriptions: new VersionedMap(),
  signals: new VersionedMap(),
  conditions: new VersionedMap(),
  compensations: new VersionedMap(),
  deadlines: new VersionedMap(),
  escalations: new VersionedMap(),
  incidents: new VersionedMap(),
  documents: new VersionedMap(),
  deliveries: new VersionedMap(),
  asked: new VersionedMap(),
  continuation: null,
  commands: [],
};

/** The request hash of a command that the case has seen (`''` when none was given); undefined when it has not. */
export function seenCommand(state: CaseState, commandId: string): string | undefined {
  for (let i = state.commands.length - 1; i >= 0; i--) {
    const hash = state.commands[i]?.get(commandId);
    if (hash !== undefined) return hash;
  }
  return undefined;
}

/** The case's own scope for null, else the instance; undefined when it is not live. */
export function scopeOf(state: CaseState, key: Key | null): Scope | undefined {
  return key === null ? state.root : state.elements.get(key);
}

/** Definition of what lies in a scope: the called one inside a call activity. */
export function definitionIn(state: CaseState, scope: Key | null): string {
  const instance = scope === null ? undefined : state.elements.get(scope);
  return instance ? (instance.called ?? instance.definition) : state.definition;
}

/**
 * Whether what lies in a scope belongs to the case itself and not to something that it calls; a process may call
 * itself.
 * @param definition of what lies there
 */
export function isOwn(state: CaseState, definition: string, scope: Key | null): boolean {
  if (definition !== state.definition) return false;
  for (let key = scope; key !== null;) {
    const instance = state.elements.get(key);
    if (instance?.called === definition) return false;
    key = instance?.scope ?? null;
  }
  return true;
}

/** Whether what a host waits for belongs to the case itself. */
export function isOwnWaiting(
  state: CaseState,
  waiting: { readonly host: Key | null; readonly inside?: true },
): boolean {
  const { host, inside } = waiting;
  const scope = host === null || inside ? host : (state.elements.get(host)?.scope ?? null);
  return isOwn(state, definitionAwaited(state, waiting), scope);
}

/** What a host waits for under a key: a timer, message, signal or condition. */
export function waitingOf(
  { timers, subscriptions, signals, conditions }: CaseState,
  key: Key,
): Timer | Subscription | SignalSubscription | Condition | undefined {
  return timers.get(key) ?? subscriptions.get(key) ?? signals.get(key) ?? conditions.get(key);
}

/** Definition of the element that a host waits for: its own, one on its boundary, or a start inside it. */
export function definitionAwaited(
  state: CaseState,
  { host, inside }: { readonly host: Key | null; readonly inside?: true },
): string {
  const instance = host === null ? undefined : state.elements.get(host);
  if (!instance) return state.definition;
  return inside ? definitionIn(state, host) : instance.definition;
}

/** A variable as seen from a scope or element outwards, from inside a call not beyond it; undefined: nobody has it. */
export function lookUp(state: CaseState, from: Key | null, name: string): Json | undefined {
  for (let key = from; key !== null;) {
    const instance = state.elements.get(key);
    if (!instance) break;
    if (Object.hasOwn(instance.variables, name)) return instance.variables[name];
    if (instance.called !== null) return undefined;
    key = instance.scope;
  }
  return Object.hasOwn(state.root.variables, name) ? state.root.variables[name] : undefined;
}

/** All variables seen from a scope or element outwards: what a form or a job of it is given. */
export function visibleVariables(state: CaseState, from: Key | null): Variables {
  const chain: Variables[] = [];
  for (let key = from; ;) {
    const instance = key === null ? undefined : state.elements.get(key);
    chain.unshift((instance ?? state.root).variables);
    if (!instance || instance.called !== null) break;
    key = instance.scope;
  }
  return Object.assign({}, ...chain) as Variables;
}

/**
 * Where variables go when an element hands them out: each to the nearest scope from `from` outwards that has
 * one of the name, else to the case, or inside a call to the called scope.
 * Source: Camunda 8, "Variables", variable propagation
 */
export function propagate(
  state: CaseState,
  from: Key | null,
  variables: Variables,
): ReadonlyMap<Key | null, Variables> {
  const names = Object.keys(variables);
  if (names.length === 0) return nobody;
  const owners = new Map<Key | null, Record<string, Json>>();
  for (const name of names) {
    const owner = ownerOf(state, from, name);
    let set = owners.get(owner);
    if (!set) owners.set(owner, (set = {}));
    set[name] = variables[name] as Json;
  }
  return owners;
}

const nobody: ReadonlyMap<Key | null, Variables> = new Map();

function ownerOf(state: CaseState, from: Key | null, name: string): Key | null {
  for (let key = from; key !== null;) {
    const instance = state.elements.get(key);
    if (!instance) return null;
    if (instance.called !== null || Object.hasOwn(instance.variables, name)) return key;
    key = instance.scope;
  }
  return null;
}
