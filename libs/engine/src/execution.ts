import type { FlowNode, Label, ProcessModel, Said } from '@iter/process-model';
import { withItalianDates } from '@iter/process-model';
import { Draft } from './draft.ts';
import type { Env, Models } from './env.ts';
import { iterationVariables } from './evolving/iterations.ts';
import { apply } from './evolve.ts';
import { noteChange } from './noted-changes.ts';
import type { CaseEvent, ElementRef, IncidentStage, Key, PendingStep, Variables } from './events.ts';
import { sizeOf } from './size.ts';
import { definitionAwaited, definitionIn } from './state.ts';
import type { CaseState, ElementInstance } from './state.ts';

/**
 * The internal command of the queue: a token arrives at an element, the next instance of a repeated activity
 * begins, or the next activity is undone. `payload` is there exactly when an event has already happened to the
 * element; `deferred`, when it has let its siblings go first and may now throw.
 */
export type Step = PendingStep;

/** How a token comes to an element, or an instance came to be: what its events say beside the element. */
export type Coming = Pick<Step, 'scope' | 'iteration' | 'compensation'>;

/** Something for which a host waits. */
export interface Waiting {
  readonly key: Key;
  readonly element: string;
  readonly host: Key | null;
  readonly index?: number;
  readonly inside?: true;
}

/** A signal on its way to everybody who awaits it. */
export interface Signal {
  readonly name: string;
  readonly signalId: string;
  readonly variables: Variables;
}

/** What moves in a scope. */
interface Traffic {
  /** Steps in the queue. */
  underway: number;
  /** Tokens that arrived without anybody waiting. */
  steps: number;
  /** How often one of its event sub-processes interrupted it. */
  interruptions: number;
}

/** The flow cannot go on here; people read why, with dates as they write them. Thrown inside `attempt` only, and caught by it. */
export class Stuck extends Error {
  readonly code: string;

  /** What a person is told who has just handed in what it cannot go on with. */
  readonly said: Said;

  constructor(code: string, said: string | Label) {
    const { it, en } = typeof said === 'string' ? { it: said, en: null } : said;
    super(withItalianDates(it));
    this.code = code;
    this.said = { it, en };
  }
}

/** What is told; null where the flow could not go on for lack of it. */
export function unlessStuck<T>(tell: () => T): T | null {
  try {
    return tell();
  } catch (error) {
    if (error instanceof Stuck) return null;
    throw error;
  }
}

/**
 * One decision in the making: a working copy of the state, the events so far, and the first-in-first-out queue of
 * what is to be done. What happens is `emit`ted, and thereby folded at once.
 */
export class Execution {
  readonly env: Env;
  readonly events: CaseEvent[] = [];
  /** Scopes in which something ended: they may be complete now. */
  readonly touched = new Set<Key | null>();
  /** Scopes in which something happened: joins there may have all that can come. */
  readonly stirred = new Set<Key | null>();
  /** Deadlines missed of which the flow has not been told yet. */
  readonly missed: Key[] = [];
  /** Deadlines opened or moved, whose time has come already; perhaps more than once. */
  readonly moved: Key[] = [];
  /** Repeated activities and ad-hoc sub-processes whose completion condition held: nothing more begins in them. */
  readonly satisfied: Key[] = [];
  /** Scopes that a terminate end event ended: tokens at their joins wait for nothing any more. */
  readonly terminated: (Key | null)[] = [];
  /** Names of what changed since conditional events were judged last; perhaps more than once. */
  readonly changed: string[] = [];
  /** The task that a person is completing with this command: what is wrong with its input is refused. */
  acting: string | null = null;
  /** End event that the case itself reached last. */
  endElement: string | null = null;
  /** What the events come to in the log, about. */
  private bytes = 0;
  /** The instance that is beginning or has just ended: its own variables are seen in its scope. */
  private passing: { readonly scope: Key; readonly variables: Variables } | null = null;
  /** Gives a signal thrown in the case to those in it who await it. */
  deliverSignal: (signal: Signal) => void = () => undefined;
  private readonly models: Models;
  /** Nearly always the one that is asked for next. */
  private lastModel: { readonly definition: string; readonly model: ProcessModel } | null = null;
  private readonly draft: Draft;
  private readonly queue: Step[] = [];
  private head = 0;
  private readonly scopes = new Map<Key | null, Traffic>();
  /** Nearly always the one that is asked for next. */
  private lastScope: { readonly scope: Key | null; readonly traffic: Traffic } | null = null;

