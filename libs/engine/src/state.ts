import type { TermNature } from '@iter/legal-calendar';
import type { Json } from '@iter/process-model';
import type { BaseFact, DeadlinePlan, EventOf, IncidentStage, Instant, Key, Variables } from './events.ts';

/** What a flow scope (the case or a sub-process instance) holds beside its elements. */
export interface Scope {
  readonly variables: Variables;
  /** Live element instances directly in it. */
  readonly children: number;
  /** Tokens that wait at parallel joins: by gateway, then by flow, how many. */
  readonly joins: Readonly<Record<string, Readonly<Record<string, number>>>> | null;
  /** Timers and subscriptions that it hosts. */
  readonly waits: readonly Key[];
}

/** A live element: something in which the flow waits. Never changed in place. */
export interface ElementInstance extends Scope {
  readonly key: Key;
  readonly element: string;
  readonly scope: Key | null;
  /** Lives only as long as the incident that it hosts. */
  readonly stuck: boolean;
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
export type Document = EventOf<'DocumentAttached'>['data'];

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
  readonly state: 'raised' | 'acknowledged' | 'taken-over' | 'resolved';
  readonly owner: string | null;
}

export type DeadlineStatus = 'open' | 'met' | 'missed' | 'suspended' | 'replaced' | 'closed';

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
  /** The element whose declaration opened it. */
  readonly element: string;
  readonly scope: Key | null;
  readonly term: string;
  readonly nature: TermNature;
  readonly status: DeadlineStatus;
  readonly bases: readonly BaseFact[];
  readonly plan: DeadlinePlan;
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
  readonly deadlines: ReadonlyMap<Key, Deadline>;
  readonly escalations: ReadonlyMap<Key, Escalation>;
  /** Open ones. */
  readonly incidents: ReadonlyMap<Key, Incident>;
  readonly documents: ReadonlyMap<Key, Document>;
  readonly commands: SeenCommands;
}

/** Ids of the commands whose events the case holds, with their request hashes; in leaves of bounded size. */
export type SeenCommands = readonly ReadonlyMap<string, string>[];

export const emptyScope: Scope = { variables: {}, children: 0, joins: null, waits: [] };

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
  elements: new Map(),
  tasks: new Map(),
  jobs: new Map(),
  timers: new Map(),
  subscriptions: new Map(),
  deadlines: new Map(),
  escalations: new Map(),
  incidents: new Map(),
  documents: new Map(),
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

/** A variable as seen from a scope or element outwards; undefined when nobody has it. */
export function lookUp(state: CaseState, from: Key | null, name: string): Json | undefined {
  for (let key = from; key !== null;) {
    const instance = state.elements.get(key);
    if (!instance) break;
    if (Object.hasOwn(instance.variables, name)) return instance.variables[name];
    key = instance.scope;
  }
  return Object.hasOwn(state.root.variables, name) ? state.root.variables[name] : undefined;
}

/** All variables seen from a scope or element outwards: what a form or a job of it is given. */
export function visibleVariables(state: CaseState, from: Key | null): Variables {
  const chain: Variables[] = [];
  for (let key = from; key !== null;) {
    const instance = state.elements.get(key);
    if (!instance) break;
    chain.unshift(instance.variables);
    key = instance.scope;
  }
  return Object.assign({}, state.root.variables, ...chain) as Variables;
}

/**
 * Where variables go when an element hands them out: each to the nearest scope from `from` outwards that has
 * one of the name, else to the case.
 * Source: Camunda 8, "Variables", variable propagation
 */
export function propagate(
  state: CaseState,
  from: Key | null,
  variables: Variables,
): ReadonlyMap<Key | null, Variables> {
  const owners = new Map<Key | null, Record<string, Json>>();
  for (const name of Object.keys(variables)) {
    let owner = from;
    while (owner !== null) {
      const instance = state.elements.get(owner);
      if (!instance || Object.hasOwn(instance.variables, name)) break;
      owner = instance.scope;
    }
    if (owner !== null && !state.elements.has(owner)) owner = null;
    let set = owners.get(owner);
    if (!set) owners.set(owner, (set = {}));
    set[name] = variables[name] as Json;
  }
  return owners;
}