  constructor(models: Models, state: CaseState, env: Env) {
    this.models = models;
    this.env = env;
    this.draft = new Draft(state);
    // Under way, also while the case is suspended and nothing takes it up: no scope is complete before it has come.
    for (const { scope } of state.continuation?.steps ?? []) this.trafficIn(scope).underway++;
  }

  get state(): CaseState {
    return this.draft.state;
  }

  get ended(): boolean {
    return this.state.status !== 'active';
  }

  emit(event: CaseEvent): void {
    this.events.push(event);
    this.bytes += sizeOf(event);
    apply(this.draft, event);
    if (this.state.conditions.size > 0) noteChange(this.changed, event);
  }

  /** The definition of this hash. @throws when it is not there: a fault of ours */
  modelOf(definition: string): ProcessModel {
    if (this.lastModel?.definition === definition) return this.lastModel.model;
    const model = this.models(definition);
    if (!model) throw new Error(`The definition ${definition} is not known`);
    this.lastModel = { definition, model };
    return model;
  }

  /** The model of what lies in a scope: the called one inside a call activity. */
  modelIn(scope: Key | null): ProcessModel {
    return this.modelOf(definitionIn(this.state, scope));
  }

  /** An element that lies in a scope. */
  node(element: string, scope: Key | null): FlowNode {
    return this.nodeOf(definitionIn(this.state, scope), element);
  }

  nodeOf(definition: string, element: string): FlowNode {
    const node = this.modelOf(definition).nodes.get(element);
    if (!node) throw new Error(`The definition ${definition} has no element ${element}`);
    return node;
  }

  /** The element that a live instance is of. */
  nodeOfInstance({ definition, element }: ElementInstance): FlowNode {
    return this.nodeOf(definition, element);
  }

  /** The element for which a host waits: its own, one on its boundary, or the start of an event sub-process in it. */
  waitingNode(waiting: Pick<Waiting, 'element' | 'host' | 'inside'>): FlowNode {
    return this.nodeOf(definitionAwaited(this.state, waiting), waiting.element);
  }

  instance(key: Key): ElementInstance {
    const instance = this.state.elements.get(key);
    if (!instance) throw new Error(`No live element instance ${key}`);
    return instance;
  }

  /** A new element instance of a node. */
  ref(node: FlowNode, { scope, iteration, compensation }: Coming): ElementRef {
    const plain = { key: this.env.newKey(), element: node.id, scope };
    // Nearly all are of the case itself, and this is done at every step.
    if (scope === null && compensation === undefined) return plain;
    return {
      ...plain,
      ...(iteration !== undefined && { iteration }),
      ...(compensation !== undefined && { compensation }),
      ...this.otherDefinition(scope),
    };
  }

  /** Names the definition of what lies in a scope, when it is not the case's own. */
  otherDefinition(scope: Key | null): { readonly definition?: string } {
    if (scope === null) return {};
    const definition = definitionIn(this.state, scope);
    return definition === this.state.definition ? {} : { definition };
  }

  enqueue(step: Step): void {
    this.queue.push(step);
    this.trafficIn(step.scope).underway++;
  }

  /** The next step in order of arrival; undefined when nothing is under way. */
  dequeue(): Step | undefined {
    const next = this.queue[this.head];
    if (!next) return undefined;
    this.head++;
    this.trafficIn(next.scope).underway--;
    return next;
  }

  /** All that is under way, in its order. */
  pending(): readonly Step[] {
    return this.queue.slice(this.head);
  }

  /** The scope was interrupted: what is still on its way in it never arrives. */
  cancelArrivals(scope: Key | null): void {
    if (this.tokensUnderway(scope) === 0) return;
    const { continuation } = this.state;
    if (continuation?.steps.some((step) => step.scope === scope)) {
      const steps = continuation.steps.filter((step) => step.scope !== scope);
      this.emit({ type: 'ContinuationDue', data: { ...continuation, steps } });
    }
    const left = this.pending().filter((step) => step.scope !== scope);
    this.queue.length = this.head;
    for (const step of left) this.queue.push(step);
    this.trafficIn(scope).underway = 0;
  }

  tokensUnderway(scope: Key | null): number {
    return this.trafficIn(scope).underway;
  }

  private trafficIn(scope: Key | null): Traffic {
    if (this.lastScope?.scope === scope) return this.lastScope.traffic;
    let traffic = this.scopes.get(scope);
    if (!traffic) this.scopes.set(scope, (traffic = { underway: 0, steps: 0, interruptions: 0 }));
    this.lastScope = { scope, traffic };
    return traffic;
  }

  /** Counts a step in a scope. @returns whether there have been too many without anybody waiting */
  isBeyondSteps(scope: Key | null): boolean {
    return ++this.trafficIn(scope).steps > this.env.limits.steps;
  }

  /** How often a scope was interrupted by one of its event sub-processes: a token that throws may be among its victims. */
  interruptionsOf(scope: Key | null): number {
    return this.trafficIn(scope).interruptions;
  }

  interrupted(scope: Key | null): void {
    this.trafficIn(scope).interruptions++;
  }

  /** Takes up what an earlier command left to be done. */
  takeUp(): void {
    const { continuation } = this.state;
    if (!continuation) return;
    this.emit({ type: 'ContinuationTaken', data: {} });
    for (const [scope, count] of Object.entries(continuation.counts)) {
      this.trafficIn(scope === '' ? null : scope).steps = count;
    }
    this.queue.push(...continuation.steps);
  }

  /** What happens by one command is as much as one append should hold. */
  get isFull(): boolean {
    const { events, bytes } = this.env.limits;
    return this.events.length >= events || this.bytes >= bytes;
  }

  /** Leaves what is under way to the next command. */
  leaveOff(): void {
    const counts: Record<string, number> = {};
    for (const [scope, { steps }] of this.scopes) if (steps > 0) counts[scope ?? ''] = steps;
    const steps = [...(this.state.continuation?.steps ?? []), ...this.pending()];
    this.emit({ type: 'ContinuationDue', data: { steps, counts } });
    this.queue.length = this.head;
    for (const traffic of this.scopes.values()) traffic.underway = 0;
  }

  /** While an instance of a repeated activity begins or ends, what it knows of itself is seen in its scope. */
  asIteration<T>({ scope, iteration }: Coming, act: () => T): T {
    if (iteration === undefined || scope === null) return act();
    const loop = this.state.elements.get(scope)?.loop;
    if (!loop) return act();
    const outer = this.passing;
    this.passing = { scope, variables: iterationVariables(loop, iteration) };
    try {
      return act();
    } finally {
      this.passing = outer;
    }
  }

  /** Variables of the instance that is beginning or ending in this scope; undefined: none is. */
  passingIn(scope: Key | null): Variables | undefined {
    return this.passing?.scope === scope ? this.passing?.variables : undefined;
  }

  /**
   * Does all of it or nothing: when it gets stuck, the state and the events are as before.
   * @returns why it got stuck; null when it is done
   */
  attempt(act: () => void): Stuck | null {
    const mark = this.draft.mark();
    const { revision } = this.state;
    const { length } = this.events;
    const { bytes } = this;
    const missed = this.missed.length;
    const queued = this.queue.length;
    try {
      act();
      this.draft.keep();
      return null;
    } catch (error) {
      if (!(error instanceof Stuck)) throw error;
      this.draft.goBack(mark);
      this.draft.state.revision = revision;
      this.events.length = length;
      this.bytes = bytes;
      this.missed.length = missed;
      for (const { scope } of this.queue.splice(queued)) this.trafficIn(scope).underway--;
      return error;
    }
  }

  /**
   * The incident of a flow that stopped. Without a live `host` it stands for the element in `scope` and keeps
   * `variables` until it is resolved.
   */
  strand(
    why: { readonly code: string; readonly message: string },
    at: Coming & {
      readonly element: string;
      readonly stage: IncidentStage;
      readonly host?: Key;
      readonly variables?: Variables;
      /** Of the element, where it is not the one of what lies in the scope. */
      readonly definition?: string;
    },
  ): void {
    const { element, scope, stage, variables, iteration, compensation } = at;
    const definition = at.definition ?? definitionIn(this.state, scope);
    this.emit({
      type: 'IncidentRaised',
      data: {
        key: this.env.newKey(),
        host: at.host ?? this.env.newKey(),
        element,
        code: why.code,
        message: why.message,
        deadline: null,
        stage,
        scope,
        ...(variables && { variables }),
        ...(iteration !== undefined && { iteration }),
        ...(compensation !== undefined && { compensation }),
        ...(definition !== this.state.definition && { definition }),
      },
    });
  }
}
